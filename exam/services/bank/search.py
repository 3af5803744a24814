"""Finding items in the bank by words in both languages, act, article, area, topic, state and flags."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.rules.roles import Role
from exam.services.bank.amendments import LIVING, outdated_versions
from exam.services.bank.item_content import from_content
from exam.services.bank.reading import last_moves, newest_number
from exam.services.paging import Paged, paged
from exam.storage.base import canonical
from exam.storage.tables import FormItem, ItemMove, ItemRow, ItemVersionRow
from question_bank.items import Kind, Part, State, Text

READERS = (Role.ITEM_AUTHOR, Role.ITEM_APPROVER, Role.PSYCHOMETRICIAN)
FLAGS = ("outdated", "ending", "next-version", "never-used")
ENDING = timedelta(days=90)
SORTS: Mapping[str, sa.ColumnElement[str] | sa.ColumnElement[int]] = {
    "code": ItemRow.code.expression,
    "topic": ItemRow.topic.expression,
    "level": ItemVersionRow.level.expression,
    "state": ItemRow.state.expression,
}

FIELDS = (
    *(
        "schema",
        "item",
        "number",
        "kind",
        "stem",
        "kk",
        "ru",
        "options",
        "fixed",
        "lefts",
        "key",
        "order",
        "match",
    ),
    *("value", "tolerance", "rationale", "unit", "source", "act", "article", "redaction", "valid_from"),
    *("valid_to", "points", "image", "image_alt", "seed", "certificate"),
)
STRUCTURE = (*(f'"{name}":' for name in FIELDS), ":true", ":false", ":null")
"""What stands in every stored version, whatever it says."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; an empty field looks for everything.

    Attributes
    ----------
    words : str
        All of them stand in the item, in either language, or the item's code holds them.
    article : str
        How the citation begins, in either language.
    state : str
        A state of the newest version; ``active`` finds every item with a version in use.
    """

    words: str = ""
    part: str = ""
    area: str = ""
    topic: str = ""
    act: str = ""
    article: str = ""
    state: str = ""
    flag: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class BankLine:
    """An item in a list: its newest version, and the number of the version in use where that is another."""

    id: int
    code: str
    part: Part
    area: str
    topic: str
    act: str
    article: Text | None
    kind: Kind
    level: int
    state: State
    number: int
    in_use: int | None
    stem: Text


def search(session: Session, wanted: Wanted, *, on: date, number: int = 1) -> Paged[BankLine]:
    """Return one page of the items that are looked for."""
    return paged(session, found_versions(session, wanted, on=on), _line, number=number)


def found_versions(
    session: Session, wanted: Wanted, *, on: date
) -> sa.Select[ItemRow, ItemVersionRow, int | None]:
    """Select the items that are looked for, in order, each with its newest version and the number in use."""
    query = (
        sa.select(ItemRow, ItemVersionRow, _number_in_use())
        .join(ItemVersionRow, ItemVersionRow.item_id == ItemRow.id)
        .where(ItemVersionRow.number == newest_number(), *_conditions(session, wanted, on))
    )
    falling = wanted.sort.startswith("-")
    column = SORTS.get(wanted.sort.removeprefix("-"), SORTS["code"])
    order = [column.desc() if falling else column.asc()] if wanted.sort else [ItemRow.part]
    return query.order_by(*order, ItemRow.code)


def _number_in_use() -> sa.ScalarSelect[int]:
    """The number of an item's version that candidates get."""
    last = last_moves()
    active = (
        sa.select(sa.func.max(ItemVersionRow.number))
        .select_from(last)
        .join(ItemMove, ItemMove.id == last.c.move_id)
        .join(ItemVersionRow, ItemVersionRow.id == ItemMove.version_id)
        .where(ItemMove.to_state == State.ACTIVE.value, ItemVersionRow.item_id == ItemRow.id)
    )
    return active.correlate(ItemRow).scalar_subquery()


def _conditions(session: Session, wanted: Wanted, on: date) -> list[sa.ColumnElement[bool]]:
    content = sa.type_coerce(ItemVersionRow.content, sa.Text)
    plain = {"part": ItemRow.part, "area": ItemRow.area, "topic": ItemRow.topic, "act": ItemRow.act}
    found = [column == value for name, column in plain.items() if (value := getattr(wanted, name))]
    found += [_said(content, word) | _coded(word) for word in wanted.words.split()]
    if article := _inside_json(wanted.article):
        kazakh = content.contains(f'"article":{{"kk":"{article}', autoescape=True)
        russian = content.like(f'%"article":{{"kk":"%","ru":"{_escaped(article)}%', escape="/")
        found.append(sa.or_(kazakh, russian))
    if wanted.state == State.ACTIVE:
        found.append(_number_in_use().is_not(None))
    elif wanted.state:
        found.append(ItemRow.state == wanted.state)
    return found + ([_flagged(session, wanted.flag, on)] if wanted.flag in FLAGS else [])


def _said(content: sa.ColumnElement[str], word: str) -> sa.ColumnElement[bool]:
    """Look in what a version says; the names of its fields are left out where the word stands in one."""
    for name in STRUCTURE:
        if word.lower() in name:
            content = sa.func.replace(content, name, "")
    return sa.or_(*(content.contains(each, autoescape=True) for each in _writings(word)))


def _coded(word: str) -> sa.ColumnElement[bool]:
    return ItemRow.code.contains(word.upper(), autoescape=True) | ItemRow.code.contains(word, autoescape=True)


def _writings(word: str) -> list[str]:
    """The usual writings of a word, as JSON keeps them: SQLite folds the case of Latin letters only."""
    return sorted({_inside_json(each) for each in (word, word.lower(), word.title(), word.upper())})


def _inside_json(words: str) -> str:
    return canonical(" ".join(words.split()))[1:-1]


def _escaped(words: str) -> str:
    return words.replace("/", "//").replace("%", "/%").replace("_", "/_")


def _flagged(session: Session, flag: str, on: date) -> sa.ColumnElement[bool]:
    match flag:
        case "outdated":
            overtaken = outdated_versions(session, on=on, states=LIVING)
            return ItemRow.id.in_([each.item_id for each in overtaken])
        case "ending":
            return ItemVersionRow.valid_to <= on + ENDING
        case "next-version":
            return _number_in_use() < ItemVersionRow.number
    drawn = sa.select(FormItem.form_id).join(ItemVersionRow, ItemVersionRow.id == FormItem.item_version_id)
    return ~drawn.where(ItemVersionRow.item_id == ItemRow.id).correlate(ItemRow).exists()


def _line(row: ItemRow, version: ItemVersionRow, in_use: int | None) -> BankLine:
    content = from_content(version.content)
    return BankLine(
        id=row.id,
        code=row.code,
        part=Part(row.part),
        area=row.area,
        topic=row.topic,
        act=row.act or "",
        article=content.source.article if content.source else None,
        kind=content.kind,
        level=version.level,
        state=State(row.state),
        number=version.number,
        in_use=in_use,
        stem=content.stem,
    )


def waiting_for_review(session: Session, *, number: int = 1) -> Paged[BankLine]:
    """Return one page of the items whose newest version waits for an approver, longest waiting first."""
    sent = sa.select(sa.func.max(ItemMove.id)).where(ItemMove.item_id == ItemRow.id).correlate(ItemRow)
    query = (
        sa.select(ItemRow, ItemVersionRow, _number_in_use())
        .join(ItemVersionRow, ItemVersionRow.item_id == ItemRow.id)
        .where(ItemVersionRow.number == newest_number())
        .where(ItemRow.state.in_((State.IN_REVIEW.value, State.APPROVED.value)))
        .order_by(sent.scalar_subquery())
    )
    return paged(session, query, _line, number=number)
