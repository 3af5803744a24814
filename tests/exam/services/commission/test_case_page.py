from datetime import date, timedelta

import pytest

from exam.errors import NotFoundError, RefusedError
from exam.rules.roles import Role
from exam.services.commission import acquainting, characteristics
from exam.services.commission.case_page import read_case
from exam.services.commission.characteristics import SECTIONS, Characterisation
from exam.services.commission.meeting_page import (
    commissions_seen,
    meetings_seen,
    read_commission,
    read_meeting,
)
from exam.services.statistics import measurement_error
from exam.storage.tables import AttemptResult
from tests import factories as make
from tests.commission_story import Story, stranger
from tests.factories import NOON

TODAY = NOON.date()
SIGNED = date(2024, 4, 10)


def characterisation(**given):
    common = {
        "author_name": "Жұмабаев Ерлан",
        "author_post": "департамент бастығы",
        "author_rank": "полиция полковнигі",
        "signed_on": SIGNED,
        "acquainted_on": SIGNED,
        "received_on": SIGNED,
        "sections": {name: f"{name}: жақсы" for name in SECTIONS},
    }
    return Characterisation(**common | given)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"sections": {"duties": "жақсы"}}, "section-missing"),
        ({"author_name": " "}, "author-missing"),
        ({"acquainted_on": SIGNED - timedelta(days=1)}, "dates-in-wrong-order"),
        ({"received_on": TODAY + timedelta(days=1)}, "date-in-future"),
    ],
)
def test_a_characteristic_is_whole_and_its_days_in_order(sqlite_database, given, code):
    with sqlite_database.writing() as session:
        story = Story(session)
        by = make.actor(session, Role.HR, region_code="AST")
        with pytest.raises(RefusedError, match=code):
            characteristics.enter_characteristic(
                session, story.enrolment.id, characterisation(**given), by=by, at=NOON
            )


def test_a_characteristic_is_entered_once_in_its_own_region(database):
    with database.writing() as session:
        story = Story(session)
        by, given = make.actor(session, Role.HR, region_code="AST"), characterisation()
        with pytest.raises(NotFoundError):
            characteristics.enter_characteristic(
                session, story.enrolment.id, given, by=stranger(session, Role.HR), at=NOON
            )
        characteristics.enter_characteristic(session, story.enrolment.id, given, by=by, at=NOON)
        with pytest.raises(RefusedError, match="characteristic-there"):
            characteristics.enter_characteristic(session, story.enrolment.id, given, by=by, at=NOON)


def test_a_characteristic_is_read_by_its_commission_and_by_nobody_from_elsewhere(database):
    with database.writing() as session:
        story = Story(session)
        by = make.actor(session, Role.HR, region_code="AST")
        assert characteristics.read_characteristic(session, story.enrolment.id, by=by).text is None
        characteristics.enter_characteristic(session, story.enrolment.id, characterisation(), by=by, at=NOON)
        with pytest.raises(NotFoundError):
            characteristics.read_characteristic(session, story.enrolment.id, by=story.chair)
        story.call()
        told = characteristics.read_characteristic(session, story.enrolment.id, by=story.chair)
        assert (told.full_name, told.text) == (story.enrolment.officer.full_name, characterisation())
        with pytest.raises(NotFoundError):
            characteristics.read_characteristic(session, story.enrolment.id, by=stranger(session))


def test_a_decision_is_made_known_once_after_it_was_taken(database):
    with database.writing() as session:
        story = Story(session)
        story.open_vote()
        story.vote(2, 2, 2)
        by, at = story.secretary, NOON + timedelta(days=9)
        with pytest.raises(NotFoundError):
            acquainting.acquaint(session, story.case.id, on=TODAY, by=by, at=at)
        story.decide(2)
        with pytest.raises(NotFoundError):
            acquainting.acquaint(session, story.case.id, on=TODAY, by=stranger(session), at=at)
        with pytest.raises(RefusedError, match="date-in-future"):
            acquainting.acquaint(session, story.case.id, on=at.date() + timedelta(days=1), by=by, at=at)
        with pytest.raises(RefusedError, match="before-the-decision"):
            acquainting.acquaint(session, story.case.id, on=TODAY - timedelta(days=1), by=by, at=at)
        acquainting.acquaint(session, story.case.id, on=TODAY, by=by, at=at)
        with pytest.raises(RefusedError, match="acquainted-already"):
            acquainting.acquaint(session, story.case.id, on=TODAY, by=by, at=at)


@pytest.mark.parametrize(("on", "late"), [(date(2024, 5, 17), False), (date(2024, 5, 18), True)])
def test_the_third_working_day_is_in_time_and_the_day_after_is_late(database, on, late):
    """Decided on Tuesday 14 May 2024: the third working day is Friday the 17th."""
    with database.writing() as session:
        story = Story(session)
        story.open_vote()
        story.vote(2, 2, 2)
        story.decide(2)
        acquainting.acquaint(session, story.case.id, on=on, by=story.secretary, at=NOON + timedelta(days=9))
        page = read_case(session, story.case.id, by=story.chair, today=on)
    [deadline] = [each for each in page.deadlines if each.code == "acquaintance"]
    assert (deadline.due, deadline.done_on, deadline.late) == (date(2024, 5, 17), on, late)


def test_a_stranger_finds_no_case_and_no_meeting(database):
    with database.writing() as session:
        story = Story(session)
        story.call()
        by = stranger(session)
        for read in (
            lambda: read_case(session, story.case.id, by=by, today=TODAY),
            lambda: read_meeting(session, story.meeting.id, by=by),
            lambda: read_commission(session, story.commission.id, by=by),
        ):
            with pytest.raises(NotFoundError):
                read()
        assert (commissions_seen(session, by=by), meetings_seen(session, by=by)) == ((), ())


def test_the_page_of_a_case_tells_what_restricts_and_what_is_open(database):
    with database.writing() as session:
        story = Story(session, failed=("logic",))
        story.open_vote()
        story.vote(3, 3)
        page = read_case(session, story.case.id, by=story.chair, today=TODAY)
    assert page.restricted
    assert [option.number for option in page.decisions if option.open] == [3, 4, 5]
    assert [(card.kind, card.state) for card in page.parts] == [
        ("legislation", "passed"),
        ("logic", "failed"),
        ("norms", "passed"),
    ]
    assert [line.code for line in page.lines][-2:] == ["decisions_open", "decisions_closed"]
    assert [vote.decision for vote in page.votes] == [3, 3, None, None, None]
    assert all(vote.by_roll_call for vote in page.votes[:2])
    assert (page.carried, [ground.code for ground in page.tally]) == (None, ["no_majority"])
    assert (page.standing.leads, page.standing.keeps, page.standing.seat_votes) == (True, False, True)


def test_after_the_decision_the_page_shows_what_it_stood_on(database):
    with database.writing() as session:
        story = Story(session, failed=("logic",))
        story.open_vote()
        story.vote(3, 3, 3)
        story.decide(3)
        story.correct("logic", "passed", at=NOON + timedelta(hours=1))
        page = read_case(session, story.case.id, by=story.secretary, today=TODAY)
    assert page.restricted
    assert page.parts[1].state == "failed"
    assert (page.decision.number, page.decision.votes_for, page.decision.voters) == (3, 3, 4)
    assert [ground.code for ground in page.decision.grounds] == ["majority"]
    assert [vote.present for vote in page.votes] == [True] * 5


def scored(session, story, totals):
    """An attempt of the officer and others on one form of ten items; the first total is his."""
    form = make.form(session, story.campaign, "logic")
    room = make.sitting(session, make.schedule(session, story.campaign))
    attempts = []
    for total in totals:
        seat = make.admission(session, room, make.enrolment(session, of=story.campaign, stage=3))
        attempt = make.attempt(session, seat, "logic", form_id=form.id)
        points = [1] * total + [0] * (10 - total)
        row = AttemptResult(
            attempt_id=attempt.id,
            form_id=form.id,
            scoring_version=1,
            responses=[],
            points=points,
            total=total,
            input_digest="0" * 64,
            scored_at=NOON,
        )
        make.save(session, row)
        attempts.append(attempt)
    return attempts


def test_the_standard_error_is_that_of_the_form_and_needs_thirty_people(sqlite_database):
    """Guttman patterns, by hand: alpha from the variances of items and total, sem = sd * sqrt(1 - alpha)."""
    totals = [n % 11 for n in range(33)]
    with sqlite_database.writing() as session:
        attempts = scored(session, Story(session), totals)
        at = {"score": 5, "cut": 5, "maximum": 10}
        told = measurement_error.score_precision(session, attempts[0].id, **at).sem
        few = scored(session, Story(session), totals[:29])
        assert measurement_error.score_precision(session, few[0].id, **at) is None
        assert measurement_error.score_precision(session, None, **at) is None
    n = len(totals)
    mean = sum(totals) / n
    variance = sum((t - mean) ** 2 for t in totals) / (n - 1)
    shares = [sum(t > place for t in totals) / n for place in range(10)]
    items = sum(p * (1 - p) for p in shares) * n / (n - 1)
    alpha = 10 / 9 * (1 - items / variance)
    assert told == pytest.approx((variance * (1 - alpha)) ** 0.5, rel=1e-9)


def test_the_page_of_a_meeting_counts_the_quorum_and_who_waits(database):
    with database.writing() as session:
        story = Story(session)
        story.plan()
        story.come(*story.voters[:3])
        page = read_meeting(session, story.meeting.id, by=story.secretary)
        assert (page.present, page.composition, page.needed, page.quorum) == (3, 5, 4, False)
        assert [who.enrolment_id for who in page.waiting] == [story.enrolment.id]
        assert [seat.present for seat in page.seats][:5] == [True, True, True, False, False]
        story.put()
        page = read_meeting(session, story.meeting.id, by=story.chair)
        [line] = meetings_seen(session, by=story.chair)
    assert [(case.number, case.state, case.restricted) for case in page.cases] == [(1, "waiting", False)]
    assert (line.cases, line.decided, page.waiting) == (1, 0, ())
