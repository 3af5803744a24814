"""What a form must contain: a blueprint, its reading, and what a bank lacks to fill it.

A blueprint's figures are a setting of a campaign, never law in code: the ministry's own numbers stand in acts
for official use only. The blueprints shipped in `question_bank/blueprints` are samples and say so.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from typing import Any

from question_bank.errors import BlueprintError
from question_bank.items import NOTHING, Item, Part, Text

FIELDS = {"schema", "code", "part", "questions", "minutes", "title", "sample", "source", "forms"}
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
class Shortfall:
    """A count that the bank cannot reach: of what, how many are needed and how many there are."""

    what: str
    needed: int
    available: int

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
        blueprint = _from_table(table)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise BlueprintError(f"the blueprint cannot be read: {error!r}") from error
    _require_sense(blueprint)
    return blueprint


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


def shortfalls(
    blueprint: Blueprint, items: Iterable[Item], *, forms: int = 1, most_exposed: int | None = None
) -> tuple[Shortfall, ...]:
    """Say what the bank lacks for `forms` forms, quota by quota.

    An empty answer means that each count is there, not yet that all of them go together: `assembly.assemble`
    finds that out.

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
    wanted = [(f"questions of {blueprint.part}", blueprint.questions, len(pool))]
    wanted += [(str(quota), quota.least, counts[quota.dimension, quota.value]) for quota in blueprint.quotas]
    needed = ((what, max(least, -(-least * forms // uses)), available) for what, least, available in wanted)
    return tuple(Shortfall(what, need, available) for what, need, available in needed if available < need)


def _from_table(table: Mapping[str, Any]) -> Blueprint:
    unknown = sorted(set(table) - FIELDS - set(DIMENSIONS))
    if unknown or table["schema"] != 1:
        raise ValueError(f"not known: {', '.join(unknown) or 'schema'}")
    return Blueprint(
        code=table["code"],
        part=Part(table["part"]),
        questions=_count(table["questions"]),
        minutes=_count(table["minutes"]),
        quotas=tuple(
            _quota(dimension, value, wanted)
            for name, dimension in DIMENSIONS.items()
            for value, wanted in table.get(name, {}).items()
        ),
        title=Text(**table["title"]) if "title" in table else NOTHING,
        sample=table.get("sample", True),
        source=Text(**table["source"]) if "source" in table else NOTHING,
        likeness=_likeness(table.get("forms", {})),
    )


def _quota(dimension: str, value: str, wanted: int | Mapping[str, int]) -> Quota:
    if isinstance(wanted, int):
        return Quota(dimension, value, _count(wanted), wanted)
    if not wanted or set(wanted) - {"least", "most"}:
        raise BlueprintError(f"{dimension} {value}: a number, or least and most, is expected")
    return Quota(dimension, value, _count(wanted.get("least", 0)), _count(wanted.get("most", 10**6)))


def _likeness(table: Mapping[str, Any]) -> Likeness:
    standard = Likeness()
    return Likeness(
        score_tolerance=Decimal(table.get("score_tolerance", standard.score_tolerance)),
        information_tolerance=Decimal(table.get("information_tolerance", standard.information_tolerance)),
        most_shared=_count(table["most_shared"]) if "most_shared" in table else None,
        most_exposed=_count(table["most_exposed"]) or 1 if "most_exposed" in table else None,
    )


def _count(number: int) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise ValueError(f"{number!r} is not a count")
    return number


def _require_sense(blueprint: Blueprint) -> None:
    """Refuse quotas that no bank whatsoever could meet."""
    for dimension in DIMENSIONS.values():
        quotas = [quota for quota in blueprint.quotas if quota.dimension == dimension]
        least = sum(quota.least for quota in quotas)
        if least > blueprint.questions or any(quota.least > quota.most for quota in quotas):
            raise BlueprintError(
                f"{blueprint.code}: the quotas by {dimension} ask for {least} of {blueprint.questions}"
            )
    if not blueprint.questions or not blueprint.minutes:
        raise BlueprintError(f"{blueprint.code}: questions and minutes must be positive")
