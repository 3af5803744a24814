"""Working days of Kazakhstan and the dates of a case.

The days are written down by hand: Nauryz is 21 to 23 March, a holiday on a day off gives the next working day
off (Law on holidays, article 5), and two days were moved: Saturday 4 May 2024 was worked for Wednesday 8 May,
Sunday 5 January 2025 for Friday 3 January.
"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam.rules.calendar import (
    Terms,
    WorkCalendar,
    add_working_days,
    dates_after,
    dates_before,
    kazakhstan,
    months_after,
    months_before,
    one_month_before,
    subtract_working_days,
)
from exam.rules.regimes import LAW_2025

KZ = kazakhstan(range(2023, 2027))
days = st.dates(date(2024, 1, 15), date(2026, 10, 1))


def test_a_year_that_is_not_covered_is_refused():
    with pytest.raises(LookupError, match="2031"):
        KZ.is_working(date(2031, 5, 5))
    with pytest.raises(LookupError, match="2027"):
        add_working_days(date(2026, 12, 30), 3, KZ)


@pytest.mark.parametrize("count", [0, -1])
def test_fewer_than_one_working_day_is_refused(count):
    with pytest.raises(ValueError, match="at least one"):
        add_working_days(date(2024, 6, 3), count, KZ)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 6, 3), True),  # a Monday
        (date(2024, 6, 1), False),  # a Saturday
        (date(2024, 3, 22), False),  # Nauryz
        (date(2024, 3, 25), False),  # for 23 March, a Saturday
        (date(2024, 5, 4), True),  # a Saturday worked for 8 May
        (date(2024, 5, 8), False),
        (date(2024, 12, 16), False),  # Independence Day
        (date(2025, 1, 3), False),  # for 5 January, a Sunday
        (date(2025, 1, 5), True),
    ],
)
def test_days_by_the_official_calendar(day, works):
    assert KZ.is_working(day) is works


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2024, 6, 3), date(2024, 6, 6)),  # Monday to Thursday
        (date(2024, 6, 7), date(2024, 6, 12)),  # Friday over a weekend
        (date(2024, 3, 20), date(2024, 3, 28)),  # over Nauryz: 26, 27, 28 March
        (date(2024, 5, 3), date(2024, 5, 10)),  # 4, 6 and 10 May
        (date(2024, 12, 13), date(2024, 12, 19)),  # over 16 December
    ],
)
def test_three_working_days_by_hand(start, end):
    assert add_working_days(start, 3, KZ) == end


def test_a_moved_day_is_data():
    friday, saturday = date(2024, 6, 7), date(2024, 6, 8)
    moved = kazakhstan([2024], moved_off=[friday], moved_on=[saturday])
    assert not moved.is_working(friday)
    assert moved.is_working(saturday)
    assert add_working_days(date(2024, 6, 6), 1, moved) == saturday


def test_a_holiday_can_be_made_a_working_day():
    assert kazakhstan([2024], moved_on=[date(2024, 5, 8)]).is_working(date(2024, 5, 8))


@given(days, st.integers(1, 20))
def test_going_forth_lands_on_a_working_day_and_counts_right(start, count):
    end = add_working_days(start, count, KZ)
    between = [start + timedelta(days=step) for step in range(1, (end - start).days + 1)]
    assert KZ.is_working(end)
    assert sum(KZ.is_working(day) for day in between) == count


@given(days, st.integers(1, 20))
def test_there_and_back_from_a_working_day(start, count):
    if KZ.is_working(start):
        assert subtract_working_days(add_working_days(start, count, KZ), count, KZ) == start


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2024, 4, 1), date(2024, 3, 1)),
        (date(2024, 3, 31), date(2024, 2, 29)),
        (date(2025, 3, 31), date(2025, 2, 28)),
        (date(2024, 1, 15), date(2023, 12, 15)),
    ],
)
def test_one_month_before_by_hand(day, before):
    assert one_month_before(day) == before


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 36))
def test_a_notice_given_on_that_day_is_a_full_month_early(day, months):
    assert months_after(months_before(day, months), months) <= day
    assert months_before(day, months).day in (day.day, *range(28, 31))


def test_the_dates_of_a_case_under_the_decree():
    dates = dates_before(
        Terms(),
        attestation_starts=date(2024, 6, 3),
        meeting=date(2024, 7, 24),
        calendar=WorkCalendar(frozenset()),
    )
    assert dates.notice == date(2024, 5, 3)
    assert dates.characteristic == dates.characteristic_shown == date(2024, 7, 3)
    assert dates.materials == date(2024, 7, 17)
    assert dates.objection is None


def test_an_objection_under_the_law_is_due_seven_working_days_before():
    dates = dates_before(
        LAW_2025.terms, attestation_starts=date(2025, 9, 1), meeting=date(2025, 10, 30), calendar=KZ
    )
    # back from Thursday 30 October over Monday 27 (for Republic Day): 29, 28, 24, 23, 22, 21, 20
    assert dates.objection == date(2025, 10, 20)


def test_protocol_and_acquaintance_follow_in_three_working_days():
    dates = dates_after(Terms(), decided=date(2024, 7, 5), calendar=KZ)
    assert dates.protocol == dates.acquaintance == date(2024, 7, 11)  # Monday 8 July is off for 6 July
