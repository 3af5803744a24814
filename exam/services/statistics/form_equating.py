"""One form on the scale of another, by the questions that both have."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exam.services.statistics.collected_answers import CollectedAnswers
from exam.services.statistics.form_figures import one_form, rows_of
from scoring import ResponseMatrix, ScoringError, equating_error, joint_counts, tucker_equate

FEWEST_PERSONS = 100
"""On each form: below, the error of equating is larger than the difference that is looked for."""
FEWEST_COMMON = 0.2
"""Share of a form that its common questions have to be (Kolen & Brennan, 2014, chapter 8)."""
MATTERS = 0.5
"""Difference in points from which a rounded score changes (Dorans & Feigenbaum, 1994, ETS RM-94-10)."""
REPLICATES = 200


@dataclass(frozen=True, slots=True)
class EquatedScore:
    """A score of the form and its equivalent on the reference form, in points, with its standard error."""

    score: int
    equivalent: float
    error: float

    @property
    def difference(self) -> float:
        """How much easier the form is: equivalent less score, negative for an easier form."""
        return self.equivalent - self.score


@dataclass(frozen=True, slots=True)
class FormEquating:
    """A form put on the scale of a reference form after Tucker.

    Attributes
    ----------
    reference : int
        Number of the reference form.
    common : int
        Questions that both forms have.
    needed : int
        Common questions that would be enough.
    scores : tuple of EquatedScore
        Empty where there are too few common questions or people.
    """

    reference: int
    common: int
    needed: int
    persons: int
    persons_of_reference: int
    scores: tuple[EquatedScore, ...]


def equate_forms(
    answers: CollectedAnswers, matrix: ResponseMatrix, *, form: int, reference: int, reference_number: int
) -> FormEquating:
    """Equate a form to a reference form of the same answers.

    Parameters
    ----------
    form, reference : int
        Ids of the two forms.

    Notes
    -----
    The regression of the total on the common questions is taken as the same in both groups. Standard errors
    come from 200 bootstrap samples; their seed is made of the two ids, so that a page shows them again.

    References
    ----------
    Kolen, M. J. & Brennan, R. L. (2014). Test Equating, Scaling, and Linking, section 4.1.
    """
    new = one_form(matrix, rows_of(answers, form))
    old = one_form(matrix, rows_of(answers, reference))
    common = [item for item in new.items if item in set(old.items)]
    needed = max(2, int(np.ceil(FEWEST_COMMON * min(new.n_items, old.n_items))))
    enough = min(new.n_persons, old.n_persons) >= FEWEST_PERSONS and len(common) >= needed
    scores = _equated(new, old, common, seed=(form, reference)) if enough else ()
    return FormEquating(reference_number, len(common), needed, new.n_persons, old.n_persons, scores)


def _equated(
    new: ResponseMatrix, old: ResponseMatrix, common: Sequence[str], *, seed: Sequence[int]
) -> tuple[EquatedScore, ...]:
    try:
        tables = [_joint(form, common) for form in (new, old)]
        found = tucker_equate(*tables)
        error = equating_error(
            tucker_equate, *tables, n_replicates=REPLICATES, rng=np.random.default_rng(seed)
        )
    except ScoringError:
        return ()
    rows = zip(found.scores.tolist(), found.equivalents.tolist(), error.se.tolist(), strict=True)
    return tuple(EquatedScore(int(score), equivalent, se) for score, equivalent, se in rows)


def _joint(form: ResponseMatrix, common: Sequence[str]) -> NDArray[np.float64]:
    """Persons at each pair of total and score on the common questions."""
    anchor = form.select(items=common)
    most = int(form.max_points.sum()), int(anchor.max_points.sum())
    return np.asarray(joint_counts(form.total_scores(), anchor.total_scores(), *most))
