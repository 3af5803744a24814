"""Figures of others for scoring: data sets with their published or computed statistics."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

REFERENCE = Path(__file__).parent / "reference"


def load(name: str) -> Any:
    return json.loads((REFERENCE / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def lsat6_figures() -> dict[str, Any]:
    """LSAT section 6 (Bock & Lieberman 1970) and what R computes from it."""
    return load("lsat6")


@pytest.fixture(scope="session")
def lsat6(lsat6_figures: dict[str, Any]) -> NDArray[np.uint8]:
    """The 1000 x 5 responses of LSAT section 6, sorted by pattern."""
    rows = [[int(digit) for digit in pattern] for pattern in lsat6_figures["patterns"]]
    return np.repeat(np.array(rows, dtype=np.uint8), list(lsat6_figures["patterns"].values()), axis=0)
