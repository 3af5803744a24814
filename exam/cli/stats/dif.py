"""`synaq stats dif`: do matched persons of two groups do alike on each item?"""

from dataclasses import asdict
from typing import Any

import click
import numpy as np

from exam.cli.stats.columns import matching_value, read_column
from exam.cli.stats.printing import print_json, table
from exam.cli.stats.reading import read_responses, response_options
from scoring import MHResult, ScoringError, mantel_haenszel

FEWEST_IN_A_GROUP, FEWEST_IN_ALL = 200, 500

FEW = (
    f"fewer than {FEWEST_IN_A_GROUP} persons in a group or {FEWEST_IN_ALL} in all: large differences may "
    "pass unseen"
)


@click.command()
@click.argument("responses", metavar="RESPONSES.csv")
@click.option(
    "--group",
    "group_path",
    required=True,
    metavar="GROUPS.csv",
    help="One column with a header: the group of each person, in the order of the responses.",
)
@click.option("--group-column", metavar="COLUMN", help="Which column, when GROUPS.csv has several.")
@click.option("--focal", required=True, metavar="VALUE", help="The group that is looked at.")
@click.option("--reference", metavar="VALUE", help="The group to compare with; everybody else by default.")
@click.option("--purify", is_flag=True, help="Match on the items without a difference, until they stay.")
@click.option("--no-correction", is_flag=True, help="Chi-square without the correction for continuity.")
@click.option("--key", "key_path", metavar="KEY.csv", help="Key, when the cells are options.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@response_options
def dif(
    responses: str,
    group_path: str,
    group_column: str | None,
    focal: str,
    reference: str | None,
    purify: bool,
    no_correction: bool,
    key_path: str | None,
    as_json: bool,
    **reading: Any,
) -> None:
    """Differential item functioning between two groups, by Mantel and Haenszel.

    RESPONSES.csv is as for `stats items`. Columns: alpha_mh (odds ratio; above 1 the item favours the
    reference group), delta_mh (ETS scale; negative when the item is harder for the focal group), chi2
    and p, ets_class (A negligible, B moderate, C large).
    """
    matrix = read_responses(responses, key_path, **reading)
    groups = read_column(group_path, matrix.n_persons, column=group_column)
    try:
        found = mantel_haenszel(
            matrix,
            groups,
            focal=matching_value(focal, groups),
            reference=None if reference is None else matching_value(reference, groups),
            purify=purify,
            correction=not no_correction,
        )
    except ScoringError as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        print_json(as_document(found))
    else:
        click.echo(as_table(found))


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
    heads = ("item", "alpha_mh", "delta_mh", "se", "chi2", "p", "ets_class")
    figures = (found.alpha, found.delta, found.se, found.chi2, found.pvalue)
    rows = [
        (name, *(values[j] for values in figures), found.ets_class[j] or "-")
        for j, name in enumerate(found.items)
    ]
    above = f"{found.n_reference} persons in the reference group, {found.n_focal} in the focal group"
    if not enough_persons(found):
        above += f"\n{FEW}"
    return f"{above}\n{how_matched(found)}\n\n{table(heads, rows)}"


def how_matched(found: MHResult) -> str:
    """Tell what the persons were matched on."""
    purification = found.purification
    left_out = int(np.count_nonzero(~purification.anchor))
    if not left_out:
        return "matched on the sum of all items"
    ending = "" if purification.converged else f", in a cycle of {purification.cycle}: not settled"
    return f"matched on {len(found.items) - left_out} items after {purification.n_iter} rounds{ending}"
