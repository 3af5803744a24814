"""The report of an item analysis: one HTML file that needs nothing else, with plots as SVG."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from exam.cli.stats.drawing import ACCENT, BAD, INK, LINES, SOFT, Plot, as_svg, canvas
from exam.cli.stats.page import template
from exam.cli.stats.printing import figure as figure_text
from exam.cli.stats.reading import all_scored
from scoring import (
    Flag,
    ItemAnalysis,
    OptionCurves,
    OptionStatistics,
    ResponseMatrix,
    flag_test,
    option_curves,
    reliability_of,
)


def items_report(
    title: str,
    responses: ResponseMatrix,
    analysis: ItemAnalysis,
    options: Sequence[Sequence[OptionStatistics]],
    flags: Sequence[Sequence[Flag]],
    *,
    notes: Iterable[str] = (),
) -> str:
    """Write the report as one HTML document; `notes` say what was supposed about the file."""
    curves = option_curves(responses) if options else ()
    test_flags = flag_test(analysis)
    found = [flag for of_item in (*flags, test_flags) for flag in of_item]
    return template("report.html").render(
        title=title,
        notes=[*notes],
        analysis=analysis,
        figures=list(_figures(responses, analysis)),
        test_flags=test_flags,
        plots=(_score_plot(responses, analysis), _item_plot(analysis, flags)),
        rows=list(analysis.rows()),
        flags=flags,
        options=options,
        curves=curves,
        option_plots=[_curve_plot(name, curve) for name, curve in zip(responses.items, curves, strict=False)],
        sources=sorted({flag.source for flag in found}),
    )


def _figures(responses: ResponseMatrix, analysis: ItemAnalysis) -> Iterator[tuple[str, Any]]:
    for name in ("mean", "sd", "median", "skewness", "kurtosis", "lowest", "highest"):
        yield name, getattr(analysis, name)
    for name, value in asdict(reliability_of(responses)).items():
        if name not in ("n_persons", "n_items", "sd"):
            yield name.replace("_", " "), value


def _score_plot(responses: ResponseMatrix, analysis: ItemAnalysis) -> Plot:
    scores = np.asarray(responses.total_scores(), dtype=float)[all_scored(responses)]
    if len(scores) < 2:
        return Plot("", "Everybody has unscored answers: no two totals can be compared.")
    bins, mean = min(60, max(1, round(scores.max() - scores.min()) + 1)), figure_text(analysis.mean)
    with canvas("How many persons reached each score") as (figure, axes):
        axes.hist(scores, bins=bins, color=ACCENT, edgecolor="white", linewidth=0.4)
        axes.axvline(analysis.mean, color=INK, linewidth=1)
        axes.set_xlabel("score")
        axes.set_ylabel("persons")
        svg = as_svg(figure, f"Histogram of {len(scores)} scores, mean {mean}")
    return Plot(svg, f"Scores of {len(scores)} persons; the line stands at the mean, {mean} points.")


def _item_plot(analysis: ItemAnalysis, flags: Sequence[Sequence[Flag]]) -> Plot:
    flagged = np.array([bool(of_item) for of_item in flags])
    with canvas("Difficulty and discrimination") as (figure, axes):
        for chosen, marker, colour in ((~flagged, "o", ACCENT), (flagged, "^", BAD)):
            axes.scatter(
                analysis.difficulty[chosen], analysis.item_rest[chosen], marker=marker, color=colour, s=18
            )
        axes.axhline(0.20, color=SOFT, linewidth=1, linestyle="--")
        axes.set_xlim(0, 1)
        axes.set_xlabel("difficulty: share of the points (easier to the right)")
        axes.set_ylabel("item-rest correlation")
        svg = as_svg(figure, f"{len(flagged)} items, {int(flagged.sum())} of them flagged")
    return Plot(
        svg,
        f"Each mark is an item; triangles are the {int(flagged.sum())} flagged ones. Below the broken line, "
        "0.20, an item tells the able from the others only weakly. The table below holds the figures.",
    )


def _curve_plot(item: str, curve: OptionCurves) -> str:
    with canvas(f"Options of {item}", size=(5, 2.6)) as (figure, axes):
        for j, option in enumerate((*curve.options, "none")):
            if curve.shares[j].any():
                axes.plot(
                    curve.mean_scores, curve.shares[j], LINES[j % 4], marker="o", markersize=3, label=option
                )
        axes.set_ylim(0, 1)
        axes.set_xlabel("mean score of the group")
        axes.set_ylabel("share")
        axes.legend(fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
        return as_svg(
            figure, f"Share of each option of {item} in groups of rising score; figures in the table above"
        )
