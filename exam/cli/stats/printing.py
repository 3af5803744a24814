"""Output of the statistics commands: a plain table for people, JSON for programs."""

import json
import math
from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import Any

import click
import numpy as np


def print_json(value: Any) -> None:
    """Print one JSON document; what is not a number becomes null."""
    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=1, allow_nan=False))


def plain(value: Any) -> Any:
    """Turn numpy values, tuples and NaN into what JSON knows."""
    if isinstance(value, dict):
        return {str(name): plain(entry) for name, entry in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value.name.lower() if isinstance(value, Enum) else value


def table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Lay out rows under their heads, numbers to the right."""
    cells = [[cell_text(value) for value in row] for row in rows]
    widths = [max(len(head), *(len(row[j]) for row in cells), 0) for j, head in enumerate(heads)]
    right = [bool(rows) and isinstance(rows[0][j], (int, float, np.number)) for j in range(len(heads))]

    def line(row: Sequence[str]) -> str:
        aligned = (
            text.rjust(width) if to_right else text.ljust(width)
            for text, width, to_right in zip(row, widths, right, strict=True)
        )
        return "  ".join(aligned).rstrip()

    return "\n".join([line(heads), *(line(row) for row in cells)])


def cell_text(value: Any) -> str:
    """Write one cell: three decimals for a figure, a dash where there is none."""
    if value is None or (isinstance(value, (float, np.floating)) and math.isnan(value)):
        return "-"
    return f"{value:z.3f}" if isinstance(value, (float, np.floating)) else str(value)


def figure(value: float, places: int = 2) -> str:
    """Write a figure inside a sentence: a dash where there is none, no sign before nothing."""
    return "-" if math.isnan(value) else f"{value:z.{places}f}"


def write_text(path: str, text: str) -> None:
    """Write a file, or end the command with one line."""
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror or error}") from None
