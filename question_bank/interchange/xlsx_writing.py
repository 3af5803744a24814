"""Our own sheet as a workbook; every cell is a text, so that nothing in it is ever counted as a formula."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from question_bank.interchange.drafts import Draft
from question_bank.interchange.xlsx_sheet import COLUMNS, rows_of

EARLIEST = (1980, 1, 1, 0, 0, 0)
LONG_AGO = datetime(2024, 1, 1)  # noqa: DTZ001  a workbook knows no zones; the same items give the same bytes
TEXT_FORMAT = "@"
WIDE, NARROW = 40, 14


def write_workbook(drafts: Sequence[Draft]) -> bytes:
    """Return drafts as a workbook with one row each, under a row of column names."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("items")
    sheet.freeze_panes = "B2"
    for place, name in enumerate(COLUMNS):
        wide = name.endswith(("_kk", "_ru"))
        sheet.column_dimensions[_column(place)].width = WIDE if wide else NARROW
    for number, row in enumerate(rows_of(drafts)):
        sheet.append([_cell(sheet, text, head=number == 0) for text in row])
    book.properties.created = book.properties.modified = LONG_AGO
    kept = io.BytesIO()
    book.save(kept)
    return _dateless(kept.getvalue())


def _cell(sheet: Any, text: str, *, head: bool) -> Any:
    if not text:
        return None
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.number_format = TEXT_FORMAT
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if head:
        cell.font = Font(bold=True)
    return cell


def _column(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place + 1))


def _dateless(content: bytes) -> bytes:
    """Write the package again with one date, so that equal items give equal files."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for entry in given.infolist():
            content = _still(entry.filename, given.read(entry))
            made.writestr(zipfile.ZipInfo(entry.filename, EARLIEST), content, zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def _still(name: str, content: bytes) -> bytes:
    """Put the day of the last change, which openpyxl takes from the clock, back to the one given."""
    if name != "docProps/core.xml":
        return content
    before, opened, rest = content.partition(b"<dcterms:modified")
    inside, closed, after = rest.partition(b"</dcterms:modified>")
    head, _, _ = inside.partition(b">")
    return before + opened + head + b">2024-01-01T00:00:00Z" + closed + after if opened else content
