"""Moodle XML: the questions of a Moodle question bank.

Source: Moodle documentation, "Moodle XML format"; the ordering question is that of Moodle 4.4.
"""

import base64
import html
import re
from dataclasses import replace
from decimal import Decimal
from urllib.parse import unquote

from question_bank.interchange.details import details_of_tags, ordered, with_description
from question_bank.interchange.drafts import (
    FALSE,
    TRUE,
    Collector,
    Draft,
    DraftOption,
    Reading,
    in_one,
    tidy,
)
from question_bank.interchange.languages import language_of, usual_language
from question_bank.interchange.markup import LONGEST, read_words, unnamed
from question_bank.interchange.numbers import read_number
from question_bank.interchange.weights import Weighed, weigh
from question_bank.interchange.xml_tree import Node, parse_xml
from question_bank.items import NOTHING, Kind, Text

FORMS = {
    "html": "html",
    "markdown": "markdown",
    "plain_text": "plain",
    "plain": "plain",
    "moodle_auto_format": "moodle",
}
KINDS = {
    "multichoice": Kind.SINGLE,
    "truefalse": Kind.SINGLE,
    "matching": Kind.MATCHING,
    "ordering": Kind.ORDERING,
    "numerical": Kind.NUMERIC,
}
KNOWN = {
    *("name", "questiontext", "generalfeedback", "defaultgrade", "penalty", "hidden", "idnumber", "tags"),
    *("answer", "subquestion", "single", "shuffleanswers", "answernumbering", "showstandardinstruction"),
    *("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback", "shownumcorrect", "units"),
    *("unitgradingtype", "unitpenalty", "showunits", "unitsleft", "layouttype", "selecttype", "selectcount"),
    *("gradingtype", "showgrading", "numberingstyle"),
}


SPOKEN = {"questiontext", "generalfeedback", "answer", "subquestion"}
SHOWN = re.compile(
    r"!\[(?P<said>[^\]]{0,600})\]\(@@PLUGINFILE@@/[^)\s]{0,300}\)|<img\b(?P<marks>[^>]{0,600}?@@PLUGINFILE@@[^>]{0,1500})>",
    re.IGNORECASE,
)
ALT = re.compile(r"\salt=([\"'])(.*?)\1", re.IGNORECASE | re.DOTALL)
SOURCE = re.compile(r"""\ssrc\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
"""A picture where it stands in a text, as Markdown or HTML; what the HTML says of it, and where it lies."""
WITHIN = "@@PLUGINFILE@@/"


class _Question:
    """One `<question>` while it is read."""

    def __init__(self, collector: Collector, node: Node) -> None:
        self.collector = collector
        self.node = node
        self.name = tidy(node.said("name", "text"))

    def text(self, node: Node | None) -> Text:
        """Read an element with a `format` and a `<text>`."""
        inner = node.child("text") if node else None
        if node is None or inner is None:
            return NOTHING
        form = FORMS.get(node.get("format"), "moodle")
        raw = inner.markup() if inner.children else inner.text
        words = read_words(self.without_picture(raw[:LONGEST]), form, self.collector.language)
        for tag in words.lost:
            self.note("markup", f"<{tag}> is not kept")
        return words.text

    @property
    def picture(self) -> Node | None:
        """The file that the question carries as its picture: the first of its own text."""
        asked = self.node.child("questiontext")
        return next(asked.all("file"), None) if asked else None

    def without_picture(self, raw: str) -> str:
        """Return a text without the place of the picture that is kept; another stays, to be noted."""
        name = tidy(self.picture.get("name")) if self.picture else ""
        return SHOWN.sub(lambda found: "" if name and _file_of(found) == name else found[0], raw)

    def note(self, check: str, message: str) -> None:
        self.collector.note(self.node.line, check, message, self.name)

    def refuse(self, check: str, message: str) -> None:
        self.collector.refuse(self.node.line, check, message, self.name)


def read_moodle(content: bytes, file: str) -> Reading:
    """Read a Moodle XML file.

    Raises
    ------
    UnreadableXmlError
        If the bytes are not safe XML.
    """
    return moodle_of(parse_xml(content), file)


def moodle_of(root: Node, file: str) -> Reading:
    """Read a parsed Moodle XML file."""
    asked = [each for each in root.children if each.tag == "question" and each.get("type") != "category"]
    collector = Collector(file, usual_language(_unnamed(each)[0] for each in asked))
    category, empty = "", 0
    for node in root.children:
        if node.tag != "question":
            collector.refuse(node.line, "element", f"<{node.tag[:40]}> is not a question")
        elif node.get("type") == "category":
            if empty:
                collector.note(
                    empty, "category", f"the category {category!r} holds no question that was read"
                )
            category, empty = tidy(node.said("category", "text")), node.line
            if node.said("info", "text"):
                collector.note(node.line, "category-info", "what is said of a category is not kept")
        else:
            taken = len(collector.drafts)
            said, named = _unnamed(node)
            collector.turn_to(said, named=named)
            _read(_Question(collector, node), category)
            empty = 0 if len(collector.drafts) > taken else empty
    if empty:
        collector.note(empty, "category", f"the category {category!r} holds no question that was read")
    return collector.reading()


def _unnamed(node: Node) -> tuple[str, bool]:
    """Return the texts of a question that do not name their language, and whether others do."""
    formal = node.get("type") in {"numerical", "truefalse"}
    pieces = []
    for part in (each for each in node.children if each.tag in SPOKEN):
        said = [each for each in part.all("text", "answer", "feedback") if not each.child("text")]
        if formal and part.tag == "answer":
            said = [below for each in part.all("feedback") for below in (each, *each.all("text"))][-1:]
            if not said:
                continue
        raw = [each.markup() if each.children else each.text for each in said or [part]]
        pieces += [unnamed(SHOWN.sub("", each[:LONGEST])) for each in raw]
    return "\n".join(text for text, _ in pieces), any(named for _, named in pieces)


def _read(question: _Question, category: str) -> None:
    node = question.node
    kind = KINDS.get(node.get("type"))
    if kind is None:
        question.refuse("kind", f"{node.get('type')[:40] or 'no type'} is not a kind of this bank")
        return
    _note_what_is_left(question)
    tags = [tidy(tag.said("text")) for tag in node.all("tag")]
    lost = lambda tag: question.note("tag", f"the tag {tag!r} is not kept")  # noqa: E731
    details, fixed = details_of_tags(tags, lost)
    draft = Draft(
        kind=kind,
        stem=question.text(node.child("questiontext")),
        feedback=question.text(node.child("generalfeedback")),
        name=question.name,
        category=category,
        details=ordered(with_description(dict(details), _shown(question))),
        picture=_picture(question),
    )
    read = _with_answers(question, draft)
    if read:
        options = tuple(replace(each, fixed=n in fixed) for n, each in enumerate(read.options))
        question.collector.take(node.line, replace(read, options=options))


def _with_answers(question: _Question, draft: Draft) -> Draft | None:
    match question.node.get("type"):
        case "truefalse":
            return _truth(question, draft)
        case "matching":
            return _matching(question, draft)
        case "numerical":
            return _numeric(question, draft)
        case "ordering":
            return _ordering(question, draft)
    return _choice(question, draft)


def _answers(question: _Question) -> list[tuple[Node, Weighed]]:
    found = []
    for node in question.node.children:
        if node.tag == "answer":
            share = read_number(node.get("fraction", "0"))
            if share is None:
                question.note("share", f"the share {node.get('fraction')[:20]!r} is not a number; 0 is taken")
            weighed = Weighed(
                question.text(_with_text(node)), share or Decimal(0), question.text(node.child("feedback"))
            )
            found.append((node, weighed))
    return found


def _with_text(node: Node) -> Node:
    """Old files write an answer without `<text>`."""
    if node.child("text"):
        return node
    said: list[str | Node] = [each for each in node.content if isinstance(each, str)]
    return Node(node.tag, "", node.attributes, node.line, [Node("text", "", {}, node.line, said)])


def _choice(question: _Question, draft: Draft) -> Draft:
    single = question.node.said("single").lower() not in {"false", "0"}
    options = weigh([each for _, each in _answers(question)], single=single, note=question.note)
    return replace(draft, kind=Kind.SINGLE if single else Kind.MULTIPLE, options=tuple(options))


def _truth(question: _Question, draft: Draft) -> Draft | None:
    said = {node.said("text").lower(): weighed for node, weighed in _answers(question)}
    if set(said) != {"true", "false"}:
        question.refuse("truth", "answers true and false are expected")
        return None
    options = (
        DraftOption(TRUE, said["true"].share == 100, said["true"].feedback),
        DraftOption(FALSE, said["false"].share == 100, said["false"].feedback),
    )
    return replace(draft, options=options)


def _matching(question: _Question, draft: Draft) -> Draft:
    pairs = [
        (question.text(node), question.text(node.child("answer")))
        for node in question.node.children
        if node.tag == "subquestion"
    ]
    paired = [(left, right) for left, right in pairs if left != NOTHING]
    rights = [right for _, right in paired] + [right for left, right in pairs if left == NOTHING]
    return replace(draft, lefts=tuple(left for left, _ in paired), options=tuple(map(DraftOption, rights)))


def _ordering(question: _Question, draft: Draft) -> Draft:
    answers = sorted(_answers(question), key=lambda each: each[1].share)
    return replace(draft, options=tuple(DraftOption(weighed.text) for _, weighed in answers))


def _numeric(question: _Question, draft: Draft) -> Draft | None:
    read = [
        (read_number(node.said("text")), read_number(node.said("tolerance") or "0"), weighed)
        for node, weighed in _answers(question)
    ]
    full = [each for each in read if each[2].share == 100]
    if len(full) != 1:
        question.refuse("key-several", f"{len(full)} numbers are fully right; one is expected")
        return None
    value, tolerance, weighed = full[0]
    if value is None or tolerance is None or tolerance < 0:
        question.refuse("number", "the right answer is not a number with a tolerance")
        return None
    if len(read) > 1:
        question.note("partial-credit", "numbers that are worth a part of the points are not kept")
    if weighed.feedback != NOTHING:
        question.note("option-feedback", "what is said to an answered number is not kept")
    return replace(draft, answer=value, tolerance=tolerance)


def _file_of(found: re.Match[str]) -> str:
    """Return the name of the file that a place of a picture shows; nothing for one that lies elsewhere."""
    if found["marks"] is None:
        address = found[0].rpartition("](")[2].removesuffix(")")
    else:
        source = SOURCE.search(found["marks"])
        address = html.unescape(next(filter(None, source.groups()), "")) if source else ""
    within = address.startswith(WITHIN)
    return tidy(unquote(address.removeprefix(WITHIN).partition("?")[0])).lstrip("/") if within else ""


def _shown(question: _Question) -> Text:
    """Return what the picture of a question shows, in words."""
    asked = question.node.child("questiontext")
    name = tidy(question.picture.get("name")) if question.picture else ""
    places = SHOWN.finditer(asked.said("text")[:LONGEST]) if asked and name else ()
    found = next((each for each in places if _file_of(each) == name), None)
    if found is None:
        return NOTHING
    marked = ALT.search(found["marks"] or "")
    alt = html.unescape(marked[2] if marked else found["said"] or "")
    return in_one("kk" if language_of(alt) == "kk" else question.collector.language, alt)


def _picture(question: _Question) -> str:
    """Keep the first picture that the question carries in its own text."""
    kept = question.picture
    if any(each is not kept for each in question.node.all("file")):
        question.note("pictures", "one picture of the question is kept, the others are not")
    if kept is None:
        return ""
    name = f"{question.node.line}/{tidy(kept.get('name'))[:80]}"
    try:
        question.collector.pictures[name] = base64.b64decode(kept.text, validate=False)
    except ValueError:
        question.note("pictures", "a picture that cannot be read is not kept")
        return ""
    return name


def _note_what_is_left(question: _Question) -> None:
    """Note what the bank has no room for."""
    node = question.node
    for each in node.children:
        if each.tag not in KNOWN and (each.text.strip() or each.children):
            question.note("element", f"<{each.tag[:40]}> is not kept")
    for tag in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback", "units"):
        if node.said(tag) and any(part.text.strip() for part in node.all(tag)):
            question.note("element", f"<{tag}> is not kept")
    for tag, usual in (("defaultgrade", "1"), ("hidden", "0"), ("idnumber", "")):
        said = node.said(tag)
        number = read_number(said)
        if said and said != usual and (number is None or format(number, "f") != usual):
            question.note(tag, f"<{tag}> {said[:40]!r} is not kept")
