"""What one candidate sees: an order of his own, and no key.

The order follows from a seed, the seed from a secret of the campaign, the attempt and the form. After an
appeal asks "what was on the screen", the same three give the same screen again.
"""

import hmac
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from question_bank.items import ItemVersion, Kind, Text

AMOUNT = re.compile(r"\s*([-−]?[0-9][0-9 \u00a0\u202f]*(?:[.,][0-9]+)?)(.*)", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class ShownOption:
    """An option as it is shown; `place` is what the terminal sends back."""

    place: int
    text: Text


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A question as a candidate may see it: neither key, rationale, source, level nor statistics."""

    item: str
    number: int
    kind: Kind
    stem: Text
    options: tuple[ShownOption, ...]
    lefts: tuple[Text, ...]
    unit: Text
    image: str
    image_alt: Text


def personal_seed(secret: bytes, *, attempt: str, form: str) -> bytes:
    """Return the 32 bytes that a candidate's order follows from.

    Parameters
    ----------
    secret
        The campaign's secret, at least 16 bytes.
    attempt
        Code of the attempt.
    form
        Digest of the sealed form.

    Raises
    ------
    ValueError
        If `secret` is shorter than 16 bytes.

    References
    ----------
    RFC 2104 (HMAC) with SHA-256.
    """
    if len(secret) < 16:
        raise ValueError("the secret of an order needs at least 16 bytes")
    return hmac.digest(secret, _message("synaq/order/1", attempt, form), "sha256")


def question_order(seed: bytes, items: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of a form's items in the candidate's order; the order they come in does not matter."""
    return tuple(sorted(items, key=lambda code: (_rank(seed, "question", code), code)))


def option_order(seed: bytes, version: ItemVersion) -> tuple[int, ...]:
    """Return the places of the options in the order in which the candidate sees them.

    Fixed options stay where they are. Options that are amounts of one thing ("3 тәулік", "10 тәулік") stand
    from the least to the greatest. All others are mixed by the seed.
    """
    free = [place for place, option in enumerate(version.options) if not option.fixed]
    amounts = _amounts([version.options[place].text for place in free])
    if amounts and version.kind is not Kind.ORDERING:
        mixed = [place for _, place in sorted(zip(amounts, free, strict=True))]
    else:
        mixed = sorted(free, key=lambda place: _rank(seed, "option", version.item, str(place)))
    following = iter(mixed)
    return tuple(place if option.fixed else next(following) for place, option in enumerate(version.options))


def shown(seed: bytes, version: ItemVersion) -> ShownItem:
    """Return `version` as the candidate with `seed` may see it."""
    order = option_order(seed, version)
    return ShownItem(
        item=version.item,
        number=version.number,
        kind=version.kind,
        stem=version.stem,
        options=tuple(ShownOption(place, version.options[place].text) for place in order),
        lefts=version.lefts,
        unit=version.unit,
        image=version.image,
        image_alt=version.image_alt,
    )


def shown_form(seed: bytes, versions: Iterable[ItemVersion]) -> tuple[ShownItem, ...]:
    """Return a whole form as the candidate with `seed` sees it, question by question."""
    by_code = {version.item: version for version in versions}
    return tuple(shown(seed, by_code[code]) for code in question_order(seed, by_code))


def _amounts(texts: Sequence[Text]) -> list[Decimal] | None:
    """Read texts that are numbers of one thing; None when any is not, or when two things are counted.

    Only the Kazakh text is asked for its thing, since a Kazakh noun keeps its form after every number.
    """
    found = [AMOUNT.fullmatch(text.kk) for text in texts]
    if not all(found) or len({match[2].strip() for match in found if match}) != 1:
        return None
    digits = (re.sub(r"\s", "", match[1]).replace("−", "-").replace(",", ".") for match in found if match)
    return [Decimal(number) for number in digits]


def _rank(seed: bytes, *words: str) -> bytes:
    return hmac.digest(seed, _message(*words), "sha256")


def _message(*words: str) -> bytes:
    """Join words so that no two different lists give the same bytes."""
    parts = [word.encode() for word in words]
    return b"".join([len(part).to_bytes(4, "big") + part for part in parts])
