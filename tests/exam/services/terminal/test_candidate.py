"""Start codes and the steps before the questions: one use, ten minutes, five tries, one terminal."""

from datetime import timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa

from exam.errors import NotFoundError, RefusedError
from exam.services.invigilator import releasing, start_codes
from exam.services.invigilator import sitting as sittings
from exam.services.terminal import candidate, starting
from exam.services.terminal.answering import TerminalPass
from exam.storage.tables import Admission, Attempt, Campaign, Form, Incident, JournalEntry, Sitting
from tests import examination_room as rooms
from tests import factories as make
from tests.examination_room import SECRET
from tests.factories import NOON

HERE = "10.0.0.1"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def session(database):
    with database.writing() as opened:
        yield opened


@pytest.fixture
def room(session):
    return rooms.room(session, officers=2)


def enter(session, code, *, at=NOON, address=HERE):
    return candidate.enter_code(session, code, secret=SECRET, address=address, at=at)


def start(session, held, part="legislation", at=NOON):
    return starting.start_part(session, held, part, secret=SECRET, at=at)


def ready(session, room, place=0):
    """A pass whose officer has accepted the rules."""
    held = enter(session, rooms.code_for(session, room, place))
    candidate.confirm_identity(session, held, at=NOON)
    candidate.choose_language(session, held, "ru", at=NOON)
    candidate.accept_rules(session, held, at=NOON)
    return held


def refused(act):
    with pytest.raises(RefusedError) as caught:
        act()
    return caught.value.code


def test_a_code_is_not_guessed(session, room):
    rooms.code_for(session, room)
    assert enter(session, "2222 2222") is None


def test_a_code_is_used_once(session, room):
    code = rooms.code_for(session, room)
    assert enter(session, code) == TerminalPass(room.admissions[0], 1)
    assert enter(session, code) is None


def test_a_code_lives_for_ten_minutes_and_not_longer(session, room):
    first, second = (rooms.code_for(session, room, place) for place in (0, 1))
    assert enter(session, first, at=NOON + 10 * MINUTE) is not None
    assert enter(session, second, at=NOON + 10 * MINUTE + timedelta(microseconds=1)) is None


def test_a_new_code_takes_the_old_one_out_of_force(session, room):
    old, new = rooms.code_for(session, room), rooms.code_for(session, room)
    assert enter(session, old) is None
    assert enter(session, new) is not None


def test_a_code_dies_with_its_sitting(session, room):
    code = rooms.code_for(session, room)
    sittings.close_sitting(session, room.sitting_id, by=room.invigilator, at=NOON)
    assert enter(session, code) is None


def test_a_code_opens_nothing_in_a_room_that_is_not_open(session, room):
    code = rooms.code_for(session, room)
    session.get_one(Sitting, room.sitting_id).state = "closed"
    assert enter(session, code) is None


def test_a_code_is_kept_as_a_digest_under_the_servers_key(session, room):
    code = rooms.code_for(session, room)
    kept = session.get_one(Admission, room.admissions[0]).code_digest
    assert kept == start_codes.digest(code, SECRET) != start_codes.digest(code, SECRET + b"x")
    told = session.scalars(sa.select(JournalEntry)).all()
    assert not [entry for entry in told if start_codes.plain(code) in str(entry.facts)]


def test_five_wrong_codes_lock_this_terminal_and_no_other(session, room):
    code = rooms.code_for(session, room)
    for _ in range(4):
        assert enter(session, "wrong") is None
    assert enter(session, rooms.code_for(session, room, 1)) is not None  # a right one begins the count anew
    for _ in range(5):
        assert enter(session, "wrong") is None
    assert refused(lambda: enter(session, code)) == "code-locked"
    assert refused(lambda: enter(session, code, at=NOON + 9 * MINUTE)) == "code-locked"
    assert enter(session, code, address="10.0.0.2") is not None


def test_the_lock_ends_after_ten_minutes(session, room):
    for _ in range(5):
        enter(session, "wrong")
    assert enter(session, "wrong", at=NOON + 10 * MINUTE) is None


def test_a_code_is_read_in_either_alphabet():
    assert start_codes.plain("асе нкмр-тху") == "ACEHKMPTXY"
    assert start_codes.plain("k7xm 3pa9") == "K7XM3PA9"


def test_drawn_codes_have_no_character_that_is_taken_for_another():
    drawn = {start_codes.draw() for _ in range(500)}
    assert len(drawn) == 500
    assert all(len(code) == 8 for code in drawn)
    assert not set("".join(drawn)) & set("01OIBLSZDGQUVWJRNF")


def test_no_code_before_the_sitting_is_open(session):
    invigilator = rooms.room(session).invigilator
    row = session.scalars(sa.select(Sitting)).one()
    second = sittings.plan_sitting(session, row.schedule_id, room="2", by=invigilator, at=NOON)
    who = make.enrolment(session, stage=3, of=session.get_one(Campaign, row.campaign_id)).id
    (seat,) = sittings.admit(session, second.id, [who], chance=rooms.Random(1), by=invigilator, at=NOON)
    act = lambda: releasing.hand_out_code(session, seat.id, secret=SECRET, by=invigilator, at=NOON)  # noqa: E731
    assert refused(act) == "sitting-not-open"


def test_who_has_entered_gets_no_second_code_without_a_release(session, room):
    enter(session, rooms.code_for(session, room))
    assert refused(lambda: rooms.code_for(session, room)) == "entered-already"


def test_a_release_needs_a_reason_and_somebody_who_has_entered(session, room):
    def release(reason):
        return releasing.release_terminal(
            session, room.admissions[0], reason=reason, secret=SECRET, by=room.invigilator, at=NOON
        )

    assert refused(lambda: release("экран")) == "not-entered"
    enter(session, rooms.code_for(session, room))
    assert refused(lambda: release(" ")) == "reason_missing"


def test_a_release_cuts_off_the_old_terminal_at_once(session, room):
    old = rooms.lead_to_the_questions(session, room)
    slip = releasing.release_terminal(
        session, room.admissions[0], reason="экран", secret=SECRET, by=room.invigilator, at=NOON
    )
    attempt = session.scalars(sa.select(Attempt)).one()
    session.refresh(attempt)
    assert attempt.binding > old.binding
    with pytest.raises(NotFoundError):
        candidate.whereabouts(session, old, at=NOON)
    new = enter(session, slip.code, address="10.0.0.2")
    session.refresh(attempt)
    assert attempt.binding == new.binding
    assert candidate.whereabouts(session, new, at=NOON).attempt_id == attempt.id
    incident = session.scalars(sa.select(Incident)).one()
    assert (incident.kind, incident.note, incident.attempt_id) == ("terminal_released", "экран", attempt.id)


def test_no_step_is_left_out(session, room):
    held = enter(session, rooms.code_for(session, room))
    assert (
        refused(lambda: candidate.choose_language(session, held, "kk", at=NOON)) == "identity_not_confirmed"
    )
    assert refused(lambda: candidate.accept_rules(session, held, at=NOON)) == "language_not_chosen"
    assert refused(lambda: start(session, held)) == "identity_not_confirmed"
    candidate.confirm_identity(session, held, at=NOON)
    assert refused(lambda: start(session, held)) == "language_not_chosen"
    assert refused(lambda: candidate.choose_language(session, held, "en", at=NOON)) == "language-unknown"
    candidate.choose_language(session, held, "kk", at=NOON)
    assert refused(lambda: start(session, held)) == "rules_not_accepted"
    candidate.accept_rules(session, held, at=NOON)
    assert refused(lambda: start(session, held, "logic")) == "earlier_part_open"
    assert start(session, held)


def test_the_language_stays_once_a_part_has_begun(session, room):
    held = rooms.lead_to_the_questions(session, room)
    assert refused(lambda: candidate.choose_language(session, held, "ru", at=NOON)) == "already_started"


@pytest.mark.parametrize(("shift", "code"), [(-2, "too_early"), (9, "too_late")])
def test_a_part_begins_only_inside_the_schedule(session, room, shift, code):
    held = ready(session, room)
    assert refused(lambda: start(session, held, at=NOON + timedelta(hours=shift))) == code


def test_a_part_needs_a_threshold_that_is_in_force(session, room):
    held = enter(session, rooms.code_for(session, room))
    admission = session.get_one(Admission, held.admission_id)
    before_it_holds = NOON - timedelta(days=200)

    def ask(at):
        return starting.threshold_for(session, admission, "logic", at=at)

    assert ask(NOON).part == "logic"
    assert refused(lambda: ask(before_it_holds)) == "no-threshold"


def test_a_form_of_another_length_is_not_used(session, room):
    campaign = session.get_one(Campaign, room.campaign_id)
    make.threshold(session, campaign, "legislation", questions=7, valid_from=NOON.date())
    held = ready(session, room)
    assert refused(lambda: start(session, held)) == "no-form"


def test_the_categorys_own_threshold_counts(session, room):
    campaign = session.get_one(Campaign, room.campaign_id)
    own = make.threshold(
        session, campaign, "legislation", questions=8, points=7, minutes=45, post_category="regional-5"
    )
    attempt = session.get_one(Attempt, start(session, ready(session, room)))
    assert attempt.threshold_id == own.id
    assert attempt.deadline_at - attempt.started_at == timedelta(minutes=45)


def test_time_that_belongs_to_the_officer_is_added_from_the_start(session, room):
    held = ready(session, room)
    session.get_one(Admission, held.admission_id).extra_percent = 50
    attempt = session.get_one(Attempt, start(session, held))
    assert attempt.deadline_at - attempt.started_at == timedelta(minutes=45)
    assert attempt.accept_until - attempt.deadline_at == timedelta(seconds=5)


def test_a_second_click_begins_nothing_anew(session, room):
    held = ready(session, room)
    first = start(session, held)
    assert start(session, held, at=NOON + MINUTE) == first
    assert session.scalars(sa.select(Attempt.id)).all() == [first]


def test_neighbours_have_different_forms(session):
    room = rooms.room(session, officers=4)
    campaign = session.get_one(Campaign, room.campaign_id)
    rooms.sealed_form(session, campaign, "legislation", rooms.questions("M"), number=2)
    for place in range(4):
        start(session, ready(session, room, place))
    rows = session.execute(
        sa.select(Admission.seat, Form.number)
        .join(Attempt, Attempt.admission_id == Admission.id)
        .join(Form, Form.id == Attempt.form_id)
        .order_by(Admission.seat)
    ).all()
    numbers = [number for _, number in rows]
    assert all(one != other for one, other in pairwise(numbers))


def test_every_candidate_has_an_order_of_his_own(session, room):
    attempts = [session.get_one(Attempt, start(session, ready(session, room, place))) for place in (0, 1)]
    assert attempts[0].seed != attempts[1].seed


def test_where_a_candidate_stands_names_no_score(session, room):
    held = rooms.lead_to_the_questions(session, room)
    sittings.close_sitting(session, room.sitting_id, by=room.invigilator, at=NOON)
    stand = candidate.whereabouts(session, held, at=NOON)
    assert stand.step == "done"
    assert not {"score", "points", "state", "passed"} & set(stand.taken[0].__slots__)
