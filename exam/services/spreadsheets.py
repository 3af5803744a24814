"""Reading an untrusted workbook (.xlsx): rows, or one refusal.

The size of the file says nothing about its cost: 87 KB may hold 600,000 rows, and 10 KB may unpack to 200 MB.
So a child process opens it, with limits on memory, processor time, unpacked bytes, rows and columns, and is
ended by the clock. Nothing of the service runs in it.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from exam.errors import RefusedError

CHILD = Path(__file__).with_name("spreadsheet_child.py")
READING = BoundedSemaphore(2)
WAIT_SECONDS = 20


class Kind(StrEnum):
    """What stands in a cell. A whole day is a date, a day with a time of day a moment."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    LOGICAL = "logical"
    FORMULA = "formula"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that holds something; a date and a moment are written as in ISO 8601."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that is not empty: its number on the sheet, and its cells from column A on."""

    number: int
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workbook may cost."""

    packed_bytes: int = 8 * 1024**2
    unpacked_bytes: int = 64 * 1024**2
    entries: int = 200
    ratio: int = 100
    rows: int = 20_000
    columns: int = 64
    characters: int = 8_000_000
    seconds: int = 30
    memory_bytes: int = 512 * 1024**2


SHEET_REFUSALS = frozenset(
    {
        "sheet-busy",
        "sheet-costs-too-much",
        "sheet-empty",
        "sheet-file-too-large",
        "sheet-old-or-locked",
        "sheet-packed-too-tightly",
        "sheet-too-many-columns",
        "sheet-too-many-parts",
        "sheet-too-many-rows",
        "sheet-too-much-text",
        "sheet-unpacks-too-large",
        "sheet-unreadable",
        "sheet-with-entities",
        "sheet-with-macros",
    }
)
"""Every code that `read_sheet` refuses with."""

USUAL = Limits()


def read_sheet(content: bytes, limits: Limits = USUAL) -> tuple[SheetRow, ...]:
    """Read the first visible sheet of a workbook in a child process.

    Parameters
    ----------
    content : bytes
        The file as it was sent.
    limits : Limits

    Returns
    -------
    tuple of SheetRow
        Rows that hold something, in order.

    Raises
    ------
    RefusedError
        With one of `SHEET_REFUSALS`.
    """
    if not content:
        raise RefusedError("sheet-empty")
    if len(content) > limits.packed_bytes:
        raise RefusedError("sheet-file-too-large", most=limits.packed_bytes // 1024**2)
    answer = _ask_child(content, limits)
    if "refused" in answer:
        raise RefusedError(str(answer["refused"]), **answer["facts"])
    rows = tuple(_row(number, cells) for number, cells in answer["rows"])
    if not rows:
        raise RefusedError("sheet-empty")
    return rows


def address(column: int, row: int) -> str:
    """Name a cell by its column, counted from 0, and the number of its row: ``C5``."""
    letters, left = "", column + 1
    while left:
        left, place = divmod(left - 1, 26)
        letters = chr(ord("A") + place) + letters
    return f"{letters}{row}"


def _ask_child(content: bytes, limits: Limits) -> dict[str, Any]:
    if not READING.acquire(timeout=WAIT_SECONDS):
        raise RefusedError("sheet-busy")
    command = [sys.executable, "-I", str(CHILD), json.dumps(asdict(limits))]
    try:
        done = subprocess.run(  # noqa: S603  our own file, no shell
            command, input=content, capture_output=True, timeout=limits.seconds, env={}, check=False
        )
        if done.returncode:
            raise RefusedError("sheet-costs-too-much")
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise RefusedError("sheet-costs-too-much") from None
    finally:
        READING.release()
    return answer


def _row(number: int, cells: Sequence[Sequence[str] | None]) -> SheetRow:
    return SheetRow(number, tuple(Cell(Kind(cell[0]), cell[1]) if cell else None for cell in cells))
