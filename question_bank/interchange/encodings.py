"""The letters of a file: UTF-8, UTF-16 or Windows-1251, told by its bytes."""

import codecs
import re
from dataclasses import dataclass

from question_bank.errors import QuestionBankError

MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", ""),
    (b"\x00\x00\xfe\xff", ""),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
LOOKED_AT = 4096
DECLARED = re.compile(r"""(\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*)(["'])([A-Za-z0-9._:-]{1,40})\2""")


class UnknownLettersError(QuestionBankError):
    """The bytes are not a text in an encoding that is read here."""


@dataclass(frozen=True, slots=True)
class Letters:
    """A text and the encoding in which it was found."""

    text: str
    encoding: str


def decode(content: bytes) -> Letters:
    """Read the bytes of a text file.

    A mark at the beginning decides; without it zero bytes at every second place tell UTF-16, what is valid
    UTF-8 is UTF-8, and the rest is read as Windows-1251.

    Raises
    ------
    UnknownLettersError
        If the bytes are not such a text.
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding)
    if encoding := _unmarked_utf16(content):
        return _strictly(content, encoding)
    if b"\x00" in content:
        raise UnknownLettersError("the file is not a text")
    try:
        return Letters(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _strictly(content, "cp1251")


@dataclass(frozen=True, slots=True)
class Agreed:
    """A document of XML whose declaration names its letters, and what was wrong before, if anything."""

    content: bytes
    told: str = ""


def agreed(content: bytes) -> Agreed:
    """Return a document of XML in letters that a parser reads as they are, whatever its declaration says.

    A mark, zero bytes and valid UTF-8 tell more than a declaration; a declared encoding of single bytes is
    believed, and without one the rest is read as Windows-1251.
    """
    try:
        letters = decode(content)
    except UnknownLettersError:
        return Agreed(content)
    found = DECLARED.match(letters.text[:LOOKED_AT])
    declared = _usual_name(found[3]) if found else "utf-8"
    if not declared or (letters.encoding == "cp1251" and declared.partition("-")[0] not in {"utf", "ascii"}):
        return Agreed(content)
    if letters.encoding == "utf-8" and (declared == "utf-8" or (content.isascii() and "16" not in declared)):
        return Agreed(content)
    text = DECLARED.sub(r"\1\2UTF-8\2", letters.text, count=1) if found else letters.text
    marked = letters.encoding.startswith("utf-16") and (not found or declared.startswith("utf-16"))
    said = f"its declaration says {found[3]}, " if found else "no encoding is declared, "
    said += f"it was read as {letters.encoding}: look whether the letters are right"
    return Agreed(text.encode("utf-8"), "" if marked else said)


def _usual_name(encoding: str) -> str:
    """Return the usual name of an encoding; nothing for one that is not known."""
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return ""


def _strictly(content: bytes, encoding: str) -> Letters:
    if not encoding:
        raise UnknownLettersError("the file is in UTF-32, which is not read; save it as UTF-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownLettersError(f"byte {error.start + 1} is not {encoding}; save it as UTF-8") from None
    if "\x00" in text:
        raise UnknownLettersError("the file is not a text")
    return Letters(text, encoding)


def _unmarked_utf16(content: bytes) -> str:
    """Tell UTF-16 by where its zero bytes stand: blanks, digits and line ends have one each."""
    head = content[:LOOKED_AT]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if len(content) % 2 or not even + odd or min(even, odd) > max(even, odd) // 10:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"
