"""Small made-up items for the tests of the bank."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from question_bank.items import (
    ChosenKey,
    Item,
    ItemVersion,
    Kind,
    MatchKey,
    NumberKey,
    Option,
    OrderKey,
    Part,
    Source,
    State,
    Text,
)
from question_bank.legislation import Act, ActKind
from question_bank.logic import generate

SOURCE = Source("law-1", Text("3-бап", "статья 3"), date(2024, 2, 28))
LAW = Act(
    "law-1", ActKind.LAW, "380-IV", date(2011, 1, 6), Text("Заң", "Закон"), articles=("3-бап", "15-бап")
)
ACTS = {"law-1": LAW}
WORDS = (("комиссия", "комиссия"), ("төраға", "председатель"), ("хатшы", "секретарь"), ("мүше", "член"))


def options(*words: tuple[str, str]) -> tuple[Option, ...]:
    return tuple(Option(Text(kk, ru)) for kk, ru in words)


def single(code: str = "L-T01-001", *, key: int = 1, **changes: Any) -> ItemVersion:
    """A single choice about who keeps the minutes."""
    version = ItemVersion(
        item=code,
        number=1,
        kind=Kind.SINGLE,
        stem=Text("Хаттаманы кім жүргізеді?", "Кто ведёт протокол?"),
        key=ChosenKey(frozenset({key})),
        options=options(*WORDS),
        rationale=Text("3-бап бойынша.", "Согласно статье 3."),
        source=SOURCE,
    )
    return replace(version, **changes)


MULTIPLE = replace(single(), kind=Kind.MULTIPLE, key=ChosenKey(frozenset({0, 2})), points=2)
ORDERING = replace(single(), kind=Kind.ORDERING, key=OrderKey((2, 0, 1, 3)))
MATCHING = replace(single(), kind=Kind.MATCHING, key=MatchKey((1, 0)), lefts=(Text("а", "а"), Text("ә", "б")))
NUMERIC = replace(
    single(),
    kind=Kind.NUMERIC,
    key=NumberKey(Decimal("12.5"), Decimal("0.5")),
    options=(),
    unit=Text("тәулік", "суток"),
)
OF_EACH_KIND = (single(), MULTIPLE, ORDERING, MATCHING, NUMERIC)


def law_item(code: str = "L-T01-001", *, version: ItemVersion | None = None, **changes: Any) -> Item:
    item = Item(
        code=code,
        part=Part.LEGISLATION,
        area="service",
        level=2,
        state=State.ACTIVE,
        version=version or single(code),
        topic="T03",
        fact="F-T03-001",
        grade="B",
    )
    return replace(item, **changes)


def logic_item(code: str = "G-series-001", **changes: Any) -> Item:
    made = generate("number_series", seed=7, count=1)[0]
    version = replace(
        single(code, key=made.key),
        source=None,
        stem=made.stem,
        options=tuple(map(Option, made.options)),
        rationale=made.rationale,
        seed="7",
        certificate=str(made.certificate),
    )
    item = Item(code, Part.LOGIC, "number_series", 1, State.ACTIVE, version)
    return replace(item, **changes)
