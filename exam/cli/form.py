"""`synaq form`: assemble parallel forms from the shipped bank."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from exam.cli.calibration_file import read_figures
from exam.clock import utc_now
from question_bank.assembly import Assembly, assemble, draw_at_random
from question_bank.blueprint import Blueprint, read_blueprint, shipped_blueprints
from question_bank.equivalence import Certificate, Figures, certify
from question_bank.errors import QuestionBankError
from question_bank.legislation import pool_on, shipped_acts
from question_bank.reading import shipped_bank


@click.group()
def form() -> None:
    """Assemble forms."""


@form.command("assemble")
@click.option(
    "--blueprint",
    "named",
    required=True,
    metavar="FILE",
    help="A TOML file, or the code of a shipped blueprint.",
)
@click.option(
    "--forms", type=click.IntRange(1, 200), default=1, show_default=True, help="How many parallel forms."
)
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="The same seed gives the same forms."
)
@click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day of the test, for items that end; today if not given.",
)
@click.option("--most-shared", type=click.IntRange(0), help="Items that two forms may have in common.")
@click.option("--most-exposed", type=click.IntRange(1), help="Forms that an item may appear in.")
@click.option(
    "--calibration",
    metavar="FILE",
    help="What `synaq stats calibrate --json` printed; only items in it are drawn.",
)
@click.option(
    "--theta",
    type=click.FloatRange(-6, 6),
    default=0.0,
    show_default=True,
    help="Ability at the cut: forms are alike in information there.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def assemble_forms(
    *,
    named: str,
    forms: int,
    seed: int,
    day: datetime | None,
    most_shared: int | None,
    most_exposed: int | None,
    calibration: str | None,
    theta: float,
    as_json: bool,
) -> None:
    """Assemble parallel forms and certify that they are alike.

    With --calibration they are alike in the score that the calibrated people would earn and in information at
    the cut; without it, in the score that the levels of the questions promise.
    """
    blueprint = _bounded(_blueprint(named), most_shared, most_exposed)
    pool = pool_on((day or utc_now()).date(), shipped_bank().items, shipped_acts().acts)
    figures: dict[str, Figures] = {}
    if calibration:
        figures = read_figures(calibration, theta)
        pool = [item for item in pool if item.code in figures]
    try:
        assembly = assemble(blueprint, pool, forms=forms, seed=seed, figures=figures)
        drawn = draw_at_random(blueprint, pool, forms=forms, seed=seed, figures=figures)
        baseline = certify(blueprint, drawn)
    except QuestionBankError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(_plain(assembly, baseline), ensure_ascii=False, indent=2))
    else:
        click.echo(_lines(assembly, baseline))


def _blueprint(named: str) -> Blueprint:
    shipped = shipped_blueprints()
    if named in shipped:
        return shipped[named]
    try:
        return read_blueprint(Path(named).read_text(encoding="utf-8"))
    except QuestionBankError as error:
        raise click.ClickException(str(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        known = ", ".join(shipped)
        raise click.ClickException(f"{named} is neither a readable file nor one of {known}") from error


def _bounded(blueprint: Blueprint, most_shared: int | None, most_exposed: int | None) -> Blueprint:
    likeness = blueprint.likeness
    if most_shared is not None:
        likeness = replace(likeness, most_shared=most_shared)
    if most_exposed is not None:
        likeness = replace(likeness, most_exposed=most_exposed)
    return replace(blueprint, likeness=likeness)


def _plain(assembly: Assembly, baseline: Certificate) -> dict[str, Any]:
    return {
        "blueprint": assembly.blueprint,
        "seed": assembly.seed,
        "forms": [
            {
                "items": [item.code for item in form.items],
                "expected_score": float(form.expected_score),
                "information": form.information,
                "digest": form.digest,
            }
            for form in assembly.forms
        ],
        "gap": assembly.gap,
        "certificate": assembly.certificate.as_plain(),
        "random_draw": baseline.as_plain(),
    }


def _lines(assembly: Assembly, baseline: Certificate) -> str:
    lines = [f"{assembly.blueprint}, seed {assembly.seed}, gap {assembly.gap:.2%}"]
    for number, made in enumerate(assembly.forms, start=1):
        lines.append(f"form {number}: expected score {made.expected_score}, digest {made.digest}")
    return "\n".join([*lines, _told("assembled", assembly.certificate), _told("random draw", baseline)])


def _told(name: str, certificate: Certificate) -> str:
    informed = certificate.information_range
    at_cut = "" if informed is None else f"information at the cut within {informed:.1%}, "
    return (
        f"{name}: expected scores within {certificate.score_range} points, {at_cut}"
        f"two forms share at most {certificate.most_shared} items, "
        f"an item is in at most {certificate.most_exposed} forms, "
        f"points of the blueprint broken: {len(certificate.faults)}"
    )
