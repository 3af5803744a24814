"""A changed key: what is refused, what it would touch, and that old results stay beside the new ones."""

from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from exam.errors import NotFoundError, RefusedError
from exam.rules.roles import Role
from exam.services.statistics import rescoring
from exam.services.statistics.changed_keys import ChangedKey, KeyMode, key_from, keys_in_force, points_under
from exam.services.statistics.collected_answers import Selection, collect
from exam.services.statistics.rescoring_preview import in_proportion
from exam.storage.tables import (
    Attempt,
    AttemptResult,
    DecisionRow,
    Enrolment,
    JournalEntry,
    KeyChangeAnswer,
    OutcomeRow,
    PartResult,
    Vote,
)
from question_bank.items import Kind
from scoring import ItemKey, ScoredItem, Threshold, preview_rescoring
from tests import examination_room as rooms
from tests import factories as make
from tests.factories import NOON
from tests.simulated_test import sat_test

REKEY = ChangedKey(KeyMode.REKEY, ("0",))
ACCEPT = ChangedKey(KeyMode.ACCEPT, ("0",))
EVERYONE = ChangedKey(KeyMode.EVERYONE)
DROP = ChangedKey(KeyMode.DROP)
# Keys of the first three questions: 1, 2, 3. Threshold 2 of 3.
ROWS = [("1", "2", "0"), ("0", "2", "0"), ("0", "2", "3"), ("", "2", "0"), ("1", "0", "0")]


def small(session, **given):
    return sat_test(session, responses=ROWS, **{"n_items": 3, "cut": 2} | given)


def psychometrician(session, **given):
    return make.actor(session, Role.PSYCHOMETRICIAN, **given)


def propose(session, sat, changed, *, by=None, reason="кілт қате", place=0):
    return rescoring.propose(
        session,
        sat.campaign.code,
        sat.version_ids[place],
        changed,
        reason=reason,
        by=by or psychometrician(session),
        at=NOON,
    )


def seal_of(session, change_id, by):
    return rescoring.read_change(session, change_id, by=by)[1].seal


def confirmed(session, sat, changed, **given):
    row = propose(session, sat, changed, **given)
    second = psychometrician(session)
    rescoring.confirm(session, row.id, seal=seal_of(session, row.id, second), by=second, at=NOON)
    return row


def refused(code):
    return pytest.raises(RefusedError, match=f"^{code}$")


@pytest.mark.parametrize(
    ("changed", "reason", "code"),
    [
        (REKEY, "  ", "reason-missing"),
        (ChangedKey(KeyMode.REKEY, ()), "x", "answer-missing"),
        (ChangedKey(KeyMode.REKEY, ("0", "2")), "x", "answer-missing"),
        (ChangedKey(KeyMode.ACCEPT, ()), "x", "answer-missing"),
        (ChangedKey(KeyMode.ACCEPT, ("9",)), "x", "answer-not-possible"),
        (ChangedKey(KeyMode.ACCEPT, ("",)), "x", "answer-not-possible"),
        (ChangedKey(KeyMode.ACCEPT, ("3",)), "x", "key-without-effect"),
        (ChangedKey(KeyMode.REKEY, ("1",)), "x", "key-without-effect"),
    ],
)
def test_a_key_without_sense_or_reason_is_not_proposed(sqlite_database, changed, reason, code):
    with sqlite_database.writing() as session:
        sat = small(session)
        with refused(code):
            propose(session, sat, changed, reason=reason)
        assert not session.scalars(sa.select(JournalEntry)).all()


def test_an_item_outside_the_campaign_is_not_found(sqlite_database):
    with sqlite_database.writing() as session:
        sat = small(session)
        with pytest.raises(NotFoundError):
            rescoring.look(session, sat.campaign.code, 10**6, REKEY)
        with pytest.raises(NotFoundError):
            rescoring.look(session, make.campaign(session).code, sat.version_ids[0], REKEY)


def test_a_form_that_cannot_reach_its_threshold_any_more_is_refused(sqlite_database):
    with sqlite_database.writing() as session:
        sat = sat_test(session, responses=ROWS, n_items=3, cut=3)
        with refused("threshold-out-of-reach"):
            propose(session, sat, DROP)


def test_an_area_that_cannot_reach_its_minimum_any_more_is_refused(sqlite_database):
    with sqlite_database.writing() as session:
        sat = small(session, minimum_by_area={"police": 1})  # only the second question
        with refused("threshold-out-of-reach"):
            propose(session, sat, DROP, place=1)


def test_one_proposal_at_a_time(sqlite_database):
    with sqlite_database.writing() as session:
        sat = small(session)
        propose(session, sat, REKEY)
        with refused("key-proposed-already"):
            propose(session, sat, ACCEPT)


def test_who_proposed_does_not_confirm_nor_does_his_other_account(sqlite_database):
    with sqlite_database.writing() as session:
        sat = small(session)
        officer = make.officer(session)
        first = psychometrician(session, officer_id=officer.id)
        row = propose(session, sat, REKEY, by=first)
        for same in (first, psychometrician(session, officer_id=officer.id)):
            with refused("proposer-confirms"):
                rescoring.confirm(session, row.id, seal=seal_of(session, row.id, same), by=same, at=NOON)


def test_nobody_has_a_hand_in_his_own_result(sqlite_database):
    with sqlite_database.writing() as session:
        sat = small(session)
        own = session.get_one(Enrolment, session.get_one(Attempt, sat.attempts[0]).enrolment_id).officer_id
        himself = psychometrician(session, officer_id=own)
        with refused("own-result"):
            propose(session, sat, REKEY, by=himself)
        row = propose(session, sat, REKEY)
        with refused("own-result"):
            rescoring.confirm(session, row.id, seal=seal_of(session, row.id, himself), by=himself, at=NOON)


def test_only_what_was_seen_is_confirmed(sqlite_database):
    with sqlite_database.writing() as session:
        row = propose(session, small(session), REKEY)
        with refused("preview-changed"):
            rescoring.confirm(session, row.id, seal="0" * 64, by=psychometrician(session), at=NOON)


def test_no_key_is_confirmed_while_somebody_sits_the_form(sqlite_database):
    with sqlite_database.writing() as session:
        sat = small(session)
        row = propose(session, sat, REKEY)
        who = make.enrolment(session, of=sat.campaign, stage=3)
        make.attempt(
            session,
            make.admission(session, sat.sitting, who),
            form_id=sat.form.id,
            threshold_id=sat.threshold.id,
        )
        second = psychometrician(session)
        with refused("attempts-running"):
            rescoring.confirm(session, row.id, seal=seal_of(session, row.id, second), by=second, at=NOON)


@pytest.mark.parametrize("answer", ["confirm", "reject"])
def test_an_answered_proposal_is_answered_once(sqlite_database, answer):
    with sqlite_database.writing() as session:
        row = confirmed(session, small(session), REKEY)
        with refused("key-change-answered"):
            if answer == "confirm":
                rescoring.confirm(session, row.id, seal="", by=psychometrician(session), at=NOON)
            else:
                rescoring.reject(session, row.id, note="x", by=psychometrician(session), at=NOON)


def test_a_rejection_needs_a_reason_and_changes_nothing(database):
    with database.writing() as session:
        sat = small(session)
        row = propose(session, sat, REKEY)
        with refused("reason-missing"):
            rescoring.reject(session, row.id, note=" ", by=psychometrician(session), at=NOON)
        rescoring.reject(session, row.id, note="дұрыс еді", by=psychometrician(session), at=NOON)
        assert not keys_in_force(session, sat.campaign.id)
        line, effect = rescoring.read_change(session, row.id, by=psychometrician(session))
        assert (line.state, line.note, effect) == ("rejected", "дұрыс еді", None)
        propose(session, sat, REKEY)


def test_the_database_refuses_that_the_proposer_confirms(database):
    with database.writing() as session:
        row = propose(session, small(session), REKEY)
        with pytest.raises(DBAPIError, match="who proposed a key"):
            make.save(
                session,
                KeyChangeAnswer(
                    key_change_id=row.id,
                    confirmed=True,
                    note="",
                    effect={},
                    answered_by=row.proposed_by,
                    answered_at=NOON,
                ),
            )
        session.rollback()


@pytest.mark.parametrize(
    ("changed", "after", "maximum", "newly_passed", "newly_failed"),
    [
        (REKEY, [1, 2, 3, 1, 0], 3, 1, 1),
        (ACCEPT, [2, 2, 3, 1, 1], 3, 1, 0),
        (EVERYONE, [2, 2, 3, 2, 1], 3, 2, 0),
        (DROP, [1, 1, 2, 1, 0], 2, 0, 1),
    ],
)
def test_each_change_by_hand(sqlite_database, changed, after, maximum, newly_passed, newly_failed):
    before = [2, 1, 2, 1, 1]
    with sqlite_database.writing() as session:
        sat = small(session)
        effect = rescoring.look(session, sat.campaign.code, sat.version_ids[0], changed)
        assert (effect.persons, effect.newly_passed, effect.newly_failed) == (5, newly_passed, newly_failed)
        told = {c.attempt_id: (c.before, c.after, c.maximum_after) for c in effect.changes}
        expected = {
            attempt: (was, now, maximum)
            for attempt, was, now in zip(sat.attempts, before, after, strict=True)
            if was != now or maximum != 3
        }
        assert told == expected


def test_each_officer_has_his_own_threshold_and_minima_before_and_after(sqlite_database):
    """The questions belong to constitution, police, constitution; the first one is dropped."""
    with sqlite_database.writing() as session:
        sat = small(session, minimum_by_area={"constitution": 1})
        others = small(session, campaign=sat.campaign, form=sat.form, cut=1)
        effect = rescoring.look(session, sat.campaign.code, sat.version_ids[0], DROP)
        told = {change.attempt_id: change for change in effect.changes}
    first, last = told[sat.attempts[0]], told[others.attempts[0]]
    [area] = first.areas
    assert (first.threshold, area.area, area.minimum) == (2, "constitution", 1)
    assert (area.before, area.maximum_before, area.after, area.maximum_after) == (1, 2, 0, 1)
    assert [ground.code for ground in first.why_after] == ["threshold_missed", "area_missed"]
    assert (last.threshold, last.areas) == (1, ())


def test_a_lowered_maximum_is_told_with_a_threshold_in_proportion_for_information(sqlite_database):
    """Three of four points become three of three: ceil(3 * 3 / 4) = 3."""
    rows = [("1", "2", "3", "1"), ("1", "2", "3", "0"), ("1", "2", "0", "1")]
    with sqlite_database.writing() as session:
        sat = sat_test(session, responses=rows, n_items=4, cut=3)
        dropped = rescoring.look(session, sat.campaign.code, sat.version_ids[0], DROP)
        spared = rescoring.look(session, sat.campaign.code, sat.version_ids[0], ACCEPT)
        assert set(session.scalars(sa.select(PartResult.threshold_id))) == {sat.threshold.id}
    assert dropped.lower_maximum == (4, 3)
    assert dropped.newly_failed == 1
    assert [c.threshold_in_proportion for c in dropped.changes] == [3, 3, 3]
    assert dropped.newly_failed_in_proportion == 1
    assert spared.lower_maximum is None


@pytest.mark.parametrize(
    ("least", "before", "after", "lowered"),
    [(36, 60, 59, 36), (36, 60, 58, 35), (5, 5, 4, 4), (5, 5, 5, 5), (3, 3, 0, 3)],
)
def test_a_limit_in_proportion_is_rounded_up(least, before, after, lowered):
    assert in_proportion(least, before, after) == lowered


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        (REKEY, ItemKey.of("0")),
        (ACCEPT, ItemKey.of("1", "0")),
        (EVERYONE, ItemKey((("1", Decimal(1)),), everyone=True)),
        (DROP, ItemKey((), dropped=True)),
    ],
)
def test_the_library_of_scoring_says_the_same(sqlite_database, changed, key):
    """Second witness: `scoring.preview_rescoring` on the same answers."""
    with sqlite_database.writing() as session:
        sat = sat_test(session, 30, 6, cut=3)
        effect = rescoring.look(session, sat.campaign.code, sat.version_ids[0], changed)
    form = [
        ScoredItem(version.item, "all", ItemKey.of(str(min(version.key.options)))) for version in sat.versions
    ]
    answers = {
        str(attempt): {
            version.item: response or None for version, response in zip(sat.versions, row, strict=True)
        }
        for attempt, row in zip(sat.attempts, sat.responses, strict=True)
    }
    other = preview_rescoring(answers, form, {sat.versions[0].item: key}, Threshold(3))
    ours = {str(c.attempt_id): (c.before, c.after) for c in effect.changes if c.before != c.after}
    theirs = {c.person: (c.before.points, c.after.points) for c in other.changes}
    assert ours == theirs
    assert (effect.newly_passed, effect.newly_failed) == (len(other.newly_passed), len(other.newly_failed))


def test_a_confirmed_key_leaves_old_results_and_names_what_it_replaces(database):
    with database.writing() as session:
        sat = small(session)
        before = {row.id: (row.score, row.state) for row in session.scalars(sa.select(PartResult))}
        row = confirmed(session, sat, REKEY)
        results = session.scalars(sa.select(PartResult).order_by(PartResult.id)).all()
        assert {r.id: (r.score, r.state) for r in results if r.id in before} == before
        new = [result for result in results if result.id not in before]
        assert [(r.score, r.state, r.reason) for r in new] == [
            (1, "failed", "кілт қате"),
            (2, "passed", "кілт қате"),
            (3, "passed", "кілт қате"),
            (0, "failed", "кілт қате"),
        ]
        assert {r.replaces_id for r in new} < set(before)
        assert all(r.second_person != row.proposed_by for r in new)
        versions = session.execute(
            sa.select(AttemptResult.scoring_version, AttemptResult.total).where(
                AttemptResult.attempt_id == sat.attempts[0]
            )
        ).all()
        assert [tuple(each) for each in versions] == [(1, 2), (2, 1)]
        tags = session.scalars(sa.select(JournalEntry.tag).order_by(JournalEntry.id)).all()
        assert tags == ["key:proposed", "key:confirmed"]
        told = session.scalars(sa.select(JournalEntry)).all()[-1].facts
        assert (told["changed"], told["newly_passed"], told["newly_failed"]) == (4, 1, 1)
        assert "accepted" not in told


def test_a_second_change_builds_on_the_first(sqlite_database):
    with sqlite_database.writing() as session:
        sat = small(session)
        confirmed(session, sat, DROP)
        confirmed(session, sat, EVERYONE, place=1)
        last = session.scalars(
            sa.select(AttemptResult.points)
            .where(AttemptResult.attempt_id == sat.attempts[4])
            .order_by(AttemptResult.scoring_version)
        ).all()
        assert last == [[1, 0, 0], [0, 0, 0], [0, 1, 0]]


def test_a_wrong_change_is_taken_back_by_another(sqlite_database):
    with sqlite_database.writing() as session:
        sat = small(session)
        confirmed(session, sat, REKEY)
        confirmed(session, sat, ChangedKey(KeyMode.REKEY, ("1",)), reason="бастапқы кілт дұрыс")
        points = {
            row.attempt_id: row.total
            for row in session.scalars(sa.select(AttemptResult).order_by(AttemptResult.scoring_version))
        }
        assert [points[attempt] for attempt in sat.attempts] == [2, 1, 2, 1, 1]


def test_the_statistics_follow_the_key_in_force(database):
    with database.writing() as session:
        sat = small(session)
        where = Selection(sat.campaign.code, "legislation")
        confirmed(session, sat, ACCEPT)
        assert collect(session, where).matrix.points[:, 0].tolist() == [1, 1, 1, 0, 1]
        confirmed(session, sat, DROP, place=1)
        found = collect(session, where)
        assert [question.version_id for question in found.dropped] == [sat.version_ids[1]]
        assert found.matrix.n_items == 2


def test_decisions_already_taken_are_named_and_stay(database):
    with database.writing() as session:
        sat = small(session)
        who = session.get_one(Enrolment, session.get_one(Attempt, sat.attempts[0]).enrolment_id)
        decide(session, sat.campaign, who)
        effect = rescoring.look(session, sat.campaign.code, sat.version_ids[0], REKEY)
        [change] = [c for c in effect.changes if c.attempt_id == sat.attempts[0]]
        assert (change.state_before, change.state_after, change.decided.number) == ("passed", "failed", 2)
        assert effect.decided == 1
        confirmed(session, sat, REKEY)


def decide(session, campaign, who):
    """The commission decides "2" on an officer all of whose parts are passed."""
    for kind in ("logic", "norms"):
        make.part_result(session, who, kind)
    who.stage = 4
    session.flush()
    outcome = make.save(
        session,
        OutcomeRow(
            enrolment_id=who.id, reading="any", restricted=False, parts=[], grounds=[], computed_at=NOON
        ),
    )
    commission = make.commission(session, campaign)
    meeting = make.meeting(session, commission)
    case = make.case(session, meeting, who)
    voters = [member for member in commission.members if member.votes]
    for member in voters:
        make.save(
            session,
            Vote(
                case_id=case.id, meeting_id=meeting.id, member_id=member.id, round=1, decision=2,
                cast_at=NOON, recorded_by=member.account_id,
            ),
        )  # fmt: skip
    make.save(
        session,
        DecisionRow(
            case_id=case.id, outcome_id=outcome.id, restricted=False, value=2, round=1, present=5,
            composition=5, voters=4, votes_for=4, by_chair=False, grounds=[], decided_at=NOON,
            recorded_by=voters[0].account_id,
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "accepted", "given", "points"),
    [
        (Kind.MULTIPLE, "1,3", "3,1", 1),
        (Kind.MULTIPLE, "1,3", "1", 0),
        (Kind.ORDERING, "0,1,2", "0,1,2", 1),
        (Kind.ORDERING, "0,1,2", "0,2,1", 0),
        (Kind.MATCHING, "0,1,2", "0,1,2", 1),
        (Kind.NUMERIC, "12,5", "12.50", 1),
        (Kind.NUMERIC, "12,5", "12.51", 0),
    ],
)
def test_questions_of_other_kinds_take_another_key_too(kind, accepted, given, points):
    version = next(version for version in rooms.questions("L") if version.kind is kind)
    assert key_from(version, accepted)
    assert points_under(version, ChangedKey(KeyMode.REKEY, (accepted,)), given) == points
