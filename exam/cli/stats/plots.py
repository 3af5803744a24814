"""The plots of the statistics commands, and the sections in which they stand."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from exam.cli.stats.drawing import ACCENT, BAD, INK, SOFT, Plot, as_svg, canvas
from exam.cli.stats.page import Section
from scoring import (
    Abilities,
    DecisionConsistency,
    Equating,
    IRTResult,
    MHResult,
    test_information,
)

FloatArray = NDArray[np.float64]
Heads = Sequence[str]
Rows = Sequence[Sequence[Any]]
ByScore = Sequence[dict[str, Any]] | None

THETA = np.linspace(-4.0, 4.0, 161)
NORMAL_95 = 1.96


def calibration_sections(fit: IRTResult, heads: Heads, rows: Rows) -> list[Section]:
    """What the calibrated items tell, and where."""
    known = np.isfinite(fit.a)
    information = test_information(THETA, fit.a[known], fit.b[known], fit.c[known])
    with canvas("Information and error of measurement by ability") as (figure, axes):
        axes.plot(THETA, information, color=ACCENT, label="information")
        axes.set_xlabel("ability")
        axes.set_ylabel("information")
        beside = axes.twinx()
        beside.plot(THETA, 1 / np.sqrt(np.maximum(information, 1e-9)), "--", color=SOFT)
        beside.set_ylabel("standard error (broken line)")
        beside.set_ylim(0, 2)
        best = float(THETA[int(np.argmax(information))])
        svg = as_svg(figure, f"Test information, highest at ability {best:z.1f}")
    plots = [
        Plot(
            svg,
            f"The test measures best at ability {best:z.1f}; information there is {information.max():.2f}.",
        )
    ]
    return [Section("The test", plots=plots), Section("The items", heads, rows, [_difficulties(fit)])]


def _difficulties(fit: IRTResult) -> Plot:
    with canvas("Difficulty and discrimination, with 95 % intervals of difficulty") as (figure, axes):
        se = np.where(np.isfinite(fit.se_b), fit.se_b, 0.0)
        axes.errorbar(
            fit.b, fit.a, xerr=NORMAL_95 * se, fmt="o", color=ACCENT, ecolor=SOFT, markersize=4, linewidth=1
        )
        axes.set_xlim(-6, 6)
        axes.set_xlabel("difficulty b")
        axes.set_ylabel("discrimination a")
        svg = as_svg(figure, f"{int(np.isfinite(fit.a).sum())} items by difficulty and discrimination")
    return Plot(
        svg,
        "Each mark is an item; easy items stand at the left, sharp ones above. The table holds the figures.",
    )


def ability_sections(found: Abilities, heads: Heads, rows: Rows) -> list[Section]:
    """How able the persons are."""
    finite = found.theta[np.isfinite(found.theta)]
    with canvas("Abilities of the persons") as (figure, axes):
        axes.hist(finite, bins=min(60, max(5, int(len(finite) ** 0.5))), color=ACCENT, edgecolor="white")
        axes.set_xlabel("ability")
        axes.set_ylabel("persons")
        svg = as_svg(figure, f"Histogram of {len(finite)} abilities")
    told = "Nobody has a finite ability."
    if len(finite):
        told = f"{len(finite)} persons; mean {finite.mean():z.2f}, standard deviation {finite.std():.2f}."
    return [Section("The persons", heads, rows, [Plot(svg, told)])]


def dif_sections(found: MHResult, heads: Heads, rows: Rows) -> list[Section]:
    """How differently the items work in two groups."""
    with canvas("Difference by item on the ETS scale, with 95 % intervals", (7, 1.2 + 0.22 * len(rows))) as (
        figure,
        axes,
    ):
        place = np.arange(len(found.delta))
        for edge in (-1.5, -1.0, 1.0, 1.5):
            axes.axvline(edge, color=SOFT, linewidth=0.8, linestyle="--")
        colours = [BAD if each == "C" else ACCENT for each in found.ets_class]
        axes.hlines(place, found.delta - NORMAL_95 * found.se, found.delta + NORMAL_95 * found.se, color=SOFT)
        axes.scatter(found.delta, place, color=colours, s=18, zorder=3)
        axes.axvline(0, color=INK, linewidth=1)
        axes.set_yticks(place, found.items, fontsize=8)
        axes.invert_yaxis()
        axes.set_xlabel("delta MH: to the left harder for the focal group")
        svg = as_svg(figure, f"Delta MH of {len(rows)} items")
    large = [name for name, each in zip(found.items, found.ets_class, strict=True) if each == "C"]
    told = f"Class C, a large difference: {', '.join(large)}." if large else "No item is of class C."
    return [Section("The items", heads, rows, [Plot(svg, f"{told} Broken lines stand at 1.0 and 1.5.")])]


def model_dif_sections(
    items: Sequence[str], effect: FloatArray, name: str, heads: Heads, rows: Rows
) -> list[Section]:
    """The size of the difference of each item."""
    with canvas(f"{name} by item", (7, 1.2 + 0.22 * len(items))) as (figure, axes):
        place = np.arange(len(items))
        axes.scatter(effect, place, color=ACCENT, s=18)
        axes.axvline(0, color=INK, linewidth=1)
        axes.set_yticks(place, items, fontsize=8)
        axes.invert_yaxis()
        svg = as_svg(figure, f"{name} of {len(items)} items")
    told = "Far from the line the groups differ most; the table holds the tests."
    return [Section("The items", heads, rows, [Plot(svg, told)])]


def consistency_sections(
    found: DecisionConsistency, by_score: Sequence[dict[str, Any]] | None
) -> list[Section]:
    """How sure the decision is at each score."""
    if not by_score:
        return []
    scores, least = np.array([row["score"] for row in by_score]), math.ceil(found.cut)
    share = np.array([row["other_side"] for row in by_score], dtype=float)
    with canvas("Chance that the true score lies on the other side of the cut") as (figure, axes):
        axes.bar(scores, share, color=ACCENT, width=0.8)
        axes.axvline(least - 0.5, color=BAD, linewidth=1.2)
        axes.set_ylim(0, 1)
        axes.set_xlabel("score")
        axes.set_ylabel("chance")
        svg = as_svg(figure, f"Chance of misclassification by score, cut {found.cut:g}")
    told = f"{least} points and more pass, right of the line. Near it a decision is least sure."
    rows = [(row["score"], row["n"], row["other_side"]) for row in by_score]
    return [Section("By score", ("score", "n", "other_side"), rows, [Plot(svg, told)])]


def equating_sections(relation: Equating, se: Any, heads: Heads, rows: Rows) -> list[Section]:
    """How far apart the two scales are at each score."""
    apart = relation.equivalents - relation.scores
    with canvas("Equated less raw score") as (figure, axes):
        axes.plot(relation.scores, apart, color=ACCENT)
        if se is not None:
            axes.fill_between(
                relation.scores, apart - NORMAL_95 * se, apart + NORMAL_95 * se, color=ACCENT, alpha=0.15
            )
        _half_points(axes)
        axes.set_xlabel("score on X")
        axes.set_ylabel("points")
        svg = as_svg(figure, f"Difference of equated and raw score, {relation.method}")
    told = "Between the broken lines, half a point either way, the difference changes no rounded score."
    return [Section("The scores", heads, rows, [Plot(svg, told)])]


def _half_points(axes: Axes) -> None:
    axes.axhline(0, color=INK, linewidth=1)
    for edge in (-0.5, 0.5):
        axes.axhline(edge, color=SOFT, linewidth=0.8, linestyle="--")


def similarity_sections(rows: Sequence[dict[str, Any]]) -> list[Section]:
    """How far the listed pairs lie from what their abilities explain."""
    if not rows:
        return []
    with canvas("Matches of the pairs, and matches expected") as (figure, axes):
        expected = [row["expected"] for row in rows]
        axes.scatter(expected, [row["matches"] for row in rows], color=ACCENT, s=18)
        ends = (min(expected), max(expected))
        axes.plot(ends, ends, color=INK, linewidth=1)
        axes.set_xlabel("matches expected of the copier")
        axes.set_ylabel("matches")
        svg = as_svg(figure, f"{len(rows)} pairs by matches and matches expected")
    told = "Each mark is a pair; on the line it agrees as often as the ability of the copier lets expect."
    body = [tuple(row.values()) for row in rows]
    return [Section("The pairs", tuple(rows[0]), body, [Plot(svg, told)])]
