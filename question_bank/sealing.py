"""The seal of a form: one digest over everything its questions say, keys included.

The digest stands on the room's papers before the day. Whoever recomputes it later from the stored versions
learns whether a word, a key or a question was changed in between.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from typing import Any

from question_bank.items import ItemVersion
from question_bank.plain import version_to_plain


def canonical_json(value: Any) -> bytes:
    """Write `value` in the one way that is sealed.

    Keys sorted, no spaces, UTF-8, text in Unicode normal form C. Floats are refused: their text is not one
    thing.

    Raises
    ------
    TypeError
        If `value` holds a float or anything else that is not an object, list, text, integer, boolean or null.

    References
    ----------
    RFC 8785 (JSON Canonicalization Scheme), sections 3.2.1-3.2.3, without its rules for floats.
    """
    text = json.dumps(_without_floats(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest(value: Any) -> str:
    """Return the SHA-256 of `value` in canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def version_digest(version: ItemVersion) -> str:
    """Return the digest of one version."""
    return digest(version_to_plain(version))


def form_digest(blueprint: str, versions: Iterable[ItemVersion]) -> str:
    """Return the digest of a form: the code of its blueprint and the digest of every version.

    The order of `versions` does not matter, since each candidate sees an order of his own.
    """
    sealed = sorted((version.item, version.number, version_digest(version)) for version in versions)
    items = [{"item": item, "version": number, "digest": seal} for item, number, seal in sealed]
    return digest({"schema": 1, "blueprint": blueprint, "items": items})


def _without_floats(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", name): _without_floats(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_floats(each) for each in value]
    if value is None or isinstance(value, (bool, int)):
        return value
    raise TypeError(f"{type(value).__name__} cannot be sealed")
