"""Persons of two groups matched on a score: right and wrong answers by group and level of the score."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoring.blas_threads import one_blas_thread
from scoring.errors import ResponseError, ScoringError
from scoring.responses import ResponseMatrix, as_responses

BLOCK = 1024
REFERENCE, FOCAL, NEITHER = 0, 1, -1
NO_LABEL = frozenset({"", "nan", "None"})

FloatArray = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class TwoGroups:
    """Two groups of persons and their responses.

    Attributes
    ----------
    responses : ResponseMatrix
        The persons of both groups; items earn 0 or 1.
    is_focal : ndarray of bool, shape (n_persons,)
        Who belongs to the focal group.
    matching : ndarray of int or None
        Level of each person on an outside criterion, from 0; None: matched on the items themselves.
    levels : ndarray, shape (n_levels,)
        Values of the outside criterion; empty without one.
    n_left_out : int
        Persons without a group, or in a third one.
    """

    responses: ResponseMatrix
    is_focal: Mask
    matching: NDArray[np.intp] | None
    levels: FloatArray
    n_left_out: int

    @property
    def n_focal(self) -> int:
        """Persons in the focal group."""
        return int(self.is_focal.sum())

    @property
    def n_reference(self) -> int:
        """Persons in the reference group."""
        return len(self.is_focal) - self.n_focal


@dataclass(frozen=True, slots=True, eq=False)
class MatchedCounts:
    """Answers by item, group (0 reference, 1 focal) and level of the matching score.

    Attributes
    ----------
    right, wrong : ndarray, shape (n_items, 2, n_levels)
        Number of persons.
    levels : ndarray, shape (n_levels,)
        The matching score.
    """

    right: FloatArray
    wrong: FloatArray
    levels: FloatArray

    @property
    def n(self) -> FloatArray:
        """Persons who were given the item, shape (n_items, 2, n_levels)."""
        return self.right + self.wrong


def two_groups(
    X: ResponseMatrix | ArrayLike,
    group: str | ArrayLike | Sequence[object],
    focal: object = None,
    reference: object = None,
    matching: ArrayLike | None = None,
) -> TwoGroups:
    """Keep the persons of a focal and a reference group.

    Parameters
    ----------
    X : ResponseMatrix or array_like, shape (n_persons, n_items)
        0/1 points; NaN is not administered.
    group : array_like, shape (n_persons,), or str
        Group of each person, or the name of one of the groups in `X`. Who has none - None, NaN, an empty
        text or the texts "nan" and "None", into which numpy turns these - is left out and counted.
    focal : object, optional
        Value of the focal group; may be left out when the values are 0 and 1, of which 1 is focal.
    reference : object, optional
        Value of the reference group; everybody else who has a group when left out.
    matching : array_like, shape (n_persons,), optional
        Outside criterion to match on, in few different values.

    Returns
    -------
    TwoGroups

    Raises
    ------
    ScoringError
        If a group is empty, the labels do not fit the persons, or an item earns more than 1 point.
    """
    responses = as_responses(X)
    if not responses.is_dichotomous:
        raise ResponseError("matched groups are compared on items that earn 0 or 1 point")
    codes = _codes(_labels(responses, group), focal, reference)
    kept = codes != NEITHER
    criterion, levels = None, np.empty(0)
    if matching is not None:
        values = np.asarray(matching, dtype=np.float64)
        if values.shape != codes.shape or not bool(np.isfinite(values).all()):
            raise ScoringError("the matching variable needs one finite number for each person")
        levels, criterion = np.unique(values[kept], return_inverse=True)
    if not kept.all():
        responses = responses.select(persons=kept)
    return TwoGroups(responses, codes[kept] == FOCAL, criterion, levels, int((~kept).sum()))


def _labels(responses: ResponseMatrix, group: str | ArrayLike | Sequence[object]) -> NDArray[Any]:
    if isinstance(group, str):
        if group not in responses.groups:
            raise ScoringError(f"the responses carry no group {group!r}")
        group = responses.groups[group]
    labels = group if isinstance(group, np.ndarray) else _as_objects(group)
    if labels.shape != (responses.n_persons,):
        raise ScoringError(f"{responses.n_persons} persons need as many groups, not shape {labels.shape}")
    return labels


def _as_objects(group: ArrayLike | Sequence[object]) -> NDArray[Any]:
    """Keep labels as they are: numpy would turn a NaN among texts into a text."""
    if not isinstance(group, list | tuple):
        return np.asarray(group)
    if any(isinstance(label, list | tuple | dict | set | np.ndarray) for label in group):
        raise ScoringError("each person has one label of a group")
    labels = np.empty(len(group), dtype=object)
    labels[:] = group
    return labels


def without_label(labels: NDArray[Any]) -> Mask:
    """Say who has no group, shape (n_persons,)."""
    if labels.dtype.kind == "f":
        return np.asarray(np.isnan(labels))
    if labels.dtype.kind in "biu":
        return np.zeros(labels.shape, dtype=np.bool_)
    return np.array(
        [label is None or label != label or str(label).strip() in NO_LABEL for label in labels.tolist()],
        dtype=np.bool_,
    )


def _codes(labels: NDArray[Any], focal: object, reference: object) -> NDArray[np.int8]:
    """Code reference 0, focal 1 and the others, and who has no group, -1."""
    none = without_label(labels)
    values = sorted(set(labels[~none].tolist()), key=str)
    if not values:
        raise ScoringError(f"none of {len(labels)} persons has a group")
    if focal is None:
        if not set(values) <= {0, 1}:
            raise ScoringError(f"say which group is focal: {_listed(values)}")
        focal = 1
    is_focal = np.asarray(labels == focal, dtype=np.bool_) & ~none
    others = ~is_focal if reference is None else np.asarray(labels == reference, dtype=np.bool_)
    is_reference = others & ~none
    for name, value, mask in (("focal", focal, is_focal), ("reference", reference, is_reference)):
        if not mask.any():
            wanted = "" if value is None else f" {value}"
            raise ScoringError(f"nobody is in the {name} group{wanted}; the groups are {_listed(values)}")
    if bool((is_focal & is_reference).any()):
        raise ScoringError(f"the focal and the reference group are the same, {focal}")
    return np.where(is_focal, FOCAL, np.where(is_reference, REFERENCE, NEITHER)).astype(np.int8)


def _listed(values: list[Any]) -> str:
    return ", ".join(map(str, values[:8])) + (", ..." if len(values) > 8 else "")


def count_matched(groups: TwoGroups, anchor: Mask) -> MatchedCounts:
    """Count answers by group and matching score.

    The score is the sum over the anchor items and, for an item outside the anchor, that item as well
    (Holland & Thayer 1988: a matching score without the studied item makes DIF where there is none). A
    person who was not given an item is left out of its counts.
    """
    points = groups.responses.points
    if groups.matching is not None:
        level, n_levels, values = groups.matching, len(groups.levels), groups.levels
    else:
        level = _scores(points, anchor)
        n_levels = int(anchor.sum()) + 2  # room for one point from outside the anchor
        values = np.arange(n_levels, dtype=np.float64)
    code = level + n_levels * groups.is_focal
    right = _sums_by_code(points, code, 2 * n_levels)
    given = groups.responses.administered
    if given is None:
        n = np.bincount(code, minlength=2 * n_levels)[None, :].astype(np.float64)
    else:
        n = _sums_by_code(given.view(np.uint8), code, 2 * n_levels)
    wrong = n - right
    shape = (len(right), 2, n_levels)
    right, wrong = right.reshape(shape), wrong.reshape(shape)
    if groups.matching is None:
        outside = ~anchor
        right[outside, :, 1:] = right[outside, :, :-1]
        right[outside, :, 0] = 0.0
    return MatchedCounts(right, wrong, values)


@one_blas_thread()
def _scores(points: NDArray[np.uint8], anchor: Mask) -> NDArray[np.intp]:
    """Sum the anchor items of each person."""
    weights = anchor.astype(np.float32)
    sums = np.empty(len(points), dtype=np.intp)
    for lo in range(0, len(points), BLOCK):
        sums[lo : lo + BLOCK] = points[lo : lo + BLOCK].astype(np.float32) @ weights
    return sums


@one_blas_thread()
def _sums_by_code(points: NDArray[np.uint8], code: NDArray[np.intp], n_codes: int) -> FloatArray:
    """Sum the points of each item over the persons of each code, shape (n_items, n_codes).

    Sorted by code, a block of persons holds few codes, so that a small product adds it up.
    """
    order = np.argsort(code.astype(np.uint16) if n_codes < 2**16 else code, kind="stable")
    ordered = code[order]
    sums = np.zeros((n_codes, points.shape[1]))
    for lo in range(0, len(points), BLOCK):
        own = ordered[lo : lo + BLOCK]
        first, last = int(own[0]), int(own[-1]) + 1
        members = (np.arange(first, last)[:, None] == own).astype(np.float32)
        sums[first:last] += members @ points[order[lo : lo + BLOCK]].astype(np.float32)
    return np.ascontiguousarray(sums.T)
