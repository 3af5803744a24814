"""Elements of XML as text: small, in one order, the same bytes for the same values."""

from collections.abc import Iterable
from html import escape

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def element(tag: str, *content: str, **attributes: str) -> str:
    """Return an element; its content is already XML."""
    given = "".join(f' {name}="{attribute(value)}"' for name, value in attributes.items())
    return f"<{tag}{given}>{''.join(content)}</{tag}>" if content else f"<{tag}{given}/>"


def words(text: str) -> str:
    """Return text as the content of an element."""
    return escape(text, quote=False)


def attribute(value: str) -> str:
    """Return text as the value of an attribute; a line end would be read back as a blank."""
    return escape(value).replace("\n", "&#10;")


def lines(elements: Iterable[str]) -> str:
    return "".join(f"{each}\n" for each in elements)
