"""Texts of other systems: HTML to the bank's small Markdown, and one text that speaks two languages.

Moodle writes a text in several languages as ``<span lang="kk" class="multilang">…</span>`` beside another.
"""

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

from question_bank.interchange.drafts import MOST_CHARACTERS, in_one, tidy
from question_bank.items import NOTHING, Text

LONGEST = 4 * MOST_CHARACTERS  # what is longer is refused anyway, and patterns need not go through it
KEPT = {
    *("p", "br", "div", "span", "em", "i", "strong", "b", "code", "sub", "sup", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote"),
}
EMPTIED = {"script", "style", "svg", "math", "iframe", "object", "template", "noscript", "title"}
LEFT_OUT = {
    *(
        "a",
        "abbr",
        "area",
        "article",
        "audio",
        "base",
        "body",
        "button",
        "canvas",
        "center",
        "col",
        "colgroup",
    ),
    *(
        "details",
        "dialog",
        "embed",
        "figure",
        "font",
        "footer",
        "form",
        "frame",
        "head",
        "header",
        "hr",
        "html",
    ),
    *(
        "img",
        "input",
        "ins",
        "del",
        "label",
        "link",
        "main",
        "map",
        "mark",
        "meta",
        "nav",
        "option",
        "picture",
    ),
    *(
        "q",
        "s",
        "section",
        "select",
        "small",
        "source",
        "strike",
        "tt",
        "u",
        "video",
        "dl",
        "dt",
        "dd",
        "caption",
    ),
}
TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]{0,40})(?=[\s/>])")
SPAN = re.compile(
    r"""<(?:span|lang)\s+(?=[^>]{0,200}lang=["']?(kk|ru)["']?)[^>]{0,200}>(.*?)</(?:span|lang)>""", re.DOTALL
)
MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**", "code": "`", "sub": "~", "sup": "^"}
BLOCKS = {"p", "div", "ul", "ol", "table", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass(frozen=True, slots=True)
class Words:
    """A text, and the names of the tags that had to be left out."""

    text: Text
    lost: tuple[str, ...] = ()


def read_words(raw: str, form: str, language: str) -> Words:
    """Read a text of a file.

    Parameters
    ----------
    raw
        The text as it stands there.
    form
        ``"html"``, ``"moodle"`` (a plain text that may hold tags), ``"markdown"`` or ``"plain"``.
    language
        The language of a text that does not name its own.
    """
    raw = raw[:LONGEST]
    spoken = SPAN.findall(raw) if form != "plain" and "multilang" in raw else []
    if not spoken:
        text, lost = _one(raw, form)
        return Words(in_one(language, text), lost)
    rest, lost = _one(SPAN.sub("", raw), form)
    pieces = {"kk": [rest] if rest else [], "ru": [rest] if rest else []}
    for tongue, piece in spoken:
        text, dropped = _one(piece, form) if form != "markdown" else (html.unescape(piece), ())
        pieces[tongue].append(text)
        lost += dropped
    return Words(Text(tidy("\n".join(pieces["kk"])), tidy("\n".join(pieces["ru"]))), lost)


def write_words(text: Text) -> str:
    """Return a text in both languages as Moodle's multilang spans; nothing for no text."""
    if text == NOTHING:
        return ""
    both = (("kk", text.kk), ("ru", text.ru))
    spans = [f'<span lang="{name}" class="multilang">{_escaped(said)}</span>' for name, said in both if said]
    return "".join(spans)


def _escaped(said: str) -> str:
    return html.escape(said, quote=False)


def _one(raw: str, form: str) -> tuple[str, tuple[str, ...]]:
    if form == "html" or (
        form == "moodle" and any(tag.lower() in KEPT | EMPTIED | LEFT_OUT for tag in TAG.findall(raw))
    ):
        return html_to_text(raw)
    return tidy(raw), ()


def html_to_text(raw: str) -> tuple[str, tuple[str, ...]]:
    """Return HTML as the bank's Markdown, and the names of the tags that were left out."""
    lost = tuple(sorted({tag.lower() for tag in TAG.findall(raw)} - KEPT))
    clean = nh3.clean(raw, tags=KEPT, attributes={}, clean_content_tags=EMPTIED)
    writer = _Writer()
    writer.feed(clean)
    writer.close()
    return re.sub(r"\n{3,}", "\n\n", tidy("".join(writer.parts))), lost


@dataclass(slots=True)
class _Place:
    """Where the writer stands: in which lists, and in which cell of a table."""

    lists: list[int] = field(default_factory=list)
    cells: int = 0
    rows: int = 0


class _Writer(HTMLParser):
    """Writes clean HTML as Markdown, tag by tag."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.at = _Place()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in MARKS:
            self.parts.append(MARKS[tag])
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            number = self.at.lists[-1] if self.at.lists else 0
            self.parts.append(f"\n{number}. " if number else "\n- ")
            if number:
                self.at.lists[-1] += 1
        elif tag in {"td", "th"}:
            self.parts.append("| ")
            self.at.cells += 1
        elif tag == "tr":
            self.at.cells = 0
            self.parts.append("\n")
        elif tag in BLOCKS:
            self._open(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in MARKS:
            self.parts.append(MARKS[tag])
        elif tag in {"td", "th"}:
            self.parts.append(" ")
        elif tag == "tr":
            self.parts.append("|")
            if self.at.rows == 0:
                self.parts.append("\n" + "| --- " * self.at.cells + "|")
            self.at.rows += 1
        elif tag in BLOCKS:
            if tag in {"ul", "ol"} and self.at.lists:
                self.at.lists.pop()
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"[ \t\r\n]+", " ", data))

    def _open(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self.at.lists.append(1 if tag == "ol" else 0)
        if tag == "table":
            self.at.rows = 0
        self.parts.append("\n\n" if tag != "li" else "\n")
