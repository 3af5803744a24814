"""Take items that work differently out of the matching score, until that changes nothing any more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from scoring.errors import ScoringError

Mask = NDArray[np.bool_]
Outcome = TypeVar("Outcome")

MOST_ROUNDS = 50


@dataclass(frozen=True, slots=True, eq=False)
class Purification:
    """How the anchor was found.

    Attributes
    ----------
    anchor : ndarray of bool, shape (n_items,)
        Items that make up the matching score.
    n_iter : int
        Rounds after the first; 0 without purification, or when no item was flagged.
    converged : bool
        Whether the last round flagged the same items as the one before.
    cycle : int
        Number of rounds after which the flags came back to what they had been; 0 without a cycle. The
        anchor then is what no round of the cycle flagged.
    """

    anchor: Mask
    n_iter: int = 0
    converged: bool = True
    cycle: int = 0


def check_level(alpha: float) -> None:
    """Refuse a level of significance that is none.

    Raises
    ------
    ScoringError
        If it does not lie between 0 and 1.
    """
    if not 0 < alpha < 1:
        raise ScoringError(f"a level of significance lies between 0 and 1, not {alpha:g}")


def purified(
    test: Callable[[Mask], Outcome],
    flagged: Callable[[Outcome], Mask],
    n_items: int,
    *,
    max_iter: int = MOST_ROUNDS,
) -> tuple[Outcome, Purification]:
    """Repeat a test with the items that it did not flag as the anchor.

    Parameters
    ----------
    test : callable
        Takes the anchor, a mask of items, and returns an outcome for all items.
    flagged : callable
        Tells which items an outcome flags.
    max_iter : int
        Most rounds.

    Returns
    -------
    outcome, Purification
        When every item is flagged there is nothing left to match on: the last outcome stands, not
        converged.

    Raises
    ------
    ScoringError
        If there is to be no round.

    References
    ----------
    Candell & Drasgow (1988), Appl. Psychol. Meas. 12, 253-260. Clauser, Mazor & Hambleton (1993), Appl.
    Meas. Educ. 6, 269-279.
    """
    if max_iter < 1:
        raise ScoringError(f"purification needs at least one round, not {max_iter}")
    anchor = np.ones(n_items, dtype=np.bool_)
    outcome = test(anchor)
    seen = [flagged(outcome)]
    if not seen[0].any():
        return outcome, Purification(anchor)
    for n_iter in range(1, max_iter + 1):
        if seen[-1].all():
            return outcome, Purification(anchor, n_iter - 1, converged=False)
        anchor = ~seen[-1]
        outcome = test(anchor)
        now = flagged(outcome)
        if np.array_equal(now, seen[-1]):
            return outcome, Purification(anchor, n_iter)
        earlier = [k for k, flags in enumerate(seen) if np.array_equal(flags, now)]
        if earlier:
            return _settle(test, outcome, anchor, seen[earlier[-1] :], n_iter)
        seen.append(now)
    return outcome, Purification(anchor, max_iter, converged=False)


def _settle(
    test: Callable[[Mask], Outcome], outcome: Outcome, anchor: Mask, cycle: list[Mask], n_iter: int
) -> tuple[Outcome, Purification]:
    """End a cycle with the items that none of its rounds flagged, if there are any."""
    never = ~np.logical_or.reduce(cycle)
    if not never.any():
        return outcome, Purification(anchor, n_iter, converged=False, cycle=len(cycle))
    return test(never), Purification(never, n_iter, converged=False, cycle=len(cycle))
