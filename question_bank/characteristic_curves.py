"""How forms compare for weaker and stronger candidates, not on the average alone.

Two forms with one expected score may still differ for those near the threshold: one of middling questions
only, one half easy and half hard. The curve of a form says what a candidate of each ability earns on it.

References
----------
Lord (1980), Applications of Item Response Theory to Practical Testing Problems, chapter 5: test
characteristic curve and information of a test.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from question_bank.equivalence import Figures, Form, expected_points
from question_bank.items import Item

EASIEST, HARDEST = 0.98, 0.02
ABILITIES = np.linspace(-4.0, 4.0, 81)


@dataclass(frozen=True, slots=True)
class Curves:
    """Curves of several forms over one range of abilities.

    `average` is what a candidate earns on the average of the forms, in points, rising; `scores` and
    `information` have a row for each form, in points and in the logit scale of ability.
    """

    average: tuple[float, ...]
    scores: tuple[tuple[float, ...], ...]
    information: tuple[tuple[float, ...], ...]

    def differences(self, average: Sequence[float] | None = None) -> tuple[tuple[float, ...], ...]:
        """Return by how many points each form lies above `average`, which is that of these forms if none."""
        base = np.asarray(self.average if average is None else average)
        return tuple(tuple(float(each) for each in row) for row in np.asarray(self.scores) - base)

    def at(self, points: float, values: Sequence[float]) -> float:
        """Return a curve's value for the candidate who earns `points` on the average of the forms."""
        return float(np.interp(points, self.average, values))


def curves_of(forms: Sequence[Form], figures: Mapping[str, Figures]) -> Curves:
    """Return the curves of `forms` under the Rasch model.

    The difficulty of an item is that at which a candidate of average ability earns the share expected of it:
    the share from its use, else from its intended level. Shares beyond 0.02 and 0.98 are drawn in to these.
    """
    pairs = [_curve(form, figures) for form in forms]
    scores, information = np.array([one for one, _ in pairs]), np.array([two for _, two in pairs])
    return Curves(
        average=tuple(float(each) for each in scores.mean(axis=0)),
        scores=tuple(tuple(float(each) for each in row) for row in scores),
        information=tuple(tuple(float(each) for each in row) for row in information),
    )


def informed_at(
    items: Sequence[Item], figures: Mapping[str, Figures], average: float
) -> Mapping[str, Figures]:
    """Add what each item tells of candidates who earn `average` points an item over all of `items`.

    The information is that of the Rasch model, as in `curves_of`. Where nobody on the scale earns so much, or
    so little, figures stay as they are.
    """
    right, points = _chances(items, figures)
    earned = (right @ points) / len(items) if items else np.zeros(len(ABILITIES))
    if not earned[0] <= average <= earned[-1]:
        return figures
    ability = float(np.interp(average, earned, ABILITIES))
    at = np.array([np.interp(ability, ABILITIES, column) for column in right.T])
    information = (at * (1 - at) * points**2).tolist()
    return {
        item.code: replace(figures.get(item.code, Figures()), information=told)
        for item, told in zip(items, information, strict=True)
    }


def _curve(form: Form, figures: Mapping[str, Figures]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    right, points = _chances(form.items, figures)
    return right @ points, (right * (1 - right)) @ points**2


def _chances(
    items: Sequence[Item], figures: Mapping[str, Figures]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the chance of a right answer, a row an ability and a column an item, and the items' points."""
    points = np.array([item.version.points for item in items], dtype=float)
    expected = np.array([float(expected_points(item, figures)) for item in items])
    share = np.clip(expected / points, HARDEST, EASIEST)
    easiness = np.log(share / (1 - share))
    return 1 / (1 + np.exp(-(ABILITIES[:, None] + easiness))), points
