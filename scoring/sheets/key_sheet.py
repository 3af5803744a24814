"""The key as a sheet: one row, one column, or pairs of item and key."""

from collections.abc import Sequence

from scoring.errors import ResponseError
from scoring.keys import ItemKey, parse_key
from scoring.sheets.text import SheetProblem, read_rows

ITEM_WORDS = frozenset({"item", "items", "item_id", "itemid", "id", "question", "name", "сұрақ", "вопрос"})
KEY_WORDS = frozenset({"key", "keys", "answer", "correct", "кілт", "ключ"})


def read_key(
    text: str, columns: Sequence[str]
) -> tuple[dict[str, ItemKey] | list[ItemKey], tuple[SheetProblem, ...]]:
    """Read a key sheet against the columns of the responses.

    Parameters
    ----------
    text : str
        A row of keys, with or without a row of item names above it; a column of keys, with or without a
        heading; or pairs of item and key. A cell is read by `scoring.parse_key`.
    columns : sequence of str
        Names of the columns of the responses.

    Returns
    -------
    key : dict of item name to ItemKey, or list of ItemKey
        By name where the sheet names items, otherwise in order.
    problems : tuple of SheetProblem
        All that is wrong with the sheet, each with its line.
    """
    rows, lines, _ = read_rows(text)
    if not rows:
        return [], (SheetProblem(0, "", "the key is empty"),)
    names = set(columns)
    pairs = _as_pairs(rows, lines, names)
    if pairs is not None:
        return _parse_pairs(pairs)
    if len(rows) == 2 and len(rows[0]) == len(rows[1]) and set(rows[0]) & names:
        return _parse_pairs([(lines[1], *pair) for pair in zip(*rows, strict=True) if pair[0] in names])
    if all(len(row) == 1 for row in rows) and len(rows) > 1:
        cells = [(line, row[0]) for line, row in zip(lines, rows, strict=True)]
        return _parse_list(cells[1:] if rows[0][0].casefold() in KEY_WORDS else cells)
    if len(rows) > 2:
        return [], (SheetProblem(lines[0], "", "a key is one row, one column, or pairs of item and key"),)
    return _parse_list([(lines[-1], cell) for cell in rows[-1]])


def _as_pairs(rows: list[list[str]], lines: list[int], names: set[str]) -> list[tuple[int, str, str]] | None:
    """Take the sheet as pairs if its heading or its first column says so."""
    heading = [cell.casefold() for cell in rows[0]]
    item = next((j for j, word in enumerate(heading) if word in ITEM_WORDS), None)
    key = next((j for j, word in enumerate(heading) if word in KEY_WORDS and j != item), None)
    body = list(zip(lines, rows, strict=True))
    if item is not None and key is not None:
        body = body[1:]
    elif all(len(row) == 2 for row in rows) and all(row[0] in names for row in rows[1:]) and len(rows) > 1:
        if set(rows[0]) <= names:
            return None
        item, key, body = 0, 1, body if rows[0][0] in names else body[1:]
    elif len(rows) == 1 and len(rows[0]) == 2 and rows[0][0] in names:
        item, key = 0, 1
    else:
        return None
    return [(line, _cell(row, item), _cell(row, key)) for line, row in body]


def _cell(row: list[str], j: int) -> str:
    return row[j] if j < len(row) else ""


def _parse_pairs(
    pairs: Sequence[tuple[int, str, str]],
) -> tuple[dict[str, ItemKey], tuple[SheetProblem, ...]]:
    by_name: dict[str, ItemKey] = {}
    problems = []
    for line, item, text in pairs:
        if item in by_name:
            problems.append(SheetProblem(line, item, "the item stands twice in the key"))
            continue
        try:
            by_name[item] = parse_key(text)
        except ResponseError as error:
            problems.append(SheetProblem(line, item, str(error)))
    return by_name, tuple(problems)


def _parse_list(cells: Sequence[tuple[int, str]]) -> tuple[list[ItemKey], tuple[SheetProblem, ...]]:
    in_order, problems = [], []
    for place, (line, text) in enumerate(cells, start=1):
        try:
            in_order.append(parse_key(text))
        except ResponseError as error:
            problems.append(SheetProblem(line, str(place), str(error)))
    return in_order, tuple(problems)
