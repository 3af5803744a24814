"""Forms of the bank."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import Length


class MoveForm(FlaskForm):
    """Where an item goes, and why."""

    to = HiddenField()
    note = StringField(_("Note: why"), [Length(max=500)])
