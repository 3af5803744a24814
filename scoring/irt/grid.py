"""The grid of ability on which the marginal likelihood is a sum, and the curves of the items on it."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoring.errors import ScoringError
from scoring.numbers import numbers_of, whole_number

FloatArray = NDArray[np.float64]

N_NODES = 61
FEWEST_NODES = 3
LIMIT = 6.0


class Items(NamedTuple):
    """Item parameters of the logit ``a * theta + d`` with lower asymptote `c`; arrays of shape (n_items,)."""

    a: FloatArray
    d: FloatArray
    c: FloatArray

    @classmethod
    def from_difficulty(cls, a: ArrayLike, b: ArrayLike, c: ArrayLike = 0.0) -> "Items":
        """Build from discrimination, difficulty and lower asymptote; single numbers stand for all items."""
        slopes, difficulties, asymptotes = alike(a, b, c)
        return cls(slopes, -slopes * difficulties, asymptotes.copy())


def alike(a: ArrayLike, b: ArrayLike, c: ArrayLike) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Bring item parameters to one length, shape (n_items,).

    Raises
    ------
    ScoringError
        If they are no numbers or differ in length.
    """
    values = [numbers_of(value, "item parameters") for value in (a, b, c)]
    try:
        slopes, difficulties, asymptotes = np.broadcast_arrays(*values)
    except ValueError:
        shapes = ", ".join(str(value.shape) for value in values)
        raise ScoringError(f"every item needs one a, b and c, not arrays of shape {shapes}") from None
    return np.atleast_1d(slopes), np.atleast_1d(difficulties), np.atleast_1d(asymptotes)


@dataclass(frozen=True, slots=True)
class Curves:
    """What an answer says about ability: ``log P = log_wrong + log_odds``; shape (n_items, n_nodes)."""

    log_odds: FloatArray
    log_wrong: FloatArray


def normal_nodes(n_nodes: int = N_NODES, limit: float = LIMIT) -> FloatArray:
    """Return equally spaced ability nodes on [-limit, limit].

    Raises
    ------
    ScoringError
        If there are fewer than `FEWEST_NODES`.
    """
    n_nodes = whole_number(n_nodes, "the number of nodes", FEWEST_NODES)
    return np.linspace(-limit, limit, n_nodes)


def check_sd(sd: float, mean: float = 0.0) -> None:
    """Refuse a normal distribution of ability that is none.

    Raises
    ------
    ScoringError
        If the standard deviation is not above 0, or either is not finite.
    """
    if not 0.0 < sd < np.inf:
        raise ScoringError(f"the standard deviation of ability is a number above 0, not {sd}")
    if not np.isfinite(mean):
        raise ScoringError(f"the mean of ability is a number, not {mean}")


def normal_log_weights(nodes: FloatArray, mean: float = 0.0, sd: float = 1.0) -> FloatArray:
    """Return the logarithms of normal weights on the nodes, renormalised to add up to one."""
    log_density = -0.5 * ((nodes - mean) / sd) ** 2
    largest = log_density.max()
    return np.asarray(log_density - largest - np.log(np.exp(log_density - largest).sum()))


def softplus(z: FloatArray) -> FloatArray:
    """Return ``log(1 + exp(z))`` without overflow."""
    return np.logaddexp(0.0, z)


def sigmoid(z: FloatArray) -> FloatArray:
    """Return the logistic function of z without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * z)))


def curves(items: Items, nodes: FloatArray) -> Curves:
    """Compute the log-odds of a right answer and the log-probability of a wrong one at every node."""
    z = np.multiply.outer(items.a, nodes) + items.d[:, None]
    upper = softplus(z)
    if not items.c.any():
        return Curves(z, -upper)
    with np.errstate(divide="ignore"):
        log_guess_odds = np.log(items.c) - np.log1p(-items.c)
    log_odds = np.logaddexp(z, log_guess_odds[:, None] + upper)
    return Curves(log_odds, np.log1p(-items.c)[:, None] - upper)
