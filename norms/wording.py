"""Grounds and verdicts as sentences in Kazakh, Russian and English."""

from collections.abc import Mapping
from types import MappingProxyType

from norms.editions import Edition, Sex
from norms.evaluation import Ground, NormsState, NormsVerdict, NoRow, Verdict
from norms.exercises import Wording
from norms.measures import Measure, Unit
from norms.pass_rules import Grade

SEXES: Mapping[Sex, Wording] = MappingProxyType(
    {Sex.MALE: Wording("ерлер", "мужчины", "men"), Sex.FEMALE: Wording("әйелдер", "женщины", "women")}
)
GRADE_WORDS: Mapping[Grade, Wording] = MappingProxyType(
    {
        Grade.EXCELLENT: Wording("өте жақсы", "отлично", "excellent"),
        Grade.GOOD: Wording("жақсы", "хорошо", "good"),
        Grade.SATISFACTORY: Wording("қанағаттанарлық", "удовлетворительно", "satisfactory"),
        Grade.UNSATISFACTORY: Wording("қанағаттанарлықсыз", "неудовлетворительно", "unsatisfactory"),
    }
)
UNIT_WORDS: Mapping[Unit, Wording] = MappingProxyType(
    {
        Unit.SECONDS: Wording("с", "с", "s"),
        Unit.MINUTES: Wording("мин:с", "мин:с", "min:s"),
        Unit.REPETITIONS: Wording("рет", "раз", "reps"),
        Unit.POINTS: Wording("балл", "балл.", "points"),
        Unit.CENTIMETRES: Wording("см", "см", "cm"),
    }
)
_GROUP = Wording("{name} топ", "группа {name}", "group {name}")
_AGES = Wording("{ages} жас", "возраст {ages}", "aged {ages}")
_POINTS = Wording("{points} балл", "баллы: {points}", "{points} points")
_PASS_LIMIT = Wording("өту шегі {limit}", "для сдачи нужно {limit}", "{limit} is needed to pass")
_DISPUTED = Wording(
    "актіде реті бұзылып басылған жол ({worth}) қолданылмады",
    "строка, напечатанная в акте не по порядку ({worth}), не применена",
    "a row that the act prints out of order ({worth}) was not applied",
)


def measure_text(measure: Measure, language: str) -> str:
    """Write a measure with its unit, such as ``14,2 с``."""
    return f"{measure} {UNIT_WORDS[measure.unit].of(language)}"


def ground_text(verdict: Verdict, language: str = "en") -> str:
    """Write the ground of a verdict in one line: act and annex, row, comparison, grade.

    Parameters
    ----------
    verdict : Verdict
    language : str
        ``kk``, ``ru`` or ``en``.
    """
    ground = verdict.ground
    place = [ground.act.cited.of(language), ground.exercise.name.of(language), *_row(ground, language)]
    compared = f"{ground.result} {ground.comparison} {measure_text(ground.limit, language)}"
    worth = [_worth(verdict.grade, verdict.points, language)]
    if not verdict.passed and ground.pass_limit and ground.pass_limit != ground.limit:
        worth.append(_PASS_LIMIT.of(language).format(limit=measure_text(ground.pass_limit, language)))
    if ground.disputed is not None:
        disputed = _worth(ground.disputed.grade, ground.disputed.points, language)
        worth.append(_DISPUTED.of(language).format(worth=disputed))
    return f"{', '.join(place)}: {compared}, {', '.join(worth)}"


def _worth(grade: Grade, points: int | None, language: str) -> str:
    word = GRADE_WORDS[grade].of(language)
    return word if points is None else f"{word}, {_POINTS.of(language).format(points=points)}"


def _row(ground: Ground, language: str) -> list[str]:
    words = [SEXES[ground.sex].of(language)]
    if ground.group.name and str(ground.group):
        words.append(_GROUP.of(language).format(name=ground.group.name))
    if ages := _ages(ground, language):
        words.append(ages)
    return words


_UP_TO = Wording("{age} жасқа дейін (қоса алғанда)", "до {age} лет включительно", "up to {age} years")
_FROM = Wording("{age} жастан бастап", "от {age} лет", "from {age} years")


def _ages(ground: Ground, language: str) -> str:
    low, high = ground.group.age_min, ground.group.age_max
    if low is not None and high is not None:
        return _AGES.of(language).format(ages=f"{low}–{high}")
    if high is not None:
        return _UP_TO.of(language).format(age=high)
    return _FROM.of(language).format(age=low) if low is not None else ""


_NO_ROW = Wording(
    "{cited}: {exercise} бойынша {age} жастағы {sex} үшін норматив жоқ",
    "{cited}: нет норматива «{exercise}» ({sex}, возраст {age})",
    "{cited}, has no norm of {exercise} for {sex} of {age} years",
)
_INSTEAD = Wording("; қолданылады: {held}", "; проводятся: {held}", "; it holds {held}")


def no_row_text(absent: NoRow, edition: Edition, language: str = "en") -> str:
    """Say in one line that the act has no row, and what it holds instead."""
    said = _NO_ROW.of(language).format(
        cited=edition.act.cited.of(language),
        exercise=edition.exercise(absent.exercise).name.of(language),
        sex=SEXES[absent.sex].of(language),
        age=absent.age,
    )
    if not absent.instead:
        return said
    held = ", ".join(edition.exercise(code).name.of(language) for code in absent.instead)
    return said + _INSTEAD.of(language).format(held=held)


_STATES: Mapping[NormsState, Wording] = MappingProxyType(
    {
        NormsState.PASSED: Wording("тапсырылды", "сданы", "passed"),
        NormsState.FAILED: Wording("тапсырылған жоқ", "не сданы", "not passed"),
        NormsState.INCOMPLETE: Wording("нәтижелер толық емес", "результаты неполны", "results are missing"),
        NormsState.NO_ROW: Wording("норматив жоқ", "норматива нет", "no norm for this person"),
    }
)


def norms_text(verdict: NormsVerdict, edition: Edition, language: str = "en") -> str:
    """Say in one line what all exercises come to: outcome, act, pass rule, and the grade of each.

    Parameters
    ----------
    verdict : NormsVerdict
    edition : Edition
        The one by which `verdict` was reached.
    language : str
        ``kk``, ``ru`` or ``en``.
    """
    state = _STATES[verdict.state].of(language)
    rule = f"{edition.act.cited.of(language)} ({edition.rule_text.of(language)})"
    each = [
        f"{_tried(one, language)} – {_worth(one.grade, one.points, language)}" for one in verdict.verdicts
    ]
    each += [f"{edition.exercise(code).name.of(language)} –" for code in verdict.missing]
    return f"{state}: {rule}" + (f": {'; '.join(each)}" if each else "")


def _tried(verdict: Verdict, language: str) -> str:
    return f"{verdict.ground.exercise.name.of(language)} {verdict.ground.result}"
