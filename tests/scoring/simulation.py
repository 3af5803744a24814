"""Simulated examinees: the truth that an estimator has to find again."""

import itertools
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Simulated(NamedTuple):
    X: NDArray[np.uint8]
    a: NDArray[np.float64]
    b: NDArray[np.float64]
    c: NDArray[np.float64]
    theta: NDArray[np.float64]


def simulate(
    n_persons: int, n_items: int, model: str = "2pl", *, seed: int = 1, mean: float = 0.0, sd: float = 1.0
) -> Simulated:
    rng = np.random.default_rng(seed)
    a = np.ones(n_items) if model == "1pl" else np.exp(rng.normal(0.0, 0.3, n_items))
    b = rng.normal(0.0, 1.0, n_items)
    c = rng.beta(8, 26, n_items) if model == "3pl" else np.zeros(n_items)
    theta = rng.normal(mean, sd, n_persons)
    p = c + (1 - c) / (1 + np.exp(-a * (theta[:, None] - b)))
    return Simulated((rng.random(p.shape) < p).astype(np.uint8), a, b, c, theta)


def slow_loglik(X, a, d, c, *, n_nodes: int = 61) -> float:
    """Write the marginal log-likelihood down person by person, from its definition."""
    nodes = np.linspace(-6, 6, n_nodes)
    weights = np.exp(-0.5 * nodes**2)
    weights /= weights.sum()
    total = 0.0
    for row in np.asarray(X, dtype=float):
        joint = weights.copy()
        for x, a_j, d_j, c_j in zip(row, a, d, c, strict=True):
            p = c_j + (1 - c_j) * 0.5 * (1 + np.tanh(0.5 * (a_j * nodes + d_j)))
            if not np.isnan(x):
                joint = joint * (p if x else 1 - p)
        total += np.log(joint.sum())
    return float(total)


def patterns(n_items: int) -> NDArray[np.uint8]:
    """All different rows of answers."""
    return np.array(list(itertools.product((0, 1), repeat=n_items)), dtype=np.uint8)
