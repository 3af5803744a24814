"""The IIN as an aid against slips; every number here is made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam.rules.iin import check_digit, iin_problems

FIRST_PASS = "990101300003"
SECOND_PASS = "990101300409"
bodies = st.text("0123456789", min_size=11, max_size=11)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "99010130000",
        "9901013000033",
        "990101300003\n",
        " 990101300003",
        "99010130000a",
        "٩٩٠١٠١٣٠٠٠٠٣",  # Arabic-Indic digits
        "९९०१०१३००००३",  # Devanagari digits
        "９９０１０１３００００３",  # full-width digits
        "99010130000³",
    ],
)
def test_only_twelve_ascii_digits_are_looked_at(text):
    assert iin_problems(text) == ("iin_not_twelve_digits",)


def test_a_wrong_last_digit_is_noticed():
    assert iin_problems("990101300004") == ("iin_check_digit",)


@pytest.mark.parametrize("last", "0123456789")
def test_a_body_without_a_check_digit_was_never_issued(last):
    assert iin_problems("99010130046" + last) == ("iin_never_issued",)


@pytest.mark.parametrize("number", [FIRST_PASS, SECOND_PASS])
def test_both_passes_give_sound_numbers(number):
    assert iin_problems(number) == ()


def test_the_second_pass_is_entered_only_at_ten():
    # 9*1 + 9*2 + 0 + 1*4 + 0 + 1*6 + 3*7 = 58 = 3 (mod 11); with 4 at the tenth place 98 = 10 (mod 11)
    assert check_digit("99010130000") == 3
    # 9*3 + 9*4 + 0 + 1*6 + 0 + 1*8 + 3*9 + 4*1 = 108 = 9 (mod 11)
    assert check_digit("99010130040") == 9


@pytest.mark.parametrize("body", ["", "9901013000", "9901013000a", "990101300001"])
def test_a_body_has_eleven_digits(body):
    with pytest.raises(ValueError, match="eleven digits"):
        check_digit(body)


def slow_check_digit(body: str) -> int | None:
    for shift in (0, 2):
        total = 0
        for place in range(11):
            total += int(body[place]) * ((place + shift) % 11 + 1)
        if total % 11 != 10:
            return total % 11
    return None


@given(bodies)
def test_the_digit_agrees_with_the_rotated_weights_from_the_definition(body):
    assert check_digit(body) == slow_check_digit(body)


@given(bodies)
def test_exactly_one_last_digit_is_sound_where_a_number_exists(body):
    sound = [last for last in "0123456789" if iin_problems(body + last) == ()]
    assert len(sound) == (0 if slow_check_digit(body) is None else 1)


def test_a_slip_in_the_eleventh_digit_can_pass_unnoticed():
    # the reason why the number is a typing aid and no proof: its first weight there is 11
    assert iin_problems("990101300003") == iin_problems("990101300013") == ()
