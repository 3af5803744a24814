"""Forms of the statistics: another key, and what a judge of a panel estimates."""

import re
from string import ascii_uppercase

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, SelectMultipleField, StringField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from exam.services.statistics.changed_keys import ChangedKey, KeyMode
from exam.services.statistics.collected_answers import Question
from exam.web.wordings.integrity import CONCLUSIONS
from exam.web.wordings.statistics import KEY_MODES
from question_bank.items import Kind

NEEDED = _("Fill in this field.")
TOO_LONG = _("At most %(max)d characters.")
NO_RESPONSE = "-"


class KeyForm(FlaskForm):
    """Another key for a question; `answers` for a single choice, `answer` for the other kinds."""

    mode = RadioField(
        _("How the key changes"),
        [InputRequired(_("Choose one."))],
        choices=[SelectChoice(mode.value, KEY_MODES[mode.value]) for mode in KeyMode],
    )
    answers = SelectMultipleField(
        _("Right answers"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    answer = StringField(_("Right answer"), [Length(max=60, message=TOO_LONG)])
    reason = TextAreaField(
        _("Reason"),
        [DataRequired(NEEDED), Length(max=1000, message=TOO_LONG)],
        description=_("It stands beside every result that changes."),
    )
    look = SubmitField(_("Show what would change"))
    propose = SubmitField(_("Propose the change"))

    def offer(self, question: Question, options: list[tuple[str, str]]) -> "KeyForm":
        """Ask for the options of a single choice, for letters or a number of any other kind."""
        if question.version.kind is Kind.SINGLE:
            self.answers.choices = [SelectChoice(value, words) for value, words in options]
            del self.answer
        else:
            del self.answers
        return self

    def changed(self, question: Question) -> ChangedKey:
        """The key that was entered; what cannot be read is an answer that nobody could give."""
        mode = KeyMode(self.mode.data)
        if mode in (KeyMode.EVERYONE, KeyMode.DROP):
            return ChangedKey(mode)
        if "answers" in self:
            return ChangedKey(mode, tuple(self.answers.data or ()))
        written = (self.answer.data or "").strip()
        response = written if question.version.kind is Kind.NUMERIC else places_of(written)
        return ChangedKey(mode, (response,) if written else ())


def places_of(letters: str) -> str:
    """Read letters such as "A, C" as places; what is no such list becomes an answer that nobody can give."""
    named = re.split(r"[\s,;]+", letters.upper())
    if not all(len(letter) == 1 and letter in ascii_uppercase for letter in named):
        return NO_RESPONSE
    return ",".join(str(ascii_uppercase.index(letter)) for letter in named)


class RejectionForm(FlaskForm):
    """Why a changed key is turned down."""

    note = TextAreaField(_("Reason"), [DataRequired(NEEDED), Length(max=1000, message=TOO_LONG)])


class ConclusionForm(FlaskForm):
    """What a person concludes of a lead."""

    conclusion = RadioField(
        _("Conclusion"),
        [InputRequired(_("Choose one."))],
        choices=[SelectChoice(value, words) for value, (_state, words) in CONCLUSIONS.items()],
    )
    note = TextAreaField(
        _("What you looked at, and why you conclude so"),
        [DataRequired(NEEDED), Length(max=2000, message=TOO_LONG)],
    )


class AgreementForm(FlaskForm):
    """The word of a second person on a conclusion."""

    agreed_note = TextAreaField(
        _("What you looked at yourself"), [DataRequired(NEEDED), Length(max=2000, message=TOO_LONG)]
    )
