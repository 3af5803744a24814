"""The K-index family: does a copier share more answers with a source than others as able as he?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtrc, pdtrc

from scoring.encoding import NO_OPTION
from scoring.errors import ResponseError, ScoringError
from scoring.integrity.copying import IndexArray, pair_positions
from scoring.irt.grid import FloatArray
from scoring.responses import ResponseMatrix, as_responses

Kind = Literal["K", "K1", "K2", "S1", "S2"]
DEGREES = {"K1": 1, "K2": 2}
POISSON = ("S1", "S2")

CHANCE = 0.2
"""Chance of guessing right, which sets how quickly the weight of a right answer falls with its share."""
RAREST = (1.0 + CHANCE) / (1.0 - CHANCE) * np.e
ROUNDING = 1e-9

MOST_STEPS = 50


@dataclass(frozen=True, slots=True, eq=False)
class WrongMatches:
    """Wrong answers shared by copier and source; arrays of shape (n_pairs,).

    Attributes
    ----------
    matches : ndarray of int
        Identical wrong answers: the same wrong option, or wrong in both where options are not known. For S2
        with the weighted right answers.
    source_wrong : ndarray of int
        Wrong answers of the source; a blank is no answer, and matches nothing.
    expected : ndarray
        Matches expected of somebody with as many wrong answers as the copier.
    pvalue : ndarray
        Chance of at least as many matches; 1 where the source has no wrong answer.
    """

    matches: IndexArray
    source_wrong: IndexArray
    expected: FloatArray
    pvalue: FloatArray


def k_index(
    X: ResponseMatrix | ArrayLike,
    pairs: ArrayLike,
    *,
    kind: Kind = "K",
    progress: Callable[[int, int], None] | None = None,
) -> WrongMatches:
    """Compare the wrong answers a copier shares with a source with those that others share with it.

    "K" takes the share expected from the persons with as many wrong answers as the copier (the source
    among them, if it has as many: as in the R package CopyDetect). "K1" and "K2" take it from a line or a
    parabola through the mean shares by number of wrong answers; the matches are binomial. "S1" takes the
    mean from a log-linear regression; the matches are Poisson. "S2" adds the right answers shared with the
    source, each with a weight that falls with the share p of the persons with as many wrong answers as the
    copier who have it right: ``(e (1 + g) / (1 - g)) ** (-p (1 + g) / g)`` with g = 0.2; the sums are
    rounded up.

    Parameters
    ----------
    X : ResponseMatrix or array_like, shape (n_persons, n_items)
        Everybody who took the form. With options, wrong answers match in their option; without, any two
        wrong answers to an item match.
    pairs : array_like of int, shape (n_pairs, 2)
        Positions of copier and source.
    progress : callable, optional
        Called after every pair with how many are done, and of how many.

    Raises
    ------
    ResponseError
        If not everybody was given every item, or an item earns more than 1 point.
    ScoringError
        If the kind or the pairs are not known, or there are too few different numbers of wrong answers.

    References
    ----------
    Holland (1996), ETS RR-96-07. Sotaridona & Meijer (2002), J. Educ. Meas. 39, 115-129; (2003), same
    journal 40, 53-69.
    """
    if kind not in ("K", *DEGREES, *POISSON):
        raise ScoringError(f"the index is one of K, K1, K2, S1, S2, not {kind!r}")
    responses = as_responses(X)
    if not responses.is_dichotomous or responses.administered is not None:
        raise ResponseError("the K indices need items of one point that everybody was given")
    positions = pair_positions(pairs, responses.n_persons)
    wrong = _wrong_answers(responses)
    n_wrong = np.asarray((wrong != 0).sum(axis=1), dtype=np.intp)
    right = _right_by_level(wrong, n_wrong)
    rows = []
    for copier, source in positions.tolist():
        rows.append(_compare(wrong, n_wrong, copier, source, kind, right))
        if progress is not None:
            progress(len(rows), len(positions))
    found = np.array(rows).reshape(-1, 3)
    matches = found[:, 0].astype(np.intp)
    source_wrong = np.asarray((wrong > 0).sum(axis=1), dtype=np.intp)[positions[:, 1]]
    return WrongMatches(matches, source_wrong, found[:, 1], found[:, 2])


def _wrong_answers(responses: ResponseMatrix) -> NDArray[np.int16]:
    """Code right answers 0, wrong ones from 1 on by option; no option is a wrong answer of its own."""
    is_wrong = np.asarray(responses.points == 0)
    if responses.options is None:
        return is_wrong.astype(np.int16)
    option = np.where(responses.options == NO_OPTION, -1, responses.options.astype(np.int16) + 1)
    return np.asarray(np.where(is_wrong, option, 0), dtype=np.int16)


def _compare(
    wrong: NDArray[np.int16], n_wrong: IndexArray, copier: int, source: int, kind: Kind, right: FloatArray
) -> tuple[float, float, float]:
    """Return matches, matches expected and the p-value of one pair."""
    of_source = wrong[source]
    shared = ((wrong == of_source) & (of_source > 0)).sum(axis=1)
    n_source = int((of_source > 0).sum())
    matches = int(shared[copier])
    if n_source == 0:
        return 0.0, 0.0, 1.0
    if kind == "K":
        mean = float(shared[n_wrong == n_wrong[copier]].mean())
        return matches, mean, _at_least(matches, n_source, mean, kind)
    others = np.arange(len(wrong)) != source
    size, means = _means_by_level(n_wrong[others], shared[others], wrong.shape[1])
    n_most = n_source
    if kind == "S2":
        shares = right.copy()
        shares[n_wrong[source]] -= of_source == 0
        weighted, more = _shared_right(
            shares / np.maximum(size, 1)[:, None], wrong[copier], of_source, n_wrong[copier]
        )
        means, matches, n_most = means + weighted, matches + more, wrong.shape[1]
    mean = _regressed(size, means, int(n_wrong[copier]), kind)
    mean = min(max(mean, 0.0), float(n_source)) if kind in DEGREES else mean
    return matches, mean, _at_least(matches, n_most, mean, kind)


def _at_least(matches: int, n_most: int, mean: float, kind: Kind) -> float:
    if matches == 0 and kind not in POISSON:
        return 1.0
    if kind not in POISSON:
        return float(bdtrc(matches - 1, n_most, mean / n_most))
    below = 1.0 if matches == 0 else float(pdtrc(matches - 1, mean))
    return below - float(pdtrc(n_most, mean))


def _right_by_level(wrong: NDArray[np.int16], n_wrong: IndexArray) -> FloatArray:
    """Count who answered each item rightly, by number of wrong answers: shape (n_items + 1, n_items)."""
    n_items = wrong.shape[1]
    counts = np.zeros((n_items + 1, n_items))
    for level in np.unique(n_wrong).tolist():
        counts[level] = (wrong[n_wrong == level] == 0).sum(axis=0)
    return counts


def _shared_right(
    shares: FloatArray, of_copier: NDArray[np.int16], of_source: NDArray[np.int16], level: int
) -> tuple[FloatArray, int]:
    """Weigh the right answers shared with the source: the mean of every level, and those of the copier.

    `shares` says how many of a level answer an item rightly; what all know weighs next to nothing.
    """
    shares = shares[:, of_source == 0]
    weights = RAREST ** (-(1.0 + CHANCE) / CHANCE * shares)
    alike = of_copier[of_source == 0] == 0
    own = float(weights[level, alike].sum())
    return np.ceil((shares * weights).sum(axis=1) - ROUNDING), int(np.ceil(own - ROUNDING))


def _means_by_level(n_wrong: IndexArray, shared: IndexArray, n_items: int) -> tuple[IndexArray, FloatArray]:
    """Return for each number of wrong answers how many persons have it, and their mean number of matches."""
    size = np.bincount(n_wrong, minlength=n_items + 1)
    sums = np.bincount(n_wrong, weights=shared, minlength=n_items + 1)
    return size, sums / np.maximum(size, 1)


def _regressed(size: IndexArray, means: FloatArray, level: int, kind: Kind) -> float:
    """Regress the mean number of matches on the number of wrong answers, a point for each number."""
    levels = np.flatnonzero(size)
    degree = DEGREES.get(kind, 1)
    if len(levels) <= degree:
        raise ScoringError(f"{kind} needs persons with more than {degree} different numbers of wrong answers")
    n_items = len(size) - 1
    x = levels / n_items
    if kind in POISSON:
        return _loglinear(x, means[levels], level / n_items, kind)
    return float(np.polyval(np.polyfit(x, means[levels], degree), level / n_items))


def _loglinear(x: FloatArray, means: FloatArray, at: float, kind: Kind) -> float:
    """Fit ``log(mean) = b0 + b1 x`` by Poisson likelihood and evaluate it."""
    if not means.any():
        return 0.0
    design = np.column_stack([np.ones_like(x), x])
    beta = np.array([np.log(means.mean()), 0.0])
    for _ in range(MOST_STEPS):
        expected = np.exp(design @ beta)
        try:
            step = np.linalg.solve(design.T @ (design * expected[:, None]), design.T @ (means - expected))
        except np.linalg.LinAlgError:
            raise ScoringError(f"{kind} has no regression here: nobody shares an answer at a level") from None
        beta = beta + np.clip(step, -5.0, 5.0)
        if np.abs(step).max() < 1e-12:
            break
    return float(np.exp(beta[0] + beta[1] * at))
