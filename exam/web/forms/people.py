"""The form that takes a staff list."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SubmitField


class StaffListForm(FlaskForm):
    """A workbook, and whether it is only looked at."""

    file = FileField(_("Staff list (.xlsx)"), [FileRequired(_("Choose a file."))])
    only_look = BooleanField(_("Only check the list, write nothing"))
    submit = SubmitField(_("Take in the list"))
