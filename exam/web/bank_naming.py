"""Names of the bank for every template that shows items."""

from collections.abc import Iterable

from flask_babel import gettext as _
from markupsafe import Markup

from exam.services.bank.form_page import QuotaLine
from exam.web import languages
from exam.web.wordings import bank as words
from question_bank.items import Text
from question_bank.legislation import Act, shipped_acts
from question_bank.markdown import to_html, to_inline_html


def context() -> dict[str, object]:
    """What the templates of the bank and of the forms call."""
    return {
        "act_name": act_name,
        "act_short": act_short,
        "own": own,
        "plain": plain,
        "block": block,
        "line": line,
        "own_language": own_language,
        "topic_name": words.topic_name,
        "quota_text": quota_text,
        "constraint_text": constraint_text,
        "field_name": words.field_name,
        "note_text": words.note_text,
        "state_words": words.STATES,
        "move_words": words.MOVES,
        "kind_words": words.KINDS,
        "level_words": words.LEVELS,
        "area_words": words.AREAS,
        "part_words": words.PARTS,
        "flag_words": words.FLAGS,
    }


def own(text: Text | None) -> str:
    """A text of the bank in the language of the page; Kazakh on an English page."""
    if text is None:
        return ""
    return text.ru if languages.code() == "ru" else text.kk


def own_language() -> str:
    """The language in which `own` answers."""
    return "ru" if languages.code() == "ru" else "kk"


def plain(text: str, most: int = 160) -> str:
    """The beginning of an item's text on one line, without its markup."""
    words_only = " ".join(Markup(to_html(text)).striptags().split())  # noqa: S704  cleaned by to_html
    return words_only if len(words_only) <= most else words_only[: most - 1].rstrip() + "…"


def block(text: str) -> Markup:
    """A stem or a rationale as it is shown."""
    return Markup(to_html(text))  # noqa: S704  cleaned by to_html


def line(text: str) -> Markup:
    """An option as it is shown."""
    return Markup(to_inline_html(text))  # noqa: S704  cleaned by to_inline_html


def act_name(code: str) -> str:
    """The full name of an act."""
    act = shipped_acts().acts.get(code)
    return own(act.name) if act else code


def act_short(code: str) -> str:
    """An act by its number and date where it has them."""
    act = shipped_acts().acts.get(code)
    if act is None:
        return code
    return _numbered(act) if act.number else own(act.name)


def _numbered(act: Act) -> str:
    if act.adopted is None:
        return _("No. %(number)s", number=act.number)
    return _("No. %(number)s of %(day)s", number=act.number, day=languages.day(act.adopted))


def choices(names: Iterable[tuple[object, object]]) -> list[tuple[str, str]]:
    """Values and words for a field that chooses."""
    return [(str(value), str(word)) for value, word in names]


def act_choices() -> list[tuple[str, str]]:
    """Acts as (code, name), by name."""
    return sorted(((code, act_name(code)) for code in shipped_acts().acts), key=lambda pair: pair[1])


def quota_text(quota: QuotaLine) -> str:
    """A quota of a blueprint by its name."""
    return value_text(quota.dimension, quota.value)


def value_text(dimension: str, value: str) -> str:
    """What an item may be, such as its area or its act, by its name."""
    if dimension == "act":
        return act_short(value)
    name = str(words.DIMENSIONS.get(dimension, {}).get(value, value))
    return _("level: %(name)s", name=name) if dimension == "level" else name


def constraint_text(name: str) -> str:
    """Word a constraint of an assembly, such as "area syllogism" or "enemies G-1, G-2"."""
    first, _space, rest = name.partition(" ")
    if name in words.BOUNDS:
        return str(words.BOUNDS[name])
    if first == "enemies":
        return _("questions that give each other away: %(what)s", what=rest)
    return value_text(first, rest)


def act_list() -> list[tuple[str, str, tuple[str, ...]]]:
    """Acts as (code, name, articles that items stand on), by name."""
    acts = shipped_acts().acts
    return [(code, name, acts[code].articles) for code, name in act_choices()]
