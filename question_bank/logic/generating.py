"""From a seed to proved items."""

from collections.abc import Iterator
from hashlib import sha256
from itertools import count as counting
from itertools import islice
from random import Random
from typing import Any

from question_bank.logic.errors import NoItemError
from question_bank.logic.kind import Draft, Kind, Wrong
from question_bank.logic.kinds import kind_named
from question_bank.logic.values import LogicItem, Text

OPTIONS = 4
DRAWS = 5_000  # an item has needed 60 draws at the most
REPEATS = 40  # seeds in a row that may repeat an earlier stem


def generate(kind: str, *, seed: int, count: int) -> list[LogicItem]:
    """Generate `count` items of a kind, each with the certificate of its solver.

    The first item has the given seed, the others have seeds derived from it, so every item can be
    generated again alone: ``generate(kind, seed=item.seed, count=1) == [item]``. No stem repeats.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    seed : int
        Zero or positive. The same seed gives the same items on every machine.
    count : int
        How many, one or more.

    Raises
    ------
    UnknownKindError
        If the kind does not exist.
    ValueError
        If the seed is negative or the count is below one.
    NoItemError
        If the kind has no further item that does not repeat a stem.
    """
    if count < 1:
        raise ValueError("at least one item is generated")
    return list(islice(items_of(kind, seed=seed), count))


def items_of(kind: str, *, seed: int) -> Iterator[LogicItem]:
    """Yield the items of a kind from a seed, no stem twice, until none is left."""
    if seed < 0:
        raise ValueError("a seed is zero or positive")
    generator = kind_named(kind)
    seen: set[Text] = set()
    repeats = 0
    for place in counting():
        item = item_from(generator, _derived_seed(kind, seed, place))
        repeats = repeats + 1 if item.stem in seen else 0
        if repeats > REPEATS:
            raise NoItemError(f"{kind}: no more than {len(seen)} different items from seed {seed}")
        if not repeats:
            seen.add(item.stem)
            yield item


def item_from(kind: Kind[Any, Any], seed: int) -> LogicItem:
    """Return the one item that belongs to a seed."""
    rng = Random(f"{kind.code}:{seed}")  # noqa: S311 - an item must be repeatable, not secret
    for _ in range(DRAWS):
        draft = kind.draw(rng)
        item = draft and _item(kind, seed, draft, rng)
        if item:
            return item
    raise NoItemError(f"{kind.code}: no proved item for seed {seed}")


def _derived_seed(kind: str, seed: int, place: int) -> int:
    """The seed of the item at `place`; 48 bits survive every JSON reader."""
    if place == 0:
        return seed
    return int.from_bytes(sha256(f"{kind}/{seed}/{place}".encode()).digest()[:6])


def _item(kind: Kind[Any, Any], seed: int, draft: Draft[Any, Any], rng: Random) -> LogicItem | None:
    """Keep what the solver proves: the key holds, three wrong choices do not."""
    wrong = _usable(kind, draft)
    if len(wrong) < OPTIONS - 1:
        return None
    picked: list[tuple[Any, str | None]] = [(draft.key, None), *((w.choice, w.error) for w in wrong)]
    rng.shuffle(picked)
    choices = tuple(choice for choice, _ in picked)
    errors = tuple(error for _, error in picked)
    certificate = kind.prove(draft.problem, choices)
    key = errors.index(None)
    if certificate.holds != tuple(place == key for place in range(OPTIONS)):
        return None
    return LogicItem(
        kind=kind.code,
        seed=seed,
        stem=kind.stem(draft.problem),
        options=tuple(kind.option(draft.problem, choice) for choice in choices),
        key=key,
        rationale=kind.rationale(draft.problem, draft.key),
        certificate=certificate,
        level=kind.level(draft.problem),
        errors=errors,
        problem=draft.problem,
        choices=choices,
    )


def _usable(kind: Kind[Any, Any], draft: Draft[Any, Any]) -> list[Wrong[Any]]:
    """The first three wrong choices that read differently in both languages."""
    taken = [kind.option(draft.problem, draft.key)]
    usable: list[Wrong[Any]] = []
    for wrong in draft.wrong:
        text = kind.option(draft.problem, wrong.choice)
        if all(text.kk != other.kk and text.ru != other.ru for other in taken):
            taken.append(text)
            usable.append(wrong)
    return usable[: OPTIONS - 1]
