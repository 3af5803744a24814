"""Drafts as Moodle XML; what the format has no field for travels as tags."""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from question_bank.interchange.details import tags_of
from question_bank.interchange.drafts import Draft
from question_bank.interchange.gift_writing import share_of
from question_bank.interchange.markup import write_words
from question_bank.interchange.xml_writing import HEAD, element, lines, words
from question_bank.items import NOTHING, Kind, Text

TYPES = {
    Kind.SINGLE: "multichoice",
    Kind.MULTIPLE: "multichoice",
    Kind.ORDERING: "ordering",
    Kind.MATCHING: "matching",
    Kind.NUMERIC: "numerical",
}

NOT_IN_ALT = re.compile(r"[\[\]\s]+")

NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})


def write_moodle(drafts: Sequence[Draft], *, pictures: Mapping[str, bytes] = NO_PICTURES) -> str:
    """Return drafts as a Moodle XML file that `read_moodle` reads back.

    `pictures` are the bytes of PNG files by the names that drafts give them.
    """
    questions: list[str] = []
    category = ""
    for draft in drafts:
        if draft.category != category:
            category = draft.category
            questions.append(element("question", element("category", _plain(category)), type="category"))
        questions.append(_question(draft, pictures.get(draft.picture or draft.detail("image"), b"")))
    return f"{HEAD}<quiz>\n{lines(questions)}</quiz>\n"


def _question(draft: Draft, png: bytes) -> str:
    tags = [element("tag", _plain(tag)) for tag in tags_of(draft)]
    parts = [
        element("name", _plain(draft.name)),
        _asked(draft, png),
        _spoken("generalfeedback", draft.feedback),
        element("defaultgrade", "1"),
        *_answers(draft),
        *([element("tags", *tags)] if tags else []),
    ]
    return f'<question type="{TYPES[draft.kind]}">\n{lines(parts)}</question>'


def _asked(draft: Draft, png: bytes) -> str:
    """The stem, and after it the picture that the file carries."""
    if not png:
        return _spoken("questiontext", draft.stem)
    name = (draft.picture or draft.detail("image")).rpartition("/")[2]
    alt = " / ".join(filter(None, (draft.described.kk, draft.described.ru)))
    shown = f"{write_words(draft.stem)}\n\n![{NOT_IN_ALT.sub(' ', alt)}](@@PLUGINFILE@@/{name})"
    file = element("file", b64encode(png).decode("ascii"), name=name, path="/", encoding="base64")
    return element("questiontext", element("text", words(shown)), file, format="markdown")


def _answers(draft: Draft) -> list[str]:
    match draft.kind:
        case Kind.NUMERIC:
            value, tolerance = _plain(f"{draft.answer or 0:f}"), element("tolerance", f"{draft.tolerance:f}")
            return [element("answer", value, tolerance, fraction="100")]
        case Kind.MATCHING:
            lefts = [*draft.lefts, *[NOTHING] * (len(draft.options) - len(draft.lefts))]
            return [
                _spoken("subquestion", left, _spoken("answer", option.text))
                for left, option in zip(lefts, draft.options, strict=True)
            ]
        case Kind.ORDERING:
            return [
                _spoken("answer", option.text, fraction=str(place))
                for place, option in enumerate(draft.options, start=1)
            ]
    share = "100" if draft.kind is Kind.SINGLE else share_of(draft)
    return [
        element("single", "true" if draft.kind is Kind.SINGLE else "false"),
        element("shuffleanswers", "true"),
        *(
            _spoken(
                "answer", option.text, _feedback(option.feedback), fraction=share if option.right else "0"
            )
            for option in draft.options
        ),
    ]


def _feedback(text: Text) -> str:
    return _spoken("feedback", text) if text != NOTHING else ""


def _spoken(tag: str, text: Text, *more: str, **attributes: str) -> str:
    said = element("text", words(write_words(text)))
    return element(tag, said, *more, format="markdown", **attributes)


def _plain(text: str) -> str:
    return element("text", words(text))
