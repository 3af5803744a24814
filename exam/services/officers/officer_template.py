"""The empty staff list that an HR unit fills in: a workbook with the columns, and a sheet with the codes."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from exam.rules.regimes import REGIMES, Names
from exam.services.officers.officer_columns import COLUMN_NAMES, COLUMNS
from exam.services.reference import REGIONS

LINES = 2000
TEXT, DAY = "@", "dd.mm.yyyy"
WIDTHS = {"iin": 16, "full_name": 36, "post": 32, "unit": 36, "speciality": 24}
USUAL_WIDTH = 20
LIST_TITLE = Names("Тізім", "Список", "List")
CODES_TITLE = Names("Кодтар", "Коды", "Codes")
SEX_WORDS = {"kk": ("ер", "әйел"), "ru": ("муж", "жен"), "en": ("M", "F")}


def template(language: str) -> bytes:
    """Return the workbook with headers in ``kk``, ``ru`` or ``en``; read back it is a list without lines."""
    book = Workbook()
    sheet = book.active
    sheet.title = LIST_TITLE.of(language)
    for place, column in enumerate(COLUMNS, start=1):
        head = sheet.cell(1, place, COLUMN_NAMES[column].of(language))
        head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        letter = sheet.cell(1, place).column_letter
        sheet.column_dimensions[letter].width = WIDTHS.get(column, USUAL_WIDTH)
        sheet.column_dimensions[letter].number_format = (
            DAY if column in ("birth_date", "appointed_on") else TEXT
        )
    sheet.freeze_panes = "B2"
    _offer(sheet, "sex", SEX_WORDS[language])
    _offer(sheet, "test_language", ("kk", "ru"))
    _write_codes(book.create_sheet(CODES_TITLE.of(language)), language)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _offer(sheet: Worksheet, column: str, words: Sequence[str]) -> None:
    letter = sheet.cell(1, COLUMNS.index(column) + 1).column_letter
    offer = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
    offer.add(f"{letter}2:{letter}{LINES}")
    sheet.add_data_validation(offer)


def _write_codes(sheet: Worksheet, language: str) -> None:
    for code, name in _codes(language):
        sheet.append([code, name])
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 16, 110
    for row in sheet.iter_rows():
        row[1].alignment = Alignment(wrap_text=True, vertical="top")


def _codes(language: str) -> Iterator[tuple[str, str]]:
    yield COLUMN_NAMES["region_code"].of(language), ""
    yield from ((code, ru if language == "ru" else kk) for code, kk, ru in REGIONS)
    yield COLUMN_NAMES["post_category"].of(language), ""
    for regime in REGIMES.values():
        yield from ((category.code, category.names.of(language)) for category in regime.categories)
