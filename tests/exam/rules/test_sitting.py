"""When a part may begin, when an answer counts, when it is over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam.rules.sitting import (
    AttemptState,
    ExtraTime,
    PartClock,
    Readiness,
    Timing,
    Window,
    ended_at,
    is_overdue,
    may_answer,
    may_extend,
    may_start,
    may_submit,
    seconds_left,
    timing,
)

NINE = datetime(2024, 6, 3, 4, 0, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
CLOCK = PartClock(NINE, limit_seconds=3600, grace_seconds=5)
WINDOW = Window(opens_at=NINE, last_start_at=NINE + timedelta(minutes=15), approved_by=7)
READY = Readiness(identity_confirmed=True, language="kk", rules_accepted=True, terminal_released=True)
EXTRA = ExtraTime(600, "терминал ауыстырылды", asked_by=3, granted_by=4)


def code(refusal) -> str | None:
    return refusal and refusal.code


@pytest.mark.parametrize("state", [AttemptState.OPEN, AttemptState.SUBMITTED, AttemptState.CLOSED])
def test_a_part_is_started_once(state):
    assert code(may_start(state, WINDOW, READY, NINE)) == "already_started"


def test_no_start_without_a_schedule():
    assert code(may_start(AttemptState.WAITING, None, READY, NINE)) == "no_schedule"


def test_no_start_on_a_schedule_that_nobody_approved():
    bare = replace(WINDOW, approved_by=None)
    assert code(may_start(AttemptState.WAITING, bare, READY, NINE)) == "schedule_not_approved"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (NINE - MILLISECOND, "too_early"),
        (NINE, None),
        (WINDOW.last_start_at, None),
        (WINDOW.last_start_at + MILLISECOND, "too_late"),
    ],
)
def test_the_window_includes_both_its_ends(moment, expected):
    assert code(may_start(AttemptState.WAITING, WINDOW, READY, moment)) == expected


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ({"terminal_released": False}, "terminal_not_released"),
        ({"identity_confirmed": False}, "identity_not_confirmed"),
        ({"language": None}, "language_not_chosen"),
        ({"language": "en"}, "language_not_chosen"),
        ({"rules_accepted": False}, "rules_not_accepted"),
        ({"earlier_part_over": False}, "earlier_part_open"),
    ],
)
def test_each_step_before_the_questions_is_needed(missing, expected):
    assert code(may_start(AttemptState.WAITING, WINDOW, replace(READY, **missing), NINE)) == expected


@pytest.mark.parametrize(
    ("state", "clock", "expected"),
    [
        (AttemptState.WAITING, None, "not_started"),
        (AttemptState.OPEN, None, "not_started"),
        (AttemptState.WAITING, CLOCK, "not_started"),
        (AttemptState.SUBMITTED, CLOCK, "already_submitted"),
        (AttemptState.CLOSED, CLOCK, "already_closed"),
        (AttemptState.OPEN, CLOCK, None),
    ],
)
def test_an_answer_needs_an_open_part(state, clock, expected):
    assert code(may_answer(state, clock, NINE)) == expected
    assert code(may_submit(state, clock, NINE)) == expected


def test_an_answer_from_another_terminal_is_refused():
    sent = {"terminal": "T-02", "bound_terminal": "T-01"}
    assert code(may_answer(AttemptState.OPEN, CLOCK, NINE, **sent)) == "other_terminal"
    assert may_answer(AttemptState.OPEN, CLOCK, NINE, terminal="T-01", bound_terminal="T-01") is None


@pytest.mark.parametrize(
    ("after_start", "when", "expected"),
    [
        (-MILLISECOND, Timing.EARLY, "not_started"),
        (timedelta(0), Timing.IN_TIME, None),
        (timedelta(seconds=3600) - MILLISECOND, Timing.IN_TIME, None),
        (timedelta(seconds=3600), Timing.IN_TIME, None),
        (timedelta(seconds=3600) + MILLISECOND, Timing.IN_GRACE, None),
        (timedelta(seconds=3605), Timing.IN_GRACE, None),
        (timedelta(seconds=3605) + MILLISECOND, Timing.LATE, "time_over"),
        (timedelta(hours=2), Timing.LATE, "time_over"),
    ],
)
def test_the_table_of_the_deadline(after_start, when, expected):
    moment = NINE + after_start
    assert timing(CLOCK, moment) is when
    assert code(may_answer(AttemptState.OPEN, CLOCK, moment)) == expected
    assert is_overdue(CLOCK, moment) is (when is Timing.LATE)


@pytest.mark.parametrize(
    ("after_start", "left"),
    [("0", 3600), ("0.001", 3600), ("1", 3599), ("3599.5", 1), ("3600", 0), ("3604", 0), ("-10", 3600)],
)
def test_seconds_left_by_hand(after_start, left):
    assert seconds_left(CLOCK, NINE + timedelta(seconds=float(after_start))) == left


def test_added_time_moves_the_deadline():
    longer = replace(CLOCK, extra_seconds=600)
    assert longer.deadline - CLOCK.deadline == timedelta(minutes=10)
    assert may_answer(AttemptState.OPEN, longer, CLOCK.closes_at + MILLISECOND) is None


def test_an_overdue_part_ended_at_its_deadline_and_not_when_it_was_noticed():
    assert ended_at(CLOCK, NINE + timedelta(hours=5)) == CLOCK.deadline
    assert ended_at(CLOCK, NINE + timedelta(minutes=5)) == NINE + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"seconds": 0}, "extra_not_positive"),
        ({"seconds": -60}, "extra_not_positive"),
        ({"reason": "  "}, "reason_missing"),
        ({"granted_by": 3}, "same_person"),
        ({"asked_by": 9}, "own_case"),
        ({"granted_by": 9}, "own_case"),
        ({"seconds": 1801}, "extra_over_cap"),
        ({"seconds": 1800}, None),
    ],
)
def test_extra_time_needs_a_reason_and_two_other_people(change, expected):
    asked = replace(EXTRA, **change)
    refusal = may_extend(AttemptState.OPEN, CLOCK, asked, officer_user_id=9, cap_seconds=1800, now=NINE)
    assert code(refusal) == expected


def test_the_cap_counts_what_was_added_before():
    clock = replace(CLOCK, extra_seconds=1500)
    given_time = {"officer_user_id": None, "cap_seconds": 1800, "now": NINE}
    assert code(may_extend(AttemptState.OPEN, clock, EXTRA, **given_time)) == "extra_over_cap"


@pytest.mark.parametrize(
    ("state", "now"),
    [(AttemptState.SUBMITTED, NINE), (AttemptState.OPEN, CLOCK.closes_at + MILLISECOND)],
)
def test_no_time_is_added_to_a_part_that_is_over(state, now):
    refusal = may_extend(state, CLOCK, EXTRA, officer_user_id=None, cap_seconds=1800, now=now)
    assert code(refusal) == "part_over"


@pytest.mark.parametrize("broken", [{"limit_seconds": 0}, {"extra_seconds": -1}, {"grace_seconds": -1}])
def test_a_clock_without_time_is_refused(broken):
    with pytest.raises(ValueError, match="positive limit"):
        replace(CLOCK, **broken)


def test_a_moment_without_a_zone_is_refused():
    naive = NINE.replace(tzinfo=None)
    for ask in (timing, seconds_left, is_overdue, ended_at):
        with pytest.raises(ValueError, match="time zone"):
            ask(CLOCK, naive)
    with pytest.raises(ValueError, match="time zone"):
        PartClock(naive, 60)


clocks = st.builds(
    PartClock,
    st.timedeltas(timedelta(0), timedelta(days=2000)).map(lambda later: NINE + later),
    st.integers(1, 14400),
    st.integers(0, 3600),
    st.integers(0, 60),
)


@given(clocks, st.timedeltas(timedelta(hours=-1), timedelta(hours=8)))
def test_an_open_part_takes_answers_until_the_moment_it_is_overdue(clock, offset):
    moment = clock.started_at + offset
    taken = may_answer(AttemptState.OPEN, clock, moment) is None
    assert taken is (offset >= timedelta(0) and not is_overdue(clock, moment))


@given(
    clocks, st.timedeltas(timedelta(0), timedelta(hours=8)), st.timedeltas(timedelta(0), timedelta(hours=1))
)
def test_the_seconds_left_never_grow_and_reach_nought_at_the_deadline(clock, offset, later):
    moment = clock.started_at + offset
    left = seconds_left(clock, moment)
    assert seconds_left(clock, moment + later) <= left
    assert (left == 0) is (moment >= clock.deadline)
    assert 0 <= left <= clock.limit_seconds + clock.extra_seconds


@given(clocks, st.timedeltas(timedelta(0), timedelta(hours=8)), st.integers(-12, 14))
def test_the_zone_of_the_moment_plays_no_role(clock, offset, hours):
    moment = clock.started_at + offset
    elsewhere = moment.astimezone(timezone(timedelta(hours=hours)))
    assert timing(clock, elsewhere) is timing(clock, moment)
    assert seconds_left(clock, elsewhere) == seconds_left(clock, moment)
