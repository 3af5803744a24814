"""Files that several statistics commands are tried on."""

import json
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parents[3] / "scoring" / "reference"


@pytest.fixture(scope="session")
def lsat6_csv() -> str:
    """LSAT section 6 (Bock & Lieberman 1970) as a table of 0 and 1, sorted by pattern."""
    patterns = json.loads((REFERENCE / "lsat6.json").read_text(encoding="utf-8"))["patterns"]
    rows = [",".join(pattern) for pattern, count in patterns.items() for _ in range(count)]
    return "\n".join(["q1,q2,q3,q4,q5", *rows]) + "\n"
