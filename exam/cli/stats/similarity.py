"""`synaq stats similarity`: pairs who agree more than their abilities explain, for people to look at."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np

from exam.cli.stats.calibrate import fitted
from exam.cli.stats.columns import Column, read_column
from exam.cli.stats.forms import read_items
from exam.cli.stats.printing import print_json, table
from exam.cli.stats.progress import share_done
from exam.cli.stats.reading import Answers, read_responses, read_text, response_options
from scoring import (
    ResponseMatrix,
    ScoringError,
    SimilarPairs,
    k_index,
    named_pairs,
    shared_errors,
    similar_pairs,
)
from scoring.irt.ability import Calibrated
from scoring.sheets.text import read_rows

NOT_A_VERDICT = (
    "No verdict: a pair on this list would be rare if nobody had copied and the model held. "
    "Seats, times and people have to say the rest."
)
K_FAMILY = ("K", "K1", "K2", "S1", "S2")
MOST_PAIRS = 5_000


@click.command()
@click.argument("responses", metavar="RESPONSES.csv")
@click.option("--key", "key_path", metavar="KEY.csv", help="Key: a row, a column, or pairs of item and key.")
@click.option("--items", "items_path", metavar="ITEMS.csv", help="Calibrated items: columns a, b (or d), c.")
@click.option("--model", type=click.Choice(["rasch", "1pl", "2pl", "3pl"]), default="2pl", show_default=True)
@click.option("--room", metavar="COLUMN", help="Column of RESPONSES.csv: examine pairs of one room only.")
@click.option(
    "--rooms", "rooms_path", metavar="ROOMS.csv", help="The rooms in a file of their own, by id or in order."
)
@click.option(
    "--pairs", "pairs_path", metavar="PAIRS.csv", help="Copier and source by name: only these pairs."
)
@click.option(
    "--fdr", type=click.FloatRange(0, 0.5, min_open=True, max_open=True), default=0.01, show_default=True,
    help="Largest share of false alarms expected among the listed pairs.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--html", "html_path", metavar="REPORT", help="Write the report as one HTML file.")
@response_options
def similarity(
    responses: str,
    key_path: str | None,
    items_path: str | None,
    model: str,
    room: str | None,
    rooms_path: str | None,
    pairs_path: str | None,
    fdr: float,
    as_json: bool,
    html_path: str | None,
    **reading: Any,
) -> None:
    """List pairs of persons whose answers agree beyond chance, for people to look at. Never a verdict.

    RESPONSES.csv is as for `stats items`. All ordered pairs, or those of one room, are examined by
    omega; those that stay under the share of false alarms are listed with further indices. With --pairs
    the named pairs are told, whatever their indices.

    Columns: a (copier), b (source), omega and p, p_adjusted (over all pairs examined), gbt (p), k, k1, k2,
    s1 (p of the shared wrong answers), s2 (with the right ones that few have), same_wrong (the same wrong
    option), matches and expected.

    Example: synaq stats similarity answers.csv --key key.csv --room room --fdr 0.01
    """
    if room is not None and rooms_path is None:
        reading["ignore"] = (*reading["ignore"], room)
    answers = read_responses(responses, key_path, **reading)
    matrix, rooms = answers.matrix, _rooms(answers, rooms_path, room)
    try:
        pairs = None if pairs_path is None else read_pairs(pairs_path, matrix)
        items = _items(items_path, matrix, model)
        if pairs is None:
            with share_done("pairs", "persons") as progress:
                found = similar_pairs(matrix, items, rooms=rooms and rooms.values, fdr=fdr, progress=progress)
        else:
            found = named_pairs(matrix, items, pairs)
        rows = [*_told(matrix, found)]
    except ScoringError as error:
        raise click.ClickException(str(error)) from None
    supposed = rooms.notes if rooms else ()
    for note in supposed:
        click.echo(note, err=True)
    if html_path:
        write_report(html_path, responses, rows, found.n_tests, (*answers.notes(), *supposed))
    if as_json:
        print_json(
            {
                "left_out": answers.left_out,
                "rooms_matched_by": rooms and rooms.matched_by,
                "pairs": rows,
                "examined": found.n_tests,
                "false_positive_rate": fdr,
                "note": NOT_A_VERDICT,
            }
        )
    else:
        click.echo(as_text(rows, found.n_tests, fdr, named=pairs_path is not None))


def _rooms(answers: Answers, path: str | None, room: str | None) -> Column | None:
    if path is None and room is None:
        return None
    return read_column(path or answers.path, answers, column=room)


def _items(path: str | None, matrix: ResponseMatrix, model: str) -> Calibrated:
    if path is None:
        return fitted(matrix, model=model, c_prior=None, tol=1e-4, nodes=61)
    given = read_items(path)
    if given is None:
        raise click.ClickException(f"{path}: columns a and b (or d) are needed")
    return given[0]


def read_pairs(path: str, matrix: ResponseMatrix) -> np.ndarray[Any, Any]:
    """Read pairs of persons by name, or by row number where the responses name nobody."""
    names = matrix.persons or tuple(str(place) for place in range(1, matrix.n_persons + 1))
    places = {name: place for place, name in enumerate(names)}
    rows, lines, _delimiter = read_rows(read_text(path))
    pairs = []
    for line, row in zip(lines, rows, strict=True):
        wanted = [places.get(name) for name in row[:2]]
        if None not in wanted and len(wanted) == 2:
            pairs.append(wanted)
        elif line != lines[0]:
            raise click.ClickException(
                f"{path}: line {line}: {', '.join(row[:2])} are no two persons of the file"
            )
    if not pairs:
        raise click.ClickException(f"{path}: there is no pair in it")
    return np.array(pairs, dtype=np.intp)


def _told(matrix: ResponseMatrix, found: SimilarPairs) -> Iterator[dict[str, Any]]:
    names = matrix.persons or tuple(str(place) for place in range(1, matrix.n_persons + 1))
    pairs = np.column_stack([found.copier, found.source])[:MOST_PAIRS]
    figures = {
        "omega": found.omega,
        "p": found.pvalue,
        "p_adjusted": found.adjusted,
        "gbt": found.gbt,
        **_shared_wrong(matrix, pairs),
        "matches": found.matches,
        "expected": found.expected,
    }
    for place, (a, b) in enumerate(pairs.tolist()):
        told = {name: values[place] for name, values in figures.items()}
        yield {"a": names[a], "b": names[b], **told}


def _shared_wrong(matrix: ResponseMatrix, pairs: np.ndarray[Any, Any]) -> dict[str, Any]:
    """The K family where everybody was given every item, and wrong answers alike where options are known."""
    found: dict[str, Any] = {}
    if matrix.is_dichotomous and matrix.administered is None and len(pairs):
        for kind in K_FAMILY:
            try:
                with share_done(kind, "pairs") as progress:
                    found[kind.lower()] = k_index(matrix, pairs, kind=kind, progress=progress).pvalue
            except ScoringError:
                found[kind.lower()] = np.full(len(pairs), np.nan)
    if matrix.options is not None and len(pairs):
        shared = shared_errors(matrix, pairs)
        found |= {"same_wrong": shared.same, "p_same_wrong": shared.pvalue}
    return found


def write_report(
    path: str, source: str, rows: Sequence[dict[str, Any]], examined: int, notes: Sequence[str]
) -> None:
    """Write the HTML report; matplotlib is loaded only now."""
    from exam.cli.stats.page import write_page
    from exam.cli.stats.plots import similarity_sections

    lead = f"{examined} pairs examined, {len(rows)} told. {NOT_A_VERDICT}"
    write_page(path, f"Similar answers in {Path(source).name}", lead, similarity_sections(rows), notes)


def as_text(rows: Sequence[dict[str, Any]], examined: int, fdr: float, *, named: bool) -> str:
    """Lay out the list for people."""
    above = f"{examined} pairs examined, {len(rows)} told"
    if not named:
        above += f"; of these at most {fdr:.1%} are expected to be false alarms"
    if not rows:
        return f"{above}\n{NOT_A_VERDICT}"
    body = table(tuple(rows[0]), [tuple(row.values()) for row in rows])
    return f"{above}\n{NOT_A_VERDICT}\n\n{body}"
