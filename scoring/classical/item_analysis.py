"""Item analysis: difficulty, discrimination and what an item does to reliability."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from scoring.classical.forms import comparable_scores, forms_of, level, same_persons
from scoring.classical.moments import Moments, moments_of, weighted_sums
from scoring.classical.reliability import (
    alpha_from,
    alpha_of,
    alpha_without_each,
    error_of,
    mean_by_item,
    not_met,
    parts_of,
)
from scoring.encoding import Missing
from scoring.errors import ScoringError
from scoring.numbers import numbers_of
from scoring.responses import ResponseMatrix, as_responses

UPPER_LOWER_SHARE = 0.27


@dataclass(frozen=True, slots=True)
class ItemRow:
    """The figures of one item; NaN where a figure is not defined."""

    item: str
    n: int
    difficulty: float
    sd: float
    item_total: float
    item_rest: float
    biserial: float
    discrimination_27: float
    alpha_if_deleted: float
    omitted: float
    not_reached: float
    alpha_of_forms: float
    form_length: float


@dataclass(frozen=True, slots=True, eq=False)
class ItemAnalysis:
    """Classical statistics of a test and its items.

    Attributes
    ----------
    n_persons, n_items : int
        Size of the response matrix.
    n_shared : int
        Fewest persons behind an item.
    mean, sd, median, skewness, kurtosis, lowest, highest : float
        Of the sum scores in points: sample standard deviation (divisor n - 1); skewness m3 / m2^1.5 and
        excess kurtosis m4 / m2^2 - 3 from central moments (divisor n).
    alpha : float
        Coefficient alpha.
    sem : float
        Standard error of measurement in points, sd * sqrt(1 - alpha).
    items : tuple of str
        Names; every array below has shape (n_items,).
    n : ndarray
        Persons to whom the item was administered.
    difficulty : ndarray
        Mean points as a share of the maximum, 0 to 1; a larger value is an easier item.
    item_sd : ndarray
        Sample standard deviation in points.
    item_total, item_rest : ndarray
        Correlation with the sum of all items, and of the other items.
    biserial : ndarray
        `item_rest` as a biserial, r sqrt(p (1 - p)) / phi(Phi^-1(p)) with the difficulty p; NaN for items
        with more than two values.
    discrimination_27 : ndarray
        Difficulty in the upper less the lower 27 % of the persons who were given the item.
    alpha_if_deleted : ndarray
        Alpha of the other items of the test, or of the forms that hold the item.
    omitted, not_reached : ndarray
        Shares of the persons who were given the item.
    alpha_of_forms, form_length : ndarray
        Alpha and number of items of the forms that hold the item; of the whole test with one form.
    not_met : tuple of str
        Items that nobody was given; they are left out of alpha.
    """

    n_persons: int
    n_items: int
    n_shared: int
    mean: float
    sd: float
    median: float
    skewness: float
    kurtosis: float
    lowest: float
    highest: float
    alpha: float
    sem: float
    items: tuple[str, ...]
    n: NDArray[np.int64]
    difficulty: NDArray[np.float64]
    item_sd: NDArray[np.float64]
    item_total: NDArray[np.float64]
    item_rest: NDArray[np.float64]
    biserial: NDArray[np.float64]
    discrimination_27: NDArray[np.float64]
    alpha_if_deleted: NDArray[np.float64]
    omitted: NDArray[np.float64]
    not_reached: NDArray[np.float64]
    alpha_of_forms: NDArray[np.float64]
    form_length: NDArray[np.float64]
    not_met: tuple[str, ...]

    def rows(self) -> Iterator[ItemRow]:
        """Give the items one by one."""
        columns = (
            self.n,
            self.difficulty,
            self.item_sd,
            self.item_total,
            self.item_rest,
            self.biserial,
            self.discrimination_27,
            self.alpha_if_deleted,
            self.omitted,
            self.not_reached,
            self.alpha_of_forms,
            self.form_length,
        )
        for item, *figures in zip(self.items, *(column.tolist() for column in columns), strict=True):
            yield ItemRow(item, *figures)


def item_analysis(data: ResponseMatrix | ArrayLike) -> ItemAnalysis:
    """Compute the classical statistics of a test and its items.

    Parameters
    ----------
    data : ResponseMatrix or array_like, shape (n_persons, n_items)
        Points. Omitted and not reached cells count as 0 points; cells that were not administered stay
        out: an item is then judged on the persons who were given it.

    Returns
    -------
    ItemAnalysis
        NaN for a figure that is not defined: correlations of a constant item, anything about spread
        with one person, item-rest and alpha with one item.

    Raises
    ------
    ResponseError
        If the data are no points of persons and items.

    Notes
    -----
    Persons who were given the same items make a form; those who share theirs with fewer than nine others
    are put together. Sums of different forms are not mixed: correlations are those within forms, the upper
    and lower group are found as `upper_lower_index` says. Alpha, and alpha without an item, are those of
    the pairwise covariances when every two items were given together to at least ten persons, else the mean
    of those of the forms (that hold the item) of ten persons or more, weighted by persons; `sem` then is the
    root of the mean error variance. Mean, sd and shape are of all sum scores as they are.

    References
    ----------
    Crocker, L. & Algina, J. (1986). Introduction to Classical and Modern Test Theory, chapter 14.
    Henrysson, S. (1963). Psychometrika 28, 211-218 (item-rest correlation).
    """
    responses = as_responses(data)
    moments = moments_of(responses)
    return _assemble(responses, moments, _shape_of_scores(moments.totals))


def _assemble(responses: ResponseMatrix, moments: Moments, scores: dict[str, float]) -> ItemAnalysis:
    difficulty = _per_maximum(moments.mean, responses)
    item_sd = np.sqrt(moments.variance)
    parts = parts_of(moments)
    alpha = alpha_of(parts)
    own_alphas = [np.full(len(part.items), alpha_from(part.covariance)) for part in parts]
    lengths = [np.full(len(part.items), float(len(part.items))) for part in parts]
    width = responses.n_items
    return ItemAnalysis(
        n_persons=responses.n_persons,
        n_items=responses.n_items,
        n_shared=int(moments.n.min()),
        **scores,
        alpha=alpha,
        sem=_error(scores["sd"], alpha) if len(parts) == 1 else error_of(parts),
        items=responses.items,
        n=moments.n.astype(np.int64),
        difficulty=difficulty,
        item_sd=item_sd,
        item_total=moments.with_total,
        item_rest=moments.with_rest,
        biserial=_biserial(responses, moments.with_rest, difficulty),
        discrimination_27=upper_lower_index(responses),
        alpha_if_deleted=mean_by_item(parts, [alpha_without_each(part.covariance) for part in parts], width),
        omitted=_share(responses, Missing.OMITTED, moments.n),
        not_reached=_share(responses, Missing.NOT_REACHED, moments.n),
        alpha_of_forms=mean_by_item(parts, own_alphas, width),
        form_length=mean_by_item(parts, lengths, width),
        not_met=not_met(responses, moments),
    )


def _error(sd: float, alpha: float) -> float:
    return sd * float(np.sqrt(max(0.0, 1 - alpha))) if alpha == alpha else float("nan")


def upper_lower_index(
    data: ResponseMatrix | ArrayLike,
    *,
    share: float = UPPER_LOWER_SHARE,
    ties: Literal["split", "row order"] = "split",
    totals: ArrayLike | None = None,
) -> NDArray[np.float64]:
    """Subtract the difficulty in the lower group from that in the upper group.

    Parameters
    ----------
    data : ResponseMatrix or array_like, shape (n_persons, n_items)
        Points. The groups of an item are found among the persons who were given it.
    share : float
        Size of each group as a share of these persons, rounded to whole persons; above 0, at most a half.
    ties : {"split", "row order"}
        Which of the persons with the score at the edge of a group belong to it: each with the same
        fraction, so that the order of persons does not matter, or the first rows.
    totals : array_like, shape (n_persons,), optional
        The scores to group by, comparable over forms. By default the sum scores; with several forms each
        person's rank within his own form, from 0 to 1: the share of the form below him and half of those
        level with him. Persons who share their items with fewer than nine others are ranked together, on
        the share they earned of what their own items can earn.

    Returns
    -------
    ndarray, shape (n_items,)
        Values in [-1, 1]; NaN when a group would be empty.

    Raises
    ------
    ScoringError
        If `share` is outside its range, `ties` is none of the two, or `totals` do not fit the persons.

    References
    ----------
    Kelley, T. L. (1939). Journal of Educational Psychology 30, 17-24.
    """
    responses = as_responses(data)
    if not 0 < share <= 0.5:
        raise ScoringError(f"a group is more than none and at most half of the persons, not {share:g}")
    if ties not in ("split", "row order"):
        raise ScoringError(f"ties are split or taken in row order, not {ties!r}")
    given = responses.administered
    if totals is None:
        scores = responses.total_scores()
        if given is not None:
            scores = comparable_scores(responses, forms_of(given), scores)
        scores = level(scores)
    else:
        scores = numbers_of(totals, "the scores to group by")
        if scores.shape != (responses.n_persons,) or not bool(np.isfinite(scores).all()):
            raise ScoringError(f"{responses.n_persons} persons need as many finite scores to group by")
    if given is None:
        return _per_maximum(_between_groups(responses.points, scores, share, ties), responses)
    difference = np.full(responses.n_items, np.nan)
    for persons, items in same_persons(given):
        points = responses.points[np.ix_(persons, items)]
        difference[items] = _between_groups(points, scores[persons], share, ties)
    return _per_maximum(difference, responses)


def _between_groups(
    points: NDArray[Any], scores: NDArray[Any], share: float, ties: str
) -> NDArray[np.float64]:
    """Mean points in the upper less those in the lower group, shape (n_items,); NaN for empty groups."""
    size = min(int(np.floor(share * len(scores) + 0.5)), len(scores) // 2)
    if size == 0:
        return np.full(points.shape[1], np.nan)
    weights, shares = _group_weights(scores, size, ties)
    return np.asarray(shares @ weighted_sums(points, weights) / size)


def _per_maximum(points: NDArray[np.float64], responses: ResponseMatrix) -> NDArray[np.float64]:
    """Divide by the maximum of each item; NaN for an item that earns nothing."""
    shares = np.full(responses.n_items, np.nan)
    np.divide(points, responses.max_points, out=shares, where=responses.max_points > 0)
    return shares


def _group_weights(
    scores: NDArray[Any], size: int, ties: str
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Sort persons into upper (1) and lower (-1) group, and those tied at each edge apart.

    Returns
    -------
    weights : ndarray, shape (3, n_persons)
        Whole groups, persons at the upper edge, persons at the lower edge.
    shares : ndarray, shape (3,)
        What each row counts.
    """
    weights = np.zeros((3, len(scores)), dtype=np.float32)
    shares = np.array([1.0, 0.0, 0.0])
    ranked = np.partition(scores, [size - 1, len(scores) - size])
    for row, sign, edge in ((1, 1, ranked[len(scores) - size]), (2, -1, ranked[size - 1])):
        inside = scores > edge if sign > 0 else scores < edge
        tied = scores == edge
        wanted = size - int(inside.sum())
        weights[0][inside] += sign
        if ties == "row order":
            weights[0][np.flatnonzero(tied)[:wanted]] += sign
        else:
            weights[row][tied] = 1
            shares[row] = sign * wanted / int(tied.sum())
    return weights, shares


def _biserial(
    responses: ResponseMatrix,
    with_rest: NDArray[np.float64],
    difficulty: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Compute r sqrt(p (1 - p)) over the normal ordinate at p; only for items of two values."""
    two_valued = (responses.max_points == 1) & (difficulty > 0) & (difficulty < 1)
    if responses.points.dtype != np.uint8:
        two_valued &= (responses.points == np.floor(responses.points)).all(axis=0)
    share = np.where(two_valued, difficulty, 0.5)
    ordinate = np.exp(-(ndtri(share) ** 2) / 2) / np.sqrt(2 * np.pi)
    return np.where(two_valued, with_rest * np.sqrt(share * (1 - share)) / ordinate, np.nan)


def _share(responses: ResponseMatrix, kind: Missing, n: NDArray[np.float64]) -> NDArray[np.float64]:
    if responses.missing is None:
        return np.zeros(responses.n_items)
    return np.asarray((responses.missing == kind).sum(axis=0) / np.maximum(n, 1))


def _shape_of_scores(scores: NDArray[Any]) -> dict[str, float]:
    """Describe the distribution of the sum scores, from its counts when they are whole."""
    if scores.dtype.kind == "i" and int(scores.max()) < 65536:
        counts = np.bincount(scores)
        values = np.flatnonzero(counts)
        counts = counts[values]
    else:
        values, counts = np.unique(scores, return_counts=True)
    n = len(scores)
    mean = float(counts @ values / n)
    off = values - mean
    m2, m3, m4 = (float(counts @ off**power / n) for power in (2, 3, 4))
    spread = np.sqrt(m2) > 1e-12 * max(1.0, abs(mean))
    reached = np.cumsum(counts)
    middle = values[np.searchsorted(reached, [(n - 1) // 2, n // 2], side="right")]
    return {
        "mean": mean,
        "sd": float(np.sqrt(m2 * n / (n - 1))) if n > 1 else float("nan"),
        "median": float(middle.mean()),
        "skewness": m3 / m2**1.5 if spread else float("nan"),
        "kurtosis": m4 / m2**2 - 3 if spread else float("nan"),
        "lowest": float(values[0]),
        "highest": float(values[-1]),
    }
