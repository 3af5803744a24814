"""Drafts as items of the bank, and items as drafts."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from question_bank.interchange.details import ordered
from question_bank.interchange.drafts import Draft, DraftOption, tidy
from question_bank.interchange.fields import LEVELS, POINTS, read_fields
from question_bank.interchange.numbers import shortest
from question_bank.items import (
    NOTHING,
    ChosenKey,
    Item,
    ItemVersion,
    Key,
    Kind,
    MatchKey,
    NumberKey,
    Option,
    OrderKey,
    Part,
    Source,
    State,
    Text,
    matching,
    ordering,
)

UNSORTED = "unsorted"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def draft_of(item: Item) -> Draft:
    """Return an item as a draft to be written into a file; nothing of it is left out.

    An installation keeps the area as the topic of an item that has none: that is no topic in a file.
    """
    version = item.version
    options, lefts = _in_right_order(version)
    number = version.key if isinstance(version.key, NumberKey) else NumberKey(Decimal(0))
    right = version.key.options if isinstance(version.key, ChosenKey) else frozenset()
    return Draft(
        kind=version.kind,
        stem=_tidied(version.stem),
        options=tuple(
            DraftOption(_tidied(option.text), place in right, fixed=option.fixed)
            for place, option in enumerate(options)
        ),
        lefts=tuple(_tidied(left) for left in lefts),
        answer=shortest(number.value) if version.kind is Kind.NUMERIC else None,
        tolerance=shortest(number.tolerance),
        feedback=_tidied(version.rationale),
        name=item.code,
        category="/".join(filter(None, (str(item.part), item.area, _topic(item)))),
        details=ordered({name: tidy(value) for name, value in _details(item).items()}),
    )


def _in_right_order(version: ItemVersion) -> tuple[tuple[Option, ...], tuple[Text, ...]]:
    match version.key:
        case OrderKey(order):
            return tuple(version.options[place] for place in order), ()
        case MatchKey(places):
            spare = [place for place in range(len(version.options)) if place not in places]
            return tuple(version.options[place] for place in (*places, *spare)), version.lefts
    return version.options, ()


def _details(item: Item) -> dict[str, str]:
    version, source = item.version, item.version.source
    told = {
        "part": str(item.part),
        "area": item.area,
        "topic": _topic(item),
        "level": str(item.level),
        "state": str(item.state),
        "fact": item.fact,
        "grade": item.grade,
        "points": str(version.points),
        "enemies": " ".join(sorted(item.enemies)),
        "image": version.image,
        "image_alt_kk": version.image_alt.kk,
        "image_alt_ru": version.image_alt.ru,
        "seed": version.seed,
        "unit_kk": version.unit.kk,
        "unit_ru": version.unit.ru,
        "certificate": version.certificate,
    }
    if source:
        days = {"redaction": source.redaction, "valid_from": source.valid_from, "valid_to": source.valid_to}
        told |= {"act": source.act, "article_kk": source.article.kk, "article_ru": source.article.ru}
        told |= {name: day.isoformat() for name, day in days.items() if day}
    return told


def _topic(item: Item) -> str:
    return "" if item.topic == item.area else item.topic


def _tidied(text: Text) -> Text:
    return Text(tidy(text.kk), tidy(text.ru))


def item_of(draft: Draft, code: str) -> Item:
    """Return a draft as an item in the state draft, for an author to complete.

    What cannot be kept of its fields was told when its file was read (`question_bank.interchange.fields`).
    """
    told, _ = read_fields(dict(draft.details))
    options, key = _stored(draft, code)
    version = ItemVersion(
        item=code,
        number=1,
        kind=draft.kind,
        stem=draft.stem,
        key=key,
        options=options,
        lefts=draft.lefts,
        rationale=_rationale(draft),
        unit=Text(told.get("unit_kk", ""), told.get("unit_ru", "")),
        source=_source(told),
        points=int(told.get("points", POINTS[0])),
        image=draft.picture or told.get("image", ""),
        image_alt=draft.described,
        seed=told.get("seed", ""),
        certificate=told.get("certificate", ""),
    )
    return Item(
        code=code,
        part=Part(told.get("part", Part.LEGISLATION)),
        area=told.get("area", UNSORTED),
        level=int(told.get("level", LEVELS[0])),
        state=State.DRAFT,
        version=version,
        topic=told.get("topic", ""),
        fact=told.get("fact", ""),
        grade=told.get("grade", ""),
        enemies=frozenset(told.get("enemies", "").split()),
    )


def _stored(draft: Draft, code: str) -> tuple[tuple[Option, ...], Key]:
    options = tuple(Option(option.text, option.fixed) for option in draft.options)
    match draft.kind:
        case Kind.NUMERIC:
            return (), NumberKey(draft.answer or Decimal(0), draft.tolerance)
        case Kind.ORDERING:
            return ordering(code, options)
        case Kind.MATCHING:
            stored, key = matching(code, options)
            return stored, MatchKey(key.options[: len(draft.lefts)])
    return options, ChosenKey(frozenset(draft.right))


def _rationale(draft: Draft) -> Text:
    """Join what the file says of single options to what it says of the whole."""
    said = [
        (f"{letter}) {option.feedback.kk}" if option.feedback.kk else "", f"{letter}) {option.feedback.ru}")
        for letter, option in zip(LETTERS, draft.options, strict=False)
        if option.feedback != NOTHING
    ]
    kk = "\n".join(filter(None, (draft.feedback.kk, *(each for each, _ in said))))
    ru = "\n".join(filter(None, (draft.feedback.ru, *(each for _, each in said if each[3:]))))
    return Text(kk, ru)


def _source(told: Mapping[str, str]) -> Source | None:
    if not told.get("act"):
        return None
    days = {name: _day(told.get(name, "")) for name in ("redaction", "valid_from", "valid_to")}
    return Source(told["act"], Text(told.get("article_kk", ""), told.get("article_ru", "")), **days)


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None
