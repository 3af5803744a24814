"""Drafts as a file of one of the formats that are written."""

from collections.abc import Mapping, Sequence

from question_bank.interchange.drafts import Draft
from question_bank.interchange.gift_writing import write_gift
from question_bank.interchange.moodle_writing import NO_PICTURES, write_moodle
from question_bank.interchange.qti_writing import write_package
from question_bank.interchange.xlsx_writing import write_workbook

WRITTEN = ("xlsx", "qti21", "moodle", "gift")
ENDINGS = {"xlsx": "xlsx", "qti21": "zip", "moodle": "xml", "gift": "gift.txt"}


def write_file(drafts: Sequence[Draft], form: str, *, pictures: Mapping[str, bytes] = NO_PICTURES) -> bytes:
    """Return drafts as the bytes of a file.

    Parameters
    ----------
    drafts
        What `question_bank.interchange.items.draft_of` made of items, or what was read from a file.
    form
        One of `WRITTEN`.
    pictures
        PNG files by the names that drafts give them; Moodle XML and QTI packages carry them.

    Raises
    ------
    ValueError
        If `form` is not written, or a draft has more options than the sheet has columns.
    """
    match form:
        case "xlsx":
            return write_workbook(drafts)
        case "qti21":
            return write_package(drafts, pictures=pictures)
        case "moodle":
            return write_moodle(drafts, pictures=pictures).encode("utf-8")
        case "gift":
            return write_gift(drafts).encode("utf-8")
    raise ValueError(f"{form!r} is not written; there are {', '.join(WRITTEN)}")
