"""Climb to a maximum by a monotone fixed-point map, with Anderson's extrapolation."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scoring.errors import ScoringError
from scoring.irt.grid import FloatArray
from scoring.numbers import whole_number


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The objective and its gradient at a point, and where the fixed-point map leads from there."""

    value: float
    proposal: FloatArray
    gradient: FloatArray


@dataclass(frozen=True, slots=True)
class Ascent:
    """Where the climb ended; `value` and `gradient` belong to `point`."""

    point: FloatArray
    value: float
    gradient: FloatArray
    n_iter: int
    converged: bool


class Anderson:
    """Extrapolation of a fixed-point iteration from its last few steps.

    References
    ----------
    Walker & Ni (2011), SIAM J. Numer. Anal. 49, 1715-1735; for EM with a monotone safeguard:
    Henderson & Varadhan (2019), J. Comput. Graph. Stat. 28, 834-846.
    """

    def __init__(self, memory: int) -> None:
        self._points: deque[FloatArray] = deque(maxlen=memory + 1)
        self._steps: deque[FloatArray] = deque(maxlen=memory + 1)

    def forget(self) -> None:
        """Drop the history, after a step that failed."""
        self._points.clear()
        self._steps.clear()

    def next_point(self, point: FloatArray, step: FloatArray) -> FloatArray:
        """Combine the last steps so that their residual is least."""
        self._points.append(point)
        self._steps.append(step)
        if len(self._steps) < 2:
            return point + step
        d_points = np.diff(np.array(self._points), axis=0).T
        d_steps = np.diff(np.array(self._steps), axis=0).T
        mix = np.linalg.lstsq(d_steps, step, rcond=1e-8)[0]
        return np.asarray(point + step - (d_points + d_steps) @ mix)


def check_ascent(tol: float, max_iter: int) -> None:
    """Refuse a climb that would never begin or end.

    Raises
    ------
    ScoringError
        If the tolerance is not above 0, or there is to be no pass.
    """
    if not 0.0 < tol < np.inf:
        raise ScoringError(f"the largest last step is a number above 0, not {tol}")
    whole_number(max_iter, "the number of passes", 1)


def ascend(
    evaluate: Callable[[FloatArray], Evaluation],
    start: FloatArray,
    *,
    tol: float,
    gradient_tol: float = np.inf,
    max_iter: int = 1000,
    memory: int = 6,
    project: Callable[[FloatArray], FloatArray] = np.asarray,
    report: Callable[[int, float, float], None] | None = None,
) -> Ascent:
    """Repeat the map `evaluate` from `start` until a step is shorter than `tol` in every component.

    Parameters
    ----------
    evaluate : callable
        Gives value, proposal and gradient at a point; the value at the proposal is never lower.
    tol : float
        Largest component of the last plain step.
    gradient_tol : float
        The Euclidean norm of the gradient must be below this, too.
    max_iter : int
        Most evaluations, at least 1.
    project : callable
        Brings an extrapolated point back into its bounds.
    report : callable, optional
        Called after every evaluation with its number, the value and the largest component of the step.

    Returns
    -------
    Ascent

    Raises
    ------
    ScoringError
        If the tolerance is not above 0, or there is to be no pass.

    Notes
    -----
    When an extrapolated point lies lower than the one before, the climb goes on from the plain proposal.
    """
    check_ascent(tol, max_iter)
    mixing = Anderson(memory)
    point, last = start, None
    for n_iter in range(1, max_iter + 1):
        here = evaluate(point)
        if last is not None and not here.value >= last.value - 1e-11 * abs(last.value):
            point, last = last.proposal, None
            mixing.forget()
            continue
        step = here.proposal - point
        size = float(np.abs(step).max())
        if report is not None:
            report(n_iter, here.value, size)
        if size < tol and float(np.linalg.norm(here.gradient)) < gradient_tol:
            return Ascent(point, here.value, here.gradient, n_iter, converged=True)
        at, last = point, here
        point = project(mixing.next_point(point, step))
    here = evaluate(at)
    return Ascent(at, here.value, here.gradient, n_iter, converged=False)
