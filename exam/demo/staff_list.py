"""The staff list of the demonstration as the workbook that an HR unit would send."""

from collections.abc import Sequence
from dataclasses import astuple
from datetime import date
from io import BytesIO

from openpyxl import Workbook

from exam.demo.cast import Player
from exam.services.officers.officer_columns import COLUMN_NAMES, COLUMNS


def workbook(players: Sequence[Player]) -> bytes:
    """Write the officers as an xlsx with Kazakh headers."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([COLUMN_NAMES[column].kk for column in COLUMNS])
    for player in players:
        sheet.append([_cell(value) for value in astuple(player.record)])
    for row in sheet.iter_rows(min_row=2):
        row[0].number_format = "@"
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def _cell(value: object) -> object:
    return value if isinstance(value, date) else str(value)
