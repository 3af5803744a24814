"""Forms that take files of questions in, and give items out."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectChoice, SelectField, SubmitField
from wtforms.validators import InputRequired

from exam.web.wordings.interchange import FORMATS
from question_bank.interchange.detect import FORMATS as READ
from question_bank.interchange.writing import WRITTEN


class QuestionFileForm(FlaskForm):
    """A file of questions, and its format where that is known better than the file tells."""

    file = FileField(_("File of questions"), [FileRequired(_("Choose a file."))])
    wanted = SelectField(_("Format"), default="auto")
    submit = SubmitField(_("Read the file"))

    @classmethod
    def offering(cls) -> "QuestionFileForm":
        """The form with the formats that are read."""
        form = cls()
        told = [SelectChoice("auto", _("told by the file itself"))]
        form.wanted.choices = told + [SelectChoice(code, FORMATS[code]) for code in sorted(READ)]
        return form


class TakeInForm(FlaskForm):
    """The word to take in what was shown: the file by its digest."""

    digest = HiddenField(validators=[InputRequired()])
    wanted = HiddenField(default="auto")
    name = HiddenField(default="")


class ExportForm(FlaskForm):
    """The format in which the items that were found are written."""

    form = SelectField(_("Format of the file"), [InputRequired()])

    @classmethod
    def offering(cls) -> "ExportForm":
        """The form with the formats that are written."""
        form = cls()
        form.form.choices = [SelectChoice(code, FORMATS[code]) for code in WRITTEN]
        return form
