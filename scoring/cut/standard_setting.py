"""Where the cut may stand: what panels of judges say, and what each cut would mean."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtr

from scoring.errors import StandardSettingError


@dataclass(frozen=True, slots=True, eq=False)
class AngoffRound:
    """One round of a modified Angoff panel; in points.

    Attributes
    ----------
    cut : float
        Mean of the judges' cuts.
    sd : float
        Sample standard deviation of the judges' cuts.
    se : float
        Standard error of the cut over judges, sd / sqrt(n_judges).
    se_judges_items : float
        Standard error when the items are a sample as well.
    judge_cuts : ndarray, shape (n_judges,)
        Sum of each judge's ratings.
    severity : ndarray, shape (n_judges,)
        Judge's cut less that of the panel.
    agreement : ndarray, shape (n_judges,)
        Correlation of the judge's ratings with the mean of the other judges over items.
    with_difficulty : ndarray, shape (n_judges,), or None
        Correlation with the observed difficulties, when they were given.
    item_means, item_sds : ndarray, shape (n_items,)
        Mean and sample standard deviation of the ratings of each item.
    """

    cut: float
    sd: float
    se: float
    se_judges_items: float
    judge_cuts: NDArray[np.float64]
    severity: NDArray[np.float64]
    agreement: NDArray[np.float64]
    with_difficulty: NDArray[np.float64] | None
    item_means: NDArray[np.float64]
    item_sds: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Bookmark:
    """The cut of a bookmark panel.

    Attributes
    ----------
    theta : float
        Median over judges, on the ability scale.
    se : float
        Standard error of the mean over judges, on the ability scale.
    score : float
        Expected points of the whole test at `theta`.
    order : ndarray of int, shape (n_items,)
        Items from the easiest to the hardest, as in the booklet.
    locations : ndarray, shape (n_items,)
        Ability at which each item is answered with the response probability.
    judge_thetas : ndarray, shape (n_judges,)
        Cut of each judge.
    """

    theta: float
    se: float
    score: float
    order: NDArray[np.intp]
    locations: NDArray[np.float64]
    judge_thetas: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class BorderlineGroup:
    """The median score of persons whom judges called borderline, with its distribution-free interval."""

    cut: float
    low: float
    high: float
    confidence: float
    n: int


@dataclass(frozen=True, slots=True)
class Impact:
    """What a cut would mean: who reaches it, in all and by group."""

    cut: float
    n_passed: int
    pass_rate: float
    by_group: tuple[tuple[str, int, float], ...]


def angoff(
    ratings: ArrayLike, *, max_points: ArrayLike | None = None, difficulty: ArrayLike | None = None
) -> AngoffRound:
    """Combine the ratings of a modified Angoff panel.

    Parameters
    ----------
    ratings : array_like, shape (n_judges, n_items)
        Probability that a borderline person answers the item rightly, 0 to 1; every judge rates every
        item.
    max_points : array_like, shape (n_items,), optional
        Points of the items; 1 by default.
    difficulty : array_like, shape (n_items,), optional
        Observed difficulties, to see whether judges know which items are hard.

    Raises
    ------
    StandardSettingError
        If ratings are missing or outside 0 to 1, or there are fewer than two judges.

    References
    ----------
    Angoff, W. H. (1971). In Educational Measurement, 2nd edition, 508-600.
    Brennan, R. L. & Lockwood, R. E. (1980). Applied Psychological Measurement 4, 219-240.
    """
    rated = np.asarray(ratings, dtype=np.float64)
    if rated.ndim != 2 or rated.shape[0] < 2 or rated.shape[1] < 1:
        raise StandardSettingError("a panel needs at least two judges who rate the same items")
    if not bool(((rated >= 0) & (rated <= 1)).all()):
        judge, item = np.argwhere(~((rated >= 0) & (rated <= 1)))[0].tolist()
        raise StandardSettingError(f"judge {judge + 1} has no rating from 0 to 1 for item {item + 1}")
    points = np.ones(rated.shape[1]) if max_points is None else np.asarray(max_points, dtype=np.float64)
    cuts = rated @ points
    sd = float(cuts.std(ddof=1))
    others = (rated.sum(axis=0) - rated) / (len(rated) - 1)
    hard = None if difficulty is None else np.asarray(difficulty, dtype=np.float64)
    return AngoffRound(
        cut=float(cuts.mean()),
        sd=sd,
        se=sd / float(np.sqrt(len(cuts))),
        se_judges_items=_se_judges_items(rated * points),
        judge_cuts=cuts,
        severity=cuts - cuts.mean(),
        agreement=np.array([_r(one, rest) for one, rest in zip(rated, others, strict=True)]),
        with_difficulty=None if hard is None else np.array([_r(one, hard) for one in rated]),
        item_means=rated.mean(axis=0),
        item_sds=rated.std(axis=0, ddof=1),
    )


def angoff_rounds(
    rounds: Sequence[ArrayLike], *, max_points: ArrayLike | None = None, difficulty: ArrayLike | None = None
) -> tuple[tuple[AngoffRound, ...], NDArray[np.float64]]:
    """Combine each round of a panel and say how far each judge moved.

    Returns
    -------
    rounds : tuple of AngoffRound
        As `angoff`.
    movement : ndarray, shape (n_rounds - 1, n_judges)
        Change of each judge's cut from round to round, in points.

    Raises
    ------
    StandardSettingError
        If there is no round, or judges or items differ between rounds.
    """
    if not rounds:
        raise StandardSettingError("a panel needs at least one round")
    if len({np.asarray(ratings).shape for ratings in rounds}) > 1:
        raise StandardSettingError("every round needs the same judges and items")
    found = tuple(angoff(ratings, max_points=max_points, difficulty=difficulty) for ratings in rounds)
    return found, np.diff(np.array([each.judge_cuts for each in found]), axis=0)


def bookmark(
    a: ArrayLike,
    b: ArrayLike,
    placements: ArrayLike,
    *,
    c: ArrayLike | None = None,
    response_probability: float = 2 / 3,
) -> Bookmark:
    """Turn bookmarks in an ordered item booklet into a cut.

    Parameters
    ----------
    a, b : array_like, shape (n_items,)
        Discriminations, above 0, and difficulties in the logistic metric.
    placements : array_like of int, shape (n_judges,)
        How many items, from the easiest, a borderline person should master: 1 to n_items. The judge's
        cut is the location of the last of them.
    c : array_like, shape (n_items,), optional
        Lower asymptotes; the response probability is then meant without guessing.
    response_probability : float
        Mastery of an item, two thirds by default.

    Raises
    ------
    StandardSettingError
        If parameters do not fit, a bookmark lies outside the booklet, or the probability is none.

    References
    ----------
    Mitzel, H. C., Lewis, D. M., Patz, R. J. & Green, D. R. (2001). In Setting Performance Standards,
    249-281.
    """
    slope, location = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    guess = np.zeros_like(location) if c is None else np.asarray(c, dtype=np.float64)
    placed = np.asarray(placements)
    if slope.ndim != 1 or not slope.shape == location.shape == guess.shape or not bool((slope > 0).all()):
        raise StandardSettingError("every item needs a discrimination above 0, a difficulty and, if any, c")
    if not 0 < response_probability < 1:
        raise StandardSettingError(f"a response probability lies between 0 and 1: {response_probability}")
    if placed.ndim != 1 or not len(placed) or bool((placed < 1).any() or (placed > len(slope)).any()):
        raise StandardSettingError(f"a bookmark stands between 1 and {len(slope)}")
    located = location + np.log(response_probability / (1 - response_probability)) / slope
    order = np.argsort(located, kind="stable")
    thetas = located[order][placed.astype(np.intp) - 1]
    theta = float(np.median(thetas))
    right = guess + (1 - guess) / (1 + np.exp(-slope * (theta - location)))
    spread = float(thetas.std(ddof=1) / np.sqrt(len(thetas))) if len(thetas) > 1 else float("nan")
    return Bookmark(theta, spread, float(right.sum()), order, located, thetas)


def borderline_group(scores: ArrayLike, *, confidence: float = 0.95) -> BorderlineGroup:
    """Take the median score of the persons whom judges called borderline.

    Returns
    -------
    BorderlineGroup
        With the interval between order statistics that covers the median with at least `confidence`;
        the whole range in a group too small for it.

    Raises
    ------
    StandardSettingError
        If nobody was called borderline.

    References
    ----------
    Livingston, S. A. & Zieky, M. J. (1982). Passing Scores. ETS.
    """
    x = np.sort(np.asarray(scores, dtype=np.float64))
    if x.ndim != 1 or not len(x):
        raise StandardSettingError("nobody was called borderline")
    n = len(x)
    outside = bdtr(np.arange(n), n, 0.5)
    rank = max(0, int(np.searchsorted(outside, (1 - confidence) / 2, side="right")) - 1)
    return BorderlineGroup(float(np.median(x)), float(x[rank]), float(x[n - 1 - rank]), confidence, n)


def impact_table(
    scores: ArrayLike, cuts: Sequence[float], groups: ArrayLike | None = None
) -> tuple[Impact, ...]:
    """Say for each cut who would pass, in all and in each group.

    Parameters
    ----------
    scores : array_like, shape (n_persons,)
        Observed scores in points.
    cuts : sequence of float
        Cuts to compare; a score equal to the cut passes.
    groups : array_like, shape (n_persons,), optional
        Group of each person, such as the language of the test.

    Raises
    ------
    StandardSettingError
        If there are no persons, or groups do not fit.
    """
    x = np.asarray(scores, dtype=np.float64)
    if x.ndim != 1 or not len(x):
        raise StandardSettingError("an impact table needs scores")
    labels = None if groups is None else np.asarray(groups)
    if labels is not None and labels.shape != x.shape:
        raise StandardSettingError(f"{labels.shape[0]} groups for {len(x)} persons")
    names = [] if labels is None else np.unique(labels).tolist()
    rows = []
    for cut in cuts:
        passed = x >= cut
        by_group = tuple(
            (str(name), int((labels == name).sum()), float(passed[labels == name].mean())) for name in names
        )
        rows.append(Impact(float(cut), int(passed.sum()), float(passed.mean()), by_group))
    return tuple(rows)


def threshold_points(cut: float) -> int:
    """Fewest whole points that reach a cut; people, not this program, set the threshold."""
    return int(np.ceil(cut - 1e-9))


def _se_judges_items(points: NDArray[np.float64]) -> float:
    """Standard error of the sum over items when judges and items are both samples (crossed, one rating)."""
    n_judges, n_items = points.shape
    if n_items < 2:
        return float("nan")
    judge = points.mean(axis=1, keepdims=True)
    item = points.mean(axis=0, keepdims=True)
    rest = points - judge - item + points.mean()
    residual = float((rest**2).sum()) / ((n_judges - 1) * (n_items - 1))
    judges = max(0.0, float(judge.var(ddof=1)) - residual / n_items)
    items = max(0.0, float(item.var(ddof=1)) - residual / n_judges)
    error = judges / n_judges + items / n_items + residual / (n_judges * n_items)
    return float(n_items * np.sqrt(error))


def _r(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Correlation; NaN where one does not vary."""
    a, b = one - one.mean(), other - other.mean()
    scale = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / scale if scale > 1e-12 else float("nan")
