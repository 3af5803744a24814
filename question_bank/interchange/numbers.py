"""Numbers as files write them: exact, never through a binary fraction."""

import re
from decimal import Decimal

NUMBER = re.compile(r"[+-]?(?:[0-9]{1,12}(?:[.,][0-9]{0,12})?|[.,][0-9]{1,12})(?:[eE][+-]?[0-9])?", re.ASCII)


def read_number(written: str) -> Decimal | None:
    """Return a number, or None where something else is written."""
    written = written.strip()
    if not NUMBER.fullmatch(written):
        return None
    return shortest(Decimal(written.replace(",", ".")))


def shortest(number: Decimal) -> Decimal:
    """Return the number without zeros at the end of its fraction, so that 12.50 is written as 12.5."""
    plain = format(number, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return abs(Decimal(plain)) if not Decimal(plain) else Decimal(plain)
