"""Forms of the commission and of the characteristic."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from exam.services.commission.characteristics import FOR_HEADS_ONLY, SECTIONS
from exam.web.forms.fields import DayField
from exam.web.wordings.commission import SECTIONS as SECTION_WORDS

NEEDED = InputRequired(message=_("Fill this in."))
CHOOSE = InputRequired(message=_("Choose one."))
LONGEST_SECTION = 4000


class SetUpForm(FlaskForm):
    """Which commission to set up: the centre's or that of a region."""

    place = SelectField(_("Commission"), validators=[CHOOSE])

    def offer(self, places: Iterable[tuple[str, str]]) -> "SetUpForm":
        self.place.choices = [SelectChoice(value=code, label=name) for code, name in places]
        return self


class MemberForm(FlaskForm):
    """A person on a post."""

    post = SelectField(_("Post"), coerce=int, validators=[CHOOSE])
    full_name = StringField(_("Full name"), validators=[NEEDED, Length(max=200)])
    act = StringField(_("Act of appointment"), validators=[NEEDED, Length(max=200)])
    login = StringField(_("Account"), validators=[Optional(), Length(max=64)])

    def offer(self, posts: Iterable[tuple[int, str]]) -> "MemberForm":
        self.post.choices = [SelectChoice(value=number, label=name) for number, name in posts]
        return self


class MeetingForm(FlaskForm):
    """The next meeting under a schedule."""

    schedule = SelectField(_("Approved schedule"), coerce=int, validators=[CHOOSE])
    held_on = DayField(_("Day of the meeting"), validators=[NEEDED])

    def offer(self, schedules: Iterable[tuple[int, str]]) -> "MeetingForm":
        self.schedule.choices = [SelectChoice(value=number, label=name) for number, name in schedules]
        return self


class AttendanceForm(FlaskForm):
    """One member comes or goes."""

    member = IntegerField(validators=[InputRequired()])
    came = HiddenField()


class AgendaForm(FlaskForm):
    """Officers to put before the meeting."""

    officers = SelectMultipleField(
        _("Officers who wait for their interview"),
        coerce=int,
        validators=[CHOOSE],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, officers: Iterable[tuple[int, str]]) -> "AgendaForm":
        self.officers.choices = [SelectChoice(value=number, label=name) for number, name in officers]
        return self


class RecordingForm(FlaskForm):
    """Where the recording of the interview is kept."""

    reference = StringField(_("Reference of the recording"), validators=[NEEDED, Length(max=200)])


class VoteForm(FlaskForm):
    """The own vote of a member."""

    decision = RadioField(_("My vote"), coerce=int, validators=[CHOOSE], validate_choice=False)

    def offer(self, decisions: Iterable[tuple[int, str]]) -> "VoteForm":
        self.decision.choices = [SelectChoice(value=number, label=name) for number, name in decisions]
        return self


class AcquaintanceForm(FlaskForm):
    """The day on which the officer signed."""

    on = DayField(_("Day of the officer’s signature"), validators=[NEEDED])


def _section(name: str) -> Any:
    validators = [Optional() if name == FOR_HEADS_ONLY else NEEDED, Length(max=LONGEST_SECTION)]
    return TextAreaField(SECTION_WORDS[name], validators=validators, render_kw={"rows": 4})


class CharacteristicForm(FlaskForm):
    """The service characteristic, annex 2."""

    duties = _section("duties")
    knowledge = _section("knowledge")
    legality = _section("legality")
    qualities = _section("qualities")
    unit = _section("unit")
    appraisal = _section("appraisal")
    author_name = StringField(_("Full name of the superior"), validators=[NEEDED, Length(max=200)])
    author_post = StringField(_("Post of the superior"), validators=[NEEDED, Length(max=200)])
    author_rank = StringField(_("Rank of the superior"), validators=[Optional(), Length(max=100)])
    signed_on = DayField(_("Signed on"), validators=[NEEDED])
    acquainted_on = DayField(_("Officer acquainted on"), validators=[NEEDED])
    received_on = DayField(_("Received by the HR unit on"), validators=[NEEDED])

    def sections(self) -> dict[str, str]:
        """The six texts by the name of their section."""
        return {name: self[name].data or "" for name in SECTIONS}
