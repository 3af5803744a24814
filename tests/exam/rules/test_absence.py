"""Not there when the commission met."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam.rules.absence import Absence, Consequence, Standing, weigh
from exam.rules.regimes import DECREE_490, LAW_2021

TWICE = DECREE_490.absence
ONCE = LAW_2021.absence


def missed(*reasons: bool | None) -> list[Absence]:
    return [Absence(meeting, valid) for meeting, valid in enumerate(reasons)]


def test_one_meeting_is_missed_once():
    with pytest.raises(ValueError, match="once"):
        weigh([Absence(1, None), Absence(1, reason_valid=False)], TWICE)


@pytest.mark.parametrize(
    ("reasons", "standing", "counted"),
    [
        ((), Standing.NONE, 0),
        ((None,), Standing.NONE, 0),  # not judged yet
        ((True,), Standing.AFTER_RETURN, 0),  # rule 16
        ((True, True, True), Standing.AFTER_RETURN, 0),
        ((False,), Standing.COUNTED, 1),
        ((False, None), Standing.COUNTED, 1),
        ((False, True), Standing.AFTER_RETURN, 1),
        ((False, False), Standing.LIMIT_REACHED, 2),  # rule 17
        ((False, True, False), Standing.LIMIT_REACHED, 2),  # not one after the other
    ],
)
def test_absences_under_the_decree(reasons, standing, counted):
    record = weigh(missed(*reasons), TWICE)
    assert (record.standing, record.counted) == (standing, counted)
    assert record.consequence is (
        Consequence.DISMISSAL_PROPOSED if standing is Standing.LIMIT_REACHED else None
    )


def test_under_the_law_one_absence_leads_to_reattestation():
    record = weigh([Absence(1, reason_valid=False)], ONCE)
    assert record.consequence is Consequence.REATTESTATION


@given(st.lists(st.sampled_from([True, None])))
def test_no_number_of_good_reasons_reaches_the_limit(reasons):
    assert weigh(missed(*reasons), TWICE).consequence is None
