"""Pictures of the statistics that no other page needs."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from exam.services.item_statistics import Occasion
from exam.services.local_days import day_of
from exam.web.drawing import ACCENT, INK_QUIET, Plot, canvas, finished, number
from exam.web.languages import day


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
