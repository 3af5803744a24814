"""Pictures of numbers for the pages: plain data in, SVG and a sentence out.

Every picture draws its threshold or reference, shows an interval wherever there is an estimate, and
never tells two things apart by colour alone.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import cycle
from math import isfinite
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import ngettext

from exam.web.drawing import (
    ACCENT,
    FAILED,
    INK,
    INK_QUIET,
    LINE,
    RESTRICTED,
    Plot,
    canvas,
    finished,
    legend_above,
    number,
    whole,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MARKS = ("o", "s", "^", "D", "v", "P", "X", "*")
DASHES = ("--", ":", "-.", (0, (6, 2, 1, 2)), (0, (1, 3)))

NAME = (0.045, 0.05)
"""What a name in the map of items takes of the picture's width and height."""

Interval = tuple[float, float]


def score_histogram(
    scores: Sequence[float],
    passed: Sequence[bool],
    *,
    cut: float,
    maximum: float,
    sem: float | None = None,
) -> Plot:
    """Draw how many people have each score, who of them passed, and where the overall threshold stands.

    Parameters
    ----------
    scores : sequence of float
        One total score a person, in points from 0 to `maximum`.
    passed : sequence of bool
        The verdict on each; below the minimum of an area one fails at any score.
    cut : float
        Overall threshold in points; drawn with ± one standard error.
    maximum : float
        Largest possible score in points.
    sem : float, optional
        Standard error of measurement in points.
    """
    figure, axes = canvas()
    width = max(1, round(maximum / 60))
    _stacked_bars(axes, scores, passed, width)
    if sem is not None:
        axes.axvspan(
            cut - sem, cut + sem, color=RESTRICTED, alpha=0.15, label=_("± standard error"), linewidth=0
        )
    axes.axvline(cut, color=INK, linewidth=1.75, label=_threshold_words(cut))
    axes.set(xlabel=_("Score, points"), ylabel=_("People"), xlim=(-0.5, maximum + 0.5))
    axes.yaxis.get_major_locator().set_params(integer=True)
    legend_above(axes)
    met = sum(score >= cut for score in scores)
    at_threshold = ngettext(
        "%(num)d result: %(met)d at or above the threshold of %(cut)s, %(below)d below it.",
        "%(num)d results: %(met)d at or above the threshold of %(cut)s, %(below)d below it.",
        len(scores),
        met=met,
        below=len(scores) - met,
        cut=number(cut),
    )
    by_verdict = _(
        "By the verdict, minima of areas included, passed: %(passed)d, not passed: %(failed)d.",
        passed=sum(passed),
        failed=len(scores) - sum(passed),
    )
    return finished(figure, f"{at_threshold} {by_verdict}")


def _stacked_bars(axes: "Axes", scores: Sequence[float], passed: Sequence[bool], width: int) -> None:
    """Who did not pass below, who passed above them; a bar of nobody is not drawn, which costs time."""
    failed, through = (
        Counter(int(score + 0.5) // width for score, one in zip(scores, passed, strict=True) if one == side)
        for side in (False, True)
    )
    under: Counter[int] = Counter()
    for counts, colour, words in ((failed, LINE, _("not passed")), (through, ACCENT, _("passed"))):
        places, heights = list(counts), list(counts.values())
        lefts, floors = [width * place - 0.5 for place in places], [under[place] for place in places]
        axes.bar(
            *(lefts, heights, width, floors),
            align="edge",
            color=colour,
            edgecolor="white",
            linewidth=0.5,
            label=words if counts else "",
        )
        under = counts


def item_map(
    difficulty: Sequence[float],
    discrimination: Sequence[float],
    labels: Sequence[str],
    *,
    flagged: Collection[int] = (),
    least: float = 0.2,
) -> Plot:
    """Draw each item by its difficulty and discrimination; flagged items bear their names where they fit.

    Parameters
    ----------
    difficulty : sequence of float
        Share of the points reached, 0 (nobody) to 1 (everybody).
    discrimination : sequence of float
        Correlation of the item with the rest of the test, −1 to 1; NaN leaves the item out.
    labels : sequence of str
        Name of each item.
    flagged : collection of int
        Positions of the items that want a look.
    least : float
        The discrimination wanted at least; drawn as a line.
    """
    figure, axes = canvas(height=4.2)
    points = list(zip(difficulty, discrimination, strict=True))
    known = [i for i, point in enumerate(points) if all(map(isfinite, point))]
    for is_flagged, colour, mark, words in (
        (False, ACCENT, "o", _("no flag")),
        (True, FAILED, "^", _("flagged")),
    ):
        chosen = [points[i] for i in known if (i in flagged) is is_flagged]
        across, up = [p for p, _r in chosen], [r for _p, r in chosen]
        axes.scatter(across, up, s=30, c=colour, marker=mark, label=words)
    for i in _with_room({i: points[i] for i in known if i in flagged}, [points[i] for i in known]):
        axes.annotate(labels[i], points[i], (4, 3), textcoords="offset points", fontsize=8)
    wanted = _("least wanted %(value)s", value=number(least))
    axes.axhline(least, color=INK, linewidth=1.25, linestyle="--", label=wanted)
    axes.axhline(0, color=LINE, linewidth=1)
    axes.set(xlabel=_("Difficulty: share of right answers"), ylabel=_("Item–rest correlation"), xlim=(0, 1))
    legend_above(axes)
    said = ngettext(
        "%(num)d item by difficulty and discrimination; flagged: %(flagged)d.",
        "%(num)d items by difficulty and discrimination; flagged: %(flagged)d.",
        len(known),
        flagged=len(set(known).intersection(flagged)),
    )
    return finished(figure, said)


def _with_room(wanted: Mapping[int, Interval], drawn: Sequence[Interval]) -> list[int]:
    """Choose names that do not lie over one another; the items that discriminate least go first."""
    heights = [up for _across, up in drawn]
    reach = (max(heights) - min(heights)) if heights else 0.0
    wide, high = NAME[0], NAME[1] * reach
    named: list[int] = []
    for i, (across, up) in sorted(wanted.items(), key=lambda item: item[1][1]):
        near = (wanted[other] for other in named)
        if all(abs(across - x) >= wide or abs(up - y) >= high for x, y in near):
            named.append(i)
    return named


def option_curves(shares: Mapping[str, Sequence[float]], *, key: str, groups: Sequence[str]) -> Plot:
    """Draw how often each option of an item was chosen in groups of rising total score.

    Parameters
    ----------
    shares : mapping of str to sequence of float
        Option to its share in each group, 0 to 1.
    key : str
        The right option, or "" when the picture must not show it.
    groups : sequence of str
        Names of the groups, the weakest first.
    """
    figure, axes = canvas()
    places = range(len(groups))
    for option, mark, dash in zip(shares, cycle(MARKS), cycle(DASHES), strict=False):
        right = option == key
        words = _("%(option)s (key)", option=option) if right else option
        axes.plot(
            places,
            shares[option],
            color=ACCENT if right else INK_QUIET,
            linewidth=2.25 if right else 1.25,
            linestyle="-" if right else dash,
            marker=mark,
            markersize=5,
            label=words,
        )
    axes.set_xticks(list(places), list(groups))
    axes.set(
        xlabel=_("Groups by total score, weakest first"), ylabel=_("Share that chose it"), ylim=(0, 1.02)
    )
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1.01, 0.5))
    return finished(figure, _option_words(shares, key))


def _option_words(shares: Mapping[str, Sequence[float]], key: str) -> str:
    if key not in shares or not shares[key]:
        return _("How often each option was chosen in each group.")
    first, last = (_percent(shares[key][place]) for place in (0, -1))
    return _(
        "The key %(key)s was chosen by %(first)s of the weakest and %(last)s of the strongest group.",
        key=key,
        first=first,
        last=last,
    )


def bars_with_threshold(
    names: Sequence[str],
    values: Sequence[float],
    *,
    threshold: float,
    unit: str = "",
    intervals: Sequence[Interval] | None = None,
) -> Plot:
    """Draw one bar a group beside a threshold, with an interval where the value is an estimate.

    Parameters
    ----------
    names : sequence of str
        Name of each group, drawn from top to bottom.
    values : sequence of float
        Value of each group, in `unit`.
    threshold : float
        In `unit`; equality meets it.
    unit : str
        Written at the axis.
    intervals : sequence of (low, high), optional
        Bounds around each value, in `unit`.
    """
    figure, axes = canvas(height=1.1 + 0.42 * len(names))
    places = range(len(names))
    axes.barh(places, values, color=[ACCENT if value >= threshold else LINE for value in values], height=0.62)
    if intervals:
        for place, (low, high) in zip(places, intervals, strict=True):
            axes.plot([low, high], [place, place], color=INK, linewidth=1.25, marker="|", markersize=7)
    axes.axvline(
        threshold, color=INK, linewidth=1.75, label=_("threshold %(points)s", points=number(threshold))
    )
    axes.set_yticks(list(places), list(names))
    axes.invert_yaxis()
    axes.set(xlabel=unit, xlim=(0, None))
    axes.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1))
    met = sum(value >= threshold for value in values)
    said = _(
        "%(met)d of %(total)d at or above the threshold of %(cut)s %(unit)s.",
        met=met,
        total=len(names),
        cut=number(threshold),
        unit=unit,
    )
    return finished(figure, said.replace(" .", "."))


def intervals(
    names: Sequence[str],
    values: Sequence[float],
    errors: Sequence[float],
    *,
    reference: float,
    axis: str,
    bounds: Mapping[str, float] | None = None,
) -> Plot:
    """Draw estimates with ± 1.96 standard errors around a line of reference.

    Parameters
    ----------
    names : sequence of str
        What is estimated, from top to bottom.
    values, errors : sequence of float
        Estimate and its standard error, on the scale of `axis`.
    reference : float
        Value that would mean "nothing to see".
    axis : str
        Name and unit of the scale.
    bounds : mapping of str to float, optional
        Distances from the reference at which a difference is called large, by name; drawn on both sides.
    """
    figure, axes = canvas(height=1.1 + 0.36 * len(names))
    places = list(range(len(names)))
    reach = [1.96 * error for error in errors]
    axes.axvline(reference, color=INK, linewidth=1.75)
    for (words, distance), dash in zip((bounds or {}).items(), cycle(DASHES), strict=False):
        for side, label in ((-1, ""), (1, words)):
            axes.axvline(
                reference + side * distance, color=RESTRICTED, linewidth=1, linestyle=dash, label=label
            )
    axes.errorbar(
        values, places, xerr=reach, fmt="o", color=ACCENT, ecolor=INK_QUIET, capsize=3, markersize=5
    )
    axes.set_yticks(places, list(names))
    axes.set(xlabel=axis, ylim=(len(places) - 0.5, -0.5))
    if bounds:
        legend_above(axes)
    apart = sum(abs(value - reference) > far for value, far in zip(values, reach, strict=True))
    said = _(
        "%(apart)d of %(total)d intervals (95 %%) do not touch %(reference)s.",
        apart=apart,
        total=len(names),
        reference=number(reference),
    )
    return finished(figure, said)


def _threshold_words(value: float) -> str:
    return str(_("threshold %(points)s", points=number(value)))


def _percent(share: float) -> str:
    return f"{whole(100 * share)} %"
