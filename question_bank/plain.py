"""Item versions as plain JSON values and back, for storage, for seals and for comparison."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from question_bank.items import (
    NOTHING,
    ChosenKey,
    ItemVersion,
    Key,
    Kind,
    MatchKey,
    NumberKey,
    Option,
    OrderKey,
    Source,
    Text,
)

Plain = dict[str, Any]


def text_to_plain(text: Text) -> Plain:
    return {"kk": text.kk, "ru": text.ru}


def text_from_plain(plain: Mapping[str, str]) -> Text:
    return Text(plain["kk"], plain["ru"])


def key_to_plain(key: Key) -> Plain:
    """Return the key as JSON: places as lists, numbers as text."""
    match key:
        case ChosenKey(options):
            return {"options": sorted(options)}
        case OrderKey(order):
            return {"order": list(order)}
        case MatchKey(places):
            return {"match": list(places)}
        case NumberKey(value, tolerance):
            return {"value": format(value, "f"), "tolerance": format(tolerance, "f")}


def key_from_plain(plain: Mapping[str, Any]) -> Key:
    """Read what `key_to_plain` wrote."""
    if "options" in plain:
        return ChosenKey(frozenset(plain["options"]))
    if "order" in plain:
        return OrderKey(tuple(plain["order"]))
    if "match" in plain:
        return MatchKey(tuple(plain["match"]))
    return NumberKey(Decimal(plain["value"]), Decimal(plain["tolerance"]))


def source_to_plain(source: Source | None) -> Plain | None:
    if source is None:
        return None
    days = {"redaction": source.redaction, "valid_from": source.valid_from, "valid_to": source.valid_to}
    iso = {name: day.isoformat() if day else None for name, day in days.items()}
    return {"act": source.act, "article": text_to_plain(source.article), **iso}


def source_from_plain(plain: Mapping[str, Any] | None) -> Source | None:
    if plain is None:
        return None
    days = {name: plain[name] for name in ("redaction", "valid_from", "valid_to")}
    read = {name: date.fromisoformat(day) if day else None for name, day in days.items()}
    return Source(plain["act"], text_from_plain(plain["article"]), **read)


def version_to_plain(version: ItemVersion) -> Plain:
    """Return all that a version says as JSON values; equal versions give equal JSON, others do not.

    The alternative text of a picture stands there only where there is one, so that versions written before
    there were such texts keep their digest.
    """
    described = {} if version.image_alt == NOTHING else {"image_alt": text_to_plain(version.image_alt)}
    return {
        "item": version.item,
        "number": version.number,
        "kind": str(version.kind),
        "stem": text_to_plain(version.stem),
        "options": [{**text_to_plain(option.text), "fixed": option.fixed} for option in version.options],
        "lefts": [text_to_plain(left) for left in version.lefts],
        "key": key_to_plain(version.key),
        "rationale": text_to_plain(version.rationale),
        "unit": text_to_plain(version.unit),
        "source": source_to_plain(version.source),
        "points": version.points,
        "image": version.image,
        "seed": version.seed,
        "certificate": version.certificate,
        **described,
    }


def version_from_plain(plain: Mapping[str, Any]) -> ItemVersion:
    """Read what `version_to_plain` wrote.

    Raises
    ------
    KeyError
        If a field is missing.
    MalformedKeyError
        If the key does not fit.
    """
    return ItemVersion(
        item=plain["item"],
        number=plain["number"],
        kind=Kind(plain["kind"]),
        stem=text_from_plain(plain["stem"]),
        key=key_from_plain(plain["key"]),
        options=tuple(Option(text_from_plain(each), each["fixed"]) for each in plain["options"]),
        lefts=tuple(text_from_plain(left) for left in plain["lefts"]),
        rationale=text_from_plain(plain["rationale"]),
        unit=text_from_plain(plain["unit"]),
        source=source_from_plain(plain["source"]),
        points=plain["points"],
        image=plain["image"],
        image_alt=text_from_plain(plain["image_alt"]) if "image_alt" in plain else NOTHING,
        seed=plain["seed"],
        certificate=plain["certificate"],
    )
