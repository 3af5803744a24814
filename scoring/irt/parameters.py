"""The free parameters of a calibration as one vector: items of a model, then ability of further groups."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from scoring.irt.acceleration import Evaluation
from scoring.irt.expectation import Expectation, Expected
from scoring.irt.grid import FloatArray, Items, normal_log_weights
from scoring.irt.maximization import (
    FLAT,
    LARGEST_C,
    BetaPrior,
    gradient,
    maximize_1pl,
    maximize_2pl,
    maximize_3pl,
)


class Ability(NamedTuple):
    """Mean and standard deviation of ability in each group; the first is fixed at 0 and 1."""

    mean: FloatArray
    sd: FloatArray


class Model(Protocol):
    """How items of one model become numbers and back, and how they are maximised."""

    def pack(self, items: Items) -> FloatArray: ...
    def unpack(self, free: FloatArray) -> Items: ...
    def maximize(self, items: Items, expected: Expected, nodes: FloatArray) -> Items: ...
    def slope(self, items: Items, expected: Expected, nodes: FloatArray) -> FloatArray: ...
    def log_prior(self, items: Items) -> float: ...


@dataclass(frozen=True, slots=True)
class OneParameter:
    """One common discrimination, then an intercept per item."""

    def pack(self, items: Items) -> FloatArray:
        return np.concatenate([items.a[:1], items.d])

    def unpack(self, free: FloatArray) -> Items:
        d = free[1:]
        return Items(np.full_like(d, free[0]), d, np.zeros_like(d))

    def maximize(self, items: Items, expected: Expected, nodes: FloatArray) -> Items:
        return maximize_1pl(items, expected, nodes)

    def slope(self, items: Items, expected: Expected, nodes: FloatArray) -> FloatArray:
        by_item = gradient(items, expected, nodes)
        return np.concatenate([[by_item[:, 0].sum()], by_item[:, 1]])

    def log_prior(self, items: Items) -> float:  # noqa: ARG002 - this model has none
        return 0.0


@dataclass(frozen=True, slots=True)
class TwoParameters:
    """Discriminations, then intercepts."""

    def pack(self, items: Items) -> FloatArray:
        return np.concatenate([items.a, items.d])

    def unpack(self, free: FloatArray) -> Items:
        a, d = np.split(free, 2)
        return Items(a, d, np.zeros_like(a))

    def maximize(self, items: Items, expected: Expected, nodes: FloatArray) -> Items:
        return maximize_2pl(items, expected, nodes)

    def slope(self, items: Items, expected: Expected, nodes: FloatArray) -> FloatArray:
        return gradient(items, expected, nodes)[:, :2].T.ravel()

    def log_prior(self, items: Items) -> float:  # noqa: ARG002 - this model has none
        return 0.0


@dataclass(frozen=True, slots=True)
class ThreeParameters:
    """Discriminations, intercepts, lower asymptotes."""

    prior: BetaPrior = FLAT

    def pack(self, items: Items) -> FloatArray:
        return np.concatenate(items)

    def unpack(self, free: FloatArray) -> Items:
        a, d, c = np.split(free, 3)
        return Items(a, d, np.clip(c, self.prior.smallest_c, LARGEST_C))

    def maximize(self, items: Items, expected: Expected, nodes: FloatArray) -> Items:
        return maximize_3pl(items, expected, nodes, prior=self.prior)

    def slope(self, items: Items, expected: Expected, nodes: FloatArray) -> FloatArray:
        return gradient(items, expected, nodes, self.prior).T.ravel()

    def log_prior(self, items: Items) -> float:
        return 0.0 if self.prior is FLAT else float(self.prior.log_density(items.c).sum())


@dataclass(frozen=True, slots=True)
class Marginal:
    """The marginal likelihood of a model as a fixed-point map for `scoring.irt.acceleration.ascend`."""

    model: Model
    expect: Expectation
    n_groups: int

    def start(self, items: Items) -> FloatArray:
        """Begin with every group at mean 0, standard deviation 1."""
        return np.concatenate([self.model.pack(items), np.zeros(2 * (self.n_groups - 1))])

    def split(self, free: FloatArray) -> tuple[Items, Ability]:
        """Read items and group abilities out of the vector."""
        n_others = self.n_groups - 1
        n_free = len(free) - 2 * n_others
        mean, log_sd = np.split(free[n_free:], 2)
        ability = Ability(np.append(0.0, mean), np.append(1.0, np.exp(log_sd)))
        return self.model.unpack(free[:n_free]), ability

    def expected(self, free: FloatArray) -> tuple[Items, Ability, Expected]:
        """Run the E-step at a point."""
        items, ability = self.split(free)
        return items, ability, self.expect(items, self.log_weights(ability))

    def log_weights(self, ability: Ability) -> FloatArray:
        """Weights of the nodes in every group, shape (n_groups, n_nodes)."""
        pairs = zip(ability.mean, ability.sd, strict=True)
        return np.array([normal_log_weights(self.expect.nodes, m, s) for m, s in pairs])

    def project(self, free: FloatArray) -> FloatArray:
        """Bring an extrapolated point into the bounds."""
        n_free = len(free) - 2 * (self.n_groups - 1)
        return np.concatenate([self.model.pack(self.model.unpack(free[:n_free])), free[n_free:]])

    def __call__(self, free: FloatArray) -> Evaluation:
        items, ability, expected = self.expected(free)
        nodes = self.expect.nodes
        better = self.model.pack(self.model.maximize(items, expected, nodes))
        slope = self.model.slope(items, expected, nodes)
        moments, moment_slope = self._group_step(ability, expected)
        value = expected.loglik + self.model.log_prior(items)
        return Evaluation(value, np.concatenate([better, moments]), np.concatenate([slope, moment_slope]))

    def _group_step(self, ability: Ability, expected: Expected) -> tuple[FloatArray, FloatArray]:
        """New mean and log standard deviation of the further groups, and the gradient in them."""
        nodes = self.expect.nodes
        persons = expected.persons[1:]
        size = persons.sum(axis=1)
        mean = persons @ nodes / size
        deviation = nodes - mean[:, None]
        sd = np.sqrt((persons * deviation**2).sum(axis=1) / size)
        weights = np.exp(self.log_weights(ability)[1:])
        z = (nodes - ability.mean[1:, None]) / ability.sd[1:, None]
        excess = persons - size[:, None] * weights
        slopes = [(excess * z).sum(axis=1) / ability.sd[1:], (excess * z**2).sum(axis=1)]
        return np.concatenate([mean, np.log(sd)]), np.concatenate(slopes)


Report = Callable[[int, float, float], None]
