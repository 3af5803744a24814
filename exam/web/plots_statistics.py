"""Pictures of the statistics that no other page needs."""

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import ngettext

from exam.services.local_days import day_of
from exam.services.statistics.calibration import Calibration
from exam.services.statistics.fairness import Contrast, ItemDifference
from exam.services.statistics.form_equating import MATTERS, FormEquating
from exam.services.statistics.form_report import ScoreLine
from exam.services.statistics.group_lines import GroupLine
from exam.services.statistics.item_statistics import Occasion
from exam.web import plots
from exam.web.drawing import (
    ACCENT,
    INK,
    INK_QUIET,
    LINE,
    RESTRICTED,
    Plot,
    canvas,
    finished,
    legend_above,
    number,
)
from exam.web.languages import day
from exam.web.statistics_words import group_name, without_minima

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_DRAWN = 20
DOUBTFUL = 0.2
RELIABLE = 0.9
"""What a decision on one person asks for (Nunnally & Bernstein, 1994, Psychometric Theory, 265)."""
BAND = 1.959964
"""Standard errors on either side of an estimate that make an interval of 95 per cent."""


def group_means(grouping: str, lines: Sequence[GroupLine], share: float) -> Plot | None:
    """Draw the mean share of points of each group; None where fewer than two groups have figures."""
    known = [line for line in lines if line.mean is not None and line.error is not None]
    if len(known) < 2:
        return None
    return plots.intervals(
        [group_name(grouping, line.group) for line in known],
        [line.mean or 0.0 for line in known],
        [line.error or 0.0 for line in known],
        reference=share,
        axis=_("Mean share of points"),
    )


def differences(contrast: Contrast) -> Plot:
    """Draw the questions that differ most between two groups at equal scores, by their numbers."""
    known = [item for item in contrast.items if isfinite(item.delta) and isfinite(item.error)]
    drawn = sorted(known, key=lambda item: -abs(item.delta))[:MOST_DRAWN]
    return plots.intervals(
        [_("question %(number)s", number=item.number) for item in drawn],
        [item.delta for item in drawn],
        [item.error for item in drawn],
        reference=0,
        axis=_("Difference on the delta scale"),
        bounds=_ets_bounds(),
    )


def contrasts_of_item(pairs: Sequence[tuple[Contrast, ItemDifference | None]]) -> Plot | None:
    """Draw one question over all comparisons of groups; None where there is none."""
    known = [(contrast, item) for contrast, item in pairs if item and isfinite(item.delta)]
    if not known:
        return None
    return plots.intervals(
        [group_name(contrast.grouping, contrast.focal) for contrast, _item in known],
        [item.delta for _contrast, item in known],
        [item.error for _contrast, item in known],
        reference=0,
        axis=_("Difference on the delta scale"),
        bounds=_ets_bounds(),
    )


def _ets_bounds() -> dict[str, float]:
    return {_("moderate, class B"): 1.0, _("large, class C"): 1.5}


def difficulty_history(occasions: Sequence[Occasion]) -> Plot:
    """Draw the share of points that an item gave in each sitting, with ± 1.96 standard errors."""
    figure, axes = canvas()
    places = list(range(len(occasions)))
    shares = [each.difficulty for each in occasions]
    reach = [1.96 * each.error for each in occasions]
    axes.errorbar(
        places, shares, yerr=reach, fmt="o-", color=ACCENT, ecolor=INK_QUIET, capsize=3, markersize=5
    )
    axes.set_xticks(places, [day(day_of(each.at)) for each in occasions], rotation=30, ha="right")
    axes.set(ylabel=_("Difficulty: share of right answers"), ylim=(0, 1.02))
    said = ngettext(
        "%(num)d sitting: the share of right answers lies between %(least)s and %(most)s.",
        "%(num)d sittings: the share of right answers lies between %(least)s and %(most)s.",
        len(occasions),
        least=number(min(shares)),
        most=number(max(shares)),
    )
    return finished(figure, said)


def score_errors(lines: Sequence[ScoreLine], cut: int) -> Plot:
    """Draw the standard error of measurement at each score."""
    figure, axes = canvas(height=2.8)
    axes.plot([line.score for line in lines], [line.error for line in lines], color=ACCENT, linewidth=2)
    axes.axvline(cut, color=INK, linewidth=1.75, label=_threshold_words(cut))
    axes.set(xlabel=_("Score, points"), ylabel=_("Standard error, points"), ylim=(0, None))
    legend_above(axes)
    said = _(
        "At the threshold of %(cut)s points the standard error is %(error)s points.",
        cut=cut,
        error=number(lines[cut].error),
    )
    return finished(figure, said)


def wrong_verdicts(lines: Sequence[ScoreLine], cut: int, minima: bool) -> Plot:
    """Draw the chance, at each score, that the true score lies on the other side of the overall threshold.

    `minima` says that areas have minima of their own, which this leaves out of account.
    """
    figure, axes = canvas(height=2.8)
    scores = [line.score for line in lines]
    axes.plot(scores, [100 * line.wrong for line in lines], color=ACCENT, linewidth=2)
    axes.axvline(cut, color=INK, linewidth=1.75, label=_threshold_words(cut))
    axes.set(xlabel=_("Score, points"), ylabel=_("Wrong, per cent"), ylim=(0, None))
    legend_above(axes)
    doubtful = [line.score for line in lines if line.wrong >= DOUBTFUL]
    said = _(
        "From %(low)s to %(high)s points a verdict is wrong with a chance of %(chance)s %% or more.",
        low=min(doubtful, default=cut),
        high=max(doubtful, default=cut),
        chance=round(100 * DOUBTFUL),
    )
    return finished(figure, f"{said} {without_minima()}" if minima else said)


def test_information(found: Calibration, cut: int) -> Plot:
    """Draw where along ability the test measures well, and where its threshold lies."""
    figure, axes = canvas()
    curve, at = found.curve, found.ability_at(cut)
    axes.plot(curve.theta, curve.information, color=ACCENT, linewidth=2, label=_("information"))
    wanted = RELIABLE / (1 - RELIABLE) / found.ability_sd**2
    words = _("enough for a reliability of %(value)s", value=number(RELIABLE))
    axes.axhline(wanted, color=INK_QUIET, linewidth=1.25, linestyle="--", label=words)
    _mark_ability(axes, at)
    axes.set(xlabel=_("Ability (0 is the mean of these people)"), ylabel=_("Information"), ylim=(0, None))
    legend_above(axes)
    most = max(range(len(curve.theta)), key=lambda place: curve.information[place])
    said = _(
        "The test measures best at ability %(best)s; the threshold lies at %(cut)s.",
        best=number(curve.theta[most]),
        cut=number(at) if isfinite(at) else _("no ability on this scale"),
    )
    return finished(figure, said)


test_information.__test__ = False  # type: ignore[attr-defined]  # or pytest would run it


def expected_scores(found: Calibration, cut: int) -> Plot:
    """Draw the score to be expected at each ability, with the band of one standard error of ability."""
    figure, axes = canvas()
    curve, at = found.curve, found.ability_at(cut)
    axes.plot(curve.theta, curve.expected, color=ACCENT, linewidth=2, label=_("expected score"))
    axes.axhline(cut, color=INK, linewidth=1.75, label=_threshold_words(cut))
    _mark_ability(axes, at)
    axes.set(xlabel=_("Ability (0 is the mean of these people)"), ylabel=_("Score, points"), ylim=(0, None))
    legend_above(axes)
    said = _(
        "The score to be expected rises from %(low)s to %(high)s points; the threshold of %(cut)s belongs to"
        " ability %(ability)s.",
        low=number(curve.expected[0]),
        high=number(curve.expected[-1]),
        cut=cut,
        ability=number(at) if isfinite(at) else "–",
    )
    return finished(figure, said)


def equating(found: FormEquating, form: int, cut: int) -> Plot:
    """Draw by how much each score of a form has to move to stand on the scale of the reference form."""
    figure, axes = canvas()
    scores = [each.score for each in found.scores]
    low = [each.difference - BAND * each.error for each in found.scores]
    high = [each.difference + BAND * each.error for each in found.scores]
    axes.fill_between(
        scores, low, high, color=ACCENT, alpha=0.15, linewidth=0, label=_("interval of 95 per cent")
    )
    moved = [each.difference for each in found.scores]
    axes.plot(scores, moved, color=ACCENT, linewidth=2, label=_("equivalent less score"))
    axes.axhline(0, color=LINE, linewidth=1)
    for side, words in ((-1, ""), (1, _("difference that matters"))):
        axes.axhline(side * MATTERS, color=RESTRICTED, linewidth=1, linestyle="--", label=words)
    axes.axvline(cut, color=INK, linewidth=1.75, label=_threshold_words(cut))
    axes.set(xlabel=_("Score on form %(form)s, points", form=form), ylabel=_("Difference, points"))
    legend_above(axes)
    at = found.scores[cut]
    said = _(
        "The threshold of %(cut)s points on form %(form)s corresponds to %(equivalent)s points on form"
        " %(reference)s (standard error %(error)s).",
        cut=cut,
        form=form,
        equivalent=number(at.equivalent),
        reference=found.reference,
        error=number(at.error),
    )
    return finished(figure, said)


def _threshold_words(cut: int) -> str:
    return _("threshold %(points)s", points=number(cut))


def _mark_ability(axes: "Axes", at: float) -> None:
    if isfinite(at):
        axes.axvline(at, color=INK, linewidth=1.25, linestyle=":", label=_("ability at the threshold"))
