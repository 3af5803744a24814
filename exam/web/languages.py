"""Kazakh first, Russian beside it, English for those who maintain the service."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import Flask, request, session
from flask_babel import Babel, get_locale
from flask_login import current_user

LANGUAGES: Final = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
NOTHING: Final = "–"
MINUS: Final = "\N{MINUS SIGN}"
LEAST_GROUPED = 10_000  # 1234, but 12 345: four digits are read at a glance
TIME_ZONE = "Asia/Almaty"  # one zone, UTC+5, for the whole country since 1 March 2024


def init_app(app: Flask) -> None:
    """Choose the language of each request and give the templates their filters."""
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", TIME_ZONE)
    Babel(app, locale_selector=choose, default_locale="kk", default_timezone=TIME_ZONE)
    app.jinja_env.filters |= {"day": day, "moment": moment, "decimal": decimal}
    app.jinja_env.globals |= {"languages": LANGUAGES, "get_locale": get_locale}


def choose() -> str:
    """The language asked for on this page, else the one chosen before, else the account's, else Kazakh."""
    asked = request.args.get("lang", "") or session.get("language", "")
    if asked in LANGUAGES:
        return str(asked)
    if current_user.is_authenticated and current_user.language in LANGUAGES:
        return str(current_user.language)
    return "kk"


def code() -> str:
    """The language of this page: kk, ru or en."""
    locale = get_locale()
    return locale.language if locale else "kk"


def day(value: date | None) -> str:
    """A date as it is written here: dd.mm.yyyy."""
    return format_date(value, "dd.MM.yyyy") if value else NOTHING


def moment(value: datetime | None) -> str:
    """An instant in the country's time: dd.mm.yyyy hh:mm."""
    return format_datetime(value, "dd.MM.yyyy HH:mm", tzinfo=ZoneInfo(TIME_ZONE)) if value else NOTHING


def decimal(value: Decimal | float | None, places: int = 2) -> str:
    """A number as the page's language writes it, with a true minus; a dash for what is not known."""
    if value is None or value != value:
        return NOTHING
    pattern = "#,##0" if abs(value) >= LEAST_GROUPED else "0"
    if places:
        pattern += "." + "0" * places
    return signed(format_decimal(value, format=pattern, locale=get_locale()))


def signed(text: str) -> str:
    """Write a true minus, and none before a number that was rounded to nothing."""
    return text.replace("-", MINUS) if any(digit in text for digit in "123456789") else text.lstrip("-")


def local_time(value: datetime) -> datetime:
    """The wall clock of the country for an instant, without a zone: for a field of a form."""
    return value.astimezone(ZoneInfo(TIME_ZONE)).replace(tzinfo=None, second=0, microsecond=0)


def local_instant(value: datetime) -> datetime:
    """The instant that the wall clock of the country means: from a field of a form."""
    return value.replace(tzinfo=ZoneInfo(TIME_ZONE)).astimezone(UTC)
