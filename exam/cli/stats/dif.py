"""`synaq stats dif`: do matched persons of two groups do alike on each item?"""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import click
import numpy as np

from exam.cli.stats.columns import Column, matching_value, read_column
from exam.cli.stats.dif_by_model import as_model_document, as_model_table, write_model_report
from exam.cli.stats.printing import print_json, table
from exam.cli.stats.progress import pass_counter
from exam.cli.stats.reading import Answers, read_responses, response_options
from scoring import MHResult, ScoringError, logistic_dif, lord_dif, mantel_haenszel
from scoring.fairness.dif_lord import LordModel

FEWEST_IN_A_GROUP, FEWEST_IN_ALL = 200, 500

FEW = (
    f"fewer than {FEWEST_IN_A_GROUP} persons in a group or {FEWEST_IN_ALL} in all: large differences may "
    "pass unseen"
)


HEADS = ("item", "alpha_mh", "delta_mh", "se", "chi2", "p", "ets_class")


@click.command()
@click.argument("responses", metavar="RESPONSES.csv")
@click.option(
    "--group",
    "group_path",
    required=True,
    metavar="GROUPS.csv",
    help="The group of each person under a header, by id, or in the order of the responses.",
)
@click.option("--group-column", metavar="COLUMN", help="Which column, when GROUPS.csv has several.")
@click.option("--focal", required=True, metavar="VALUE", help="The group that is looked at.")
@click.option("--reference", metavar="VALUE", help="The group to compare with; everybody else by default.")
@click.option("--purify", is_flag=True, help="Match on the items without a difference, until they stay.")
@click.option("--no-correction", is_flag=True, help="Chi-square without the correction for continuity.")
@click.option(
    "--method", type=click.Choice(["mh", "logistic", "lord"]), default="mh", show_default=True,
    help="Mantel and Haenszel, logistic regression, or Lord's chi-square of item parameters.",
)  # fmt: skip
@click.option(
    "--model",
    type=click.Choice(["rasch", "2pl"]),
    default="2pl",
    show_default=True,
    help="Of --method lord.",
)
@click.option("--key", "key_path", metavar="KEY.csv", help="Key, when the cells are options.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--html", "html_path", metavar="REPORT", help="Write the report as one HTML file.")
@response_options
def dif(
    responses: str,
    group_path: str,
    group_column: str | None,
    focal: str,
    reference: str | None,
    purify: bool,
    no_correction: bool,
    method: str,
    model: LordModel,
    key_path: str | None,
    as_json: bool,
    html_path: str | None,
    **reading: Any,
) -> None:
    """Differential item functioning between two groups.

    RESPONSES.csv is as for `stats items`; persons are matched to GROUPS.csv by id where both have a column
    of ids, else by order. Columns of mh: alpha_mh (odds ratio; above 1 the item favours the
    reference group), delta_mh (ETS scale; negative when the item is harder for the focal group), chi2
    and p, ets_class (A negligible, B moderate, C large). Of logistic: chi2, p, delta_r2 (gain in
    Nagelkerke's R-squared), class (Jodoin & Gierl). Of lord: chi2, p, difference (b_focal - b_reference).

    Example: synaq stats dif answers.csv --group sex.csv --focal woman --purify
    """
    answers = read_responses(responses, key_path, **reading)
    matrix, column = answers.matrix, read_column(group_path, answers, column=group_column)
    groups = column.values
    two: dict[str, Any] = {
        "focal": matching_value(focal, groups),
        "reference": None if reference is None else matching_value(reference, groups),
        "purify": purify,
    }
    try:
        if method == "mh":
            compared = mantel_haenszel(matrix, groups, correction=not no_correction, **two)
            _tell(as_document, as_table, write_report, compared, answers, column, html_path, as_json=as_json)
            return
        if method == "lord":
            with pass_counter() as progress:
                found: Any = lord_dif(matrix, groups, model=model, progress=progress, **two)
        else:
            found = logistic_dif(matrix, groups, **two)
    except ScoringError as error:
        raise click.ClickException(str(error)) from None
    document, report = partial(as_model_document, method=method), partial(write_model_report, method=method)
    _tell(document, as_model_table, report, found, answers, column, html_path, as_json=as_json)


def _tell(
    document: Callable[[Any], dict[str, Any]],
    lines: Callable[[Any], str],
    report: Callable[..., None],
    found: Any,
    answers: Answers,
    column: Column,
    html_path: str | None,
    *,
    as_json: bool,
) -> None:
    """Write the report where one is asked for, then the table or the JSON."""
    for note in column.notes:
        click.echo(note, err=True)
    if html_path:
        report(html_path, answers.path, found, notes=(*answers.notes(), *column.notes))
    if as_json:
        told = {"left_out": answers.left_out, "groups_matched_by": column.matched_by}
        print_json({**told, **document(found)})
    else:
        click.echo(lines(found))


def as_document(found: MHResult) -> dict[str, Any]:
    """Give the result the names that programs rely on."""
    items = [
        {
            "item": name,
            "alpha_mh": found.alpha[j],
            "delta_mh": found.delta[j],
            "se_delta": found.se[j],
            "chi2": found.chi2[j],
            "p": found.pvalue[j],
            "ets_class": found.ets_class[j] or None,
            "in_anchor": bool(found.purification.anchor[j]),
        }
        for j, name in enumerate(found.items)
    ]
    about = asdict(found.purification)
    del about["anchor"]
    return {
        "n_reference": found.n_reference,
        "n_focal": found.n_focal,
        "enough_persons": enough_persons(found),
        "purification": about,
        "items": items,
    }


def enough_persons(found: MHResult) -> bool:
    """Say whether the groups are large enough for a report."""
    sizes = (found.n_reference, found.n_focal)
    return min(sizes) >= FEWEST_IN_A_GROUP and sum(sizes) >= FEWEST_IN_ALL


def as_table(found: MHResult) -> str:
    """Lay out the result for people."""
    return f"{summary(found)}\n\n{table(HEADS, item_rows(found))}"


def item_rows(found: MHResult) -> list[tuple[Any, ...]]:
    """One row an item, under `HEADS`."""
    figures = (found.alpha, found.delta, found.se, found.chi2, found.pvalue)
    return [
        (name, *(values[j] for values in figures), found.ets_class[j] or "-")
        for j, name in enumerate(found.items)
    ]


def summary(found: MHResult) -> str:
    """The comparison in a few lines."""
    above = f"{found.n_reference} persons in the reference group, {found.n_focal} in the focal group"
    if not enough_persons(found):
        above += f"\n{FEW}"
    return f"{above}\n{how_matched(found)}"


def write_report(path: str, source: str, found: MHResult, *, notes: Sequence[str] = ()) -> None:
    """Write the HTML report; matplotlib is loaded only now."""
    from exam.cli.stats.page import write_page
    from exam.cli.stats.plots import dif_sections

    sections = dif_sections(found, HEADS, item_rows(found))
    lead = summary(found).replace("\n", "; ")
    write_page(path, f"Fairness of {Path(source).name}", lead, sections, notes)


def how_matched(found: MHResult) -> str:
    """Tell what the persons were matched on."""
    purification = found.purification
    left_out = int(np.count_nonzero(~purification.anchor))
    if not left_out:
        return "matched on the sum of all items"
    ending = "" if purification.converged else f", in a cycle of {purification.cycle}: not settled"
    return f"matched on {len(found.items) - left_out} items after {purification.n_iter} rounds{ending}"
