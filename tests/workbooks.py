"""Workbooks for tests: honest ones made with openpyxl, hostile ones written entry by entry."""

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from openpyxl import Workbook

HEADERS = {
    "kk": (
        "ЖСН",
        "Тегі, аты, әкесінің аты",
        "Туған күні",
        "Жынысы",
        "Арнаулы атағы",
        "Лауазымы",
        "Лауазым санаты",
        "Бөлімшесі",
        "Өңірі",
        "Тағайындалған күні",
        "Білімі",
        "Мамандығы",
        "Тест тілі",
    ),
    "ru": (
        "ИИН",
        "Ф.И.О.",
        "дата рождения",
        "ПОЛ",
        "Специальное звание",
        "Должность",
        "Категория должности",
        "Подразделение",
        "Регион",
        "Дата  назначения",
        "Образование",
        "Специальность",
        "Язык тестирования",
    ),
    "en": (
        "IIN",
        "Full name",
        "Birth date",
        "Sex",
        "Rank",
        "Post",
        "Post category",
        "Unit",
        "Region",
        "Date of appointment",
        "Education",
        "Speciality",
        "Test language",
    ),
}
ASAN = (
    "990101300003",
    "Серіков Асан Маратұлы",
    date(1993, 2, 1),
    "ер",
    "полиция майоры",
    "бөлім бастығы",
    "regional-5",
    "Полиция департаменті",
    "AST",
    date(2020, 1, 10),
    "жоғары",
    "құқықтану",
    "kk",
)
DANA = (
    "990101300409",
    "Ахметова Дана Ерланқызы",
    "15.07.1988",
    "Ж",
    "полиция капитаны",
    "аға инспектор",
    "central-3",
    "Көші-қон қызметі комитеті",
    "город Алматы",
    "03.09.2018",
    "высшее",
    "юриспруденция",
    "русский",
)
COLUMN = {name: place for place, name in enumerate(HEADERS["en"])}

CONTENT_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
    ' Target="{target}"/></Relationships>'
)
BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>'
)
SHEET = (
    '<?xml version="1.0"?>{doctype}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<dimension ref="{size}"/><sheetData>{rows}</sheetData></worksheet>'
)


def workbook(rows: Iterable[Sequence[object]]) -> bytes:
    """An honest workbook with one sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def staff_list(*people: Sequence[object], language: str = "kk") -> bytes:
    return workbook([HEADERS[language], *people])


def but(person: Sequence[object], changes: Mapping[str, object]) -> tuple[object, ...]:
    """The same person with other values in some columns, called by their English headers."""
    given = list(person)
    for header, value in changes.items():
        given[COLUMN[header]] = value
    return tuple(given)


def package(rows: str, *, size: str = "A1:A1", doctype: str = "", **more: bytes) -> bytes:
    """A workbook written by hand: `rows` is the XML of its rows; `more` are further entries."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        made.writestr("[Content_Types].xml", CONTENT_TYPES)
        made.writestr("_rels/.rels", RELATIONS.format(kind="officeDocument", target="xl/workbook.xml"))
        made.writestr("xl/workbook.xml", BOOK)
        made.writestr(
            "xl/_rels/workbook.xml.rels", RELATIONS.format(kind="worksheet", target="worksheets/sheet1.xml")
        )
        made.writestr("xl/worksheets/sheet1.xml", SHEET.format(rows=rows, size=size, doctype=doctype))
        for name, content in more.items():
            made.writestr(name, content)
    return kept.getvalue()


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def overlapping(copies: int = 30, mebibytes: int = 7) -> bytes:
    """Some 10 KB whose directory names one compressed block again and again: 200 MB to whom believes it."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        made.writestr("[Content_Types].xml", b" " * (mebibytes * 1024**2))
    content = kept.getvalue()
    start = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    entry = content[start:end]
    names = [
        entry[:28] + struct.pack("<H", 19) + entry[30:46] + f"[Content_Types].{i:03d}".encode()
        for i in range(copies)
    ]
    directory = b"".join([entry, *names])
    count = struct.pack("<HH", copies + 1, copies + 1)
    closing = content[end : end + 8] + count + struct.pack("<II", len(directory), start) + content[end + 20 :]
    return content[:start] + directory + closing
