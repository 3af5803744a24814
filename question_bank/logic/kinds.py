"""The kinds of logic items, by their codes."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from question_bank.logic.errors import UnknownKindError
from question_bank.logic.kind import Kind

_PLACES = {
    "number_series": "NumberSeries",
    "letter_series": "LetterSeries",
    "syllogism": "Syllogism",
    "ordering": "Ordering",
    "conditional": "Conditional",
    "analogy": "Analogy",
    "matrix": "Matrix",
    "truth_tellers": "TruthTellers",
}
KINDS = tuple(_PLACES)


@cache
def kind_named(code: str) -> Kind[Any, Any]:
    """Return the kind with this code.

    Raises
    ------
    UnknownKindError
        If there is none; the message names those that exist.
    """
    if code not in _PLACES:
        raise UnknownKindError(f"no kind {code!r}; there are {', '.join(KINDS)}")
    module = import_module(f"question_bank.logic.{code}")
    build: Callable[[], Kind[Any, Any]] = getattr(module, _PLACES[code])
    return build()
