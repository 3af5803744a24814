"""Groups side by side: how each did, and which questions treat equally able people differently."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from sqlalchemy.orm import Session

from exam.errors import NotFoundError
from exam.services.statistics.collected_answers import (
    GROUPINGS,
    CollectedAnswers,
    Question,
    Selection,
    Sitter,
    collect,
)
from exam.services.statistics.sitting_report import FEWEST_PERSONS
from scoring import ResponseMatrix, cronbach_alpha, mantel_haenszel
from scoring.fairness.dif import MHResult

FEWEST_OF_SMALLER = 200
FEWEST_TOGETHER = 500
"""Fewer people than these give no report on single questions (Zieky, 1993, in Holland & Wainer, 337-347)."""


@dataclass(frozen=True, slots=True)
class GroupLine:
    """How a group did; figures are None below `FEWEST_PERSONS` persons.

    Attributes
    ----------
    mean, sd, error : float or None
        Of the share of points, 0 to 1; `error` is the standard error of the mean.
    pass_low, pass_high : float or None
        Interval of the share who passed (Wilson, 95 %).
    alpha : float or None
        Within the group, when everybody sat one form.
    """

    group: str
    persons: int
    mean: float | None
    sd: float | None
    error: float | None
    passed: float | None
    pass_low: float | None
    pass_high: float | None
    alpha: float | None


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """A question for two groups at equal scores, after Mantel and Haenszel.

    Attributes
    ----------
    delta, error : float
        On the delta scale of ETS; negative where the question is harder for the focal group.
    ets_class : str
        "A" negligible, "B" moderate, "C" large, "" where it has no value.
    """

    number: int
    question: Question
    odds: float
    delta: float
    error: float
    p: float
    ets_class: str


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two groups compared question by question; without `items` where there are too few people."""

    grouping: str
    focal: str
    n_focal: int
    n_reference: int
    items: tuple[ItemDifference, ...]

    @property
    def enough(self) -> bool:
        """Whether there are people enough to compare single questions."""
        smaller = min(self.n_focal, self.n_reference)
        return smaller >= FEWEST_OF_SMALLER and self.n_focal + self.n_reference >= FEWEST_TOGETHER

    @property
    def notable(self) -> tuple[ItemDifference, ...]:
        """The questions of class B or C, the largest first."""
        found = [item for item in self.items if item.ets_class in ("B", "C")]
        return tuple(sorted(found, key=lambda item: -abs(item.delta)))


@dataclass(frozen=True, slots=True)
class Fairness:
    """The groups of a test side by side."""

    persons: int
    groups: tuple[tuple[str, tuple[GroupLine, ...]], ...]
    contrasts: tuple[Contrast, ...]
    share: float


def fairness(session: Session, selection: Selection) -> Fairness:
    """Compare the groups of `GROUPINGS` in a selection.

    Raises
    ------
    NotFoundError
        If nobody of the selection has finished the test.
    """
    answers = collect(session, selection)
    if answers.matrix is None:
        raise NotFoundError("test")
    shares = _shares(answers.matrix)
    groups = tuple(
        (name, tuple(_group_lines(answers.sitters, answers.matrix, shares, name))) for name in GROUPINGS
    )
    return Fairness(
        persons=len(answers.sitters),
        groups=groups,
        contrasts=tuple(_contrasts(answers, answers.matrix)),
        share=float(shares.mean()),
    )


def _shares(matrix: ResponseMatrix) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The points of each person as a share of what his form could give, shape (n_persons,)."""
    given = matrix.administered
    most = matrix.max_points.sum() if given is None else given @ matrix.max_points
    return np.asarray(matrix.total_scores() / most)


def _group_lines(
    sitters: Sequence[Sitter],
    matrix: ResponseMatrix,
    shares: np.ndarray[tuple[int], np.dtype[np.float64]],
    name: str,
) -> Iterator[GroupLine]:
    values = matrix.groups[name]
    one_form = matrix.administered is None
    for group in sorted(set(values.tolist())):
        rows = np.flatnonzero(values == group)
        n = len(rows)
        if n < FEWEST_PERSONS:
            yield GroupLine(group, n, None, None, None, None, None, None, None)
            continue
        own, passed = shares[rows], sum(sitters[row].state == "passed" for row in rows.tolist())
        sd = float(own.std(ddof=1))
        low, high = wilson(passed, n)
        alpha = cronbach_alpha(matrix.select(persons=rows)) if one_form else float("nan")
        known = alpha if alpha == alpha else None
        yield GroupLine(group, n, float(own.mean()), sd, sd / sqrt(n), passed / n, low, high, known)


def wilson(successes: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    """Return the interval of a share after Wilson.

    References
    ----------
    Wilson, E. B. (1927). Journal of the American Statistical Association 22, 209-212.
    """
    share = successes / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def _contrasts(answers: CollectedAnswers, matrix: ResponseMatrix) -> Iterator[Contrast]:
    """Each pair of groups once; of more than two groups each against all others."""
    for name in GROUPINGS:
        values = matrix.groups[name]
        sizes = {group: int((values == group).sum()) for group in sorted(set(values.tolist()))}
        if len(sizes) < 2:
            continue
        focal = [min(sizes, key=lambda group: (sizes[group], group))] if len(sizes) == 2 else list(sizes)
        for group in focal:
            contrast = Contrast(name, group, sizes[group], len(values) - sizes[group], ())
            if contrast.enough and matrix.is_dichotomous:
                found = mantel_haenszel(matrix, name, focal=group, purify=True)
                items = tuple(_differences(answers.questions, found))
                contrast = Contrast(name, group, contrast.n_focal, contrast.n_reference, items)
            yield contrast


def _differences(questions: Sequence[Question], found: MHResult) -> Iterator[ItemDifference]:
    columns = (found.alpha, found.delta, found.se, found.pvalue)
    rows = zip(*(column.tolist() for column in columns), found.ets_class, strict=True)
    for number, (question, row) in enumerate(zip(questions, rows, strict=True), start=1):
        yield ItemDifference(number, question, *row)
