"""The child process that opens a stranger's file of questions, or a picture: one answer as JSON.

It is started by path, with an empty environment, by `exam.services.interchange.asking`, and lives within the
limits that it sets upon itself before it reads a byte. It writes no file and opens no connection.
"""

import base64
import hashlib
import json
import resource
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from question_bank.interchange.drafts import Reading

PICTURE = "picture"
HOUSE = Path(__file__).parents[3]
SHEETS = {
    "sheet-old-or-locked": "an old or locked workbook; save it as .xlsx without a password",
    "sheet-with-entities": "the workbook declares a document type or entities, which are not read",
    "sheet-with-macros": "the workbook has macros; save it without them",
    "sheet-too-many-parts": "the workbook has more than {most} parts",
    "sheet-too-many-rows": "the sheet has more than {most} rows",
    "sheet-too-many-columns": "the sheet has more than {most} columns",
    "sheet-too-much-text": "the sheet holds too much text",
    "sheet-unpacks-too-large": "the workbook unpacks to more than {most} MB",
    "sheet-packed-too-tightly": "the workbook unpacks to more than 100 times its size: a zip bomb",
}
UNPAINTABLE = "no PNG, JPEG, GIF, WebP or BMP of at most 20 million pixels; the picture is not kept"
COSTS = {"refused": "costs-too-much", "message": "reading it costs more memory than a file of questions may"}


def live_within(limits: dict[str, int]) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def answer(content: bytes, name: str, wanted: str, limits: dict[str, int]) -> dict[str, Any]:
    """Read a file of any format; every refusal is an answer too."""
    from question_bank.errors import QuestionBankError
    from question_bank.interchange.detect import is_zip
    from question_bank.interchange.reading import read_content

    try:
        if is_zip(content):
            form, reading = _of_package(content, name, wanted, limits)
        else:
            form, reading = read_content(content, name, wanted)
    except MemoryError:
        return COSTS
    except QuestionBankError as refused:
        return {"refused": getattr(refused, "check", "unreadable"), "message": str(refused)}
    if max(len(reading.drafts) + len(reading.problems), len(reading.notes)) > limits["rows"]:
        return {"refused": "too-many", "message": f"more than {limits['rows']} questions and findings"}
    return _plain(form, reading)


def painted(content: bytes) -> dict[str, Any]:
    """Paint one picture anew."""
    from exam.services.interchange.pictures import as_png

    try:
        png = as_png(content)
    except MemoryError:
        return COSTS
    if png is None:
        return {"refused": "picture-unreadable", "message": UNPAINTABLE}
    return {"picture": base64.b64encode(png).decode("ascii")}


def _of_package(content: bytes, name: str, wanted: str, limits: dict[str, int]) -> "tuple[str, Reading]":
    from exam.services.interchange.package import PackageRefusedError, open_package
    from question_bank.interchange.detect import format_of_entries
    from question_bank.interchange.qti_package import read_package

    entries = open_package(content, limits)
    form = format_of_entries(set(entries))
    if form == "xlsx" and wanted in {"auto", "xlsx"}:
        return "xlsx", _of_sheet(content, name, limits)
    if form == "package" and (wanted == "auto" or wanted.startswith("qti")):
        return read_package(entries, name)
    if not form:
        raise PackageRefusedError(
            "package-of-others", "the package holds no QTI questions; unpack it and read its files one by one"
        )
    raise PackageRefusedError("format", "the package is neither a workbook nor a package of QTI questions")


def _of_sheet(content: bytes, name: str, limits: dict[str, int]) -> "Reading":
    from exam.services.interchange.package import PackageRefusedError
    from exam.services.interchange.template import SHEET
    from exam.services.spreadsheet_child import Refused, look_at_package, other_sheets, rows_of
    from question_bank.interchange.xlsx_sheet import read_rows
    from question_bank.problems import Problem

    try:
        look_at_package(content, limits)
        rows = rows_of(content, limits)
        others = [title for title in other_sheets(content) if title not in {SHEET.kk, SHEET.ru, SHEET.en}]
    except Refused as refused:
        told: Any = refused.answer
        words = SHEETS.get(told["refused"], "the workbook cannot be read").format(**told["facts"])
        raise PackageRefusedError(told["refused"], words) from None
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  a hostile workbook may fail anywhere in the reader
        raise PackageRefusedError("sheet-unreadable", "the workbook cannot be read") from None
    reading = read_rows(
        [(number, [tuple(each) if each else None for each in cells]) for number, cells in rows], name
    )
    unread = [Problem("", "other-sheet", f"the sheet {title!r} is not read", name) for title in others]
    return replace(reading, notes=(*reading.notes, *unread))


def _plain(form: str, reading: "Reading") -> dict[str, Any]:
    from question_bank.interchange.drafts import draft_to_plain

    names, pictures, lost = _painted(reading)
    drafts = [draft_to_plain(draft) | {"picture": names.get(draft.picture, "")} for draft in reading.drafts]
    notes = [problem.as_plain() for problem in reading.notes]
    notes += [
        {
            "item": draft.name,
            "check": "picture-unreadable",
            "message": UNPAINTABLE,
            "place": draft.place,
        }
        for draft in reading.drafts
        if draft.picture in lost
    ]
    problems = [problem.as_plain() for problem in reading.problems]
    return {"format": form, "drafts": drafts, "problems": problems, "notes": notes, "pictures": pictures}


def _painted(reading: "Reading") -> tuple[dict[str, str], dict[str, str], set[str]]:
    """Paint every picture anew; name it by its content."""
    from exam.services.interchange.pictures import as_png

    names: dict[str, str] = {}
    pictures: dict[str, str] = {}
    lost: set[str] = set()
    for name, content in reading.pictures:
        png = as_png(content)
        if png is None:
            lost.add(name)
            continue
        names[name] = f"{hashlib.sha256(png).hexdigest()[:24]}.png"
        pictures[names[name]] = base64.b64encode(png).decode("ascii")
    return names, pictures, lost


if __name__ == "__main__":
    sys.path.insert(0, str(HOUSE))
    asked = json.loads(sys.argv[1])
    live_within(asked["limits"])
    given = sys.stdin.buffer.read()
    try:
        if asked["format"] == PICTURE:
            told = painted(given)
        else:
            told = answer(given, asked["name"], asked["format"], asked["limits"])
    except MemoryError:
        told = COSTS
    except Exception as failure:  # noqa: BLE001  a hostile file may fail anywhere in a reader
        told = {"refused": "unreadable", "message": f"the file cannot be read ({type(failure).__name__})"}
    sys.stdout.write(json.dumps(told))
