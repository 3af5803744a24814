"""Logic items as text of a bank file."""

import json
from collections.abc import Sequence

from question_bank.logic.values import LogicItem, Text


def bank_toml(items: Sequence[LogicItem]) -> str:
    """Write items of one kind as a bank file: codes G-<kind>-001 and on, in the given order."""
    return "\n".join(["schema = 1", *(_item(place, item) for place, item in enumerate(items, start=1))])


def code_of(place: int, item: LogicItem) -> str:
    """Name an item by its kind and its place in the file, from one."""
    return f"G-{item.kind}-{place:03}"


def _item(place: int, item: LogicItem) -> str:
    options = [
        f"  {{ kk = {_quoted(option.kk)}, ru = {_quoted(option.ru)}{', key = true' * (at == item.key)} }},"
        for at, option in enumerate(item.options)
    ]
    code = code_of(place, item)
    image = [f'image = "images/{code}.png"'] if item.kind == "matrix" else []
    return "\n".join(
        [
            "",
            "[[item]]",
            f'code = "{code}"',
            'kind = "single"',
            f'area = "{item.kind}"',
            f"level = {item.level}",
            'state = "active"',
            f"seed = {item.seed}",
            *image,
            f"stem = {_text(item.stem)}",
            f"rationale = {_text(item.rationale)}",
            f"certificate = {_quoted(str(item.certificate))}",
            "options = [",
            *options,
            "]",
            "",
        ]
    )


def _text(text: Text) -> str:
    return f"{{ kk = {_quoted(text.kk)}, ru = {_quoted(text.ru)} }}"


def _quoted(text: str) -> str:
    """A TOML basic string; its escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)
