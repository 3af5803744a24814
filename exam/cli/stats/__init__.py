"""`synaq stats`: psychometrics of a CSV of responses, without a database."""

from typing import ClassVar

import click

from exam.cli import LazyGroup


class Stats(LazyGroup):
    lazy: ClassVar[dict[str, str]] = {
        "items": "exam.cli.stats.items:items",
        "consistency": "exam.cli.stats.consistency:consistency",
        "calibrate": "exam.cli.stats.calibrate:calibrate",
        "ability": "exam.cli.stats.ability:ability",
        "dif": "exam.cli.stats.dif:dif",
        "equate": "exam.cli.stats.equate:equate",
        "similarity": "exam.cli.stats.similarity:similarity",
    }


@click.group(cls=Stats)
def stats() -> None:
    """Item statistics, calibration, fairness and equating on CSV files."""
