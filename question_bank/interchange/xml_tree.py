"""XML of strangers as a plain tree with line numbers: no entities, no document types, nothing fetched."""

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Union
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from question_bank.errors import QuestionBankError

DEEPEST = 60
MOST_NODES = 400_000
VOID = {"br", "img", "hr"}


class UnreadableXmlError(QuestionBankError):
    """The bytes are not XML that is read: `check` is a stable word, the message says why, with the line."""

    def __init__(self, check: str, message: str) -> None:
        super().__init__(message)
        self.check = check


@dataclass(slots=True)
class Node:
    """An element: its name and attributes without namespaces, its content in order, its line."""

    tag: str
    namespace: str
    attributes: dict[str, str]
    line: int
    content: list[Union[str, "Node"]] = field(default_factory=list)

    @property
    def children(self) -> list["Node"]:
        return [each for each in self.content if isinstance(each, Node)]

    @property
    def text(self) -> str:
        """All text inside, tags left out."""
        return "".join(each if isinstance(each, str) else each.text for each in self.content)

    def get(self, name: str, standard: str = "") -> str:
        return self.attributes.get(name, standard)

    def child(self, *tags: str) -> "Node | None":
        return next((each for each in self.children if each.tag in tags), None)

    def all(self, *tags: str) -> Iterator["Node"]:
        """Every element below with one of the names, in the order of the document."""
        for each in self.children:
            if each.tag in tags:
                yield each
            yield from each.all(*tags)

    def said(self, *path: str) -> str:
        """Text of the element at a path of child names; empty when it is not there."""
        node: Node | None = self
        for tag in path:
            node = node.child(tag) if node else None
        return node.text.strip() if node else ""

    def markup(self) -> str:
        """Return the content as HTML text, for the sanitiser."""
        return "".join(
            html.escape(each) if isinstance(each, str) else each._as_html() for each in self.content
        )

    def _as_html(self) -> str:
        attributes = "".join(
            f' {name}="{html.escape(value)}"' for name, value in self.attributes.items() if name in KEPT
        )
        if self.tag in VOID and not self.content:
            return f"<{self.tag}{attributes}>"
        return f"<{self.tag}{attributes}>{self.markup()}</{self.tag}>"


KEPT = ("lang", "class")


class _Builder:
    """Target of the parser: builds nodes, within a depth and a number."""

    def __init__(self) -> None:
        self.parser: Any = None
        self.open: list[Node] = []
        self.root: Node | None = None
        self.count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if len(self.open) >= DEEPEST:
            raise UnreadableXmlError("too-deep", f"line {self._line()}: elements are nested too deep")
        if self.count > MOST_NODES:
            raise UnreadableXmlError("too-many-elements", f"line {self._line()}: there are too many elements")
        namespace, _, name = tag.rpartition("}")
        plain = {each.rpartition("}")[2]: value for each, value in attributes.items()}
        node = Node(name, namespace.lstrip("{"), plain, self._line())
        if self.open:
            self.open[-1].content.append(node)
        else:
            self.root = node
        self.open.append(node)

    def end(self, tag: str) -> None:  # noqa: ARG002  the parser's word
        self.open.pop()

    def data(self, text: str) -> None:
        if self.open:
            self.open[-1].content.append(text)

    def close(self) -> Node | None:
        return self.root

    def _line(self) -> int:
        return int(self.parser.parser.CurrentLineNumber)


def parse_xml(content: bytes) -> Node:
    """Parse a document.

    Raises
    ------
    UnreadableXmlError
        If it is not well formed, declares a document type or entities, is a web page, or is too deep.
    """
    if looks_like_page(content):
        raise UnreadableXmlError("web-page", "a web page (HTML) named XML; nothing in it is a question")
    builder = _Builder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.parser = parser
    try:
        parser.feed(content)
        root = parser.close()
    except DefusedXmlException:
        said = "it declares a document type or entities, which are not read"
        raise UnreadableXmlError("entities", said) from None
    except ParseError as error:
        line, column = error.position
        said = f"line {line}, column {column + 1}: not well-formed XML"
        raise UnreadableXmlError("xml", said) from None
    except (ValueError, LookupError):
        raise UnreadableXmlError("encoding", "its encoding is not read; save it as UTF-8") from None
    if not isinstance(root, Node):
        raise UnreadableXmlError("xml", "it holds no element")
    return root


def looks_like_page(content: bytes) -> bool:
    """Say whether bytes begin as a web page does."""
    head = content[:2000].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith(b"<?xml"):
        head = head.partition(b"?>")[2].lstrip()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))
