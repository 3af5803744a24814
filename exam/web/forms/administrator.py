"""Forms of the administrator."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, StringField, SubmitField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp

from exam.rules.roles import Role
from exam.web.entering import ROLE_NAMES
from exam.web.languages import LANGUAGES


class AccountForm(FlaskForm):
    """A new account; the password is made by the service."""

    login = StringField(
        _("Login"),
        [DataRequired(_("Enter a login.")), Length(max=64, message=_("At most %(max)d characters."))],
    )
    full_name = StringField(
        _("Full name"), [DataRequired(_("Enter the full name.")), Length(2, 200, _("Enter the full name."))]
    )
    language = SelectField(
        _("Language"), [InputRequired()], choices=[SelectChoice(*each) for each in LANGUAGES.items()]
    )
    iin = StringField(
        _("IIN of the officer"),
        [Optional(), Regexp(r"\A[0-9]{12}\Z", message=_("An IIN is twelve digits 0–9."))],
    )
    submit = SubmitField(_("Open the account"))


class GrantForm(FlaskForm):
    """A role, in one region or in the whole country."""

    role = SelectField(
        _("Role"),
        [InputRequired(_("Choose a role."))],
        choices=[
            SelectChoice("", "–"),
            *(SelectChoice(role.value, ROLE_NAMES[role]) for role in Role),
        ],
    )
    region = SelectField(_("Region"))
    submit = SubmitField(_("Give the role"))

    def offer(self, regions: Sequence[tuple[str, str]]) -> "GrantForm":
        """Offer the regions in the language of the page."""
        everywhere = SelectChoice("", _("the whole country"))
        self.region.choices = [everywhere, *(SelectChoice(*each) for each in regions)]
        return self
