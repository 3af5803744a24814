"""Forms of a panel: opening it, one judge's round, one judge's limits."""

import re
from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from exam.web.forms.fields import WholeNumberField

NEEDED = _("Fill in this field.")
TOO_LONG = _("At most %(max)d characters.")
OUT_OF_RANGE = _("A number between %(min)d and %(max)d.")
PERCENT = re.compile("[0-9]{1,3}")
LONGEST_PASTE = 4000


class PanelForm(FlaskForm):
    """A new panel: on which form, what for, who judges."""

    form_id = SelectField(_("Sealed form"), [InputRequired(NEEDED)], coerce=int)
    purpose = TextAreaField(
        _("Purpose"),
        [DataRequired(NEEDED), Length(max=500, message=TOO_LONG)],
        description=_(
            "The order by which the panel meets, and the borderline officer as the panel describes him."
        ),
    )
    judges = TextAreaField(
        _("Judges"),
        [DataRequired(NEEDED), Length(max=4000, message=TOO_LONG)],
        description=_("One name a line; at least two. Names do not change later."),
    )
    submit = SubmitField(_("Open the panel"))


class LimitsForm(FlaskForm):
    """What a judge could accept at least and at most."""

    least_cut = WholeNumberField(_("Lowest cut he could accept"), [InputRequired(NEEDED)])
    most_cut = WholeNumberField(_("Highest cut he could accept"), [InputRequired(NEEDED)])
    least_failing = WholeNumberField(
        _("Fewest failures he could accept"), [InputRequired(NEEDED), NumberRange(0, 100, OUT_OF_RANGE)]
    )
    most_failing = WholeNumberField(
        _("Most failures he could accept"), [InputRequired(NEEDED), NumberRange(0, 100, OUT_OF_RANGE)]
    )
    submit = SubmitField(_("Record the limits"))


class RatingForm(FlaskForm):
    """The token and the column pasted from a workbook; the fields of the questions stand beside it."""

    pasted = TextAreaField(
        _("Column from a workbook"),
        [Length(max=LONGEST_PASTE, message=TOO_LONG)],
        description=_("Numbers from 0 to 100, one a line, in the order of the questions."),
    )

    def typed(self, cells: Sequence[str]) -> list[str]:
        """Return what was entered for each question: the pasted column goes before the cells."""
        column = (self.pasted.data or "").split()
        return column or [cell.strip() for cell in cells]


def read_percents(typed: Sequence[str], questions: int) -> tuple[list[int], dict[int, str]]:
    """Read the per cents of a sheet; what is wrong is told by question, all at once."""
    told = {
        place: gettext("A whole number from 0 to 100.")
        for place in range(questions)
        if place >= len(typed) or not PERCENT.fullmatch(typed[place]) or int(typed[place]) > 100
    }
    return ([] if told else [int(cell) for cell in typed], told)
