"""How each group of people did: language, sex, region, form, sitting."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from exam.services.statistics.collected_answers import CollectedAnswers, Sitter
from exam.services.statistics.form_figures import FEWEST_PERSONS, one_form, passed
from scoring import ResponseMatrix, cronbach_alpha

NORMAL_95 = 1.959964
"""Two-sided point of the normal distribution for 95 per cent."""


@dataclass(frozen=True, slots=True)
class GroupLine:
    """How a group did; figures are None below `FEWEST_PERSONS` persons.

    Attributes
    ----------
    group : str
        The code of the group; of a form or sitting its id.
    mean, sd, error : float or None
        Of the share of points, 0 to 1; `error` is the standard error of the mean.
    pass_low, pass_high : float or None
        Interval of the share who passed (Wilson, 95 %).
    alpha : float or None
        Within the group, when all of it sat one form.
    """

    group: str
    persons: int
    mean: float | None = None
    sd: float | None = None
    error: float | None = None
    passed: float | None = None
    pass_low: float | None = None
    pass_high: float | None = None
    alpha: float | None = None


Groups = tuple[tuple[str, tuple[GroupLine, ...]], ...]


def group_lines(answers: CollectedAnswers, matrix: ResponseMatrix, names: Sequence[str]) -> Groups:
    """Return the groups of each grouping in `names`: attributes of a sitter."""
    shares = shares_of(matrix)
    return tuple((name, tuple(_lines(answers.sitters, matrix, shares, name))) for name in names)


def shares_of(matrix: ResponseMatrix) -> NDArray[np.float64]:
    """Return the points of each person as a share of what his form could give, shape (n_persons,)."""
    given = matrix.administered
    most = matrix.max_points.sum() if given is None else given @ matrix.max_points
    return np.asarray(matrix.total_scores() / most)


def _lines(
    sitters: Sequence[Sitter], matrix: ResponseMatrix, shares: NDArray[np.float64], name: str
) -> Iterator[GroupLine]:
    values = np.array([getattr(sitter, name) for sitter in sitters])
    for group in sorted(set(values.tolist())):
        rows = np.flatnonzero(values == group)
        n = len(rows)
        if n < FEWEST_PERSONS:
            yield GroupLine(str(group), n)
            continue
        met = passed([sitters[row] for row in rows.tolist()])
        sd = float(shares[rows].std(ddof=1))
        mean, share = float(shares[rows].mean()), met / n
        yield GroupLine(str(group), n, mean, sd, sd / sqrt(n), share, *wilson(met, n), _alpha(matrix, rows))


def _alpha(matrix: ResponseMatrix, rows: NDArray[np.intp]) -> float | None:
    if matrix.forms is not None and len(set(matrix.forms[rows].tolist())) > 1:
        return None
    alpha = cronbach_alpha(one_form(matrix, rows))
    return alpha if alpha == alpha else None


def wilson(successes: int, n: int, z: float = NORMAL_95) -> tuple[float, float]:
    """Return the interval of a share after Wilson.

    References
    ----------
    Wilson, E. B. (1927). Journal of the American Statistical Association 22, 209-212.
    """
    share = successes / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - reach), min(1.0, middle + reach)
