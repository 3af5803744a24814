"""Fields of our own bank that travel as tags through formats that have no such field."""

import re
from collections.abc import Callable, Iterable

from question_bank.interchange.drafts import Draft, tidy
from question_bank.items import Text

PREFIX = "synaq:"
NAMES = (
    *("part", "area", "topic", "level", "state", "fact", "grade", "enemies", "points"),
    *("act", "article_kk", "article_ru", "redaction", "valid_from", "valid_to"),
    *("unit_kk", "unit_ru", "image", "image_alt_kk", "image_alt_ru", "seed", "certificate"),
)
FIXED = "fixed"
PLACES = re.compile(r"[0-9]{1,2}(?:,[0-9]{1,2})*", re.ASCII)
HIDDEN = {"%": "%25", "[": "%5B", "]": "%5D", "\n": "%0A"}


def details_of_tags(
    tags: Iterable[str], lost: Callable[[str], None]
) -> tuple[tuple[tuple[str, str], ...], frozenset[int]]:
    """Read our own tags: details by name, and the places of fixed options; others are told to `lost`."""
    found: dict[str, str] = {}
    fixed: frozenset[int] = frozenset()
    for tag in tags:
        name, given, value = tag.removeprefix(PREFIX).partition("=")
        if tag.startswith(PREFIX) and given and name in NAMES and name not in found:
            found[name] = tidy(_shown(value))
        elif tag.startswith(f"{PREFIX}{FIXED}=") and PLACES.fullmatch(value):
            fixed = frozenset(int(each) for each in value.split(","))
        else:
            lost(tag)
    return ordered(found), fixed


def tags_of(draft: Draft) -> list[str]:
    """Return the details of a draft, and its fixed options, as tags."""
    tags = [f"{PREFIX}{name}={_hidden(value)}" for name, value in draft.details if value]
    fixed = ",".join(str(place) for place, option in enumerate(draft.options) if option.fixed)
    return [*tags, f"{PREFIX}{FIXED}={fixed}"] if fixed else tags


def ordered(found: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return details in their usual order, without empty ones."""
    return tuple((name, found[name]) for name in NAMES if found.get(name))


def with_description(found: dict[str, str], shown: Text) -> dict[str, str]:
    """Return details with what a picture shows, as its format says it; our own fields have it before."""
    if found.get("image_alt_kk") or found.get("image_alt_ru"):
        return found
    return found | {"image_alt_kk": shown.kk, "image_alt_ru": shown.ru}


def _hidden(value: str) -> str:
    return "".join(HIDDEN.get(sign, sign) for sign in value)


def _shown(value: str) -> str:
    for sign, hidden in reversed(HIDDEN.items()):
        value = value.replace(hidden, sign)
    return value
