"""The statistics that the quiz report of Moodle shows, by its definitions and under its names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoring.classical.forms import Form, forms_of
from scoring.classical.moments import Moments, moments_of
from scoring.errors import ScoringError
from scoring.keys import ItemKey
from scoring.responses import ResponseMatrix, as_responses

FLAT = 1e-12
ITEM_FIGURES = (
    "facility",
    "sd",
    "sd_percent",
    "intended_weight",
    "effective_weight",
    "discrimination_index",
    "discriminative_efficiency",
)
TEST_FIGURES = (
    "mean",
    "median",
    "standard_deviation",
    "skewness",
    "kurtosis",
    "internal_consistency",
    "error_ratio",
    "standard_error",
)


@dataclass(frozen=True, slots=True, eq=False)
class MoodleStatistics:
    """Item arrays have shape (n_items,); shares are in percent; NaN where Moodle shows nothing.

    Attributes
    ----------
    facility : ndarray
        Mean mark as a percentage of the maximum.
    sd : ndarray
        Sample standard deviation of the mark, in marks.
    sd_percent : ndarray
        The same as a percentage of the maximum.
    intended_weight : ndarray
        Share of the item in the maximum of the test.
    effective_weight : ndarray
        Share of the item in the spread of the test; NaN for an item that lowers the spread.
    discrimination_index : ndarray
        Correlation of the mark with the marks of the other items, times 100. Not Kelley's index.
    discriminative_efficiency : ndarray
        The same covariance as a percentage of the largest that these marks allow.
    mean, median, standard_deviation : float
        Of the sum of marks, in marks.
    skewness, kurtosis : float
        From k-statistics, k3 / k2^1.5 and k4 / k2^2.
    internal_consistency : float
        Coefficient alpha, times 100.
    error_ratio : float
        Standard error as a percentage of the standard deviation.
    standard_error : float
        In marks.
    """

    items: tuple[str, ...]
    facility: NDArray[np.float64]
    sd: NDArray[np.float64]
    sd_percent: NDArray[np.float64]
    intended_weight: NDArray[np.float64]
    effective_weight: NDArray[np.float64]
    discrimination_index: NDArray[np.float64]
    discriminative_efficiency: NDArray[np.float64]
    mean: float
    median: float
    standard_deviation: float
    skewness: float
    kurtosis: float
    internal_consistency: float
    error_ratio: float
    standard_error: float


def moodle_statistics(data: ResponseMatrix | ArrayLike) -> MoodleStatistics:
    """Compute the quiz report of Moodle.

    Parameters
    ----------
    data : ResponseMatrix or array_like, shape (n_persons, n_items)
        Marks; what is omitted or not reached counts as 0, cells that were not administered stay out.

    Returns
    -------
    MoodleStatistics
        With several forms, of ten persons or more with the same items, Moodle would report a quiz for each:
        the figures of items are then the means over the forms that hold the item, and those of the test the
        means over forms, weighted by persons. Persons with other items are left out, unless there is no
        form at all: then what was not administered counts as 0.

    Raises
    ------
    ResponseError
        If the data are no marks of persons and items.

    References
    ----------
    Moodle documentation, "Quiz statistics calculations", docs.moodle.org/dev/Quiz_statistics_calculations.
    """
    responses = as_responses(data)
    given = responses.administered
    forms = () if given is None else tuple(form for form in forms_of(given) if form.alike)
    if not forms:
        return _one_quiz(replace(responses, missing=None))
    width = responses.n_items
    parts = [(form, _one_quiz(_of(responses, form))) for form in forms]
    figures: dict[str, Any] = {name: _mean_by_item(parts, name, width) for name in ITEM_FIGURES}
    figures |= {name: _mean(parts, name) for name in TEST_FIGURES}
    return MoodleStatistics(items=responses.items, **figures)


def _of(responses: ResponseMatrix, form: Form) -> ResponseMatrix:
    """Cut out one form."""
    names = [responses.items[j] for j in form.items.tolist()]
    return replace(responses.select(persons=form.persons, items=names), missing=None)


def _mean_by_item(parts: list[tuple[Form, MoodleStatistics]], name: str, width: int) -> NDArray[np.float64]:
    """Mean over the forms that hold the item, weighted by persons; NaN ones are left out."""
    sums, n = np.zeros(width), np.zeros(width)
    for form, quiz in parts:
        figure = getattr(quiz, name)
        told = np.isfinite(figure)
        sums[form.items[told]] += len(form.persons) * figure[told]
        n[form.items[told]] += len(form.persons)
    return np.asarray(np.divide(sums, n, out=np.full(width, np.nan), where=n > 0))


def _mean(parts: list[tuple[Form, MoodleStatistics]], name: str) -> float:
    """Mean over forms, weighted by persons; NaN ones are left out."""
    told = [(len(form.persons), float(getattr(quiz, name))) for form, quiz in parts]
    told = [(n, figure) for n, figure in told if figure == figure]
    return sum(n * figure for n, figure in told) / sum(n for n, _ in told) if told else float("nan")


def _one_quiz(responses: ResponseMatrix) -> MoodleStatistics:
    """Compute the report of a quiz whose questions everybody met."""
    moments = moments_of(responses)
    sums = np.asarray(moments.totals, dtype=np.float64)
    most, variance = responses.max_points, moments.variance
    sd = np.where(most > 0, np.sqrt(variance), np.nan)
    return MoodleStatistics(
        items=responses.items,
        facility=_over(100 * moments.mean, most),
        sd=sd,
        sd_percent=_over(100 * sd, most),
        intended_weight=100 * most / most.sum() if most.sum() > 0 else np.full(len(most), np.nan),
        effective_weight=_effective_weight(moments.covariance.sum(axis=1), variance),
        discrimination_index=100 * moments.with_rest,
        discriminative_efficiency=_efficiency(responses.points, sums, moments),
        **_test_figures(sums, variance),
    )


def random_guess_score(key: ItemKey, n_options: int) -> float:
    """Compute the percentage of the points that guessing among `n_options` earns on average.

    Raises
    ------
    ScoringError
        If there are fewer options than the key names.
    """
    if n_options < max(1, len(key.credit)):
        raise ScoringError(f"the key names {len(key.credit)} options of {n_options}")
    if key.everyone:
        return 100.0
    earned = sum((points for _, points in key.credit), Decimal(0))
    return float(100 * earned / n_options / key.max_points) if not key.dropped else float("nan")


def random_guess_scores(keys: Sequence[ItemKey], n_options: Sequence[int]) -> NDArray[np.float64]:
    """Compute `random_guess_score` of each item, shape (n_items,)."""
    return np.array([random_guess_score(key, n) for key, n in zip(keys, n_options, strict=True)])


def _effective_weight(with_total: NDArray[np.float64], variance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share the spread by the square roots of the covariances that are not negative."""
    positive = np.where(with_total > 0, with_total, 0.0)
    roots = np.sqrt(positive)
    if not roots.sum() > 0:
        return np.full(len(roots), np.nan)
    lowers = (with_total < 0) & (variance > 0)
    return np.where(lowers, np.nan, 100 * roots / roots.sum())


def _efficiency(points: NDArray[Any], sums: NDArray[np.float64], moments: Moments) -> NDArray[np.float64]:
    """Covariance with the other items as a percentage of what both, sorted, would reach."""
    efficiency = np.full(points.shape[1], np.nan)
    shared = moments.covariance.sum(axis=1) - moments.variance
    for j in np.flatnonzero(np.isfinite(moments.with_rest)).tolist():
        mark = points[:, j].astype(np.float64)
        most = _sorted_product(mark, sums - mark) / (len(sums) - 1)
        efficiency[j] = 100 * shared[j] / most if most > 0 else np.nan
    return efficiency


def _sorted_product(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Sum of products about the means when both are sorted."""
    if bool((one == np.floor(one)).all()) and bool((other == np.floor(other)).all()):
        counts, other_counts = np.bincount(one.astype(np.intp)), np.bincount(other.astype(np.intp))
        reached = np.interp(  # sum of the smallest others, at the places where the sorted marks change
            np.cumsum(counts),
            np.concatenate([[0], np.cumsum(other_counts)]),
            np.concatenate([[0], np.cumsum(other_counts * np.arange(len(other_counts)))]),
        )
        product = float(np.arange(len(counts)) @ np.diff(reached, prepend=0.0))
        return product - float(one.sum()) * float(other.sum()) / len(one)
    return float(np.sort(one - one.mean()) @ np.sort(other - other.mean()))


def _test_figures(sums: NDArray[np.float64], variance: NDArray[np.float64]) -> dict[str, float]:
    """Describe the sums of marks; k-statistics need up to four persons."""
    n, k = len(sums), len(variance)
    off = sums - sums.mean()
    m2, m3, m4 = (float((off**power).mean()) for power in (2, 3, 4))
    flat = m2 <= FLAT * max(1.0, float(sums.mean()) ** 2)
    k2 = n * m2 / (n - 1) if n > 1 else float("nan")
    k3 = n**2 * m3 / ((n - 1) * (n - 2)) if n > 2 else float("nan")
    k4 = (
        n**2 * ((n + 1) * m4 - 3 * (n - 1) * m2**2) / ((n - 1) * (n - 2) * (n - 3)) if n > 3 else float("nan")
    )
    consistency = (
        float("nan") if flat or k < 2 or n < 2 else 100 * k / (k - 1) * (1 - float(variance.sum()) / k2)
    )
    ratio = 100 * float(np.sqrt(0.0 if consistency > 100 else 1 - consistency / 100))
    return {
        "mean": float(sums.mean()),
        "median": float(np.median(sums)),
        "standard_deviation": float(np.sqrt(k2)),
        "skewness": k3 / k2**1.5 if not flat else float("nan"),
        "kurtosis": k4 / k2**2 if not flat else float("nan"),
        "internal_consistency": consistency,
        "error_ratio": ratio,
        "standard_error": ratio * float(np.sqrt(k2)) / 100,
    }


def _over(values: NDArray[np.float64], most: NDArray[np.float64]) -> NDArray[np.float64]:
    """Divide by the maximum; NaN for an item without marks."""
    shares = np.full(len(most), np.nan)
    np.divide(values, most, out=shares, where=most > 0)
    return shares
