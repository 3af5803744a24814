"""Forms of the examiner."""

from datetime import datetime
from typing import Self

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    widgets,
)
from wtforms.validators import DataRequired, InputRequired, Length

from exam.web.forms.fields import MomentField
from exam.web.languages import code as language
from exam.web.languages import local_time
from norms.loading import load_edition


class HeatForm(FlaskForm):
    """An exercise, its hour and the conditions."""

    exercise = SelectField(_("Exercise"), [InputRequired()])
    starts_at = MomentField(_("Start"), [DataRequired(_("Enter day and hour."))])
    conditions = StringField(_("Conditions"), [Length(max=200)])
    submit = SubmitField(_("Plan the heat"))

    @classmethod
    def for_edition(cls, edition: str, *, starts_at: datetime) -> Self:
        """A form that offers the exercises of an edition."""
        form = cls()
        form.exercise.choices = [
            SelectChoice(each.code, each.name.of(language())) for each in load_edition(edition).exercises
        ]
        if form.starts_at.data is None:
            form.starts_at.data = local_time(starts_at)
        return form


class StartersForm(FlaskForm):
    """Who stands on the start."""

    enrolments = SelectMultipleField(
        _("Officers"),
        [InputRequired(_("Choose at least one officer."))],
        coerce=int,
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )
    submit = SubmitField(_("Put on the start"))

    @classmethod
    def for_officers(cls, officers: list[tuple[int, object]]) -> Self:
        """A form that offers these officers."""
        form = cls()
        form.enrolments.choices = [
            SelectChoice(number, f"{officer.full_name}, {officer.rank}")  # type: ignore[attr-defined]
            for number, officer in officers
        ]
        return form


class ResultForm(FlaskForm):
    """A result as on paper; a correction says why."""

    result = StringField(_("Result"), [Length(max=24)])
    reason = StringField(_("Why it is corrected"), [Length(max=200)])


class AbsenceForm(FlaskForm):
    """Why there is no result."""

    status = SelectField(
        _("What happened"),
        choices=[
            SelectChoice("not_taken", _("did not take it")),
            SelectChoice("excused", _("excused")),
        ],
    )
    reason = StringField(_("Reason and document"), [DataRequired(_("Enter the reason.")), Length(max=200)])
