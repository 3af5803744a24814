"""Pictures of the bank: how alike parallel forms are, and what the bank covers."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from exam.services.bank.form_page import Sibling
from exam.services.bank.topic_coverage import BankCoverage
from exam.web.plots import ACCENT, FAILED, INK, INK_QUIET, LINE, Plot, canvas, finished, number
from exam.web.wordings.bank import LEVELS, TOPICS, topic_name
from question_bank.characteristic_curves import Curves

GROUND = "#ffffff"
DEEP = 0.75
"""Share of the deepest colour from which white is read more easily than ink."""


def equivalence(forms: Sequence[Sibling], questions: int) -> Plot:
    """The expected score of each form of an assembly, and the spread of them all."""
    figure, axes = canvas(height=max(1.8, 0.45 * len(forms) + 1.2))
    scores = [float(form.expected_score) for form in forms]
    places = range(len(forms))
    axes.axvspan(min(scores), max(scores), color=ACCENT, alpha=0.15, linewidth=0)
    axes.hlines(places, 0, scores, color=INK_QUIET, linewidth=1)
    axes.plot(scores, places, "o", color=ACCENT, markersize=7)
    axes.set_yticks(list(places), [_("form %(number)s", number=form.number) for form in forms])
    axes.set_ylim(len(forms) - 0.5, -0.5)
    axes.set_xlim(0, questions)
    axes.set_xlabel(_("expected score, points"))
    spread = max(scores) - min(scores)
    return finished(
        figure,
        _(
            "Expected scores of the %(forms)s forms lie between %(least)s and %(most)s of %(questions)s "
            "points; the greatest difference is %(spread)s.",
            forms=len(forms),
            least=number(min(scores)),
            most=number(max(scores)),
            questions=questions,
            spread=number(spread),
        ),
    )


def likeness(made: Curves, drawn: Curves | None, *, cut: int | None, tolerance: float) -> Plot:
    """By how much a form helps or harms a candidate, weak or strong, beside forms drawn at random.

    Parameters
    ----------
    cut : int, optional
        The threshold in points of the average form; drawn where one is in force.
    tolerance : float
        The greatest difference of expected scores that the blueprint allows: forms that keep it lie within
        the band where the average candidate stands.
    """
    figure, axes = canvas(height=3.8)
    base, average = made.average, len(made.average) // 2
    expected = [row[average] for row in made.differences()]
    middle = (max(expected) + min(expected)) / 2
    axes.axhspan(
        middle - tolerance / 2,
        middle + tolerance / 2,
        color=LINE,
        alpha=0.6,
        linewidth=0,
        label=_("tolerance"),
    )
    for place, row in enumerate(drawn.differences(base) if drawn else ()):
        label = None if place else _("drawn at random")
        axes.plot(base, row, color=INK_QUIET, linewidth=1, linestyle=(0, (4, 3)), label=label)
    for place, row in enumerate(made.differences()):
        axes.plot(base, row, color=ACCENT, linewidth=1.75, label=None if place else _("assembled"))
    if cut is not None:
        axes.axvline(cut, color=INK, linewidth=1.75, label=_("threshold %(cut)s", cut=number(cut)))
    axes.set(xlabel=_("score on the average form, points"), ylabel=_("difference on a form, points"))
    axes.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, 1.16), ncols=4)
    return finished(figure, _likeness_told(made, drawn, cut))


def _likeness_told(made: Curves, drawn: Curves | None, cut: int | None) -> str:
    at = made.average[len(made.average) // 2] if cut is None else cut
    own = _spread_at(made, made, at)
    place = (
        _("at the threshold of %(cut)s points", cut=number(at))
        if cut is not None
        else _("for an average candidate; no threshold is in force yet")
    )
    if drawn is None:
        return _(
            "Between the forms the same candidate gains or loses %(own)s points %(place)s.",
            own=number(own),
            place=place,
        )
    return _(
        "Between the assembled forms the same candidate gains or loses at most %(own)s points, between forms "
        "drawn at random %(random)s points, %(place)s.",
        own=number(own),
        random=number(_spread_at(drawn, made, at)),
        place=place,
    )


def _spread_at(curves: Curves, base: Curves, points: float) -> float:
    found = [base.at(points, row) for row in curves.scores]
    return max(found) - min(found)


def coverage(found: BankCoverage) -> Plot:
    """How many items of each topic and level may be drawn: the fuller, the deeper the colour."""
    from matplotlib.colors import LinearSegmentedColormap

    figure, axes = canvas(height=0.32 * len(found.rows) + 1)
    counts = [row.by_level for row in found.rows]
    most = max(max(row) for row in counts) or 1
    tint = LinearSegmentedColormap.from_list("cover", [GROUND, ACCENT])
    axes.pcolormesh(counts, cmap=tint, vmin=0, vmax=most, edgecolors=LINE, linewidth=0.5)
    for place, row in enumerate(counts):
        for level, number_of in enumerate(row):
            ink = GROUND if number_of > DEEP * most else FAILED if not number_of else INK
            axes.text(level + 0.5, place + 0.5, str(number_of), ha="center", va="center", color=ink)
    axes.set_xticks([0.5, 1.5, 2.5], [str(LEVELS[level]) for level in (1, 2, 3)])
    axes.set_yticks([place + 0.5 for place in range(len(counts))], [_short(row.code) for row in found.rows])
    axes.tick_params(length=0, labeltop=True, labelbottom=False)
    axes.spines[:].set_visible(False)
    axes.invert_yaxis()
    empty = sum(not each for row in counts for each in row)
    return finished(
        figure,
        ngettext(
            "Items that may be drawn, by topic and level; %(num)d place is empty.",
            "Items that may be drawn, by topic and level; %(num)d places are empty.",
            empty,
        ),
    )


def _short(code: str) -> str:
    return code if code in TOPICS else topic_name(code)
