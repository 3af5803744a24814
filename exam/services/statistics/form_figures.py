"""What one form measured: its scores, their reliability, its cut, and whether there was time enough."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from exam.services.statistics.collected_answers import CollectedAnswers, Sitter
from exam.storage.tables import Form, Threshold
from scoring import (
    DecisionConsistency,
    Flag,
    ItemAnalysis,
    Missing,
    Reliability,
    ResponseMatrix,
    ScoringError,
    Speededness,
    conditional_sem,
    flag_test,
    hanson_brennan,
    item_analysis,
    livingston_lewis,
    reliability_of,
    speededness,
)

FEWEST_PERSONS = 10
"""Figures of fewer people say nothing of the items and too much of the people."""
FEWEST_FOR_ENDS = 100
"""Below this number the ends of the distribution of true scores are not fitted, but taken as 0 and 1."""


@dataclass(frozen=True, slots=True, eq=False)
class FormFigures:
    """What a form measured, and how surely its cut divides.

    Attributes
    ----------
    shape : ItemAnalysis
        Mean, median, spread, skewness, excess kurtosis and ends of the total scores; its items.
    cut : int
        The threshold in points under which most sat it; `cuts` counts all of them.
    cut_error : float
        Standard error of measurement at the cut, in points (Lord's binomial error).
    omitted : float
        Share of the questions that were passed over, of all that were reached.
    speed : Speededness
        How far people came, in the order in which each saw the questions.
    scores : tuple of int
        Total points of each person.
    verdicts : tuple of bool
        Whether each person passed, by the overall threshold and the minima of areas together.
    minima : bool
        Whether areas have minima of their own. All that is said of the cut leaves them out of account.
    consistency, compound : DecisionConsistency or None
        After Livingston and Lewis, and after Hanson and Brennan; None where the method has no answer.
    """

    id: int
    number: int
    persons: int
    passed: int
    maximum: int
    shape: ItemAnalysis
    cut: int
    cuts: tuple[tuple[int, int], ...]
    cut_error: float
    reliability: Reliability
    consistency: DecisionConsistency | None
    compound: DecisionConsistency | None
    omitted: float
    speed: Speededness
    flags: tuple[Flag, ...]
    scores: tuple[int, ...]
    verdicts: tuple[bool, ...]
    minima: bool

    @property
    def mean_difficulty(self) -> float:
        """Mean difficulty of its questions, each counted alike."""
        return _mean(self.shape.difficulty)

    @property
    def mean_item_rest(self) -> float:
        """Mean item-rest correlation of its questions."""
        return _mean(self.shape.item_rest)


def form_figures(
    session: Session, answers: CollectedAnswers, matrix: ResponseMatrix
) -> tuple[FormFigures, ...]:
    """Return the figures of every form with at least `FEWEST_PERSONS` persons, by number."""
    numbers = {form.id: form.number for form in session.scalars(sa.select(Form))}
    thresholds = {row.id: row for row in session.scalars(sa.select(Threshold))}
    found = []
    for form_id in sorted({sitter.form_id for sitter in answers.sitters}, key=lambda form: numbers[form]):
        rows = rows_of(answers, form_id)
        if len(rows) < FEWEST_PERSONS:
            continue
        sitters = [answers.sitters[place] for place in rows.tolist()]
        applied = [thresholds[sitter.threshold_id] for sitter in sitters]
        found.append(_figures(form_id, numbers[form_id], sitters, applied, one_form(matrix, rows)))
    return tuple(found)


def rows_of(answers: CollectedAnswers, form_id: int) -> NDArray[np.intp]:
    """Return the places of the persons who sat a form."""
    return np.flatnonzero([sitter.form_id == form_id for sitter in answers.sitters])


def one_form(matrix: ResponseMatrix, rows: NDArray[np.intp]) -> ResponseMatrix:
    """Return the answers of persons who sat one form, with the items of this form only."""
    given = matrix.administered
    if given is None:
        return matrix.select(persons=rows)
    columns = [name for name, here in zip(matrix.items, given[rows[0]], strict=True) if here]
    return matrix.select(persons=rows, items=columns)


def in_order_seen(own: ResponseMatrix) -> ResponseMatrix:
    """Move what each person did not reach to the end of his row, whatever question it was.

    Everybody sees the questions in an order of his own; only so do the last columns show who ran out of
    time. Which question stands in a column is lost.
    """
    if own.missing is None:
        return own
    order = np.argsort(own.missing == Missing.NOT_REACHED, axis=1, kind="stable")
    points, missing = (np.take_along_axis(cells, order, axis=1) for cells in (own.points, own.missing))
    return ResponseMatrix(
        points, own.items, np.full(own.n_items, own.max_points.sum() / own.n_items), missing
    )


def whole(matrix: ResponseMatrix) -> tuple[int, ...]:
    """Return the total points of each person."""
    return tuple(int(total) for total in matrix.total_scores())


def passed(sitters: Sequence[Sitter]) -> int:
    """Count those whose part is passed."""
    return sum(verdicts(sitters))


def verdicts(sitters: Sequence[Sitter]) -> tuple[bool, ...]:
    """Say of each whether his part is passed."""
    return tuple(sitter.state == "passed" for sitter in sitters)


def _figures(
    form_id: int, number: int, sitters: Sequence[Sitter], applied: Sequence[Threshold], own: ResponseMatrix
) -> FormFigures:
    analysis = item_analysis(own)
    cuts = Counter(threshold.points for threshold in applied)
    maximum = int(own.max_points.sum())
    cut = cuts.most_common(1)[0][0]
    speed = speededness(in_order_seen(own))
    return FormFigures(
        id=form_id,
        number=number,
        persons=own.n_persons,
        passed=passed(sitters),
        maximum=maximum,
        shape=analysis,
        cut=cut,
        cuts=tuple(sorted(cuts.items())),
        cut_error=_error_at(cut, own, maximum),
        reliability=reliability_of(own),
        consistency=_consistency(own, analysis, cut, maximum),
        compound=_compound(own, analysis, cut),
        omitted=_omitted(own),
        speed=speed,
        flags=flag_test(replace(analysis, not_reached=speed.not_reached)),
        scores=whole(own),
        verdicts=verdicts(sitters),
        minima=any(threshold.minimum_by_area for threshold in applied),
    )


def _omitted(own: ResponseMatrix) -> float:
    if own.missing is None:
        return 0.0
    reached = own.missing != Missing.NOT_REACHED
    return float((own.missing == Missing.OMITTED).sum() / max(1, int(reached.sum())))


def _error_at(cut: int, own: ResponseMatrix, maximum: int) -> float:
    if not own.is_dichotomous or own.n_items < 2 or cut > maximum:
        return float("nan")
    return float(conditional_sem(own.n_items)[cut])


def _consistency(
    own: ResponseMatrix, analysis: ItemAnalysis, cut: int, maximum: int
) -> DecisionConsistency | None:
    try:
        return livingston_lewis(
            own.total_scores(), analysis.alpha, cut, max_score=maximum, parameters=_parameters(own)
        )
    except ScoringError:
        return None


def _compound(own: ResponseMatrix, analysis: ItemAnalysis, cut: int) -> DecisionConsistency | None:
    """The same under compound binomial error, which takes questions of one point."""
    if not own.is_dichotomous:
        return None
    try:
        return hanson_brennan(
            own.total_scores(), analysis.alpha, cut, n_items=own.n_items, parameters=_parameters(own)
        )
    except ScoringError:
        return None


def _parameters(own: ResponseMatrix) -> int:
    return 4 if own.n_persons >= FEWEST_FOR_ENDS else 2


def _mean(values: NDArray[np.float64]) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")
