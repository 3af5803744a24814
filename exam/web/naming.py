"""Names that come in two languages, in the language of the page; Kazakh where the page has neither."""

from collections.abc import Mapping

from flask_babel import gettext as _

from exam.rules.regimes import REGIMES, PostCategory
from exam.services import reference
from exam.web import languages


def named(names: Mapping[str, str]) -> str:
    """A name of our own data, kept in Kazakh and Russian."""
    return names.get(languages.code(), names["kk"])


def region_choices(codes: frozenset[str] | None = None) -> list[tuple[str, str]]:
    """Regions as (code, name), all of them or only those in `codes`."""
    place = 1 if languages.code() == "ru" else 0
    return [(code, names[place]) for code, *names in reference.REGIONS if codes is None or code in codes]


def categories() -> dict[str, PostCategory]:
    """Every post category that a regime names, by code."""
    return {each.code: each for regime in REGIMES.values() for each in regime.categories}


def category_label(code: str) -> str:
    """A category in few words: which commission hears it, and its number in the list."""
    kind, _dash, number = code.partition("-")
    if kind == "central":
        return _("central, %(number)s", number=number)
    return _("regional, %(number)s", number=number) if kind == "regional" else code


def category_text(code: str) -> str:
    """The category in the words of the act."""
    category = categories().get(code)
    return category.names.of(languages.code()) if category else code


def category_choices() -> list[tuple[str, str]]:
    """Categories as (code, short name)."""
    return [(code, category_label(code)) for code in categories()]
