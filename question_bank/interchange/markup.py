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
BARE = (
    *("allowfullscreen", "async", "autoplay", "border", "checked", "controls", "defer", "disabled", "hidden"),
    *("ismap", "loop", "multiple", "muted", "nowrap", "open", "readonly", "required", "reversed", "selected"),
)
"""Attributes that stand without a value. Another bare word says that ``a<b and c>d`` is no tag but a text."""
TAG = re.compile(
    r"""</?([A-Za-z][A-Za-z0-9:-]{0,40})
    (?:\s+(?:[A-Za-z_:@][\w:.-]{0,60}\s{0,9}=\s{0,9}(?:"[^"]*"|'[^']*'|[^\s"'<>]+)|(?:BARE)(?=[\s/>])))*
    \s*/?>""".replace("BARE", "|".join(BARE)),
    re.VERBOSE | re.IGNORECASE,
)
NO_TAG = re.compile(r"<(?=/?[A-Za-z])")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
SPAN = re.compile(r"""<(?:span|lang)\s+(?=[^>]{0,200}lang=["']?(kk|ru)["']?)[^>]{0,200}>""")
SPAN_END = re.compile(r"</(?:span|lang)>")
MLANG = re.compile(r"\{\s{0,9}mlang(?:\s{1,9}([a-z0-9_,\s-]{1,60}))?\s{0,9}\}", re.IGNORECASE)
OTHER = "other"
ANY_TAG = re.compile(r"</?[A-Za-z][^<>]{0,1500}>")
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
    spoken, rest = _spans(raw) if form != "plain" else ([], raw)
    if not spoken and MLANG.search(raw):
        return _filtered(raw, form, language)
    if not spoken:
        text, lost = _one(raw, form)
        return Words(in_one(language, text), lost)
    around, lost = _one(rest, form)
    pieces = {"kk": [around] if around else [], "ru": [around] if around else []}
    for tongue, piece in spoken:
        text, dropped = _one(piece, form) if form != "markdown" else (html.unescape(piece), ())
        pieces[tongue].append(text)
        lost += dropped
    return Words(Text(tidy("\n".join(pieces["kk"])), tidy("\n".join(pieces["ru"]))), lost)


def unnamed(raw: str) -> tuple[str, bool]:
    """Return what of a text does not name its language, and whether something of it does."""
    raw = raw[:LONGEST]
    spoken, rest = _spans(raw)
    if not spoken and {"kk", "ru"} & {tongue for tongues, _ in _blocks(raw) for tongue in tongues}:
        return "", True
    return html.unescape(ANY_TAG.sub(" ", rest)), bool(spoken)


def _spans(raw: str) -> tuple[list[tuple[str, str]], str]:
    """Cut the spans of Moodle's multilang filter out of a text: each with its language, and the rest."""
    spoken: list[tuple[str, str]] = []
    rest: list[str] = []
    at = 0
    while "multilang" in raw and (begun := SPAN.search(raw, at)):
        ended = SPAN_END.search(raw, begun.end())
        if ended is None:
            break
        rest.append(raw[at : begun.start()])
        spoken.append((begun[1], raw[begun.end() : ended.start()]))
        at = ended.end()
    return spoken, "".join((*rest, raw[at:]))


def _blocks(raw: str) -> list[tuple[tuple[str, ...], str]]:
    """Cut a text at the marks of Moodle's second multi-language filter: languages and text, in order.

    A text outside of the marks has no languages; a mark without its end is text.
    """
    blocks: list[tuple[tuple[str, ...], str]] = []
    at = 0
    begun: re.Match[str] | None = None
    for mark in MLANG.finditer(raw):
        if mark[1] and begun is None:
            begun = mark
        elif begun is not None and not mark[1]:
            tongues = tuple(each for each in re.split(r"[,\s]+", begun[1].lower()) if each)
            blocks += [((), raw[at : begun.start()]), (tongues, raw[begun.end() : mark.start()])]
            at, begun = mark.end(), None
    return [*blocks, ((), raw[at:])]


def _filtered(raw: str, form: str, language: str) -> Words:
    """Read a text as the second multi-language filter shows it in each language."""
    blocks = _blocks(raw)
    there = {tongue for tongues, _ in blocks for tongue in tongues}
    lost = tuple(f"mlang {tongue}" for tongue in sorted(there - {"kk", "ru", OTHER}))
    said: dict[str, str] = {}
    for tongue in ("kk", "ru"):
        shown = tongue if tongue in there else OTHER
        pieces = [piece for tongues, piece in blocks if not tongues or shown in tongues]
        said[tongue], dropped = _one("".join(pieces), form)
        lost += dropped
    if not {"kk", "ru"} & there:
        return Words(in_one(language, said[language]), lost)
    return Words(Text(tidy(said["kk"]), tidy(said["ru"])), lost)


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
    if form == "moodle":
        return tidy(ENTITY.sub(lambda found: html.unescape(found[0]), raw)), ()
    return tidy(raw), ()


def html_to_text(raw: str) -> tuple[str, tuple[str, ...]]:
    """Return HTML as the bank's Markdown, and the names of the tags that were left out."""
    raw, lost = _with_tags_only(raw)
    clean = nh3.clean(raw, tags=KEPT, attributes={}, clean_content_tags=EMPTIED)
    writer = _Writer()
    writer.feed(clean)
    writer.close()
    return re.sub(r"\n{3,}", "\n\n", tidy("".join(writer.parts))), lost


def _with_tags_only(raw: str) -> tuple[str, tuple[str, ...]]:
    """Return HTML in which a ``<`` that begins no tag is a sign of the text, and the tags not kept."""
    pieces: list[str] = []
    found: set[str] = set()
    at = 0
    for tag in TAG.finditer(raw):
        found.add(tag[1].lower())
        pieces += [NO_TAG.sub("&lt;", raw[at : tag.start()]), tag[0]]
        at = tag.end()
    pieces.append(NO_TAG.sub("&lt;", raw[at:]))
    return "".join(pieces), tuple(sorted(found - KEPT))


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
