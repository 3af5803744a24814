"""Numbers as files write them: exact, never through a binary fraction."""

import re
from decimal import Decimal

NUMBER = re.compile(r"[+-]?(?:[0-9]{1,12}(?:[.,][0-9]{0,12})?|[.,][0-9]{1,12})(?:[eE][+-]?[0-9])?", re.ASCII)


def read_number(written: str) -> Decimal | None:
    """Return a number, or None where something else is written."""
    written = written.strip()
    if not NUMBER.fullmatch(written):
        return None
    read = Decimal(written.replace(",", "."))
    plain = format(read, "f")
    return Decimal(plain.rstrip("0").rstrip(".") or "0") if "." in plain else Decimal(plain)
