"""The individual identification number, as an aid against slips of the pen.

A sound number proves nothing about a person, and an unsound one only that it was mistyped: the last check
cannot see every slip (in the first pass the eleventh digit weighs 11, which is 0 modulo 11). Sex, birth date
and age are never read out of the number; they come from the staff record. Since the Government Resolution of
26 August 2013 No. 853 the digits are not bound to them.

Source
------
Order of the Minister of Internal Affairs of the Republic of Kazakhstan of 29 June 2023 No. 521, Rules of
forming the individual identification number, 2 and the algorithm of the check digit.
"""

import re

# [0-9] and fullmatch: \d and str.isdigit also take digits of other scripts, match with $ takes a line's end.
_TWELVE_DIGITS = re.compile("[0-9]{12}")
_FIRST_PASS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND_PASS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)


def iin_problems(text: str) -> tuple[str, ...]:
    """Return what is wrong with a typed number; empty when nothing is.

    Parameters
    ----------
    text : str
        As typed; nothing is stripped or corrected.

    Returns
    -------
    tuple of str
        At most one of ``iin_not_twelve_digits``, ``iin_never_issued`` (both passes give 10) and
        ``iin_check_digit``.
    """
    if not _TWELVE_DIGITS.fullmatch(text):
        return ("iin_not_twelve_digits",)
    check = check_digit(text[:11])
    if check is None:
        return ("iin_never_issued",)
    return () if check == int(text[11]) else ("iin_check_digit",)


def check_digit(body: str) -> int | None:
    """Return the twelfth digit for the first eleven, or None when no number has this body.

    Raises
    ------
    ValueError
        If `body` is not eleven ASCII digits.
    """
    if not re.fullmatch("[0-9]{11}", body):
        raise ValueError("the body of an IIN is eleven digits")
    digits = [int(digit) for digit in body]
    for weights in (_FIRST_PASS, _SECOND_PASS):
        rest = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if rest < 10:
            return rest
    return None
