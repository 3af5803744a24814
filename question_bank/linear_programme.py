"""A mixed-integer programme in rows, as the solver takes it.

Every column is from 0; the first ones are 0 or 1. The solver is HiGHS, by way of scipy.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

FRACTION = 1e-6
"""A value nearer to 0 than this is 0 to the solver."""


@dataclass(frozen=True, slots=True)
class Row:
    """One linear constraint: ``low <= weights @ x[columns] <= high``.

    `group` is its place in `assembly_model.PRICES`, the order in which constraints are given up when they
    cannot all be kept; a group that is not listed there is never given up.
    """

    name: str
    group: str
    columns: NDArray[np.intp]
    weights: NDArray[np.float64]
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Relaxed:
    """The best values when 0/1 columns may be fractions, and what a unit more of each column costs there.

    No whole-numbered answer costs less than `bound`.
    """

    values: NDArray[np.float64]
    reduced_costs: NDArray[np.float64]
    bound: float


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """Minimise ``costs @ x`` within rows and bounds; the first `chosen` columns are 0 or 1."""

    rows: Sequence[Row]
    chosen: int
    costs: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]

    @classmethod
    def of(cls, rows: Sequence[Row], chosen: int, costs: NDArray[np.float64]) -> "Programme":
        upper = np.full(len(costs), np.inf)
        upper[:chosen] = 1.0
        return cls(rows, chosen, costs, np.zeros(len(costs)), upper)

    def without(self, groups: frozenset[str]) -> "Programme":
        """Leave the rows of some groups aside."""
        return replace(self, rows=[row for row in self.rows if row.group not in groups])

    def among(self, columns: NDArray[np.intp]) -> "Programme":
        """Let no other 0/1 column than `columns` be chosen."""
        upper = self.upper.copy()
        upper[: self.chosen] = 0.0
        upper[columns] = self.upper[columns]
        return replace(self, upper=upper)

    def holding(self, column: int, value: float) -> "Programme":
        """Give a column its value."""
        lower, upper = self.lower.copy(), self.upper.copy()
        lower[column] = upper[column] = value
        return replace(self, lower=lower, upper=upper)

    def solved(self, *, gap: float, seconds: float, nodes: int | None = None) -> Any:
        """Return scipy's answer: within `gap` of the best, or what was found in so many seconds or nodes."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        options = {"time_limit": seconds, "mip_rel_gap": gap} | (
            {} if nodes is None else {"node_limit": nodes}
        )
        whole = np.zeros(len(self.costs))
        whole[: self.chosen] = 1
        return milp(
            self.costs,
            constraints=LinearConstraint(self._matrix(), *self._sides()),
            integrality=whole,
            bounds=Bounds(self.lower, self.upper),
            options=options,
        )

    def relaxed(self, *, seconds: float) -> Relaxed | None:
        """Solve in fractions; None when even they cannot meet the rows.

        Raises
        ------
        TimeoutError
            If that takes longer.
        """
        from scipy.optimize import linprog
        from scipy.sparse import vstack

        matrix, (low, high) = self._matrix(), self._sides()
        equal = low == high
        under, over = ~equal & (high < np.inf), ~equal & (low > -np.inf)
        answer = linprog(
            self.costs,
            A_ub=vstack([matrix[under], -matrix[over]]).tocsr(),
            b_ub=np.concatenate([high[under], -low[over]]),
            A_eq=matrix[equal],
            b_eq=low[equal],
            bounds=np.column_stack([self.lower, self.upper]),
            method="highs",
            options={"time_limit": seconds},
        )
        if answer.status == 2:
            return None
        if answer.status != 0:
            raise TimeoutError(answer.message)
        return Relaxed(answer.x, answer.lower.marginals + answer.upper.marginals, float(answer.fun))

    def _sides(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return np.array([row.low for row in self.rows]), np.array([row.high for row in self.rows])

    def _matrix(self) -> Any:
        from scipy.sparse import coo_array

        at = np.repeat(np.arange(len(self.rows)), [len(row.columns) for row in self.rows])
        columns = np.concatenate([row.columns for row in self.rows])
        weights = np.concatenate([row.weights for row in self.rows])
        return coo_array((weights, (at, columns)), shape=(len(self.rows), len(self.costs))).tocsr()
