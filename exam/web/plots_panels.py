"""The picture of a panel: the cut of every judge from round to round, and the panel's own with its error."""

from flask_babel import gettext as _
from flask_babel import ngettext

from exam.services.statistics.panel_page import PanelPage
from exam.web.drawing import ACCENT, INK, INK_QUIET, RESTRICTED, Plot, canvas, finished, number


def rounds(page: PanelPage) -> Plot:
    """Draw how the judges come together; the threshold in force is a line, where there is one.

    Parameters
    ----------
    page : PanelPage
        With at least one round complete.
    """
    figure, axes = canvas(height=4.0)
    places = [each.number for each in page.rounds]
    for place, judge in enumerate(page.judges):
        words = _("one judge") if place == 0 else None
        axes.plot(
            places, judge.cuts, "o-", color=INK_QUIET, linewidth=0.9, markersize=4, alpha=0.7, label=words
        )
    cuts = [each.cut for each in page.rounds]
    reach = [1.96 * each.se for each in page.rounds]
    axes.errorbar(
        places, cuts, yerr=reach, fmt="s-", color=ACCENT, linewidth=2.25, markersize=7, capsize=4,
        label=_("panel ± 1.96 standard errors"),
    )  # fmt: skip
    if page.in_force is not None:
        words = _("threshold %(points)s", points=number(page.in_force))
        axes.axhline(page.in_force, color=INK, linewidth=1.75, label=words)
    if page.hofstee is not None:
        axes.axhline(page.hofstee.cut, color=RESTRICTED, linewidth=1.5, linestyle="--", label="Hofstee")
    axes.set_xticks(places)
    axes.set(xlabel=_("Round"), ylabel=_("Cut, points"), xlim=(0.5, len(places) + 0.5))
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1.01, 0.5))
    last = page.rounds[-1]
    said = ngettext(
        "After %(num)d round the panel stands at %(cut)s points, standard error %(error)s.",
        "After %(num)d rounds the panel stands at %(cut)s points, standard error %(error)s.",
        len(places),
        cut=number(last.cut),
        error=number(last.se),
    )
    return finished(figure, said)
