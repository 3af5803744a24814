"""Two people where one is not enough, and nobody for himself."""

import pytest

from exam.rules.roles import SEPARATE_ACTS, Act
from exam.rules.separation import Person, approvers_problem, own_case, second_person

AIGUL = Person(user_id=1, officer_id=101)
BOLAT = Person(user_id=2, officer_id=102)
CLARA = Person(user_id=3)
AIGUL_AGAIN = Person(user_id=4, officer_id=101)


def code(refusal) -> str | None:
    return refusal and refusal.code


@pytest.mark.parametrize("first_act", [first for first, _ in SEPARATE_ACTS])
@pytest.mark.parametrize("second", [AIGUL, AIGUL_AGAIN])
def test_the_second_half_needs_another_human_being(first_act, second):
    assert code(second_person(first_act, AIGUL, second)) == "same_person"


@pytest.mark.parametrize(("first", "second"), [(AIGUL, BOLAT), (BOLAT, AIGUL), (AIGUL_AGAIN, CLARA)])
def test_nobody_enters_or_confirms_his_own_result(first, second):
    assert code(second_person(Act.ENTER_MEASURE, first, second, officer_id=101)) == "own_case"


def test_two_others_may():
    assert second_person(Act.ENTER_MEASURE, BOLAT, CLARA, officer_id=101) is None


def test_two_accounts_without_an_officer_are_two_people():
    assert second_person(Act.WRITE_ITEM, CLARA, Person(user_id=5)) is None


def test_an_act_without_a_second_half_is_a_mistake():
    with pytest.raises(ValueError, match="needs no second person"):
        second_person(Act.CONFIRM_MEASURE, AIGUL, BOLAT)


def test_own_case_looks_at_the_officer_and_not_at_the_account():
    assert code(own_case(AIGUL_AGAIN, 101)) == "own_case"
    assert own_case(AIGUL_AGAIN, 4) is None
    assert own_case(CLARA, 3) is None


@pytest.mark.parametrize(
    ("approvers", "expected"),
    [
        ([], "approvers_missing"),
        ([BOLAT], "approvers_missing"),
        ([BOLAT, BOLAT], "same_person"),
        ([BOLAT, AIGUL], "approver_is_author"),
        ([AIGUL_AGAIN, BOLAT], "approver_is_author"),
        ([BOLAT, CLARA], None),
    ],
)
def test_a_setting_has_two_approvers_and_neither_is_its_author(approvers, expected):
    assert code(approvers_problem(AIGUL, approvers)) == expected
