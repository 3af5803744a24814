"""Grounds as the JSON that results and outcomes keep, and back."""

from collections.abc import Iterable, Mapping
from typing import Any

from scoring.outcome import Ground


def to_plain(grounds: Iterable[Ground]) -> list[dict[str, Any]]:
    """Return grounds as ``[{"code": …, "facts": [[name, value], …]}, …]``; the order of facts is kept."""
    return [{"code": ground.code, "facts": [list(fact) for fact in ground.facts]} for ground in grounds]


def from_plain(plain: Iterable[Mapping[str, Any]]) -> tuple[Ground, ...]:
    """Read what `to_plain` wrote."""
    return tuple(Ground(each["code"], tuple((name, told) for name, told in each["facts"])) for each in plain)
