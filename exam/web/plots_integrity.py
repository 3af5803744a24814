"""Pictures of the integrity list: how alike pairs are, and when people answered."""

from collections.abc import Sequence
from math import exp, isfinite, pi, sqrt

import numpy as np
from flask_babel import gettext as _
from flask_babel import ngettext

from exam.services.statistics.lead_page import Trace
from exam.web.drawing import ACCENT, FAILED, INK, INK_QUIET, LINE, Plot, canvas, finished, number
from exam.web.plots import MARKS

BINS = 48


def omega_distribution(omegas: np.ndarray[tuple[int], np.dtype[np.float64]], listed_from: float) -> Plot:
    """Draw how alike all pairs of a room are, against what is expected where nobody copied.

    Parameters
    ----------
    omegas : ndarray, shape (n_pairs,)
        Standardised agreement of every ordered pair.
    listed_from : float
        Omega from which a single pair would be listed.
    """
    figure, axes = canvas()
    low, high = min(-4.0, float(omegas.min())), max(float(omegas.max()), listed_from) + 0.5
    _counts, edges, _bars = axes.hist(
        omegas, bins=np.linspace(low, high, BINS).tolist(), color=LINE, edgecolor="white", linewidth=0.5
    )
    width = float(edges[1] - edges[0])
    across = np.linspace(low, high, 200).tolist()
    expected = [len(omegas) * width * exp(-z * z / 2) / sqrt(2 * pi) for z in across]
    axes.plot(across, expected, color=ACCENT, linewidth=1.75, label=_("expected where nobody copied"))
    axes.axvline(
        listed_from,
        color=INK,
        linewidth=1.75,
        label=_("a pair is listed from %(value)s", value=number(listed_from)),
    )
    beyond = [omega for omega in omegas.tolist() if omega >= listed_from]
    axes.plot(beyond, [0.5] * len(beyond), "^", color=FAILED, markersize=7, clip_on=False)
    axes.set(xlabel=_("Omega: agreement beyond expectation, in standard deviations"), ylabel=_("Pairs"))
    axes.set_yscale("symlog", linthresh=10)
    axes.yaxis.set_major_formatter(lambda value, _place: number(value))
    axes.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
    said = ngettext(
        "%(num)d ordered pair; %(beyond)d at or beyond the line of %(line)s.",
        "%(num)d ordered pairs; %(beyond)d at or beyond the line of %(line)s.",
        len(omegas),
        beyond=len(beyond),
        line=number(listed_from),
    )
    return finished(figure, said)


def timing(traces: Sequence[Trace], shared: Sequence[int] = ()) -> Plot | None:
    """Draw when each question was answered last; None where no times are known.

    Parameters
    ----------
    traces : sequence of Trace
        One person, or two in one picture.
    shared : sequence of int
        Numbers of the questions that both answered with the same wrong option.
    """
    if not any(trace.moments for trace in traces):
        return None
    figure, axes = canvas(height=4.2)
    for trace, colour, mark in zip(traces, (ACCENT, INK_QUIET), MARKS, strict=False):
        minutes = [minute for minute, _number in trace.moments]
        numbers = [question for _minute, question in trace.moments]
        words = _("seat %(seat)s", seat=trace.who.seat)
        axes.plot(minutes, numbers, mark, color=colour, markersize=4.5, alpha=0.85, label=words)
        _mark_rapid(axes, trace)
        if trace.incident is not None and isfinite(trace.incident):
            axes.axvline(trace.incident, color=INK, linewidth=1.5, linestyle="--", label=_("incident"))
    for place, question in enumerate(shared):
        words = _("same wrong answer") if place == 0 else None
        axes.axhline(question, color=FAILED, linewidth=0.75, linestyle=":", label=words)
    axes.set(xlabel=_("Minutes since the beginning"), ylabel=_("Question, as numbered in the report"))
    axes.set_xlim(0, max(1.0, axes.get_xlim()[1]))
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1.01, 0.5))
    return finished(figure, _said(traces))


def _mark_rapid(axes: object, trace: Trace) -> None:
    rapid = [(minute, question) for minute, question in trace.moments if question in trace.rapid]
    if rapid:
        axes.plot(  # type: ignore[attr-defined]
            *zip(*rapid, strict=True), "x", color=FAILED, markersize=8, label=_("answered very quickly")
        )


def _said(traces: Sequence[Trace]) -> str:
    last = max(minute for trace in traces for minute, _number in trace.moments)
    return ngettext(
        "When each question was answered last, for %(num)d person, up to minute %(last)s.",
        "When each question was answered last, for %(num)d people, up to minute %(last)s.",
        len(traces),
        last=number(last),
    )
