"""Large assemblies: forms that hold what they must, each then mended until it is like the others.

Within narrow bands, where each item has an expected score and an information of its own, branch and bound
over all forms at once does not come to an end. So it goes in three steps. The relaxation in fractions says
whether there can be forms at all, how cheap they can be at best, and which columns matter. Among those, forms
are chosen without regard to likeness and overlap. Then one form after another is chosen anew while the others
stay: its own items and the cheapest others are mostly enough to bring it into the middle of the band.

References
----------
Angelelli, Mansini & Speranza (2010), Kernel search: a general heuristic for the multi-dimensional knapsack
problem, Computers & Operations Research 37(11), 2017-2026.
van der Linden (2005), Linear Models for Optimal Test Design, chapter 6: forms one after another.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from question_bank.assembly_model import OVERLAP, Model, Search, Solution
from question_bank.linear_programme import FRACTION, Programme, Relaxed, Row

KERNEL = 2
"""Columns that are looked at, as a multiple of those that the relaxation uses."""
NEIGHBOURS = (3, 10**6)
"""Other items that a form may take, as a multiple of its own: a few, and then all."""
NODES = 2000
TIME_LIMIT = 1
"""How scipy says that the time ran out."""
LIKENESS = frozenset({"score", "information"})


@dataclass(frozen=True, slots=True, eq=False)
class Mending:
    """A large model on its way to an answer; `prices` has a row a form, a column an item of the pool."""

    model: Model
    programme: Programme
    relaxed: Relaxed
    search: Search

    @property
    def prices(self) -> NDArray[np.float64]:
        return self.programme.costs[: self.model.chosen].reshape(self.model.forms, -1)

    def forms(self) -> Solution | None:
        """Return forms that meet every row and share no more than they may; None when this leads to none.

        The gap is that to the relaxation: no forms whatsoever cost less.

        Raises
        ------
        UnfinishedError
            If the time runs out.
        """
        forms = self._alike_in_contents()
        if forms is None:
            return None
        levels = [band.level_around(forms) for band in self.model.bands]
        for number in range(len(forms)):
            if not self._fits(forms, number, levels):
                mended = self._mended(forms, number, levels)
                if mended is None:
                    return None
                forms[number] = mended
        cost = sum(float(row[form].sum()) for row, form in zip(self.prices, forms, strict=True))
        gap = max(cost - self.relaxed.bound, 0.0) / max(cost, FRACTION)
        return Solution(tuple(tuple(form) for form in forms), gap)

    def _alike_in_contents(self) -> list[list[int]] | None:
        chosen = self.model.chosen
        used = self.relaxed.values[:chosen] > FRACTION
        order = np.lexsort((self.relaxed.reduced_costs[:chosen], ~used))
        kernel = self.programme.without(LIKENESS).among(order[: KERNEL * int(used.sum())])
        values = self._solved(kernel)
        return None if values is None else [list(form) for form in self.model.picked(values)]

    def _fits(self, forms: list[list[int]], number: int, levels: list[float]) -> bool:
        alike = all(
            band.holds(forms[number], level) for band, level in zip(self.model.bands, levels, strict=True)
        )
        return alike and self._shares_little(forms, number)

    def _shares_little(self, forms: list[list[int]], number: int) -> bool:
        most, own = self.model.blueprint.likeness.most_shared, set(forms[number])
        others = forms[:number] + forms[number + 1 :]
        return most is None or all(len(own & set(other)) <= most for other in others)

    def _mended(self, forms: list[list[int]], number: int, levels: list[float]) -> list[int] | None:
        """Choose a form anew, the others staying."""
        own, others = forms[number], forms[:number] + forms[number + 1 :]
        uses = Counter(place for other in others for place in other)
        prices = self.prices[number]
        free = [place for place in range(len(prices)) if uses[place] < self.model.most_exposed]
        cheap = sorted(set(free).difference(own), key=lambda place: (prices[place], place))
        tried = 0
        for times in NEIGHBOURS:
            near = sorted({*own, *cheap[: times * len(own)]})
            if len(near) > tried and (found := self._chosen_anew(near, others, prices, levels)):
                return found
            tried = len(near)
        return None

    def _chosen_anew(
        self, near: list[int], others: list[list[int]], prices: NDArray[np.float64], levels: list[float]
    ) -> list[int] | None:
        one = self._one_form(near, others)
        programme = Programme.of(one.rows, one.chosen, np.append(prices[near], np.zeros(len(levels))))
        for column, level in enumerate(levels, start=one.chosen):
            programme = programme.holding(column, level)
        values = self._solved(programme)
        return None if values is None else [near[column] for column in one.picked(values)[0]]

    def _solved(self, programme: Programme) -> NDArray[np.float64] | None:
        """Return the values near the best; none if there are none, or not after so many nodes."""
        answer = programme.solved(gap=self.search.gap, seconds=self.search.left, nodes=NODES)
        if answer.status == TIME_LIMIT:
            raise self.search.given_up()
        return answer.x if answer.status == 0 else None

    def _one_form(self, near: list[int], others: list[list[int]]) -> Model:
        """Return the model of a form of the items at `near` that shares little with others."""
        model, at = self.model, {place: column for column, place in enumerate(near)}
        apart = [tuple(at[place] for place in places if place in at) for places in model.apart]
        pool = [model.pool[place] for place in near]
        one = Model(model.blueprint, pool, 1, model.figures, 1, [each for each in apart if len(each) > 1])
        most = model.blueprint.likeness.most_shared
        for other in others if most is not None else ():
            shared = one.of_form(0, (at[place] for place in other if place in at))
            one.rows.append(Row(OVERLAP, "shared", shared, np.ones(len(shared)), -np.inf, most or 0))
        return one
