"""The child process that opens an untrusted workbook: one answer as JSON, or one refusal.

It is started by path, with an empty environment, by `exam.services.spreadsheets`; it imports nothing of ours,
writes no file and lives within the limits that it sets upon itself before it reads a byte.
"""

import json
import resource
import struct
import sys
import zipfile
import zlib
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

CHUNK = 256 * 1024
RATIO_MATTERS_FROM = 1024 * 1024
LOCAL_HEADER = 30
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"  # the container of .xls, and of .xlsx under a password
DECLARES = (b"<!DOCTYPE", b"<!ENTITY")
LOOKED_AT = 50
EXCEL_CELL = 32_767
NOT_NEEDED = ("numpy", "PIL", "lxml")  # openpyxl takes them when it finds them: memory, and another parser


class Refused(Exception):  # noqa: N818  the word the parent knows
    def __init__(self, code: str, **facts: int) -> None:
        super().__init__(code)
        self.answer = {"refused": code, "facts": facts}


def live_within(limits: dict[str, int]) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def look_at_package(content: bytes, limits: dict[str, int]) -> None:
    """Refuse a package by what it really unpacks to, never by what its headers say."""
    if content.startswith(OLD_OR_LOCKED):
        raise Refused("sheet-old-or-locked")
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            entries = package.infolist()
            if len(entries) > limits["entries"]:
                raise Refused("sheet-too-many-parts", most=limits["entries"])
            _refuse_overlaps(content, entries)
            _refuse_strange_names(entries)
            _refuse_bulk(package, len(content), limits)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, OSError):
        raise Refused("sheet-unreadable") from None


def _refuse_overlaps(content: bytes, entries: list[zipfile.ZipInfo]) -> None:
    """Each entry ends before the next begins: overlapping ones unpack the same bytes again and again."""
    end = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < end or entry.flag_bits & 1:
            raise Refused("sheet-unreadable")
        name, extra = struct.unpack_from("<HH", content, entry.header_offset + 26)
        end = entry.header_offset + LOCAL_HEADER + name + extra + entry.compress_size


def _refuse_strange_names(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names) or "[Content_Types].xml" not in names:
        raise Refused("sheet-unreadable")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("sheet-with-macros")


def _refuse_bulk(package: zipfile.ZipFile, packed: int, limits: dict[str, int]) -> None:
    unpacked = 0
    for entry in package.infolist():
        tail = b""
        with package.open(entry) as stream:
            while chunk := stream.read(CHUNK):
                unpacked += len(chunk)
                if unpacked > limits["unpacked_bytes"]:
                    raise Refused("sheet-unpacks-too-large", most=limits["unpacked_bytes"] // 1024**2)
                if unpacked > max(RATIO_MATTERS_FROM, packed * limits["ratio"]):
                    raise Refused("sheet-packed-too-tightly")
                window = tail + chunk
                if any(word in window for word in DECLARES):
                    raise Refused("sheet-with-entities")
                tail = chunk[-16:]


def rows_of(content: bytes, limits: dict[str, int]) -> list[Any]:
    """Return the rows of the first visible sheet that hold anything, each with its number."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
    sheets = [each for each in book.worksheets if each.sheet_state == "visible"]
    if not sheets:
        raise Refused("sheet-unreadable")
    _refuse_size(sheets[0].max_row or 0, sheets[0].max_column or 0, limits)
    sheets[0].reset_dimensions()  # what the sheet says of its size decides nothing more
    read, characters = [], 0
    for number, row in enumerate(sheets[0].iter_rows(), start=1):
        cells = [_plain(cell) for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        _refuse_size(number, len(cells), limits)
        characters += sum(len(cell[1]) for cell in cells if cell)
        if characters > limits["characters"]:
            raise Refused("sheet-too-much-text")
        if cells:
            read.append([number, cells])
    return read


def other_sheets(content: bytes) -> list[str]:
    """Return the names of the sheets that `rows_of` does not read although they hold something."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
    first = next(each for each in book.worksheets if each.sheet_state == "visible")
    return [each.title for each in book.worksheets if each is not first and _holds_something(each)]


def _holds_something(sheet: Any) -> bool:
    beginning = sheet.iter_rows(max_row=LOOKED_AT, values_only=True)
    return any(value not in {None, ""} for row in beginning for value in row)


def _refuse_size(rows: int, columns: int, limits: dict[str, int]) -> None:
    if rows > limits["rows"]:
        raise Refused("sheet-too-many-rows", most=limits["rows"])
    if columns > limits["columns"]:
        raise Refused("sheet-too-many-columns", most=limits["columns"])


def _plain(cell: Any) -> list[str] | None:
    value = cell.value
    if value is None or value == "":
        return None
    if cell.data_type == "f":
        return ["formula", ""]
    if cell.data_type == "e":
        return ["error", str(value)[:EXCEL_CELL]]
    if isinstance(value, bool):
        return ["logical", str(value)]
    if isinstance(value, datetime):
        whole = value.time() == time()
        return ["date", value.date().isoformat()] if whole else ["moment", value.isoformat()]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    if isinstance(value, int | float):
        whole = isinstance(value, float) and value.is_integer() and abs(value) < 2**53
        return ["number", str(int(value)) if whole else repr(value)]
    return ["text", str(value)[: EXCEL_CELL + 1]]


def answer(content: bytes, limits: dict[str, int]) -> str:
    """Read the workbook; every failure of reading is an answer too."""
    try:
        look_at_package(content, limits)
        return json.dumps({"rows": rows_of(content, limits)})
    except Refused as refused:
        return json.dumps(refused.answer)
    except MemoryError:
        return '{"refused": "sheet-costs-too-much", "facts": {}}'
    except Exception as failure:  # noqa: BLE001  a hostile workbook may fail anywhere in the reader
        declared = type(failure).__module__.startswith("defusedxml")
        return json.dumps({"refused": "sheet-with-entities" if declared else "sheet-unreadable", "facts": {}})


if __name__ == "__main__":
    for module in NOT_NEEDED:
        sys.modules[module] = None  # type: ignore[assignment]
    given = json.loads(sys.argv[1])
    live_within(given)
    sys.stdout.write(answer(sys.stdin.buffer.read(), given))
