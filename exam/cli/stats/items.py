"""`synaq stats items`: item analysis of a CSV of responses."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click
import numpy as np

from exam.cli.stats.printing import figure, print_json, table, write_text
from exam.cli.stats.reading import Answers, all_scored, read_responses, response_options
from question_bank.interchange.usage_data import ItemUsage, write_usage_data
from scoring import (
    Flag,
    ItemAnalysis,
    OptionStatistics,
    ResponseMatrix,
    flag_items,
    flag_test,
    item_analysis,
    option_analysis,
)

SHAPE = ("mean", "sd", "median", "skewness", "kurtosis", "lowest", "highest")
TEST_FIGURES = (*SHAPE, "alpha", "sem")


@click.command()
@click.argument("responses", metavar="RESPONSES.csv")
@click.option("--key", "key_path", metavar="KEY.csv", help="Key: a row, a column, or pairs of item and key.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--html", "html_path", metavar="REPORT", help="Write the report as one HTML file.")
@click.option("--usage-data", "usage_path", metavar="FILE", help="Write the figures as QTI usage data (XML).")
@response_options
def items(
    responses: str,
    key_path: str | None,
    as_json: bool,
    html_path: str | None,
    usage_path: str | None,
    **reading: Any,
) -> None:
    """Difficulty, discrimination, options and flags of every item.

    RESPONSES.csv has persons in rows, a header row of item names, and 0/1 or points in the cells; with
    --key the cells are the options chosen. A dash reads standard input.

    Columns: difficulty (mean share of the points), item_rest (correlation with the sum of the other
    items), D27 (upper less lower 27 %), alpha_del (alpha of the other items), flags. Mean, sd and the like
    of the totals are those of the persons all of whose answers are scored.
    """
    answers = read_responses(responses, key_path, **reading)
    matrix = answers.matrix
    analysis = _of_whole_totals(item_analysis(matrix), matrix)
    options = option_analysis(matrix) if matrix.options is not None else ()
    flags = flag_items(analysis, options)
    for note in totals_note(matrix):
        click.echo(note, err=True)
    if html_path:
        write_report(html_path, answers, analysis, options, flags)
    if usage_path:
        write_text(usage_path, usage_data(Path(responses).stem, analysis, options))
    if as_json:
        whole = int(all_scored(matrix).sum())
        told = as_document(analysis, options, flags)
        print_json({"left_out": answers.left_out, "persons_with_totals": whole, **told})
        return
    click.echo(as_table(analysis, flags))


def _of_whole_totals(analysis: ItemAnalysis, matrix: ResponseMatrix) -> ItemAnalysis:
    """Tell mean, spread and ends from totals that stand over the same items, else not at all."""
    whole = all_scored(matrix)
    if whole.all():
        return analysis
    told = dict.fromkeys(SHAPE, float("nan"))
    if whole.sum() > 1:
        own = item_analysis(matrix.select(persons=whole))
        told = {name: getattr(own, name) for name in SHAPE}
    sem = told["sd"] * float(np.sqrt(np.maximum(0.0, 1 - analysis.alpha)))
    return replace(analysis, **told, sem=analysis.sem if np.isnan(sem) else sem)


def totals_note(matrix: ResponseMatrix) -> list[str]:
    """Say whose totals are told, where some answers are unscored."""
    whole = int(all_scored(matrix).sum())
    if whole == matrix.n_persons:
        return []
    return [f"Mean, sd and the like: of {whole} of {matrix.n_persons} persons, without unscored answers."]


def write_report(path: str, answers: Answers, *parts: Any) -> None:
    """Write the HTML report; matplotlib is loaded only now."""
    from exam.cli.stats.report import items_report

    title = f"Item analysis of {Path(answers.path).name}"
    notes = [*answers.notes(), *totals_note(answers.matrix)]
    write_text(path, items_report(title, answers.matrix, *parts, notes=notes))


def usage_data(name: str, analysis: ItemAnalysis, options: tuple[tuple[OptionStatistics, ...], ...]) -> str:
    """Give the figures as QTI usage data; `name` says of which use."""
    usages = [
        ItemUsage(
            row.item,
            row.n,
            {
                "difficulty": row.difficulty,
                "itemRest": row.item_rest,
                "upperLower27": row.discrimination_27,
            },
            {option.option: option.n for option in options[j]} if options else {},
        )
        for j, row in enumerate(analysis.rows())
    ]
    return write_usage_data(f"urn:synaq:responses:{name}", usages)


def as_document(
    analysis: ItemAnalysis,
    options: tuple[tuple[OptionStatistics, ...], ...],
    flags: tuple[tuple[Flag, ...], ...],
) -> dict[str, Any]:
    """Give the analysis the names that programs rely on."""
    rows = []
    for j, row in enumerate(analysis.rows()):
        entry = asdict(row)
        if options:
            entry["key"] = "|".join(option.option for option in options[j] if option.key)
            entry["options"] = [asdict(option) for option in options[j]]
        entry["flags"] = [flag.code for flag in flags[j]]
        entry["flag_details"] = [asdict(flag) for flag in flags[j]]
        rows.append(entry)
    test = {name: getattr(analysis, name) for name in TEST_FIGURES}
    size = {"n_persons": analysis.n_persons, "n_items": analysis.n_items}
    return {**size, **test, "flags": [asdict(flag) for flag in flag_test(analysis)], "items": rows}


def as_table(analysis: ItemAnalysis, flags: tuple[tuple[Flag, ...], ...]) -> str:
    """Lay out the analysis for people."""
    heads = ("item", "n", "difficulty", "item_total", "item_rest", "D27", "alpha_del", "flags")
    rows = [
        (
            row.item,
            row.n,
            row.difficulty,
            row.item_total,
            row.item_rest,
            row.discrimination_27,
            row.alpha_if_deleted,
            " ".join(dict.fromkeys(flag.code for flag in flags[j])),
        )
        for j, row in enumerate(analysis.rows())
    ]
    above = (
        f"{analysis.n_persons} persons, {analysis.n_items} items; mean {figure(analysis.mean)}, "
        f"sd {figure(analysis.sd)}, alpha {figure(analysis.alpha, 3)}, sem {figure(analysis.sem)}"
    )
    return f"{above}\n\n{table(heads, rows)}"
