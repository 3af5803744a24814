"""The pictures of items, as addresses that stand in a page."""

import re
from base64 import b64encode
from functools import lru_cache
from importlib import resources

NAME = re.compile(r"images/[\w-]+\.png", re.ASCII)


@lru_cache(maxsize=256)
def picture_address(name: str) -> str:
    """Return a ``data:`` address of a picture shipped with the bank; empty where there is none."""
    if not NAME.fullmatch(name):
        return ""
    file = resources.files("question_bank").joinpath("bank", "logic", name)
    return f"data:image/png;base64,{b64encode(file.read_bytes()).decode('ascii')}" if file.is_file() else ""
