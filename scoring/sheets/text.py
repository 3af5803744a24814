"""A sheet of values as text: delimiter, header, rows with their line numbers."""

import csv
import io
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
DELIMITERS = ",;\t|"
BLANKS = frozenset({"", "NA", "N/A", "#N/A", "NAN", "NULL", "NONE", "."})


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """Something wrong in a sheet, with its place; line 0 is the sheet as a whole."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        place = f"line {self.line}" if self.line else ""
        if self.column:
            place += (", " if place else "") + f"column {self.column}"
        return f"{place}: {self.message}" if place else self.message


def read_rows(text: str) -> tuple[list[list[str]], list[int], str]:
    """Split text into rows of stripped cells.

    Returns
    -------
    rows : list of list of str
        Rows that hold anything.
    lines : list of int
        Line of the text in which each row ends, from 1.
    delimiter : str
        The one of ``, ; tab |`` that the first row uses most.
    """
    text = text.removeprefix("\ufeff")
    delimiter = delimiter_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, lines = [], []
    for row in reader:
        cells = [cell.strip() for cell in row]
        if any(cells):
            rows.append(cells)
            lines.append(reader.line_num)
    return rows, lines, delimiter


def read_even_rows(text: str) -> tuple[list[str], NDArray[np.str_]] | None:
    """Read a header and rows whose cells are all one character wide, without a loop over cells.

    Returns
    -------
    header : list of str
        Cells of the first row.
    cells : ndarray of str, shape (n_rows, n_columns)
        None instead of both when the text is not like that.
    """
    first, newline, body = text.removeprefix("\ufeff").replace("\r\n", "\n").partition("\n")
    delimiter = delimiter_of(first)
    header = [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter), [])]
    body = body.rstrip("\n") + "\n"
    width = 2 * len(header)
    if not newline or '"' in body or len(body) <= 1 or len(body) % width:
        return None
    letters = np.frombuffer(body.encode("utf-32-le"), dtype=np.uint32).reshape(-1, width)
    between = letters[:, 1::2]
    if bool((between[:, :-1] != ord(delimiter)).any()) or bool((between[:, -1] != ord("\n")).any()):
        return None
    if bool((letters[:, ::2] <= ord(" ")).any()):
        return None
    return header, np.ascontiguousarray(letters[:, ::2]).view("<U1")


def delimiter_of(text: str) -> str:
    """Find the delimiter that the first line uses most outside quotes; a comma when it uses none."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    best = max(DELIMITERS, key=outside.count)
    return best if best in outside else ","


def number_of(text: str, delimiter: str = ",") -> float | None:
    """Read a number, TRUE as 1; a decimal comma is understood where the comma is not the delimiter.

    Returns None for anything else: what is too large, and what only Python reads as a number, such as 1_0,
    full-width digits or inf.
    """
    if text.upper() in ("TRUE", "FALSE"):
        return float(text.upper() == "TRUE")
    plain = text.replace(",", ".") if delimiter != "," else text
    if NUMBER.fullmatch(plain) is None:
        return None
    value = float(plain)
    return value if abs(value) < float("inf") else None
