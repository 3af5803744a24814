"""Compromises between what a test demands and how many it would fail: Beuk and Hofstee."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoring.errors import StandardSettingError

ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Beuk:
    """The compromise of a panel between a cut and a pass rate.

    Attributes
    ----------
    cut : float
        In points, where the line of compromise crosses the curve of those who pass.
    pass_rate : float
        Share of persons who reach that cut.
    mean_cut, mean_pass : float
        Means over the judges.
    slope : float
        Of the line, in shares a point: the more the judges agree on the cut beside the pass rate, the
        steeper it is and the nearer the compromise to their cut; infinite when all named one cut.
    """

    cut: float
    pass_rate: float
    mean_cut: float
    mean_pass: float
    slope: float


@dataclass(frozen=True, slots=True)
class Hofstee:
    """The compromise of a panel between a cut and a failure rate.

    Attributes
    ----------
    cut : float
        In points, where the line of compromise crosses the failure curve; the nearer end of the panel's
        range of cuts when they do not meet.
    fail_rate : float
        Share below that cut.
    crosses : bool
        Whether line and curve meet.
    least_cut, most_cut, least_fail, most_fail : float
        Means over the judges.
    """

    cut: float
    fail_rate: float
    crosses: bool
    least_cut: float
    most_cut: float
    least_fail: float
    most_fail: float


def beuk(scores: ArrayLike, judgements: ArrayLike) -> Beuk:
    """Find the compromise between the cut and the pass rate that judges expect.

    The line through the mean judgement rises by the standard deviation of the pass rates over that of the
    cuts; with the scores observed, the pass rate falls as the cut rises, and they cross once.

    Parameters
    ----------
    scores : array_like, shape (n_persons,)
        Observed scores in points.
    judgements : array_like, shape (n_judges, 2)
        Cut in points, and share that should pass, 0 to 1.

    Raises
    ------
    StandardSettingError
        If there are no scores or fewer than two judges, a judgement is missing, a share lies outside 0 to 1,
        or all judges say the same in both, so that nothing tells which to give way in.

    References
    ----------
    Beuk, C. H. (1984). Journal of Educational Measurement 21, 147-152.
    Mills, C. N. & Melican, G. J. (1987). ETS RR-87-14.
    """
    x = np.sort(np.asarray(scores, dtype=np.float64))
    said = np.atleast_2d(np.asarray(judgements, dtype=np.float64))
    if said.shape[1] != 2 or len(said) < 2 or not len(x) or not bool(np.isfinite(said).all()):
        raise StandardSettingError("two judges or more each give a cut and a pass rate")
    if bool((said[:, 1] < 0).any() or (said[:, 1] > 1).any()):
        raise StandardSettingError("a pass rate is a share from 0 to 1")
    (mean_cut, mean_pass), (sd_cut, sd_pass) = said.mean(axis=0), said.std(axis=0, ddof=1)
    if sd_cut <= 0 and sd_pass <= 0:
        raise StandardSettingError("the judges agree in both: nothing tells how to weigh cut and pass rate")
    places = _steps(x)
    above = sd_cut * (1.0 - _fail_curve(x, places) - mean_pass) - sd_pass * (places - mean_cut)
    cut = _root(places, above, -sd_pass)
    slope = float(sd_pass / sd_cut) if sd_cut > 0 else float("inf")
    return Beuk(cut, float((x >= cut - ROUNDING).mean()), float(mean_cut), float(mean_pass), slope)


def hofstee(scores: ArrayLike, judgements: ArrayLike) -> Hofstee:
    """Find the compromise between the cuts and the failure rates that judges can accept.

    Parameters
    ----------
    scores : array_like, shape (n_persons,)
        Observed scores in points.
    judgements : array_like, shape (n_judges, 4)
        Least and most acceptable cut in points, least and most acceptable share of failures, 0 to 1.

    Raises
    ------
    StandardSettingError
        If a judgement is missing, a least exceeds its most, or a share lies outside 0 to 1.

    References
    ----------
    Hofstee, W. K. B. (1983). In On Educational Testing, 109-127.
    """
    x = np.sort(np.asarray(scores, dtype=np.float64))
    said = np.atleast_2d(np.asarray(judgements, dtype=np.float64))
    if said.shape[1] != 4 or not len(x) or not bool(np.isfinite(said).all()):
        raise StandardSettingError("every judge gives least and most cut, least and most failure rate")
    if bool((said[:, 0] > said[:, 1]).any() or (said[:, 2] > said[:, 3]).any()):
        raise StandardSettingError("a least acceptable value exceeds its most acceptable one")
    if bool((said[:, 2:] < 0).any() or (said[:, 2:] > 1).any()):
        raise StandardSettingError("a failure rate is a share from 0 to 1")
    least_cut, most_cut, least_fail, most_fail = said.mean(axis=0).tolist()
    cuts = np.linspace(least_cut, most_cut, 2001)
    line = np.linspace(most_fail, least_fail, 2001)
    curve = _fail_curve(x, cuts)
    above = curve - line  # rises along the line
    crosses = bool(above[0] <= 0 <= above[-1])
    at = int(np.argmax(above >= 0)) if crosses else (0 if above[0] > 0 else len(cuts) - 1)
    if crosses and at > 0 and above[at] > above[at - 1]:
        cut = float(np.interp(0.0, above[at - 1 : at + 1], cuts[at - 1 : at + 1]))
    else:
        cut = float(cuts[at])
    return Hofstee(cut, float((x < cut).mean()), crosses, least_cut, most_cut, least_fail, most_fail)


def _root(places: NDArray[np.float64], values: NDArray[np.float64], slope: float) -> float:
    """Where a falling line of joined points is 0; beyond its ends it goes on with `slope`."""
    at = int(np.argmax(values < 0)) if bool((values < 0).any()) else len(values)
    if 0 < at < len(values):
        return float(np.interp(0.0, values[[at, at - 1]], places[[at, at - 1]]))
    end = 0 if at == 0 else -1
    return float(places[end] if slope == 0 else places[end] - values[end] / slope)


def _steps(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """The different scores, with a point below the least and one above the greatest."""
    return np.unique(np.concatenate([x, [x[0] - 1, x[-1] + 1]]))


def _fail_curve(x: NDArray[np.float64], cuts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of persons below each cut, joined by lines between neighbouring scores."""
    steps = _steps(x)
    shares = np.searchsorted(x, steps, side="left") / len(x)
    return np.asarray(np.interp(cuts, steps, shares))
