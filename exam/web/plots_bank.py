"""Pictures of the bank: how alike parallel forms are, and what the bank covers."""

from collections.abc import Sequence

from flask_babel import gettext as _

from exam.services.form_page import Sibling
from exam.web.plots import ACCENT, INK_QUIET, Plot, canvas, finished, number


def equivalence(forms: Sequence[Sibling], questions: int) -> Plot:
    """The expected score of each form of an assembly, and the spread of them all."""
    figure, axes = canvas(height=max(1.8, 0.45 * len(forms) + 1.2))
    scores = [float(form.expected_score) for form in forms]
    places = range(len(forms))
    axes.axvspan(min(scores), max(scores), color=ACCENT, alpha=0.15, linewidth=0)
    axes.hlines(places, 0, scores, color=INK_QUIET, linewidth=1)
    axes.plot(scores, places, "o", color=ACCENT, markersize=7)
    axes.set_yticks(list(places), [_("form %(number)s", number=form.number) for form in forms])
    axes.invert_yaxis()
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
