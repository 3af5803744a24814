"""Names and sentences that the pages of the statistics share."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_uppercase

from flask_babel import gettext as _

from exam.services.statistics.changed_keys import right_responses
from exam.services.statistics.collected_answers import OTHER_ANSWERS, Question
from exam.services.statistics.group_lines import GroupLine, Groups
from exam.services.statistics.sitting_report import Place, TestLine
from exam.web import languages
from exam.web.naming import region_choices
from exam.web.wordings.sitting import AREAS, PARTS
from exam.web.wordings.statistics import FLAGS, GRAVE, LANGUAGES, REPORTED, SEXES, flag_sentence
from question_bank.items import Kind
from scoring import Flag, OptionCurves


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A flag in words, with the source of its cut-off; a `grave` one is looked at first."""

    word: str
    sentence: str
    source: str
    grave: bool


def page_words() -> dict[str, object]:
    """What every template of the statistics may use."""
    return {
        "areas": AREAS,
        "parts": PARTS,
        "flag_lines": flag_lines,
        "flag_kinds": flag_kinds,
        "names_of": names_of,
        "place_name": place_name,
        "stem_of": stem_of,
        "option_name": option_name,
        "option_text": option_text,
        "right_names": right_names,
        "choices_of": choices_of,
        "curve_rows": curve_rows,
        "without_minima": without_minima,
    }


def without_minima() -> str:
    """What figures about the cut leave out of account where areas have minima of their own."""
    return _("By the overall threshold alone, without the minima of areas.")


def names_of(line: TestLine) -> str:
    """The name of a campaign in the language of the page."""
    return line.name_ru if languages.code() == "ru" else line.name_kk


def place_name(place: Place) -> str:
    """A form by its number, a sitting by day, region and room."""
    if place.at is None:
        return _("form %(number)s", number=place.number)
    region = place.region_ru if languages.code() == "ru" else place.region_kk
    return f"{languages.moment(place.at)}, {region}, {place.room}"


def flag_lines(flags: Iterable[Flag], question: Question | None = None) -> list[FlagLine]:
    """Flags in words, the grave ones first."""
    lines = [
        FlagLine(
            str(FLAGS[flag.code]),
            flag_sentence(
                flag.code, flag.value, flag.cutoff, option_name(question, flag.option) if question else ""
            ),
            flag.source,
            flag.code in GRAVE,
        )
        for flag in flags
    ]
    return sorted(lines, key=lambda line: not line.grave)


def flag_kinds(lines: Iterable[FlagLine]) -> list[tuple[str, bool, int]]:
    """Each word of a row once, whether it is grave, and how often it was found, as with several options."""
    return [(*kind, times) for kind, times in Counter((line.word, line.grave) for line in lines).items()]


def option_name(question: Question, response: str) -> str:
    """A response as a reader knows it: a letter for a place, letters for several, a number as it is."""
    if response == OTHER_ANSWERS:
        return _("other answers")
    if question.version.kind is Kind.NUMERIC or not response:
        return response
    return ", ".join(ascii_uppercase[int(place)] for place in response.split(","))


def option_text(question: Question, response: str) -> str:
    """The words of the option that a single choice names; nothing for other kinds."""
    if question.version.kind is not Kind.SINGLE or not response.isdecimal():
        return ""
    return question.version.options[int(response)].text.in_language(_item_language())


def group_name(grouping: str, group: str) -> str:
    """A group in words: a language, a sex, a region."""
    words = {"language": LANGUAGES, "sex": SEXES}.get(grouping, {})
    return str(words.get(group) or dict(region_choices()).get(group, group))


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group in words, with its figures."""

    grouping: str
    group: str
    line: GroupLine


def group_rows(groups: Groups, *, forms: Iterable[Place], sittings: Iterable[Place]) -> list[GroupRow]:
    """Put the groups of a report into words, forms and sittings by their places."""
    places = {"form_id": forms, "sitting_id": sittings}
    return [
        GroupRow(str(REPORTED[name]), names[line.group] if names else group_name(name, line.group), line)
        for name, lines in groups
        for names in [{str(place.id): place_name(place) for place in places.get(name, ())}]
        for line in lines
    ]


def curve_rows(question: Question, curves: OptionCurves) -> list[tuple[str, list[float]]]:
    """Each option with its shares in the groups, weakest first; last those who gave no answer, if any."""
    names = [*(option_name(question, option) for option in curves.options), _("no answer")]
    rows = list(zip(names, curves.shares.tolist(), strict=True))
    return rows if any(rows[-1][1]) else rows[:-1]


def stem_of(question: Question) -> str:
    """The question itself, in Kazakh on English pages."""
    return question.version.stem.in_language(_item_language())


def choices_of(question: Question, own: bool = False) -> list[tuple[str, str, bool]]:
    """The options of a single choice: name, words, whether it is right (by its own key, if asked so)."""
    if question.version.kind is not Kind.SINGLE:
        return []
    right = right_responses(question.version, None if own else question.changed)
    places = [str(place) for place in range(len(question.version.options))]
    return [(option_name(question, place), option_text(question, place), place in right) for place in places]


def right_names(question: Question, own: bool = False) -> str:
    """The key in the letters of the page: the one in force, or the question's own."""
    right = right_responses(question.version, None if own else question.changed)
    return "; ".join(option_name(question, response) for response in right)


def _item_language() -> str:
    return "ru" if languages.code() == "ru" else "kk"
