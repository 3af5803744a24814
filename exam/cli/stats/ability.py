"""`synaq stats ability`: abilities of the persons of a CSV of responses."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from exam.cli.stats.calibrate import fit_options, fitted, summary
from exam.cli.stats.printing import print_json, table
from exam.cli.stats.reading import Answers, read_responses, response_options
from scoring.irt.ability import Abilities, score_eap, score_map, score_mle, score_wle
from scoring.irt.calibration import IRTResult
from scoring.irt.information import empirical_reliability
from scoring.responses import ResponseMatrix

HEADS = ("person", "theta", "se")
Rows = Sequence[Sequence[Any]]


@click.command()
@click.argument("responses", metavar="RESPONSES.csv")
@click.option("--key", "key_path", metavar="KEY.csv", help="Key: a row, a column, or pairs of item and key.")
@click.option("--model", type=click.Choice(["rasch", "1pl", "2pl", "3pl"]), default="2pl", show_default=True)
@click.option("--method", type=click.Choice(["eap", "map", "ml", "wle"]), default="eap", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--html", "html_path", metavar="REPORT", help="Write the report as one HTML file.")
@fit_options
@response_options
def ability(
    responses: str, key_path: str | None, as_json: bool, html_path: str | None, **options: Any
) -> None:
    """Estimate the ability of every person.

    The items are calibrated on the same responses first, as `synaq stats calibrate` does; ability is
    on that scale, N(0, 1). RESPONSES.csv has persons in rows, a header row of item names, and 0/1 in
    the cells; with --key the cells are the options chosen.

    Methods: eap (mean of the posterior), map (its mode), ml (maximum likelihood; none when all answers
    are right or all are wrong), wle (Warm's weighted likelihood). Columns: theta, se (standard error).

    Example: synaq stats ability answers.csv --model rasch --method wle --json
    """
    fitting = {name: options.pop(name) for name in ("model", "c_prior", "tol", "nodes")}
    method = options.pop("method")
    quiet = options.pop("quiet")
    answers = read_responses(responses, key_path, **options)
    matrix = answers.matrix
    fit = fitted(matrix, quiet=quiet, **fitting)
    found = estimates(matrix, fit, method, n_nodes=fitting["nodes"])
    names = matrix.persons or tuple(str(i + 1) for i in range(matrix.n_persons))
    rows = list(zip(names, *found, strict=True))
    if html_path:
        write_report(html_path, answers, summary(fit), found, rows)
    if as_json:
        print_json({"left_out": answers.left_out, **as_document(matrix, fit, method, found)})
    else:
        click.echo(table(HEADS, rows))


def write_report(path: str, answers: Answers, lead: str, found: Abilities, rows: Rows) -> None:
    """Write the HTML report; matplotlib is loaded only now."""
    from exam.cli.stats.page import write_page
    from exam.cli.stats.plots import ability_sections

    title, sections = f"Abilities from {Path(answers.path).name}", ability_sections(found, HEADS, rows)
    write_page(path, title, lead, sections, answers.notes())


def estimates(matrix: ResponseMatrix, fit: IRTResult, method: str, *, n_nodes: int) -> Abilities:
    """Score the persons by one of the methods, with the ability distribution of the fit."""
    sd = float(fit.latent_sd[0])
    if method == "eap":
        return score_eap(matrix, fit, sd=sd, n_nodes=n_nodes)
    if method == "map":
        return score_map(matrix, fit, sd=sd)
    return score_mle(matrix, fit) if method == "ml" else score_wle(matrix, fit)


def as_document(matrix: ResponseMatrix, fit: IRTResult, method: str, found: Abilities) -> dict[str, Any]:
    """Give the abilities the names that programs rely on; what is not finite is null."""
    persons = [
        {"theta": theta, "se": se} for theta, se in zip(found.theta.tolist(), found.se.tolist(), strict=True)
    ]
    for name, person in zip(matrix.persons, persons, strict=False):
        person["person"] = name
    return {
        "model": fit.model,
        "method": method,
        "loglik": fit.loglik,
        "reliability": empirical_reliability(*found) if method == "eap" else None,
        "persons": persons,
    }
