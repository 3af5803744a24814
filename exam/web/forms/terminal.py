"""Forms of a candidate before the questions."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import DataRequired, Length

LANGUAGES = {"kk": "Қазақша", "ru": "Русский"}


class CodeForm(FlaskForm):
    """The start code from the slip."""

    code = StringField(_("Start code"), [DataRequired(_("Enter the code from your slip.")), Length(max=20)])


class LanguageForm(FlaskForm):
    """The language of the questions."""

    language = RadioField(
        _("Language of the test"),
        [DataRequired(_("Choose the language of the test."))],
        choices=LANGUAGES,
    )


class RulesForm(FlaskForm):
    """The rules are accepted by hand, never by default."""

    accepted = BooleanField(
        _("I have read the rules and accept them"), [DataRequired(_("Tick the box to go on."))]
    )
