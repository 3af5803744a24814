"""Acts, their redactions and articles, and what an amendment touches.

When an act is amended or repealed, every item whose key stands on a touched article leaves the pool from that
day and goes to review. The page shows what an amendment touches before it is recorded.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from question_bank.citations import citation_within, names_its_place
from question_bank.items import Item, Text
from question_bank.problems import Problem


class ActKind(StrEnum):
    CONSTITUTION = "constitution"
    CODE = "code"
    LAW = "law"
    DECREE = "decree"
    ORDER = "order"
    COURSE = "course"


@dataclass(frozen=True, slots=True)
class Act:
    """An act that items stand on.

    `redaction` is the day of the redaction that the bank was checked against; `valid_to` the last day of the
    act, None while no end is known; `articles` those that items stand on, in Kazakh, as they are cited.
    """

    code: str
    kind: ActKind
    number: str
    adopted: date | None
    name: Text
    redaction: date | None = None
    valid_to: date | None = None
    articles: tuple[str, ...] = ()

    def has_article(self, article: str) -> bool:
        """Say whether `article` is in the act's list; a part of a listed article counts as listed."""
        return any(citation_within(article, listed) for listed in self.articles)


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change of an act from a day on.

    `articles` are those that change, in Kazakh, as they are cited; empty when the whole act is amended anew
    or repealed.
    """

    act: str
    in_force: date
    articles: tuple[str, ...] = ()
    repeals: bool = False
    ground: str = ""


@dataclass(frozen=True, slots=True)
class ActReading:
    """Acts by code, and what was wrong in their file."""

    acts: Mapping[str, Act]
    problems: tuple[Problem, ...]


def touches(amendment: Amendment, item: Item) -> bool:
    """Say whether the key of `item` stands on what the amendment changes.

    An item that cites a whole article is touched by a change of a part of it, and the other way round; one
    that cites a range, by a change of each article of the range.
    """
    source = item.version.source
    if source is None or source.act != amendment.act:
        return False
    if amendment.repeals or not amendment.articles:
        return True
    own = source.article.kk
    return any(citation_within(own, each) or citation_within(each, own) for each in amendment.articles)


def may_touch(amendment: Amendment, item: Item) -> bool:
    """Say whether nobody but a person can tell if the amendment touches `item`.

    So it is where the item cites a whole chapter, or words without a number, and single articles change.
    """
    source = item.version.source
    if source is None or source.act != amendment.act or touches(amendment, item):
        return False
    return not names_its_place(source.article.kk)


def touched(amendment: Amendment, items: Iterable[Item]) -> tuple[Item, ...]:
    """Return the items that the amendment sends to review, by code."""
    return tuple(sorted((item for item in items if touches(amendment, item)), key=lambda item: item.code))


def has_ended(item: Item, acts: Mapping[str, Act], day: date) -> bool:
    """Say whether the key of `item` holds no more on `day`: its article ended, or its act did."""
    source = item.version.source
    if source is None:
        return False
    return (source.valid_to is not None and source.valid_to < day) or not _act_in_force(item, acts, day)


def pool_on(
    day: date, items: Iterable[Item], acts: Mapping[str, Act], amendments: Iterable[Amendment] = ()
) -> tuple[Item, ...]:
    """Return the items that may be drawn for a test on `day`, by code.

    Active, on an article that holds on that day, of an act that is still in force, and not touched by an
    amendment in force by then. An item corrected after the amendment carries a redaction of that day or later
    and stays.
    """
    due = [amendment for amendment in amendments if amendment.in_force <= day]
    drawn = (item for item in items if item.usable_on(day) and _act_in_force(item, acts, day))
    current = (item for item in drawn if not any(_outdates(amendment, item) for amendment in due))
    return tuple(sorted(current, key=lambda item: item.code))


@cache
def shipped_acts() -> ActReading:
    """Return the acts shipped with the package: read once, since a page asks for each name in its lists."""
    file = resources.files("question_bank") / "bank" / "acts.toml"
    return read_acts(file.read_text(encoding="utf-8"), file="acts.toml")


def read_acts(toml: str, *, file: str) -> ActReading:
    """Read a file of acts; a faulty act becomes a problem with its place, the others are kept."""
    try:
        tables = tomllib.loads(toml).get("act", [])
    except tomllib.TOMLDecodeError as error:
        return ActReading({}, (Problem("", "unreadable", str(error), file),))
    acts: dict[str, Act] = {}
    problems: list[Problem] = []
    for number, table in enumerate(tables, start=1):
        try:
            act = _act(table)
        except (KeyError, TypeError, ValueError) as error:
            place = f"{file}, act {number}"
            problems.append(Problem("", "act-unreadable", f"{table.get('code', 'act')}: {error!r}", place))
            continue
        if act.code in acts:
            problems.append(Problem("", "act-twice", f"{act.code} is listed twice", f"{file}, act {number}"))
        acts[act.code] = act
    return ActReading(MappingProxyType(acts), tuple(problems))


def _act(table: Mapping[str, Any]) -> Act:
    for name in ("date", "redaction", "valid_to"):
        if name in table and type(table[name]) is not date:
            raise ValueError(f"{name} is not a date")
    return Act(
        code=table["code"],
        kind=ActKind(table["kind"]),
        number=str(table.get("number", "")),
        adopted=table.get("date"),
        name=Text(**table["name"]),
        redaction=table.get("redaction"),
        valid_to=table.get("valid_to"),
        articles=tuple(table.get("articles", ())),
    )


def _act_in_force(item: Item, acts: Mapping[str, Act], day: date) -> bool:
    act = acts.get(item.act)
    return act is None or act.valid_to is None or day <= act.valid_to


def _outdates(amendment: Amendment, item: Item) -> bool:
    source = item.version.source
    corrected = source is not None and source.redaction is not None and source.redaction >= amendment.in_force
    return touches(amendment, item) and (amendment.repeals or not corrected)
