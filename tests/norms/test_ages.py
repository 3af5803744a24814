from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from norms.ages import age_on


def test_a_day_before_the_birth_has_no_age():
    with pytest.raises(ValueError, match="before the birth"):
        age_on(date(1990, 5, 2), date(1990, 5, 1))


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2001, 3, 15), date(2024, 3, 14), 22),
        (date(2001, 3, 15), date(2024, 3, 15), 23),
        (date(2001, 3, 15), date(2024, 3, 16), 23),
        (date(2000, 2, 29), date(2023, 2, 28), 22),
        (date(2000, 2, 29), date(2023, 3, 1), 23),
        (date(2000, 2, 29), date(2024, 2, 29), 24),
        (date(1990, 1, 1), date(1990, 1, 1), 0),
    ],
)
def test_the_birthday_itself_completes_the_year(born, on, age):
    assert age_on(born, on) == age


@given(st.dates(date(1950, 1, 1), date(2005, 1, 1)), st.integers(0, 20_000))
def test_age_counts_the_birthdays_that_have_come(born, days):
    on = born + timedelta(days=days)
    birthdays = sum(
        (year, born.month, born.day) <= (on.year, on.month, on.day)
        for year in range(born.year + 1, on.year + 1)
    )
    assert age_on(born, on) == birthdays
