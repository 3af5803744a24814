"""The mixed-integer programme behind `question_bank.assembly`.

One 0/1 column per form and item; the level of expected score and of information that the forms share is free,
so that they need only be alike, not like a number that somebody guessed. Stated as a feasibility problem
within a band: with the usual minimax objective the branch-and-bound bound stays at 0 and the solver runs for
minutes.

References
----------
van der Linden (2005), Linear Models for Optimal Test Design, chapters 3, 5 and 6.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR

import numpy as np
from numpy.typing import NDArray

from question_bank.blueprint import Blueprint, Quota
from question_bank.equivalence import FINENESS, Figures, expected_points, information_at_cut
from question_bank.errors import UnfinishedError
from question_bank.items import Item
from question_bank.linear_programme import Row

ROUNDING = 1e-6
EXPOSURE = "forms that an item is in"
OVERLAP = "items that two forms share"
QUESTIONS = "questions"
SCORE = "expected score"
INFORMATION = "information at the cut"
PRICES = {
    "information": 1.0,
    "score": 2.0,
    "shared": 3.0,
    "exposed": 4.0,
    "kind": 20.0,
    "level": 20.0,
    "topic": 30.0,
    "act": 40.0,
    "questions": 50.0,
    "area": 60.0,
    "enemies": 1000.0,
}
"""What giving up costs, by group of constraints: likeness goes first, then how often an item is used, then
what the form is about, its length, and last of all two questions that give each other away."""


def no_time_passes() -> float:
    """The watch of a caller who bounds each search and not all of them together."""
    return 0.0


@dataclass(frozen=True, slots=True)
class Search:
    """Which of the many right answers is taken, how near the best, and when to stop.

    `elapsed` tells the seconds since all began: one assembly may search several times.
    """

    seed: int
    gap: float
    seconds: float
    elapsed: Callable[[], float] = no_time_passes

    @property
    def left(self) -> float:
        """Seconds that are left; never nothing, since a solver takes 0 for no limit."""
        return max(self.seconds - self.elapsed(), 1e-9)

    def given_up(self) -> UnfinishedError:
        return UnfinishedError(f"no forms within {self.seconds:.0f} s; wider bounds make it easier")


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """What the forms must be alike in: each form's sum of `weights`, one an item, within ``level`` and
    ``factor * level + slack``, whatever the level is."""

    name: str
    group: str
    weights: NDArray[np.float64]
    slack: float
    factor: float

    def holds(self, form: Sequence[int], level: float) -> bool:
        return level <= float(self.weights[list(form)].sum()) <= self.factor * level + self.slack

    def level_around(self, forms: Sequence[Sequence[int]]) -> float:
        """Return the level whose band has the mean of some forms in its middle."""
        mean = float(np.mean([self.weights[list(form)].sum() for form in forms]))
        return (2 * mean - self.slack) / (1 + self.factor)


@dataclass(slots=True)
class Model:
    """Rows and columns of one assembly; of each set of places in `apart` a form has one item at most."""

    blueprint: Blueprint
    pool: Sequence[Item]
    forms: int
    figures: Mapping[str, Figures]
    most_exposed: int
    apart: Sequence[tuple[int, ...]] = ()
    rows: list[Row] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    columns: int = 0

    def __post_init__(self) -> None:
        self.bands += self._likeness()
        self.columns = self.chosen + len(self.bands)
        self.rows += self._counts()
        self.rows += self._enemies()
        self.rows += self._exposure()
        self.rows += self._within_bands()

    @property
    def chosen(self) -> int:
        """How many 0/1 columns say which item is in which form."""
        return self.forms * len(self.pool)

    def of_form(self, form: int, places: Iterable[int]) -> NDArray[np.intp]:
        """Return the columns of the items at `places` in `form`."""
        return np.fromiter(places, dtype=np.intp) + form * len(self.pool)

    def share_at_most(self, one: int, two: int, most: int) -> None:
        """Bound the items that two forms have in common; a column per item is 1 when both have it."""
        size = len(self.pool)
        both = np.arange(self.columns, self.columns + size, dtype=np.intp)
        self.columns += size
        for place in range(size):
            columns = np.array([one * size + place, two * size + place, both[place]])
            self.rows.append(Row(OVERLAP, "", columns, np.array([1.0, 1.0, -1.0]), -np.inf, 1.0))
        self.rows.append(Row(OVERLAP, "shared", both, np.ones(size), -np.inf, most))

    def _counts(self) -> Iterator[Row]:
        size, questions = len(self.pool), self.blueprint.questions
        members = [(quota, self._members(quota)) for quota in self.blueprint.quotas]
        for form in range(self.forms):
            whole = self.of_form(form, range(size))
            yield Row(QUESTIONS, "questions", whole, np.ones(size), questions, questions)
            for quota, places in members:
                columns = self.of_form(form, places)
                yield Row(str(quota), quota.dimension, columns, np.ones(len(places)), quota.least, quota.most)

    def _members(self, quota: Quota) -> list[int]:
        return [place for place, item in enumerate(self.pool) if quota.admits(item)]

    def _enemies(self) -> Iterator[Row]:
        for places in self.apart:
            name = "enemies " + ", ".join(self.pool[place].code for place in places)
            for form in range(self.forms):
                yield Row(name, "enemies", self.of_form(form, places), np.ones(len(places)), -np.inf, 1.0)

    def _exposure(self) -> Iterator[Row]:
        if self.most_exposed >= self.forms:
            return
        size = len(self.pool)
        for place in range(size):
            columns = np.arange(self.forms, dtype=np.intp) * size + place
            yield Row(
                EXPOSURE,
                "exposed",
                columns,
                np.ones(self.forms),
                -np.inf,
                self.most_exposed,
            )

    def _likeness(self) -> Iterator[Band]:
        """Keep expected scores alike, and information where all items are calibrated.

        Expected scores are whole steps of `FINENESS`: a third of a step lets a tie in and nothing beyond it.
        """
        likeness = self.blueprint.likeness
        points = np.array([float(expected_points(item, self.figures)) for item in self.pool])
        slack = float(likeness.score_tolerance.quantize(FINENESS, ROUND_FLOOR) + FINENESS / 3)
        yield Band(SCORE, "score", points, slack, 1.0)
        if information_at_cut(self.pool, self.figures) is not None:
            information = np.array([self.figures[item.code].information for item in self.pool], dtype=float)
            factor = 1 + max(float(likeness.information_tolerance) - ROUNDING, 0.0)
            yield Band(INFORMATION, "information", information, 0.0, factor)

    def _within_bands(self) -> Iterator[Row]:
        for level, band in enumerate(self.bands, start=self.chosen):
            for form in range(self.forms):
                columns = np.append(self.of_form(form, range(len(self.pool))), level)
                above, below = np.append(band.weights, -1.0), np.append(band.weights, -band.factor)
                yield Row(band.name, band.group, columns, above, 0.0, np.inf)
                yield Row(band.name, band.group, columns, below, -np.inf, band.slack)

    def picked(self, values: NDArray[np.float64]) -> tuple[tuple[int, ...], ...]:
        """Return the places that a solver's values give each form."""
        chosen = values[: self.chosen].reshape(self.forms, len(self.pool)).round().astype(bool)
        return tuple(tuple(int(place) for place in np.flatnonzero(row)) for row in chosen)


@dataclass(frozen=True, slots=True)
class Solution:
    """Which items each form has, as places in the pool, and how far the objective may be from its best."""

    forms: tuple[tuple[int, ...], ...]
    gap: float


def costs(model: Model, seed: int) -> NDArray[np.float64]:
    """Return what each item costs in each form, row by row of forms.

    An item is dear where it was used often. Among the forms it is cheap in one and next in another, dearer by
    chance in the rest. The seed shuffles the items and deals them round the forms so that each form, and each
    pair of forms, comes in turn: no two forms are led to the same items.
    """
    forms, size = model.forms, len(model.pool)
    chance = np.random.default_rng(seed)
    dealt = _dealt(model, chance)
    first, lap = dealt % forms, dealt // forms
    second = (first + 1 + lap % max(forms - 1, 1)) % forms
    each = np.arange(forms)[:, None]
    turn = np.where(each == first, 0, np.where(each == second, 1, 2))
    used = np.array([known.used if (known := model.figures.get(item.code)) else 0 for item in model.pool])
    wear = used / max(used.max(), 1)
    return np.asarray((wear + turn / 4 + chance.random((forms, size)) / 4).ravel())


def _dealt(model: Model, chance: np.random.Generator) -> NDArray[np.intp]:
    """Return each item's place in the deal: shuffled, then area by area and level by level."""
    shuffled = chance.permutation(len(model.pool))
    cells = [(model.pool[place].area, model.pool[place].level) for place in shuffled]
    order = sorted(range(len(cells)), key=lambda turn: (cells[turn], turn))
    dealt = np.empty(len(cells), dtype=np.intp)
    dealt[shuffled[order]] = np.arange(len(cells))
    return dealt
