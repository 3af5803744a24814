"""What a form must contain: a blueprint, its reading, and what a bank lacks to fill it.

A blueprint's figures are a setting of a campaign, never law in code: the ministry's own numbers stand in acts
for official use only. The blueprints shipped in `question_bank/blueprints` are samples and say so.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from importlib import resources
from typing import Any

from question_bank.errors import BlueprintError
from question_bank.items import NOTHING, Item, Part, Text

FIELDS = {"schema", "code", "part", "questions", "minutes", "title", "sample", "source", "forms"}
CODE = re.compile("[a-z0-9][a-z0-9._-]{0,63}")
MOST_QUESTIONS, MOST_MINUTES, NO_BOUND = 500, 600, 10**6
DIMENSIONS = {"areas": "area", "acts": "act", "levels": "level", "kinds": "kind", "topics": "topic"}


@dataclass(frozen=True, slots=True)
class Quota:
    """How many questions of a form have `value` in `dimension`.

    At least `least`, at most `most`, both included. `dimension` is one of area, act, level, kind, topic.
    """

    dimension: str
    value: str
    least: int
    most: int

    def __str__(self) -> str:
        return f"{self.dimension} {self.value}"

    def admits(self, item: Item) -> bool:
        """Say whether `item` counts for this quota."""
        return property_of(item, self.dimension) == self.value


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike parallel forms must be, and how much they may share.

    Parameters
    ----------
    score_tolerance
        The greatest difference allowed between the expected scores of two forms, in points.
    information_tolerance
        The greatest difference allowed between two forms' information at the cut, as a share of the smaller.
    most_shared
        Items that two forms may have in common; None for no bound.
    most_exposed
        Forms of one assembly that an item may appear in; None for no bound.
    """

    score_tolerance: Decimal = Decimal("0.50")
    information_tolerance: Decimal = Decimal("0.05")
    most_shared: int | None = None
    most_exposed: int | None = None


@dataclass(frozen=True, slots=True)
class Blueprint:
    """The plan of a form.

    `questions` and `minutes` hold for each form; `sample` marks figures that no act prescribes; `source` says
    where they come from.
    """

    code: str
    part: Part
    questions: int
    minutes: int
    quotas: tuple[Quota, ...] = ()
    title: Text = NOTHING
    sample: bool = True
    source: Text = NOTHING
    likeness: Likeness = Likeness()


@dataclass(frozen=True, slots=True)
class Supply:
    """A count that a blueprint asks of the bank: of what, how many are needed and how many there are."""

    what: str
    needed: int
    available: int

    @property
    def short(self) -> int:
        """How many are missing; 0 where there are enough."""
        return max(self.needed - self.available, 0)

    @property
    def told(self) -> str:
        return f"{self.needed} needed, {self.available} in the bank"

    def __str__(self) -> str:
        return f"{self.what}: {self.told}"


def property_of(item: Item, dimension: str) -> str:
    """Return what `item` is in a quota's dimension, as text."""
    match dimension:
        case "area":
            return item.area
        case "act":
            return item.act
        case "level":
            return str(item.level)
        case "kind":
            return str(item.version.kind)
        case "topic":
            return item.topic
    raise BlueprintError(f"there is no dimension {dimension!r}")


def read_blueprint(toml: str) -> Blueprint:
    """Read a blueprint.

    A quota is a number (exactly so many) or ``{ least = 3 }``, ``{ most = 9 }`` or both.

    Raises
    ------
    BlueprintError
        If the text is not TOML, a field is missing or wrong, or the quotas cannot add up.
    """
    try:
        table = tomllib.loads(toml)
    except (ValueError, RecursionError) as error:
        raise BlueprintError(f"the blueprint cannot be read: it is not TOML ({error})") from error
    return blueprint_from_table(table)


def blueprint_from_table(table: Mapping[str, Any]) -> Blueprint:
    """Read a blueprint from the table of its TOML, or from what `as_table` gave.

    Raises
    ------
    BlueprintError
        If a field is missing, unknown or wrong, or the quotas cannot add up.
    """
    try:
        blueprint = _from_table(table)
    except (AttributeError, TypeError, ValueError, ArithmeticError) as error:
        raise BlueprintError(f"the blueprint cannot be read: {error}") from error
    _require_sense(blueprint)
    return blueprint


def as_table(blueprint: Blueprint) -> dict[str, Any]:
    """Return a blueprint as the table of its TOML, which `blueprint_from_table` reads back."""
    likeness = blueprint.likeness
    bounds = {"most_shared": likeness.most_shared, "most_exposed": likeness.most_exposed}
    quotas: dict[str, dict[str, dict[str, int]]] = {}
    for quota in blueprint.quotas:
        name = next(name for name, dimension in DIMENSIONS.items() if dimension == quota.dimension)
        quotas.setdefault(name, {})[quota.value] = {"least": quota.least, "most": quota.most}
    return {
        "schema": 1,
        "code": blueprint.code,
        "part": str(blueprint.part),
        "questions": blueprint.questions,
        "minutes": blueprint.minutes,
        "title": {"kk": blueprint.title.kk, "ru": blueprint.title.ru},
        "sample": blueprint.sample,
        "source": {"kk": blueprint.source.kk, "ru": blueprint.source.ru},
        **quotas,
        "forms": {
            "score_tolerance": str(likeness.score_tolerance),
            "information_tolerance": str(likeness.information_tolerance),
            **{name: bound for name, bound in bounds.items() if bound is not None},
        },
    }


def shipped_blueprints() -> dict[str, Blueprint]:
    """Return the blueprints shipped with the package, by code."""
    folder = resources.files("question_bank") / "blueprints"
    files = (file for file in folder.iterdir() if file.name.endswith(".toml"))
    read = [read_blueprint(file.read_text(encoding="utf-8")) for file in files]
    return {blueprint.code: blueprint for blueprint in sorted(read, key=lambda blueprint: blueprint.code)}


def usable(blueprint: Blueprint, items: Iterable[Item]) -> tuple[Item, ...]:
    """Return the items of the blueprint's part, by code; the order they come in does not matter.

    State and validity are asked of the caller, who knows the day: `Item.usable_on`.
    """
    return tuple(sorted((item for item in items if item.part is blueprint.part), key=lambda item: item.code))


def supplies(
    blueprint: Blueprint, items: Iterable[Item], *, forms: int = 1, most_exposed: int | None = None
) -> tuple[Supply, ...]:
    """Say what `forms` forms need and what the bank has: of questions at all, then quota by quota.

    Parameters
    ----------
    most_exposed
        Forms that an item may appear in; None when every form may have it.
    """
    pool = usable(blueprint, items)
    uses = min(forms, forms if most_exposed is None else most_exposed)
    counts = Counter(
        (dimension, property_of(item, dimension)) for item in pool for dimension in DIMENSIONS.values()
    )
    wanted = [("questions", blueprint.questions, len(pool))]
    wanted += [(str(quota), quota.least, counts[quota.dimension, quota.value]) for quota in blueprint.quotas]
    needed = ((what, max(least, -(-least * forms // uses)), available) for what, least, available in wanted)
    return tuple(Supply(what, need, available) for what, need, available in needed)


def shortfalls(
    blueprint: Blueprint, items: Iterable[Item], *, forms: int = 1, most_exposed: int | None = None
) -> tuple[Supply, ...]:
    """Say what the bank lacks, as `supplies` counts it.

    An empty answer means that each count is there, not yet that all of them go together: `assembly.assemble`
    finds that out.
    """
    counted = supplies(blueprint, items, forms=forms, most_exposed=most_exposed)
    return tuple(each for each in counted if each.short)


def _from_table(table: Mapping[str, Any]) -> Blueprint:
    unknown = sorted(set(table) - FIELDS - set(DIMENSIONS))
    if unknown:
        raise ValueError(f"{', '.join(unknown)} is not known here")
    if _needed(table, "schema") != 1:
        raise ValueError("schema 1 is expected")
    return Blueprint(
        code=_code(_needed(table, "code")),
        part=_part(_needed(table, "part")),
        questions=_count(_needed(table, "questions"), "questions", MOST_QUESTIONS),
        minutes=_count(_needed(table, "minutes"), "minutes", MOST_MINUTES),
        quotas=tuple(
            _quota(dimension, value, wanted)
            for name, dimension in DIMENSIONS.items()
            for value, wanted in _within(table, name).items()
        ),
        title=_text(table, "title"),
        sample=_flag(table.get("sample", True)),
        source=_text(table, "source"),
        likeness=_likeness(_within(table, "forms")),
    )


def _needed(table: Mapping[str, Any], name: str) -> Any:
    if name not in table:
        raise ValueError(f"{name} is missing")
    return table[name]


def _within(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = table.get(name, {})
    if not isinstance(found, Mapping):
        raise TypeError(f"[{name}] is a table of its own")
    return found


def _code(value: object) -> str:
    if not isinstance(value, str) or not CODE.fullmatch(value):
        raise ValueError("code is 1 to 64 small Latin letters, digits, dots, hyphens and underscores")
    return value


def _part(value: Any) -> Part:
    if value not in set(Part):
        raise ValueError(f"part is one of {', '.join(Part)}")
    return Part(value)


def _text(table: Mapping[str, Any], name: str) -> Text:
    words = _within(table, name)
    if set(words) - {"kk", "ru"} or not all(isinstance(each, str) for each in words.values()):
        raise ValueError(f"{name} has a text in kk and one in ru")
    return Text(words.get("kk", ""), words.get("ru", ""))


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("sample is true or false")
    return value


def _quota(dimension: str, value: str, wanted: object) -> Quota:
    what = f"{dimension} {value}"
    if not isinstance(wanted, Mapping):
        exactly = _count(wanted, what, MOST_QUESTIONS)
        return Quota(dimension, value, exactly, exactly)
    if not wanted or set(wanted) - {"least", "most"}:
        raise ValueError(f"{what}: a number, or least and most, is expected")
    least = _count(wanted.get("least", 0), what, MOST_QUESTIONS)
    return Quota(dimension, value, least, _count(wanted.get("most", NO_BOUND), what, NO_BOUND))


def _likeness(table: Mapping[str, Any]) -> Likeness:
    if unknown := sorted(set(table) - {field.name for field in fields(Likeness)}):
        raise ValueError(f"{', '.join(unknown)} is not known in [forms]")
    standard = Likeness()
    return Likeness(
        score_tolerance=_tolerance(table, "score_tolerance", standard.score_tolerance),
        information_tolerance=_tolerance(table, "information_tolerance", standard.information_tolerance),
        most_shared=_bound(table, "most_shared", 0),
        most_exposed=_bound(table, "most_exposed", 1),
    )


def _bound(table: Mapping[str, Any], name: str, least: int) -> int | None:
    if name not in table:
        return None
    found = _count(table[name], name, NO_BOUND)
    if found < least:
        raise ValueError(f"{name} is at least {least}")
    return found


def _tolerance(table: Mapping[str, Any], name: str, standard: Decimal) -> Decimal:
    try:
        found = Decimal(str(table.get(name, standard)))
    except ArithmeticError:
        raise ValueError(f"{name} is a number such as 0.50") from None
    if not found.is_finite() or not 0 <= found <= MOST_QUESTIONS:
        raise ValueError(f"{name} lies between 0 and {MOST_QUESTIONS}")
    return found


def _count(number: object, what: str, most: int) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= most:
        raise ValueError(f"{what} is a whole number from 0 to {most}")
    return number


def _require_sense(blueprint: Blueprint) -> None:
    """Refuse quotas that no bank whatsoever could meet."""
    code = blueprint.code
    if not blueprint.questions or not blueprint.minutes:
        raise BlueprintError(f"{code}: questions and minutes must be positive")
    for quota in blueprint.quotas:
        if quota.least > quota.most:
            raise BlueprintError(f"{code}: {quota} asks for at least {quota.least} and at most {quota.most}")
    for dimension in DIMENSIONS.values():
        least = sum(quota.least for quota in blueprint.quotas if quota.dimension == dimension)
        if least > blueprint.questions:
            raise BlueprintError(
                f"{code}: the quotas by {dimension} ask for {least} of {blueprint.questions}"
            )
