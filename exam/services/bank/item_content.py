"""Item versions as the JSON of `item_version.content`, and back."""

from collections.abc import Mapping
from typing import Any

from question_bank.items import ItemVersion
from question_bank.plain import version_from_plain, version_to_plain

SCHEMA = 1


def to_content(version: ItemVersion) -> dict[str, Any]:
    """Return what is stored of a version: everything it says, key and rationale included.

    The content never leaves the server as it stands; what a candidate may see comes from
    `question_bank.presentation`.
    """
    return {"schema": SCHEMA, **version_to_plain(version)}


def from_content(content: Mapping[str, Any]) -> ItemVersion:
    """Read what `to_content` wrote.

    Raises
    ------
    ValueError
        If the content has another schema.
    KeyError
        If a field is missing.
    MalformedKeyError
        If the key does not fit its version.
    """
    if content.get("schema") != SCHEMA:
        raise ValueError(f"item content of schema {content.get('schema')!r} cannot be read here")
    return version_from_plain(content)
