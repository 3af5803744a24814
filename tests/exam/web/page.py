"""A visitor of the site that judges every page it opens.

`Page(client).get(url)` opens a page and fails the test when the page has a fault that no page may
have: a field without a label, inline script or style, a table without scopes, a heading that skips
a level, English left on a Kazakh page, a key of an item. The faults are named all at once.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

KEY_CANARY = "canary-of-a-key"  # test banks write it where only a key or a rationale may stand
NOT_TYPED_INTO = {"hidden", "submit", "button", "image", "reset"}
SCOPES = {"row", "col", "rowgroup", "colgroup"}
NOT_PROSE = {"script", "style", "code", "kbd", "samp", "pre"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SPOKEN_ATTRIBUTES = ("aria-label", "title", "placeholder", "alt")
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-errormessage")

ENGLISH = frozenset(Path(__file__).with_name("english_words.txt").read_text(encoding="utf-8").split())


class Page:
    """Opens pages through a Flask test client and judges each of them.

    Attributes
    ----------
    client : FlaskClient
    language : str
        The language in which pages are expected, unless a call says otherwise.
    csrf_token : str
        Taken from the page opened last; `post` sends it.
    """

    def __init__(self, client: FlaskClient, language: str = "kk") -> None:
        self.client = client
        self.language = language
        self.csrf_token = ""

    def get(self, url: str, *, status: int = 200, language: str = "") -> BeautifulSoup:
        """Open `url`; fail unless it answers with `status` and, if it is a page, is without fault."""
        return self._judged(self.client.get(url), status, language)

    def post(
        self, url: str, data: Mapping[str, Any] | None = None, *, status: int = 302, language: str = ""
    ) -> BeautifulSoup:
        """Send a form as the page opened last would, with its token; judge what comes back."""
        form = {"csrf_token": self.csrf_token, **(data or {})}
        return self._judged(self.client.post(url, data=form), status, language)

    def _judged(self, reply: TestResponse, status: int, language: str) -> BeautifulSoup:
        place = f"{reply.request.method} {reply.request.path}"
        assert reply.status_code == status, f"{place}: {reply.status}"
        found = [*_keys_in(reply)]
        page = BeautifulSoup(reply.data if reply.mimetype == "text/html" else b"", "html.parser")
        if reply.mimetype == "text/html" and not 300 <= reply.status_code < 400:
            found += faults(page, language or self.language)
            token = page.select_one("input[name=csrf_token]")
            self.csrf_token = str(token["value"]) if token else self.csrf_token
        assert not found, "\n".join([f"{place}:", *found])
        return page


def faults(page: BeautifulSoup, language: str) -> list[str]:
    """Everything that is wrong with a page in `language`, each fault as one sentence."""
    return [fault for check in CHECKS for fault in check(page)] + [
        fault for check in LANGUAGE_CHECKS for fault in check(page, language)
    ]


def _one_heading(page: BeautifulSoup) -> Iterator[str]:
    headings = page.select("h1")
    if len(headings) != 1 or not _words(headings[0]):
        yield f"a page has exactly one h1 with words, this one has {len(headings)}"


def _title(page: BeautifulSoup) -> Iterator[str]:
    heading, title = page.select_one("h1"), page.select_one("head title")
    if heading and not (title and _words(title).startswith(_words(heading))):
        yield f"the title begins with the heading, not {_words(title) if title else 'nothing'!r}"


def _heading_levels(page: BeautifulSoup) -> Iterator[str]:
    before = 0
    for heading in page.find_all(HEADINGS):
        level = int(heading.name[1])
        if level > before + 1:
            yield f"a heading skips a level: h{before} is followed by {heading.name} {_words(heading)!r}"
        before = level


def _labels(page: BeautifulSoup) -> Iterator[str]:
    tied = {str(label["for"]): _words(label) for label in page.select("label[for]") if _words(label)}
    for field in page.select("input, select, textarea"):
        labelled = str(field.get("id", "")) in tied or _label_of(page, field)
        if str(field.get("type", "")) not in NOT_TYPED_INTO and not labelled:
            yield f"a field has no label: {_short(field)}"


def _label_of(page: BeautifulSoup, field: Tag) -> str:
    around = field.find_parent("label")
    spoken = str(field.get("aria-label", "")).strip()
    named = str(field.get("aria-labelledby", "")).split()
    told = [place for name in named for place in page.find_all(id=name)]
    return spoken or (_words(around) if around else "") or "".join(_words(label) for label in told)


def _references(page: BeautifulSoup) -> Iterator[str]:
    names = {str(element["id"]) for element in page.select("[id]")}
    for attribute in REFERENCES:
        for element in page.select(f"[{attribute}]"):
            for name in _list_of(element[attribute]):
                if name not in names:
                    yield f"{attribute} points to {name!r}, which is not on the page: {_short(element)}"


def _inline_code(page: BeautifulSoup) -> Iterator[str]:
    for element in page.find_all(["script", "style"]):
        if element.name == "style" or not element.get("src") or _raw(element):
            yield f"inline code or style: {_short(element)}"
    for element in page.select("*"):
        for name, value in element.attrs.items():
            if (
                name == "style"
                or name.startswith("on")
                or str(value).strip().lower().startswith("javascript:")
            ):
                yield f"inline code or style: {name} at {_short(element)}"


def _foreign_hosts(page: BeautifulSoup) -> Iterator[str]:
    for element in page.select("script[src], link[href], img[src], use, iframe, object, embed, source"):
        address = str(element.get("src") or element.get("href") or element.get("data") or "")
        if re.match(r"(?:[a-z]+:)?//", address):
            yield f"a resource from another host: {address}"


def _pictures(page: BeautifulSoup) -> Iterator[str]:
    for picture in page.select("img:not([alt])"):
        yield f"a picture has no alt: {_short(picture)}"


def _tables(page: BeautifulSoup) -> Iterator[str]:
    for table in page.select("table"):
        caption = table.select_one("caption")
        if not (caption and _words(caption)):
            yield f"a table has no caption: {_short(table)}"
        heads = table.select("th")
        if not heads or any(
            head.get("scope") not in {"row", "col", "rowgroup", "colgroup"} for head in heads
        ):
            yield f"a table has th, each with a scope: {_short(table)}"


def _empty_controls(page: BeautifulSoup) -> Iterator[str]:
    for control in page.select("a, button, summary, input[type=submit]"):
        if not (_words(control) or _spoken(control) or str(control.get("value", "")).strip()):
            yield f"a link or button says nothing: {_short(control)}"


def _spoken(control: Tag) -> str:
    parts = [control, *control.select("*")]
    return "".join(str(part.get("aria-label") or part.get("alt") or "").strip() for part in parts)


def _names(page: BeautifulSoup) -> Iterator[str]:
    seen: set[str] = set()
    for element in page.select("[id]"):
        name = str(element["id"])
        if name in seen:
            yield f"two elements are called {name!r}"
        seen.add(name)


def _tokens(page: BeautifulSoup) -> Iterator[str]:
    for form in page.find_all("form"):
        token = form.select_one("input[type=hidden][name=csrf_token]")
        if str(form.get("method", "get")).lower() == "post" and not (token and token.get("value")):
            yield f"a POST form has no csrf_token: {_short(form)}"


def _page_language(page: BeautifulSoup, language: str) -> Iterator[str]:
    html = page.select_one("html")
    stated = str(html.get("lang", "")) if html else ""
    if stated != language:
        yield f"the page says lang={stated!r}, {language!r} was expected"


def _left_english(page: BeautifulSoup, language: str) -> Iterator[str]:
    if language == "en":
        return
    for text in _texts_in(page, language):
        left = [word for word in re.findall(r"[A-Za-z]{2,}", text) if word.lower() in ENGLISH]
        if left:
            yield f"English is left on the page: {', '.join(left)} in {text!r}"


def _mixed_letters(page: BeautifulSoup, language: str) -> Iterator[str]:
    for text in _texts_in(page, language):
        for word in re.findall(r"[^\W\d_]+", text):
            if re.search(r"[A-Za-z]", word) and re.search(r"[\u0400-\u04ff]", word):
                yield f"Latin and Cyrillic letters in one word: {word!r}"


CHECKS: tuple[Callable[[BeautifulSoup], Iterator[str]], ...] = (
    _one_heading,
    _title,
    _heading_levels,
    _labels,
    _references,
    _inline_code,
    _foreign_hosts,
    _pictures,
    _tables,
    _empty_controls,
    _names,
    _tokens,
)
LANGUAGE_CHECKS: tuple[Callable[[BeautifulSoup, str], Iterator[str]], ...] = (
    _page_language,
    _left_english,
    _mixed_letters,
)


def _keys_in(reply: TestResponse) -> Iterator[str]:
    """The canary in the body or a header: what a candidate must never receive."""
    if KEY_CANARY.encode() in reply.data:
        yield "a key of an item stands in the body"
    for name, value in reply.headers:
        if KEY_CANARY in value:
            yield f"a key of an item stands in the header {name}"


def _texts_in(page: BeautifulSoup, language: str) -> Iterator[str]:
    """What is read or spoken in the language of the page; code and words marked as another's are not."""
    for text in page.find_all(string=True):
        is_prose = text.strip() and not isinstance(text, PreformattedString)
        if is_prose and text.parent is not None and _is_own(text.parent, language):
            yield " ".join(text.split())
    for element in page.select("*"):
        if _is_own(element, language):
            yield from (str(element[name]) for name in SPOKEN_ATTRIBUTES if element.get(name))


def _is_own(element: Tag, language: str) -> bool:
    for around in (element, *element.parents):
        if (
            around.name in {"script", "style", "code", "kbd", "samp", "pre"}
            or around.get("translate") == "no"
        ):
            return False
        if around.get("lang"):
            return around["lang"] == language
    return True


def _words(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


def _raw(element: Tag) -> str:
    return "".join(element.find_all(string=True)).strip()


def _list_of(value: Any) -> list[str]:
    return list(value) if isinstance(value, list) else str(value).split()


def _short(element: Tag) -> str:
    return " ".join(str(element).split())[:120]
