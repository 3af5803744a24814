"""A text or XML file of any format that is read here: its format told, its questions read."""

from question_bank.interchange.aiken import read_aiken
from question_bank.interchange.detect import (
    FORMATS,
    QTI_1,
    QTI_1_SAID,
    format_of_text,
    format_of_tree,
    is_xml,
)
from question_bank.interchange.drafts import Reading
from question_bank.interchange.encodings import UnknownLettersError, agreed, decode
from question_bank.interchange.gift import read_gift
from question_bank.interchange.moodle_xml import moodle_of
from question_bank.interchange.qti_items import qti_of
from question_bank.interchange.xml_tree import UnreadableXmlError, looks_like_page, parse_xml
from question_bank.problems import Problem

XML_FORMATS = {"moodle", "qti21", "qti22", "qti30"}


def refused(file: str, check: str, message: str) -> Reading:
    """Return the reading of a file that is refused as a whole: one line."""
    return Reading(problems=(Problem("", check, message, file),))


def read_content(content: bytes, file: str, wanted: str = "auto") -> tuple[str, Reading]:
    """Read a file that is not a package.

    Parameters
    ----------
    content
        Its bytes.
    file
        Its name, for places.
    wanted
        One of `FORMATS`, or ``"auto"``.

    Returns
    -------
    tuple of str and Reading
        The format (empty when none fits) and what was read; a file that cannot be read is one problem.
    """
    if wanted not in {"auto", *FORMATS}:
        return "", refused(file, "format", f"{wanted!r} is not a format; there are {', '.join(FORMATS)}")
    try:
        if not content.strip(b"\xef\xbb\xbf \t\r\n"):
            return "", refused(file, "empty", "the file is empty")
        if looks_like_page(content) and wanted in {"auto", *XML_FORMATS}:
            return "", refused(file, "web-page", "a web page (HTML); nothing in it is read as a question")
        letters = decode(content)
        if wanted in XML_FORMATS or (wanted == "auto" and is_xml(letters.text)):
            return _read_xml(content, file, wanted)
    except UnknownLettersError as error:
        return "", refused(file, "encoding", str(error))
    except UnreadableXmlError as error:
        return "", refused(file, error.check, str(error))
    form = format_of_text(letters.text) if wanted == "auto" else wanted
    if form not in {"gift", "aiken"}:
        return "", refused(file, "format", "no format of questions is recognised in this file")
    reading = read_gift(letters.text, file) if form == "gift" else read_aiken(letters.text, file)
    said = f"read as {letters.encoding}: look whether the letters are right"
    told = "" if letters.encoding == "utf-8" else said
    return form, with_encoding(_not_nothing(reading, file), told, file)


def _read_xml(content: bytes, file: str, wanted: str) -> tuple[str, Reading]:
    told = agreed(content)
    root = parse_xml(told.content)
    if root.tag == QTI_1:
        return "", refused(file, "qti-old", QTI_1_SAID)
    form = format_of_tree(root)
    if not form:
        return "", refused(file, "format", f"<{root.tag[:40]}> is not the beginning of a file of questions")
    if wanted not in {"auto", form}:
        return form, refused(file, "format", f"the file is {form}, not {wanted}")
    reading = moodle_of(root, file) if form == "moodle" else qti_of(root, file)
    return form, with_encoding(_not_nothing(reading, file), told.told, file)


def _not_nothing(reading: Reading, file: str) -> Reading:
    """Say it when a file held nothing at all."""
    if reading.drafts or reading.problems or reading.notes:
        return reading
    return refused(file, "nothing-read", "no question was found in this file")


def with_encoding(reading: Reading, told: str, file: str) -> Reading:
    """Note letters that were not as they should be: another old encoding would read as wrong letters."""
    if not told:
        return reading
    note = Problem("", "encoding", told, file)
    return Reading(reading.drafts, reading.problems, (note, *reading.notes), reading.pictures)
