"""Forms of a campaign: opening it, its officers, its thresholds and schedules."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FormField,
    SelectChoice,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp

from exam.rules.commission import QuorumBase
from exam.web.forms.fields import DayField, MomentField, WholeNumberField
from exam.web.wordings.campaign import QUORUM, RESTRICTION
from scoring.outcome import RestrictionWhen

NEEDED = _("Fill in this field.")
TOO_LONG = _("At most %(max)d characters.")
OUT_OF_RANGE = _("A number between %(min)d and %(max)d.")
RESERVED = ("new", "officers", "thresholds", "schedules")


def choices(pairs: Iterable[tuple[str, object]]) -> list[SelectChoice]:
    """Pairs of value and words as the choices of a field."""
    return [SelectChoice(value, words) for value, words in pairs]


class CampaignForm(FlaskForm):
    """A new campaign."""

    code = StringField(
        _("Short code"),
        [
            DataRequired(NEEDED),
            Regexp(
                rf"(?!(?:{'|'.join(RESERVED)})\Z)[a-z0-9][a-z0-9-]{{1,30}}\Z",
                message=_("2 to 31 small Latin letters, digits and hyphens."),
            ),
        ],
    )
    regime = SelectField(_("Set of rules"), [InputRequired(NEEDED)])
    name_kk = StringField(_("Name in Kazakh"), [DataRequired(NEEDED), Length(max=300, message=TOO_LONG)])
    name_ru = StringField(_("Name in Russian"), [DataRequired(NEEDED), Length(max=300, message=TOO_LONG)])
    order = StringField(_("Act or order"), [DataRequired(NEEDED), Length(max=300, message=TOO_LONG)])
    starts_on = DayField(_("First day"), [InputRequired(NEEDED)])
    ends_on = DayField(_("Last day"), [InputRequired(NEEDED)])
    norms_edition = SelectField(_("Edition of the norms"), [InputRequired(NEEDED)])
    restriction_when = SelectField(
        _("Reading of rule 18"),
        [InputRequired(NEEDED)],
        choices=choices((each.value, RESTRICTION[each.value]) for each in RestrictionWhen),
    )
    quorum_base = SelectField(
        _("Quorum"),
        [InputRequired(NEEDED)],
        choices=choices((each.value, QUORUM[each.value]) for each in QuorumBase),
    )
    submit = SubmitField(_("Open the campaign"))


class NoticeForm(FlaskForm):
    """The day of a written notice."""

    on = DayField(_("Day of the written notice"), [InputRequired(NEEDED)])
    submit = SubmitField(_("Record the notice"))


class ExemptionForm(FlaskForm):
    """A ground of exemption and its last day."""

    reason = SelectField(_("Ground"), [InputRequired(NEEDED)])
    until = DayField(_("Last day"), [Optional()])
    submit = SubmitField(_("Record the exemption"))


class ScheduleForm(FlaskForm):
    """A schedule of norms, tests or interviews."""

    stage = SelectField(_("Stage"), [InputRequired(NEEDED)])
    region = SelectField(_("Region"), [InputRequired(NEEDED)])
    place = StringField(_("Place"), [DataRequired(NEEDED), Length(max=300, message=TOO_LONG)])
    starts_at = MomentField(_("Begins"), [InputRequired(NEEDED)])
    ends_at = MomentField(_("Ends"), [InputRequired(NEEDED)])
    submit = SubmitField(_("Draw up the schedule"))


class ApprovalForm(FlaskForm):
    """Who approved a schedule; kept from now on as it is."""

    name = StringField(_("Who approved it"), [DataRequired(NEEDED), Length(max=200, message=TOO_LONG)])
    post = StringField(
        _("On which post"),
        [DataRequired(NEEDED), Length(max=200, message=TOO_LONG)],
        description=_("The Minister of Internal Affairs, or who replaces him (Decree 490, rule 8)."),
    )
    order = StringField(_("By which order"), [DataRequired(NEEDED), Length(max=200, message=TOO_LONG)])
    submit = SubmitField(_("Enter the approval"))


class ThresholdForm(FlaskForm):
    """How a part of the test is held and what passes it; `minimum` has a field for each area."""

    post_category = SelectField(_("Post category"))
    questions = WholeNumberField(_("Questions"), [InputRequired(NEEDED), NumberRange(1, 500, OUT_OF_RANGE)])
    minutes = WholeNumberField(_("Minutes"), [InputRequired(NEEDED), NumberRange(1, 600, OUT_OF_RANGE)])
    points = WholeNumberField(
        _("Threshold, points"), [InputRequired(NEEDED), NumberRange(1, 500, OUT_OF_RANGE)]
    )
    valid_from = DayField(_("In force from"), [InputRequired(NEEDED)])
    source = TextAreaField(
        _("Source"),
        [DataRequired(NEEDED), Length(max=500, message=TOO_LONG)],
        description=_("The act with number, date and clause."),
    )
    sample = BooleanField(_("These figures are a sample, not the body's own act"))
    submit = SubmitField(_("Propose"))


def threshold_form(
    areas: Sequence[tuple[str, object]], categories: Sequence[tuple[str, str]]
) -> ThresholdForm:
    """Make the form of a part: with a minimum for each of its areas, and the categories of the regime."""
    fields = {
        area: WholeNumberField(words, [Optional(), NumberRange(1, 500, OUT_OF_RANGE)])
        for area, words in areas
    }
    minimum = type("MinimumForm", (FlaskForm,), {**fields, "Meta": type("Meta", (), {"csrf": False})})
    form = type("PartForm", (ThresholdForm,), {"minimum": FormField(minimum)})()
    form.post_category.choices = choices([("", gettext("all categories")), *categories])
    made: ThresholdForm = form
    return made
