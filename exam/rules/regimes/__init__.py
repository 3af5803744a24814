"""The regimes: one frozen value for each set of rules, by act and date.

Ask a regime what holds under it; nothing outside this package asks which decree it is dealing with.
"""

from collections.abc import Mapping
from types import MappingProxyType

from exam.rules.errors import UnknownRegimeError
from exam.rules.regimes.decree_490 import DECREE_490
from exam.rules.regimes.law import LAW_2021, LAW_2025
from exam.rules.regimes.shape import (
    AfterFailure,
    CommissionKind,
    CommissionPost,
    Composition,
    DecisionWords,
    Duty,
    Names,
    PostCategory,
    Reattestation,
    Regime,
    Subject,
)

__all__ = [
    "DECREE_490",
    "LAW_2021",
    "LAW_2025",
    "REGIMES",
    "AfterFailure",
    "CommissionKind",
    "CommissionPost",
    "Composition",
    "DecisionWords",
    "Duty",
    "Names",
    "PostCategory",
    "Reattestation",
    "Regime",
    "Subject",
    "regime",
]

REGIMES: Mapping[str, Regime] = MappingProxyType(
    {each.code: each for each in (DECREE_490, LAW_2021, LAW_2025)}
)


def regime(code: str) -> Regime:
    """Return the regime with this code.

    Raises
    ------
    UnknownRegimeError
        If there is none.
    """
    try:
        return REGIMES[code]
    except KeyError:
        raise UnknownRegimeError(f"no regime has the code {code!r}") from None
