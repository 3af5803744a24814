"""What items and tests tell about ability: response functions, information, reliability."""

import numpy as np
from numpy.typing import ArrayLike

from scoring.errors import ScoringError
from scoring.irt.grid import N_NODES, FloatArray, alike, check_sd, normal_log_weights, normal_nodes, sigmoid
from scoring.numbers import numbers_of


def irf(theta: ArrayLike, a: ArrayLike, b: ArrayLike, c: ArrayLike = 0.0) -> FloatArray:
    """Probability of a right answer, ``c + (1 - c) / (1 + exp(-a (theta - b)))``.

    Parameters
    ----------
    theta : array_like
        Abilities, of any shape.
    a, b, c : array_like, shape (n_items,)
        Discrimination, difficulty on the scale of ability, and lower asymptote, 0 to 1 (without the factor
        1.7); a single number stands for all items.

    Returns
    -------
    ndarray, shape theta.shape + (n_items,)

    Raises
    ------
    ScoringError
        If abilities or parameters are no numbers, or the parameters differ in length.

    References
    ----------
    Birnbaum (1968), in Lord & Novick, Statistical Theories of Mental Test Scores, 405.
    """
    a, b, c = alike(a, b, c)
    p = sigmoid(a * (numbers_of(theta, "abilities")[..., None] - b))
    return np.asarray(c + (1.0 - c) * p)


def item_information(theta: ArrayLike, a: ArrayLike, b: ArrayLike, c: ArrayLike = 0.0) -> FloatArray:
    """Fisher information of every item, ``a**2 (Q / P) ((P - c) / (1 - c))**2``.

    Parameters
    ----------
    theta, a, b, c
        As in `irf`.

    Returns
    -------
    ndarray, shape theta.shape + (n_items,)

    Raises
    ------
    ScoringError
        If the parameters are no numbers or differ in length.

    References
    ----------
    Lord (1980), Applications of Item Response Theory, 73.
    """
    a, b, c = alike(a, b, c)
    s = sigmoid(a * (numbers_of(theta, "abilities")[..., None] - b))
    p = c + (1.0 - c) * s
    ratio = np.divide(s, p, out=np.ones_like(p), where=p > 0.0)  # both vanish together when c is 0
    return np.asarray(a**2 * (1.0 - c) * (1.0 - s) * s * ratio)


def test_information(  # the name of the field, not a test
    theta: ArrayLike,
    a: ArrayLike,
    b: ArrayLike,
    c: ArrayLike = 0.0,  # noqa: PT028
) -> FloatArray:
    """Fisher information of the whole test; its inverse root is the standard error of ability.

    Parameters
    ----------
    theta, a, b, c
        As in `irf`.

    Returns
    -------
    ndarray, shape theta.shape

    Raises
    ------
    ScoringError
        If the parameters are no numbers or differ in length.

    References
    ----------
    Lord (1980), Applications of Item Response Theory, 71.
    """
    return np.asarray(item_information(theta, a, b, c).sum(axis=-1))


test_information.__test__ = False  # type: ignore[attr-defined]  # or pytest would run it


def expected_score(theta: ArrayLike, a: ArrayLike, b: ArrayLike, c: ArrayLike = 0.0) -> FloatArray:
    """Test characteristic curve: expected number of right answers.

    Parameters
    ----------
    theta, a, b, c
        As in `irf`.

    Returns
    -------
    ndarray, shape theta.shape

    Raises
    ------
    ScoringError
        If the parameters are no numbers or differ in length.

    References
    ----------
    Lord (1980), Applications of Item Response Theory, 49.
    """
    return np.asarray(irf(theta, a, b, c).sum(axis=-1))


def marginal_reliability(
    a: ArrayLike, b: ArrayLike, c: ArrayLike = 0.0, *, sd: float = 1.0, n_nodes: int = N_NODES
) -> float:
    """Mean over N(0, sd**2) of ``I / (I + 1 / sd**2)``: the reliability that the model promises.

    Parameters
    ----------
    a, b, c : array_like, shape (n_items,)
        As in `irf`.
    sd : float
        Standard deviation of ability, above 0.
    n_nodes : int
        Nodes on [-6, 6], at least 3.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    ScoringError
        If the parameters differ in length, or `sd` or `n_nodes` is out of range.

    References
    ----------
    Green, Bock, Humphreys, Linn & Reckase (1984), J. Educ. Meas. 21, 347-360.
    """
    nodes = normal_nodes(n_nodes)
    check_sd(sd)
    information = test_information(nodes, a, b, c)
    return float(np.exp(normal_log_weights(nodes, sd=sd)) @ (information / (information + sd**-2)))


def empirical_reliability(theta: ArrayLike, se: ArrayLike) -> float:
    """Share of true variance in estimated abilities: ``var(theta) / (var(theta) + mean(se**2))``.

    Parameters
    ----------
    theta, se : array_like, shape (n_persons,)
        Expected a posteriori estimates with their posterior standard deviations; at least two persons.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    ScoringError
        If they do not fit together or there are fewer than two persons.

    References
    ----------
    Bock & Mislevy (1982), Appl. Psychol. Meas. 6, 431-444.
    """
    estimates, errors = numbers_of(theta, "abilities"), numbers_of(se, "standard errors")
    if estimates.ndim != 1 or estimates.shape != errors.shape or len(estimates) < 2:
        raise ScoringError("at least two persons each need an ability and its standard error")
    spread = float(estimates.var(ddof=1))
    return spread / (spread + float((errors**2).mean()))
