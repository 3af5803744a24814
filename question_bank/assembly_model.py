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
ROUNDS = 6


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

    def _likeness(self) -> Iterator[Row]:
        """Keep expected scores, and information where all items are calibrated, within their bands.

        Expected scores are whole steps of `FINENESS`: a third of a step lets a tie in and nothing beyond it.
        """
        likeness = self.blueprint.likeness
        points = np.array([float(expected_points(item, self.figures)) for item in self.pool])
        slack = float(likeness.score_tolerance.quantize(FINENESS, ROUND_FLOOR) + FINENESS / 3)
        yield from self._band(SCORE, "score", points, self.chosen, slack, 1.0)
        if information_at_cut(self.pool, self.figures) is not None:
            information = np.array([self.figures[item.code].information for item in self.pool], dtype=float)
            factor = 1 + max(float(likeness.information_tolerance) - ROUNDING, 0.0)
            yield from self._band(INFORMATION, "information", information, self.chosen + 1, 0.0, factor)

    def _band(
        self, name: str, group: str, weights: NDArray[np.float64], level: int, slack: float, factor: float
    ) -> Iterator[Row]:
        """Hold each form's weighted sum between the free column `level` and ``factor * level + slack``."""
        for form in range(self.forms):
            columns = np.append(self.of_form(form, range(len(self.pool))), level)
            yield Row(name, group, columns, np.append(weights, -1.0), 0.0, np.inf)
            yield Row(name, group, columns, np.append(weights, -factor), -np.inf, slack)


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
    answer = _milp(model.rows, model.chosen, objective, search)
    if answer.status == 2:
        return None
    if answer.status != 0 or answer.x is None:
        raise UnfinishedError(f"no forms within {search.seconds:.0f} s; wider bounds make it easier")
    return Solution(_picked(model, answer), float(answer.mip_gap))


def broken_pairs(forms: Sequence[Sequence[int]], most: int) -> list[tuple[int, int]]:
    """Return the pairs of forms that share more than `most` items."""
    sets = [frozenset(form) for form in forms]
    return [(one, two) for one, two in combinations(range(len(sets)), 2) if len(sets[one] & sets[two]) > most]


def within_overlap(model: Model, search: Search) -> Solution | None:
    """Solve, and bound the overlap of those pairs of forms that went beyond it, until none does.

    Bounding every pair from the start would ask for a column per item and pair; few pairs ever need it.
    """
    most = model.blueprint.likeness.most_shared
    while solution := solve(model, search):
        beyond = [] if most is None else broken_pairs(solution.forms, most)
        if not beyond or most is None:
            return solution
        for one, two in beyond:
            model.share_at_most(one, two, most)
    return None


def nearest(model: Model, search: Search) -> tuple[tuple[int, ...], ...] | None:
    """Return forms that give up as little as possible of a model without an answer; None if none was found.

    Every constraint that may be given up has one slack for all its rows, at its price, so that its worst
    breach is what counts. What the forms break is read from the forms, not from the slacks.
    """
    most = model.blueprint.likeness.most_shared
    bounded: set[tuple[int, int]] = set()
    forms = None
    for _ in range(ROUNDS):
        found, shared = _nearest(model, search)
        if found is None or most is None:
            return found or forms
        forms = found
        beyond = set(broken_pairs(forms, most + round(shared))) - bounded
        if not beyond:
            break
        bounded |= beyond
        for one, two in sorted(beyond):
            model.share_at_most(one, two, most)
    return forms


def _nearest(model: Model, search: Search) -> tuple[tuple[tuple[int, ...], ...] | None, float]:
    """Return the forms that cost least, and by how much they pass the bound on shared items."""
    groups = {row.name: row.group for row in model.rows if row.group in PRICES}
    slack_of = {name: model.columns + place for place, name in enumerate(groups)}
    objective = np.zeros(model.columns + len(groups))
    objective[model.columns :] = [PRICES[group] for group in groups.values()]
    rows = [each for row in model.rows for each in _softened(row, slack_of)]
    answer = _milp(rows, model.chosen, objective, replace(search, gap=0.05))
    if answer.x is None:
        return None, 0.0
    return _picked(model, answer), float(answer.x[slack_of[OVERLAP]]) if OVERLAP in slack_of else 0.0


def _softened(row: Row, slack_of: Mapping[str, int]) -> Iterator[Row]:
    """Split a row into its two sides, each of which the slack of its name lets pass."""
    if row.group not in PRICES:
        yield row
        return
    columns = np.append(row.columns, slack_of[row.name])
    if row.low > -np.inf:
        yield Row(row.name, row.group, columns, np.append(row.weights, 1.0), row.low, np.inf)
    if row.high < np.inf:
        yield Row(row.name, row.group, columns, np.append(row.weights, -1.0), -np.inf, row.high)


def _picked(model: Model, answer: Any) -> tuple[tuple[int, ...], ...]:
    picked = answer.x[: model.chosen].reshape(model.forms, len(model.pool)).round().astype(bool)
    return tuple(tuple(int(place) for place in np.flatnonzero(row)) for row in picked)


def _milp(rows: Sequence[Row], chosen: int, objective: NDArray[np.float64], search: Search) -> Any:
    """Solve: the first `chosen` columns are 0 or 1, those behind them anything from 0."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    at = np.repeat(np.arange(len(rows)), [len(row.columns) for row in rows])
    columns = np.concatenate([row.columns for row in rows])
    weights = np.concatenate([row.weights for row in rows])
    matrix = coo_array((weights, (at, columns)), shape=(len(rows), len(objective))).tocsr()
    upper = np.full(len(objective), np.inf)
    upper[:chosen] = 1.0
    whole = np.zeros(len(objective))
    whole[:chosen] = 1
    return milp(
        objective,
        constraints=LinearConstraint(matrix, [row.low for row in rows], [row.high for row in rows]),
        integrality=whole,
        bounds=Bounds(0, upper),
        options={"time_limit": search.left, "mip_rel_gap": search.gap},
    )
