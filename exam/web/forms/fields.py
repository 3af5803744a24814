"""Fields that several forms use."""

import re
from typing import Any

from flask_babel import gettext as _
from wtforms import IntegerField


class WholeNumberField(IntegerField):
    """A whole number in the digits 0-9: `int` would also take those of other scripts, and signs."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist or not str(valuelist[0]).strip():
            self.data = None
            return
        text = str(valuelist[0]).strip(" ")
        if not re.fullmatch("[0-9]{1,6}", text):
            self.data = None
            raise ValueError(_("Enter a whole number in digits."))
        self.data = int(text)
