"""Whether time ran out: who reached the end, and what the last items show of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.encoding import Missing
from scoring.errors import ResponseError
from scoring.responses import ResponseMatrix


@dataclass(frozen=True, slots=True, eq=False)
class Speededness:
    """How far persons came.

    Attributes
    ----------
    completed : float
        Share of persons who answered or passed over every item.
    reached_three_quarters : float
        Share who reached at least 75 % of the items.
    items_reached_by_80 : float
        Share of the items that at least 80 % of the persons reached.
    speed_variance_ratio : float
        Variance of the not reached over the variance of the wrong, omitted and not reached together;
        above 0.25 the test is in part a test of speed. NaN when the latter does not vary.
    not_reached : ndarray, shape (n_items,)
        Share of persons who did not reach the item.
    unspeeded : bool
        Swineford's rule: all items reached by 80 %, and 75 % of the items by everybody.
    """

    completed: float
    reached_three_quarters: float
    items_reached_by_80: float
    speed_variance_ratio: float
    not_reached: NDArray[np.float64]
    unspeeded: bool


def speededness(responses: ResponseMatrix) -> Speededness:
    """Describe how far persons came in a test whose items stand in the order in which they were put.

    Parameters
    ----------
    responses : ResponseMatrix
        With missing answers by kind; items in the order of the form.

    Returns
    -------
    Speededness
        Shares, 0 to 1.

    Raises
    ------
    ResponseError
        If not every item was administered to everybody: then the order differs between persons.

    References
    ----------
    Gulliksen, H. (1950). Theory of Mental Tests, chapter 17.
    Swineford, F. (1974). The Test Analysis Manual. ETS SR-74-06.
    """
    if responses.administered is not None:
        raise ResponseError("speededness is for one form that everybody took; select its persons and items")
    n_persons, n_items = responses.points.shape
    missing = responses.missing
    late = np.zeros((n_persons, n_items), bool) if missing is None else missing == Missing.NOT_REACHED
    not_reached = late.mean(axis=0)
    unreached = late.sum(axis=1)
    short = responses.max_points.sum() - responses.total_scores()
    everyone_far = float((n_items - unreached >= 0.75 * n_items).mean())
    by_most = float((not_reached <= 0.20).mean())
    spread = float(np.var(short))
    return Speededness(
        completed=float((unreached == 0).mean()),
        reached_three_quarters=everyone_far,
        items_reached_by_80=by_most,
        speed_variance_ratio=float(np.var(unreached)) / spread if spread > 0 else float("nan"),
        not_reached=not_reached,
        unspeeded=everyone_far == 1.0 and by_most == 1.0,
    )
