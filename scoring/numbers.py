"""Arrays of numbers from what a caller gives; anything else is refused in one sentence."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoring.errors import ScoringError


def numbers_of(values: Any, name: str, error: type[ScoringError] = ScoringError) -> NDArray[np.float64]:
    """Take numbers, in any shape; NaN is one of them, text and ragged lists are none.

    Parameters
    ----------
    values : array_like
        Numbers, booleans or exact decimals.
    name : str
        What they are, for the message: "the scores".
    error : type of ScoringError
        What to raise.

    Returns
    -------
    ndarray of float64
        The caller's own array where it is one of float64.

    Raises
    ------
    ScoringError
        If a value is text or None, or the lists differ in length.
    """
    array = even(values, name, error)
    if array.dtype.kind not in "buifO" or (
        array.dtype.kind == "O" and any(isinstance(value, str | bytes) for value in array.ravel().tolist())
    ):
        raise error(f"{name} have to be numbers")
    try:
        return np.asarray(array, dtype=np.float64)
    except (TypeError, ValueError):
        raise error(f"{name} have to be numbers") from None


def even(values: ArrayLike, name: str, error: type[ScoringError] = ScoringError) -> NDArray[Any]:
    """Take an array as numpy makes it; lists that differ in length are refused."""
    try:
        return np.asarray(values)
    except ValueError:
        raise error(f"{name} have rows that differ in length") from None
