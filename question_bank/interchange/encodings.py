"""The letters of a file: UTF-8, UTF-16 or Windows-1251, told by its bytes."""

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
