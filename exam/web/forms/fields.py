"""Fields that several forms use: numbers, days and times in the digits 0-9, written as they are here."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, DateTimeField, IntegerField, StringField
from wtforms.widgets import TextInput

from question_bank.items import NUMBER

_DAY = re.compile("([0-9]{1,2})[.]([0-9]{1,2})[.]([0-9]{4})")
_ISO_DAY = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile("([0-9]{1,2}):([0-9]{2})")


def read_day(text: str) -> date | None:
    """Read 31.12.2024 (or 2024-12-31, as programs write it); None for anything else."""
    written, iso = _DAY.fullmatch(text), _ISO_DAY.fullmatch(text)
    try:
        if written:
            return date(int(written[3]), int(written[2]), int(written[1]))
        return date(int(iso[1]), int(iso[2]), int(iso[3])) if iso else None
    except ValueError:
        return None


def read_moment(text: str) -> datetime | None:
    """Read 31.12.2024 09:00 as it is typed, without a time zone; None for anything else."""
    day, _space, hour = text.replace("T", " ").partition(" ")
    found, clock = read_day(day), _TIME.fullmatch(hour.strip())
    try:
        return datetime.combine(found, time(int(clock[1]), int(clock[2]))) if found and clock else None
    except ValueError:
        return None


def _typed(valuelist: list[Any]) -> str:
    return str(valuelist[0]).strip(" ") if valuelist else ""


class WholeNumberField(IntegerField):
    """A whole number: `int` alone would also take the digits of other scripts, and signs."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = _typed(valuelist)
        self.data = None
        if text and not re.fullmatch("[0-9]{1,6}", text):
            raise ValueError(gettext("Enter a whole number in digits."))
        if text:
            self.data = int(text)


class NumberText(StringField):
    """A decimal number as text, with a comma or a point."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata([str(each).strip() for each in valuelist])
        if self.data and not NUMBER.fullmatch(self.data):
            raise ValueError(gettext("Enter a number like 12 or 12,5."))

    @property
    def number(self) -> Decimal:
        """What is typed; 0 where that is no number."""
        return Decimal(self.data.replace(",", ".")) if NUMBER.fullmatch(self.data or "") else Decimal(0)


class DayField(DateField):
    """A day as dd.mm.yyyy, whatever the language of the browser."""

    widget = TextInput()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        shown = {"placeholder": _("dd.mm.yyyy"), "autocomplete": "off"}
        super().__init__(*args, format="%d.%m.%Y", render_kw=shown, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = _typed(valuelist)
        self.data = read_day(text)
        if text and self.data is None:
            raise ValueError(gettext("Enter a day like 31.12.2024."))


class MomentField(DateTimeField):
    """A day and a time as dd.mm.yyyy hh:mm, in the time of the country."""

    widget = TextInput()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        shown = {"placeholder": _("dd.mm.yyyy hh:mm"), "autocomplete": "off"}
        super().__init__(*args, format="%d.%m.%Y %H:%M", render_kw=shown, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = _typed(valuelist)
        self.data = read_moment(text)
        if text and self.data is None:
            raise ValueError(gettext("Enter a day and a time like 31.12.2024 09:00."))
