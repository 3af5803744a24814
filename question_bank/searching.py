"""The search for forms that meet a model, and for those that come nearest to one that has none."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from question_bank.assembly_model import OVERLAP, PRICES, Model, Search, Solution, costs
from question_bank.linear_programme import Programme, Row
from question_bank.mending import Mending

SMALL = 3000
"""0/1 columns up to which the solver is given all forms at once, with every bound."""
ROUNDS = 6


def find_forms(model: Model, search: Search) -> Solution | None:
    """Return forms that meet a model and share no more items than they may; None when there are none.

    Raises
    ------
    UnfinishedError
        If the time runs out.
    """
    if model.chosen > SMALL:
        programme = _programme(model, search)
        try:
            relaxed = programme.relaxed(seconds=search.left)
        except TimeoutError as error:
            raise search.given_up() from error
        if relaxed is None:
            return None
        if mended := Mending(model, programme, relaxed, search).forms():
            return mended
    return _within_overlap(model, search)


def broken_pairs(forms: Sequence[Sequence[int]], most: int) -> list[tuple[int, int]]:
    """Return the pairs of forms that share more than `most` items."""
    sets = [frozenset(form) for form in forms]
    return [(one, two) for one, two in combinations(range(len(sets)), 2) if len(sets[one] & sets[two]) > most]


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


def _within_overlap(model: Model, search: Search) -> Solution | None:
    """Solve, and bound the overlap of those pairs of forms that went beyond it, until none does.

    Bounding every pair from the start would ask for a column per item and pair; few pairs ever need it.
    """
    most = model.blueprint.likeness.most_shared
    while solution := _solved(model, search):
        beyond = [] if most is None else broken_pairs(solution.forms, most)
        if not beyond or most is None:
            return solution
        for one, two in beyond:
            model.share_at_most(one, two, most)
    return None


def _solved(model: Model, search: Search) -> Solution | None:
    answer = _programme(model, search).solved(gap=search.gap, seconds=search.left)
    if answer.status == 2:
        return None
    if answer.status != 0 or answer.x is None:
        raise search.given_up()
    return Solution(model.picked(answer.x), float(answer.mip_gap))


def _programme(model: Model, search: Search) -> Programme:
    objective = np.zeros(model.columns)
    objective[: model.chosen] = costs(model, search.seed)
    return Programme.of(model.rows, model.chosen, objective)


def _nearest(model: Model, search: Search) -> tuple[tuple[tuple[int, ...], ...] | None, float]:
    """Return the forms that cost least, and by how much they pass the bound on shared items."""
    groups = {row.name: row.group for row in model.rows if row.group in PRICES}
    slack_of = {name: model.columns + place for place, name in enumerate(groups)}
    objective = np.zeros(model.columns + len(groups))
    objective[model.columns :] = [PRICES[group] for group in groups.values()]
    rows = [each for row in model.rows for each in _softened(row, slack_of)]
    answer = Programme.of(rows, model.chosen, objective).solved(gap=0.05, seconds=search.left)
    if answer.x is None:
        return None, 0.0
    return model.picked(answer.x), float(answer.x[slack_of[OVERLAP]]) if OVERLAP in slack_of else 0.0


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
