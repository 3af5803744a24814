"""Forms of the invigilator."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectChoice, SelectField, SelectMultipleField, StringField, widgets
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from exam.services.campaign.schedules import ApprovedSchedule
from exam.services.invigilator.extra_time import CAP
from exam.services.invigilator.room_board import Waiting
from exam.web.languages import moment
from exam.web.wordings.sitting import INCIDENTS

MOST_MINUTES = int(CAP.total_seconds() // 60)


class PlanForm(FlaskForm):
    """A room under an approved schedule."""

    schedule = SelectField(_("Approved schedule"), [InputRequired(_("Choose a schedule."))], coerce=int)
    room = StringField(_("Room"), [DataRequired(_("Name the room.")), Length(max=80)])

    @classmethod
    def under(cls, schedules: Iterable[ApprovedSchedule]) -> "PlanForm":
        """A form that offers these schedules."""
        form = cls()
        form.schedule.choices = [
            SelectChoice(str(each.id), f"{each.place}, {moment(each.starts_at)} – {moment(each.ends_at)}")
            for each in schedules
        ]
        return form


class AdmitForm(FlaskForm):
    """Who is given a seat."""

    enrolments = SelectMultipleField(
        _("Officers"),
        [InputRequired(_("Choose at least one officer."))],
        coerce=int,
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )

    @classmethod
    def among(cls, officers: Iterable[Waiting]) -> "AdmitForm":
        """A form that offers these officers."""
        form = cls()
        form.enrolments.choices = [
            SelectChoice(str(each.enrolment_id), f"{each.full_name}, {each.rank}, {each.unit}")
            for each in officers
        ]
        return form


class ReleaseForm(FlaskForm):
    """Why an officer goes to another terminal."""

    reason = StringField(
        _("Reason"), [DataRequired(_("Give the reason.")), Length(max=300)], id="release-reason"
    )


class ExtraTimeForm(FlaskForm):
    """Time that is asked for, and why."""

    minutes = IntegerField(
        _("Minutes"),
        [
            InputRequired(_("Give a number of minutes above zero.")),
            NumberRange(1, MOST_MINUTES, _("From %(min)s to %(max)s minutes.")),
        ],
    )
    reason = StringField(
        _("Reason"), [DataRequired(_("Give the reason.")), Length(max=300)], id="extra-reason"
    )


class IncidentForm(FlaskForm):
    """What happened."""

    kind = SelectField(
        _("What happened"),
        [InputRequired(_("Choose what happened."))],
        choices=[SelectChoice(code, words) for code, words in INCIDENTS.items()],
    )
    note = StringField(_("In your words"), [DataRequired(_("Describe it in a few words.")), Length(max=500)])
