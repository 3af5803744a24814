from datetime import date, datetime

import pytest

from exam.web.forms.fields import read_day, read_moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31.02.2024",
        "2024-13-01",
        "３1.12.2024",
        "31.12.24",
        "31/12/2024",
        "31.12.2024\n",
        "0.1.2024",
        "٣١.12.2024",
    ],
)
def test_what_is_no_day_is_none(text):
    assert read_day(text) is None


@pytest.mark.parametrize("text", ["31.12.2024", "2024-12-31"])
def test_a_day_is_read_as_it_is_written_here_and_by_programs(text):
    assert read_day(text) == date(2024, 12, 31)
    assert read_day("1.2.2024") == date(2024, 2, 1)


@pytest.mark.parametrize(
    "text", ["", "31.12.2024", "31.12.2024 24:00", "31.12.2024 9", "09:00", "31.12.2024 ０9:00"]
)
def test_what_is_no_time_is_none(text):
    assert read_moment(text) is None


@pytest.mark.parametrize("text", ["31.12.2024 09:05", "31.12.2024 9:05", "2024-12-31T09:05"])
def test_a_time_is_read_as_it_is_typed(text):
    assert read_moment(text) == datetime.fromisoformat("2024-12-31T09:05:00")
