"""The mixed-integer programme behind `question_bank.assembly`.

One 0/1 column per form and item; the level of expected score and of information that the forms share is free,
so that they need only be alike, not like a number that somebody guessed. Stated as a feasibility problem
within a band: with the usual minimax objective the branch-and-bound bound stays at 0 and the solver runs for
minutes.

References
----------
van der Linden (2005), Linear Models for Optimal Test Design, chapters 3, 5 and 6.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_FLOOR
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from question_bank.blueprint import Blueprint, Quota
from question_bank.equivalence import FINENESS, Figures, expected_points, information_at_cut
from question_bank.errors import UnfinishedError
from question_bank.items import Item

ROUNDING = 1e-6
EXPOSURE = "forms that an item is in"
OVERLAP = "items that two forms share"
PRICES = {
    "information": 1.0,
    "score": 2.0,
    "shared": 2.0,
    "exposed": 4.0,
    "kind": 20.0,
    "level": 20.0,
    "topic": 30.0,
    "act": 40.0,
    "area": 60.0,
    "enemies": 1000.0,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One linear constraint: ``low <= weights @ x[columns] <= high``.

    `group` is its place in `PRICES`, the order in which constraints are given up when they cannot all be
    kept; a group that is not listed there is never given up.
    """

    name: str
    group: str
    columns: NDArray[np.intp]
    weights: NDArray[np.float64]
    low: float
    high: float


@dataclass(slots=True)
class Model:
    """Rows and columns of one assembly."""

    blueprint: Blueprint
    pool: Sequence[Item]
    forms: int
    figures: Mapping[str, Figures]
    most_exposed: int
    rows: list[Row] = field(default_factory=list)
    columns: int = 0

    def __post_init__(self) -> None:
        self.columns = self.chosen + 2
        self.rows += self._counts()
        self.rows += self._enemies()
        self.rows += self._exposure()
        self.rows += self._likeness()

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
            yield Row("questions", "", self.of_form(form, range(size)), np.ones(size), questions, questions)
            for quota, places in members:
                columns = self.of_form(form, places)
                yield Row(str(quota), quota.dimension, columns, np.ones(len(places)), quota.least, quota.most)

    def _members(self, quota: Quota) -> list[int]:
        return [place for place, item in enumerate(self.pool) if quota.admits(item)]

    def _enemies(self) -> Iterator[Row]:
        place_of = {item.code: place for place, item in enumerate(self.pool)}
        pairs = {
            tuple(sorted((place, place_of[enemy])))
            for place, item in enumerate(self.pool)
            for enemy in item.enemies
            if enemy in place_of and enemy != item.code
        }
        for pair in sorted(pairs):
            name = "enemies " + " and ".join(self.pool[place].code for place in pair)
            for form in range(self.forms):
                yield Row(name, "enemies", self.of_form(form, pair), np.ones(2), -np.inf, 1.0)

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

    def _likeness(self) -> Iterator[Row]:
        """Keep expected scores, and information where all items are calibrated, within their bands.

        Expected scores are whole steps of `FINENESS`: a third of a step lets a tie in and nothing beyond it.
        """
        likeness = self.blueprint.likeness
        points = np.array([float(expected_points(item, self.figures)) for item in self.pool])
        slack = float(likeness.score_tolerance.quantize(FINENESS, ROUND_FLOOR) + FINENESS / 3)
        yield from self._band("expected score", "score", points, self.chosen, slack, 1.0)
        if information_at_cut(self.pool, self.figures) is not None:
            information = np.array([self.figures[item.code].information for item in self.pool], dtype=float)
            factor = 1 + max(float(likeness.information_tolerance) - ROUNDING, 0.0)
            yield from self._band(
                "information at the cut", "information", information, self.chosen + 1, 0.0, factor
            )

    def _band(
        self, name: str, group: str, weights: NDArray[np.float64], level: int, slack: float, factor: float
    ) -> Iterator[Row]:
        """Hold each form's weighted sum between the free column `level` and ``factor * level + slack``."""
        for form in range(self.forms):
            columns = np.append(self.of_form(form, range(len(self.pool))), level)
            yield Row(name, group, columns, np.append(weights, -1.0), 0.0, np.inf)
            yield Row(name, group, columns, np.append(weights, -factor), -np.inf, slack)


@dataclass(frozen=True, slots=True)
class Search:
    """Which of the many right answers is taken, how near the best, and after how many seconds to stop."""

    seed: int
    gap: float
    seconds: float


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


def solve(model: Model, search: Search) -> Solution | None:
    """Choose the items of every form; None when no choice meets all rows.

    Raises
    ------
    UnfinishedError
        If the solver does not come near enough to its bound in the time it has.
    """
    objective = np.zeros(model.columns)
    objective[: model.chosen] = costs(model, search.seed)
    answer = _milp(model, objective, [], search)
    if answer.status == 2:
        return None
    if answer.status != 0 or answer.x is None:
        raise UnfinishedError(f"no forms within {search.seconds:.0f} s; wider bounds make it easier")
    picked = answer.x[: model.chosen].reshape(model.forms, len(model.pool)).round().astype(bool)
    forms = tuple(tuple(int(place) for place in np.flatnonzero(row)) for row in picked)
    return Solution(forms, float(answer.mip_gap))


def broken_pairs(solution: Solution, most: int) -> list[tuple[int, int]]:
    """Return the pairs of forms that share more than `most` items."""
    forms = [frozenset(form) for form in solution.forms]
    return [
        (one, two) for one, two in combinations(range(len(forms)), 2) if len(forms[one] & forms[two]) > most
    ]


def give_up(model: Model, search: Search) -> dict[str, float]:
    """Return the constraints that must be given up, by name, with by how much at the worst form.

    Every row that may be given up gets a slack at its price; the cheapest way out is what is reported.
    """
    soft = [place for place, row in enumerate(model.rows) if row.group in PRICES]
    objective = np.zeros(model.columns + 2 * len(soft))
    prices = [PRICES[model.rows[place].group] for place in soft]
    objective[model.columns :] = np.repeat(prices, 2)
    answer = _milp(model, objective, soft, replace(search, gap=0.1))
    if answer.x is None:
        return {}
    slacks = answer.x[model.columns :].reshape(-1, 2).sum(axis=1)
    worst: dict[str, float] = {}
    for place, slack in zip(soft, slacks, strict=True):
        if slack > 10 * ROUNDING:
            name = model.rows[place].name
            worst[name] = max(worst.get(name, 0.0), float(slack))
    return worst


def _milp(model: Model, objective: NDArray[np.float64], soft: Sequence[int], search: Search) -> Any:
    """Solve; each row named in `soft` has two slack columns of its own, behind those of the model."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    rows = model.rows
    entries = [(np.full(len(row.columns), place), row.columns, row.weights) for place, row in enumerate(rows)]
    for number, place in enumerate(soft):
        first = model.columns + 2 * number
        entries.append((np.full(2, place), np.array([first, first + 1]), np.array([1.0, -1.0])))
    at, columns, weights = (np.concatenate(part) for part in zip(*entries, strict=True))
    matrix = coo_array((weights, (at, columns)), shape=(len(rows), len(objective))).tocsr()
    upper = np.full(len(objective), np.inf)
    upper[: model.chosen] = 1.0
    whole = np.zeros(len(objective))
    whole[: model.chosen] = 1
    return milp(
        objective,
        constraints=LinearConstraint(matrix, [row.low for row in rows], [row.high for row in rows]),
        integrality=whole,
        bounds=Bounds(0, upper),
        options={"time_limit": search.seconds, "mip_rel_gap": search.gap},
    )
