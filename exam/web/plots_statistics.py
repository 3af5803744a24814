"""Pictures of the statistics that no other page needs."""

from collections.abc import Sequence
from math import isfinite

from flask_babel import gettext as _
from flask_babel import ngettext

from exam.services.local_days import day_of
from exam.services.statistics.fairness import Contrast
from exam.services.statistics.group_lines import GroupLine
from exam.services.statistics.item_statistics import Occasion
from exam.web import plots
from exam.web.drawing import ACCENT, INK_QUIET, Plot, canvas, finished, number
from exam.web.languages import day
from exam.web.statistics_words import group_name

MOST_DRAWN = 20


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
    )


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
