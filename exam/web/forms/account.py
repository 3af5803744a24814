"""Forms of signing in."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField, SubmitField
from wtforms.validators import DataRequired, EqualTo, Length

from exam.services.accounts.entering import SHORTEST_PASSWORD


class LoginForm(FlaskForm):
    """Login and password."""

    login = StringField(_("Login"), [DataRequired(_("Enter your login.")), Length(max=64)])
    password = PasswordField(_("Password"), [DataRequired(_("Enter your password.")), Length(max=256)])
    submit = SubmitField(_("Sign in"))


class PasswordForm(FlaskForm):
    """The old password once, the new one twice."""

    old = PasswordField(
        _("Present password"), [DataRequired(_("Enter your present password.")), Length(max=256)]
    )
    new = PasswordField(
        _("New password"),
        [Length(SHORTEST_PASSWORD, 256, _("The password has at least %(min)d characters."))],
    )
    again = PasswordField(_("New password once more"), [EqualTo("new", _("The two new passwords differ."))])
    submit = SubmitField(_("Change the password"))
