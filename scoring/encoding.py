"""Raw answers as compact codes: missing by kind, options by position, points by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.errors import ResponseError
from scoring.keys import ItemKey, parse_key, plain_option

NO_OPTION = 255
MOST_OPTIONS = 250


class Missing(IntEnum):
    """Why a cell holds no answer."""

    ANSWERED = 0
    OMITTED = 1
    NOT_REACHED = 2
    NOT_ADMINISTERED = 3


@dataclass(frozen=True, slots=True, eq=False)
class EncodedOptions:
    """Raw answers after encoding; arrays have shape (n_persons, n_items)."""

    points: NDArray[Any]
    missing: NDArray[np.uint8] | None
    options: NDArray[np.uint8]
    labels: tuple[tuple[str, ...], ...]
    keys: tuple[ItemKey, ...]
    max_points: NDArray[np.float64]


def unanswered_kinds(blank: NDArray[np.bool_]) -> NDArray[np.uint8] | None:
    """Name the blanks of each row: a run at its end was not reached, the others were omitted.

    Parameters
    ----------
    blank : ndarray of bool, shape (n_persons, n_items)
        Which cells hold no answer; items in the order in which they were put.

    Returns
    -------
    ndarray of uint8, shape (n_persons, n_items), or None
        `Missing` by cell; None where there is no blank.
    """
    if not bool(blank.any()):
        return None
    run_at_end = np.logical_and.accumulate(blank[:, ::-1], axis=1)[:, ::-1]
    kinds = np.where(run_at_end, np.uint8(Missing.NOT_REACHED), np.uint8(Missing.OMITTED))
    return np.where(blank, kinds, np.uint8(Missing.ANSWERED))


def encode_options(
    chosen: NDArray[Any], key: Sequence[ItemKey | str], blanks: Sequence[str] = ("",)
) -> EncodedOptions:
    """Encode what was chosen and score it by the key.

    Parameters
    ----------
    chosen : ndarray of str or int, shape (n_persons, n_items)
        The options as written.
    key : sequence of ItemKey or str, length n_items
        A str is read by `scoring.parse_key`.
    blanks : sequence of str
        What stands for no answer, compared without case and surrounding blanks.

    Returns
    -------
    EncodedOptions
        Points, kinds of missing answers and positions of the options, shape (n_persons, n_items).

    Raises
    ------
    ResponseError
        If the shapes do not fit or an item has more than `MOST_OPTIONS` options.
    """
    if chosen.ndim != 2 or 0 in chosen.shape:
        raise ResponseError(f"responses need persons and items, got an array of shape {chosen.shape}")
    if len(key) != chosen.shape[1]:
        raise ResponseError(f"the key has {len(key)} entries for {chosen.shape[1]} items")
    keys = tuple(entry if isinstance(entry, ItemKey) else parse_key(entry) for entry in key)
    written, codes = distinct_values(chosen)
    names = [plain_option(str(value)) for value in written]
    no_answer = {plain_option(value) for value in blanks}
    is_blank = np.array([name in no_answer for name in names])
    spelled = _spelling([str(value).strip() for value in written], names)
    small = all(str(value) == str(value).lower() for value in written)
    options = np.empty(chosen.shape, dtype=np.uint8)
    whole = all(points == int(points) and points < 256 for entry in keys for _, points in entry.credit)
    points = np.empty(chosen.shape, dtype=np.uint8 if whole else np.float64)
    labels = []
    for j, entry in enumerate(keys):
        column = codes[:, j]
        seen = np.bincount(column, minlength=len(names)) > 0
        here = _in_order({names[k] for k in np.flatnonzero(seen & ~is_blank)} | {o for o, _ in entry.credit})
        if len(here) > MOST_OPTIONS:
            raise ResponseError(f"item {j + 1} has {len(here)} different options; is it a column of options?")
        position = {name: place for place, name in enumerate(here)}
        options[:, j] = np.array([position.get(name, NO_OPTION) for name in names], dtype=np.uint8)[column]
        points[:, j] = np.array([float(entry.points(name)) for name in names]).astype(points.dtype)[column]
        labels.append(tuple(spelled.get(name, name.lower() if small else name) for name in here))
    most = np.array([float(entry.max_points) for entry in keys])
    return EncodedOptions(points, unanswered_kinds(is_blank[codes]), options, tuple(labels), keys, most)


def _spelling(written: list[str], names: list[str]) -> dict[str, str]:
    """Give each option as it was written, where it was written in one way only."""
    ways: dict[str, set[str]] = {}
    for text, name in zip(written, names, strict=True):
        ways.setdefault(name, set()).add(text)
    single = {name: texts.pop() for name, texts in ways.items() if len(texts) == 1}
    return {name: text for name, text in single.items() if text.upper() == name}


def _in_order(options: set[str]) -> tuple[str, ...]:
    """Sort options, numbers by value and before words."""
    return tuple(sorted(options, key=lambda o: (0, int(o), o) if o.isdecimal() else (1, 0, o)))


def distinct_values(chosen: NDArray[Any]) -> tuple[list[Any], NDArray[np.intp]]:
    """Find the distinct values and the position of each cell among them, shape of `chosen`."""
    if chosen.dtype.kind == "U" and chosen.dtype.itemsize == 4:
        letters = np.ascontiguousarray(chosen).view(np.uint32)
        values, codes = _small_integers(letters)
        return [chr(value) if value else "" for value in values], codes
    if chosen.dtype.kind in "ui" and int(chosen.min()) >= 0 and int(chosen.max()) < 65536:
        return _small_integers(chosen)
    if chosen.dtype.kind == "O":
        chosen = np.array([["" if cell is None else str(cell) for cell in row] for row in chosen])
    distinct, inverse = np.unique(chosen, return_inverse=True)
    return distinct.tolist(), np.asarray(inverse).reshape(chosen.shape)


def _small_integers(array: NDArray[Any]) -> tuple[list[int], NDArray[np.intp]]:
    """Find distinct small whole numbers through a table instead of a sort."""
    table = np.zeros(int(array.max()) + 1, dtype=np.intp)
    table[array] = 1
    values = np.flatnonzero(table)
    table[values] = np.arange(len(values))
    return values.tolist(), table[array]
