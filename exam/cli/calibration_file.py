"""What `synaq stats calibrate --json` told of items, as the figures that an assembly goes by."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from question_bank.equivalence import FINENESS, Figures
from scoring.errors import ScoringError
from scoring.irt.grid import normal_log_weights, normal_nodes
from scoring.irt.information import irf, item_information

MOST_BYTES = 20_000_000
Floats = NDArray[np.float64]


def read_figures(path: str, theta: float) -> dict[str, Figures]:
    """Return each item's expected share among such people, and its information at `theta`, by name.

    Raises
    ------
    ClickException
        If the file cannot be read or is not what the command prints.
    """
    try:
        if Path(path).stat().st_size > MOST_BYTES:
            raise click.ClickException(f"{path} is larger than {MOST_BYTES // 10**6} MB")
        return _figures(json.loads(Path(path).read_text(encoding="utf-8")), theta)
    except (OSError, ValueError, RecursionError, KeyError, TypeError, ScoringError) as error:
        raise click.ClickException(
            f"{path} is not a calibration as `synaq stats calibrate --json` prints it"
        ) from error


def _figures(told: Mapping[str, Any], theta: float) -> dict[str, Figures]:
    """Leave out what has no parameters, since everybody answered it alike."""
    rows = [row for row in told["items"] if row["a"] is not None and row["b"] is not None]
    a, b, c = (np.array([row[name] for row in rows], dtype=float) for name in ("a", "b", "c"))
    names = [str(row["item"]) for row in rows]
    return figures_of(names, a, b, c, sd=float(told["latent_sd"]), theta=theta)


def figures_of(
    names: Sequence[str], a: Floats, b: Floats, c: Floats, *, sd: float = 1.0, theta: float = 0.0
) -> dict[str, Figures]:
    """Return the figures of items with such parameters among people of N(0, sd), at the ability `theta`."""
    nodes = normal_nodes()
    shares = np.exp(normal_log_weights(nodes, sd=sd)) @ irf(nodes, a, b, c)
    information = item_information(theta, a, b, c)
    return {
        name: Figures(Decimal(share).quantize(FINENESS), at_cut)
        for name, share, at_cut in zip(names, shares.tolist(), information.tolist(), strict=True)
    }
