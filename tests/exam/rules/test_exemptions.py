"""Who is not attested, and for how long."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam.rules.exemptions import (
    ENDING_GROUNDS,
    Exemption,
    ExemptionGround,
    attested_from,
    exemption_on,
    exemption_problems,
)
from exam.rules.regimes import DECREE_490, LAW_2021, LAW_2025

LEAVE = Exemption(ExemptionGround.ARTICLE_77_LEAVE, date(2024, 5, 1), date(2024, 5, 31), "order 12")
OPEN_ENDED = Exemption(ExemptionGround.PREGNANCY, date(2024, 8, 1), None, "certificate 7")


@pytest.mark.parametrize("ground", [ExemptionGround.TWENTY_YEARS, ExemptionGround.HEAD_OR_DEPUTY])
def test_the_decree_spares_neither_twenty_years_nor_heads(ground):
    exemption = Exemption(ground, date(2024, 4, 1), None, "order 1")
    [problem] = exemption_problems(exemption, DECREE_490.exemptions)
    assert problem.code == "ground_not_in_regime"
    assert exemption_problems(exemption, LAW_2025.exemptions) == ()


def test_all_problems_are_named_at_once():
    wrong = Exemption(ExemptionGround.TWENTY_YEARS, date(2024, 5, 2), date(2024, 5, 1), " ")
    assert [problem.code for problem in exemption_problems(wrong, DECREE_490.exemptions)] == [
        "ground_not_in_regime",
        "ends_before_it_begins",
        "document_missing",
    ]


def test_one_day_is_a_time():
    one_day = Exemption(ExemptionGround.PREGNANCY, date(2024, 5, 1), date(2024, 5, 1), "certificate 7")
    assert exemption_problems(one_day, DECREE_490.exemptions) == ()


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2024, 4, 30), None),
        (date(2024, 5, 1), LEAVE),
        (date(2024, 5, 31), LEAVE),
        (date(2024, 6, 1), None),
        (date(2024, 8, 1), OPEN_ENDED),
        (date(2030, 1, 1), OPEN_ENDED),
    ],
)
def test_both_ends_belong_to_it(day, found):
    assert exemption_on(day, [LEAVE, OPEN_ENDED]) is found


@pytest.mark.parametrize(
    ("regime", "expected"),
    [
        (DECREE_490, (None, None)),
        (LAW_2021, (date(2024, 8, 29), date(2025, 2, 28))),
        (LAW_2025, (date(2025, 2, 28), None)),
    ],
)
def test_after_a_return_on_29_february(regime, expected):
    assert attested_from(date(2024, 2, 29), regime.after_return) == expected


def test_service_and_rank_do_not_end_with_a_return():
    assert set(ExemptionGround) - ENDING_GROUNDS == {
        ExemptionGround.HEAD_OR_DEPUTY,
        ExemptionGround.TWENTY_YEARS,
    }


@given(st.dates(date(2024, 1, 1), date(2024, 12, 31)), st.integers(0, 90))
def test_a_time_covers_each_of_its_days_and_no_other(first, length):
    last = first + timedelta(days=length)
    exemption = Exemption(ExemptionGround.PREGNANCY, first, last, "certificate 7")
    around = [first + timedelta(days=step) for step in range(-2, length + 3)]
    assert sum(exemption_on(day, [exemption]) is exemption for day in around) == length + 1
