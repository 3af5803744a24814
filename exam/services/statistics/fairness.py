"""Groups side by side: how each did, and which questions treat equally able people differently."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from exam.errors import NotFoundError
from exam.services.statistics.collected_answers import (
    GROUPINGS,
    CollectedAnswers,
    Question,
    Selection,
    collect,
)
from exam.services.statistics.group_lines import Groups, group_lines, shares_of
from scoring import ResponseMatrix, logistic_dif, mantel_haenszel, standardization_dif

FEWEST_OF_SMALLER = 200
FEWEST_TOGETHER = 500
"""Fewer people than these give no report on single questions (Zieky, 1993, in Holland & Wainer, 337-347)."""


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """A question for two groups at equal scores, by three methods.

    Attributes
    ----------
    odds, delta, error, p : float
        Mantel and Haenszel: odds ratio, its place on the delta scale of ETS (negative where the question is
        harder for the focal group), standard error and probability.
    ets_class : str
        "A" negligible, "B" moderate, "C" large, "" where it has no value.
    gain, gain_p, shape_p : float
        Logistic regression: gain in Nagelkerke's R-squared by the group, its probability, and that of a
        difference which changes with the score.
    gain_class : str
        Classes of Jodoin and Gierl.
    points, points_error : float
        Standardisation: difference in share right, focal less reference.
    points_class : str
        "A" below .05, "B" to be looked at, "C" from .10 on.
    """

    number: int
    question: Question
    odds: float
    delta: float
    error: float
    p: float
    ets_class: str
    gain: float
    gain_p: float
    shape_p: float
    gain_class: str
    points: float
    points_error: float
    points_class: str

    @property
    def notable(self) -> bool:
        """Whether the odds or the regression show more than a negligible difference."""
        return self.ets_class in ("B", "C") or self.gain_class in ("B", "C")


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
        """The questions that differ by more than a little, the largest first."""
        found = [item for item in self.items if item.notable]
        return tuple(sorted(found, key=lambda item: -abs(item.delta)))


@dataclass(frozen=True, slots=True)
class Fairness:
    """The groups of a test side by side."""

    persons: int
    groups: Groups
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
    return Fairness(
        persons=len(answers.sitters),
        groups=group_lines(answers, answers.matrix, GROUPINGS),
        contrasts=tuple(contrasts(answers, answers.matrix)),
        share=float(shares_of(answers.matrix).mean()),
    )


def contrasts(answers: CollectedAnswers, matrix: ResponseMatrix) -> Iterator[Contrast]:
    """Compare each pair of groups once; of more than two groups each against all others."""
    for name in GROUPINGS:
        values = matrix.groups[name]
        sizes = {group: int((values == group).sum()) for group in sorted(set(values.tolist()))}
        if len(sizes) < 2:
            continue
        focal = [min(sizes, key=lambda group: (sizes[group], group))] if len(sizes) == 2 else list(sizes)
        for group in focal:
            contrast = Contrast(name, group, sizes[group], len(values) - sizes[group], ())
            if contrast.enough and matrix.is_dichotomous:
                items = tuple(_differences(answers, matrix, name, group))
                contrast = Contrast(name, group, contrast.n_focal, contrast.n_reference, items)
            yield contrast


def _differences(
    answers: CollectedAnswers, matrix: ResponseMatrix, name: str, focal: str
) -> Iterator[ItemDifference]:
    odds = mantel_haenszel(matrix, name, focal=focal, purify=True)
    curve = logistic_dif(matrix, name, focal=focal, purify=True)
    share = standardization_dif(matrix, name, focal=focal, anchor=odds.purification.anchor)
    columns = (
        *(odds.alpha.tolist(), odds.delta.tolist(), odds.se.tolist(), odds.pvalue.tolist(), odds.ets_class),
        *(curve.both.delta_r2.tolist(), curve.both.pvalue.tolist(), curve.nonuniform.pvalue.tolist()),
        curve.both.classes,
        *(share.difference.tolist(), share.se.tolist(), share.classes),
    )
    rows = zip(answers.questions, *columns, strict=True)
    for number, (question, *figures) in enumerate(rows, start=1):
        yield ItemDifference(number, question, *figures)
