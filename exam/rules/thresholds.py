"""The mark that has to be reached: a dated, sourced setting with two approvers, never a figure in code.

The law leaves the figures to an act of the body itself, and for the internal affairs bodies that act is for
official use only. What is shipped with the service is a sample and says so in its source.

Source
------
Law on law-enforcement service of 6 January 2011 No. 380-IV, article 48 (2) (threshold values are set by the
body's act); Decree of the President of the Republic of Kazakhstan No. 490 of 28 February 2024, Rules, 18.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from exam.rules.refusals import Refusal
from scoring.outcome import Ground, Part, PartKind, PartState


@dataclass(frozen=True, slots=True)
class Threshold:
    """What a test part asks for, in points.

    Parameters
    ----------
    kind : PartKind
        Legislation or logic.
    value : int
        The least number of points overall.
    minimum_by_area : tuple of (str, int)
        The least number of points in each act or area that has its own minimum.
    source : str
        The act, with number, date and clause, or the words that it is a sample.
    approved_by : tuple of int
        The two persons who approved it.
    valid_from : date
        The first day of its force.
    """

    kind: PartKind
    value: int
    minimum_by_area: tuple[tuple[str, int], ...]
    source: str
    approved_by: tuple[int, int]
    valid_from: date


THRESHOLD_CODES = frozenset(
    {"threshold_met", "threshold_missed", "area_met", "area_missed", "threshold_source"}
)
"""Every ground that a judged test part may carry."""


def threshold_problems(
    threshold: Threshold, *, maximum: int, maximum_by_area: Mapping[str, int]
) -> tuple[Refusal, ...]:
    """Return everything that is wrong with a threshold as entered; empty when nothing is.

    Parameters
    ----------
    threshold : Threshold
    maximum : int
        Points the whole paper can give.
    maximum_by_area : mapping of str to int
        Points each area of the paper can give.
    """
    problems = []
    if threshold.kind is PartKind.NORMS:
        problems.append(Refusal("norms_have_no_threshold"))
    if not 1 <= threshold.value <= maximum:
        problems.append(Refusal("value_out_of_range", (("maximum", str(maximum)),)))
    if not threshold.source.strip():
        problems.append(Refusal("source_missing"))
    if threshold.approved_by[0] == threshold.approved_by[1]:
        problems.append(Refusal("same_person"))
    return (*problems, *_area_problems(threshold, maximum_by_area))


def threshold_on(day: date, history: Iterable[Threshold]) -> Threshold | None:
    """Return the threshold in force on `day`: the latest that had begun, or None.

    A later one acts forward only; of two that begin on one day the one entered later replaces the earlier.
    """
    begun = [each for each in history if each.valid_from <= day]
    return max(reversed(begun), key=lambda each: each.valid_from, default=None)


def judge_points(threshold: Threshold, points: int, points_by_area: Mapping[str, int]) -> Part:
    """Say whether a test part is passed, with a ground for every limit.

    Reaching a limit meets it: rule 18 speaks of a mark *below* the threshold. The part is passed when the
    overall value and the minimum of every area are met.

    Parameters
    ----------
    threshold : Threshold
    points : int
        Points overall.
    points_by_area : mapping of str to int
        Points in each area; an area with a minimum that is missing here has given no point.

    Returns
    -------
    Part
        Its grounds are ``threshold_met`` or ``threshold_missed``, then for each area ``area_met`` or
        ``area_missed``, and last the source.

    Raises
    ------
    ValueError
        If points are negative.
    """
    if points < 0 or any(value < 0 for value in points_by_area.values()):
        raise ValueError("points are never negative")
    limits = [("threshold", "", points, threshold.value)]
    limits += [
        ("area", area, points_by_area.get(area, 0), minimum) for area, minimum in threshold.minimum_by_area
    ]
    passed = all(reached >= limit for _, _, reached, limit in limits)
    return Part(
        kind=threshold.kind,
        state=PartState.PASSED if passed else PartState.FAILED,
        grounds=(
            *(_judged(*limit) for limit in limits),
            Ground("threshold_source", (("source", threshold.source),)),
        ),
    )


def _judged(scope: str, area: str, reached: int, limit: int) -> Ground:
    facts = (("points", str(reached)), ("limit", str(limit)))
    code = f"{scope}_met" if reached >= limit else f"{scope}_missed"
    return Ground(code, (("area", area), *facts) if area else facts)


def _area_problems(threshold: Threshold, maximum_by_area: Mapping[str, int]) -> tuple[Refusal, ...]:
    problems = []
    seen: set[str] = set()
    for area, minimum in threshold.minimum_by_area:
        if area in seen:
            problems.append(Refusal("area_twice", (("area", area),)))
        seen.add(area)
        most = maximum_by_area.get(area)
        if most is None:
            problems.append(Refusal("area_not_in_paper", (("area", area),)))
        elif not 0 <= minimum <= most:
            problems.append(Refusal("minimum_out_of_range", (("area", area), ("maximum", str(most)))))
    return tuple(problems)
