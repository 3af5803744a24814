"""What items and tests tell about ability: response functions, information, reliability."""

import numpy as np
from numpy.typing import ArrayLike

from scoring.irt.grid import N_NODES, FloatArray, normal_log_weights, normal_nodes, sigmoid


def irf(theta: ArrayLike, a: ArrayLike, b: ArrayLike, c: ArrayLike = 0.0) -> FloatArray:
    """Probability of a right answer, ``c + (1 - c) / (1 + exp(-a (theta - b)))``.

    Parameters
    ----------
    theta : array_like
        Abilities, of any shape.
    a, b, c : array_like, shape (n_items,)
        Discrimination, difficulty and lower asymptote (without the factor 1.7).

    Returns
    -------
    ndarray, shape theta.shape + (n_items,)

    References
    ----------
    Birnbaum (1968), in Lord & Novick, Statistical Theories of Mental Test Scores, 405.
    """
    a, b, c = _items(a, b, c)
    p = sigmoid(a * (np.asarray(theta, dtype=np.float64)[..., None] - b))
    return np.asarray(c + (1.0 - c) * p)


def item_information(theta: ArrayLike, a: ArrayLike, b: ArrayLike, c: ArrayLike = 0.0) -> FloatArray:
    """Fisher information of every item, shape theta.shape + (n_items,).

    It is ``a**2 (Q / P) ((P - c) / (1 - c))**2``: Lord (1980), Applications of Item Response Theory, 73.
    """
    a, b, c = _items(a, b, c)
    s = sigmoid(a * (np.asarray(theta, dtype=np.float64)[..., None] - b))
    p = c + (1.0 - c) * s
    ratio = np.divide(s, p, out=np.ones_like(p), where=p > 0.0)  # both vanish together when c is 0
    return np.asarray(a**2 * (1.0 - c) * (1.0 - s) * s * ratio)


def test_information(  # the name of the field, not a test
    theta: ArrayLike,
    a: ArrayLike,
    b: ArrayLike,
    c: ArrayLike = 0.0,  # noqa: PT028
) -> FloatArray:
    """Fisher information of the whole test, in the shape of `theta`; its inverse root is the SE."""
    return np.asarray(item_information(theta, a, b, c).sum(axis=-1))


test_information.__test__ = False  # type: ignore[attr-defined]  # or pytest would run it


def expected_score(theta: ArrayLike, a: ArrayLike, b: ArrayLike, c: ArrayLike = 0.0) -> FloatArray:
    """Test characteristic curve: expected number of right answers, in the shape of `theta`."""
    return np.asarray(irf(theta, a, b, c).sum(axis=-1))


def marginal_reliability(
    a: ArrayLike, b: ArrayLike, c: ArrayLike = 0.0, *, sd: float = 1.0, n_nodes: int = N_NODES
) -> float:
    """Mean over N(0, sd**2) of ``I / (I + 1 / sd**2)``: the reliability that the model promises.

    References
    ----------
    Green, Bock, Humphreys, Linn & Reckase (1984), J. Educ. Meas. 21, 347-360.
    """
    nodes = normal_nodes(n_nodes)
    information = test_information(nodes, a, b, c)
    return float(np.exp(normal_log_weights(nodes, sd=sd)) @ (information / (information + sd**-2)))


def empirical_reliability(theta: ArrayLike, se: ArrayLike) -> float:
    """Share of true variance in estimated abilities: ``var(theta) / (var(theta) + mean(se**2))``.

    For expected a posteriori estimates with their posterior standard deviations.
    """
    estimates, errors = np.asarray(theta, dtype=np.float64), np.asarray(se, dtype=np.float64)
    spread = float(estimates.var(ddof=1))
    return spread / (spread + float((errors**2).mean()))


def _items(a: ArrayLike, b: ArrayLike, c: ArrayLike) -> tuple[FloatArray, FloatArray, FloatArray]:
    a, b, c = np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in (a, b, c)))
    return np.atleast_1d(a), np.atleast_1d(b), np.atleast_1d(c)
