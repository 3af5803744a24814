"""`synaq stats consistency`: how surely a cut tells who passes."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import numpy as np

from exam.cli.stats.printing import print_json, table
from exam.cli.stats.reading import Answers, read_responses, response_options
from scoring import (
    DecisionConsistency,
    ScoringError,
    cronbach_alpha,
    hanson_brennan,
    huynh,
    livingston_lewis,
    misclassification_by_score,
    subkoviak,
)

REPORTED = ("accuracy", "consistency", "kappa", "false_pass", "false_fail", "observed_pass_rate", "sem")
METHODS = ("livingston-lewis", "hanson-brennan", "subkoviak", "huynh")


@click.command()
@click.argument("responses", metavar="RESPONSES.csv")
@click.option("--cut", type=float, required=True, metavar="N", help="Score from which a person passes.")
@click.option("--key", "key_path", metavar="KEY.csv", help="Key, when the cells are options.")
@click.option("--reliability", type=float, metavar="R", help="Between 0 and 1; alpha by default.")
@click.option("--max", "max_score", type=float, metavar="M", help="Highest possible score.")
@click.option("--method", type=click.Choice(METHODS), default=METHODS[0], show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--html", "html_path", metavar="REPORT", help="Write the report as one HTML file.")
@response_options
def consistency(
    responses: str,
    cut: float,
    key_path: str | None,
    reliability: float | None,
    max_score: float | None,
    method: str,
    as_json: bool,
    html_path: str | None,
    **reading: Any,
) -> None:
    """Decision accuracy and consistency of a cut score.

    RESPONSES.csv is as for `stats items`; a file with one column holds sum scores and needs
    --reliability and --max. Accuracy: the share whose decision agrees with the true score. Consistency:
    the share who would get the same decision from a parallel form. Kappa: consistency beyond chance.
    Persons with unscored answers are left out: their totals stand over fewer items. For items of one
    point false pass and false fail are told after Hanson and Brennan as well.

    Example: synaq stats consistency answers.csv --cut 30 --html report.html
    """
    answers = read_responses(responses, key_path, **reading).complete()
    matrix = answers.matrix
    scores = np.asarray(matrix.total_scores(), dtype=np.float64)
    highest = float(matrix.max_points.sum()) if max_score is None else max_score
    if reliability is None:
        if matrix.n_items < 2:
            raise click.ClickException("with one column of scores, give --reliability and --max")
        reliability = cronbach_alpha(matrix)
    try:
        found = classify(method, scores, reliability, cut, highest)
    except ScoringError as error:
        raise click.ClickException(str(error)) from None
    beside = compound(found, scores, reliability, cut, highest) if matrix.is_dichotomous else None
    told = {
        "left_out": answers.left_out,
        "persons_left_out": answers.incomplete,
        "hanson_brennan": beside and {"false_pass": beside.false_pass, "false_fail": beside.false_fail},
        **as_document(found, scores, reliability, highest),
    }
    if html_path:
        write_report(html_path, answers, found, told)
    if as_json:
        print_json(told)
    else:
        click.echo(as_text(found, scores, reliability, beside))


def write_report(path: str, answers: Answers, found: DecisionConsistency, told: dict[str, Any]) -> None:
    """Write the HTML report; matplotlib is loaded only now."""
    from exam.cli.stats.page import Section, write_page
    from exam.cli.stats.plots import consistency_sections

    lead = f"{found.method}, {told['n_persons']} persons, reliability {told['reliability']:.3f}."
    rows = [(name.replace("_", " "), told[name]) for name in REPORTED]
    for name, value in (told["hanson_brennan"] or {}).items():
        rows.append((f"{name.replace('_', ' ')}, Hanson-Brennan", value))
    sections = [Section("The cut", ("figure", "value"), rows), *consistency_sections(found, told["by_score"])]
    title = f"A cut of {found.cut:g} for {Path(answers.path).name}"
    write_page(path, title, lead, sections, answers.notes())


def classify(
    method: str, scores: np.ndarray[Any, Any], reliability: float, cut: float, highest: float
) -> DecisionConsistency:
    """Apply the method; all but the first count right answers and need a whole highest score."""
    if method == "livingston-lewis":
        return livingston_lewis(scores, reliability, cut, max_score=highest)
    if highest != int(highest) or bool((scores != np.floor(scores)).any()):
        raise ScoringError(f"the method {method} needs whole points; use livingston-lewis")
    n_items = int(highest)
    if method == "hanson-brennan":
        return hanson_brennan(scores, reliability, int(np.ceil(cut)), n_items=n_items)
    if method == "subkoviak":
        return subkoviak(scores, reliability, cut, n_items=n_items)
    return huynh(scores, cut, n_items=n_items)


def compound(
    found: DecisionConsistency,
    scores: np.ndarray[Any, Any],
    reliability: float,
    cut: float,
    highest: float,
) -> DecisionConsistency | None:
    """Judge the same cut after Hanson and Brennan, to stand beside Livingston and Lewis."""
    if found.method != "Livingston-Lewis":
        return None
    try:
        return classify("hanson-brennan", scores, reliability, cut, highest)
    except ScoringError:
        return None


def as_document(
    found: DecisionConsistency, scores: np.ndarray[Any, Any], reliability: float, highest: float
) -> dict[str, Any]:
    """Give the result the names that programs rely on."""
    sd = float(scores.std(ddof=1)) if len(scores) > 1 else float("nan")
    return {
        **{
            name: value for name, value in asdict(found).items() if name not in ("true_scores", "test_length")
        },
        "method": found.method,
        "reliability": reliability,
        "n_persons": len(scores),
        "max_score": highest,
        "observed_pass_rate": float((scores >= found.cut).mean()),
        "sem": sd * float(np.sqrt(1 - reliability)),
        "effective_test_length": found.test_length,
        "true_scores": None if found.true_scores is None else asdict(found.true_scores),
        "by_score": by_score(found, scores, highest),
    }


def by_score(
    found: DecisionConsistency, scores: np.ndarray[Any, Any], highest: float
) -> list[dict[str, Any]] | None:
    """Chance of a true score on the other side of the cut, at each whole score."""
    if found.true_scores is None or highest != int(highest):
        return None
    shares = misclassification_by_score(
        found.cut, max_score=int(highest), true_scores=found.true_scores, test_length=found.test_length
    )
    counts = np.bincount(np.floor(scores).astype(int), minlength=len(shares))
    return [
        {"score": score, "n": int(counts[score]), "other_side": share}
        for score, share in enumerate(shares.tolist())
    ]


def as_text(
    found: DecisionConsistency,
    scores: np.ndarray[Any, Any],
    reliability: float,
    beside: DecisionConsistency | None = None,
) -> str:
    """Lay out the result for people."""
    figures = [
        ("accuracy", found.accuracy),
        ("false pass", found.false_pass),
        ("false fail", found.false_fail),
        ("consistency", found.consistency),
        ("by chance", found.chance),
        ("kappa", found.kappa),
        ("pass rate, model", found.pass_rate),
        ("pass rate, seen", float((scores >= found.cut).mean())),
    ]
    if beside is not None:
        figures.append(("false pass, Hanson-Brennan", beside.false_pass))
        figures.append(("false fail, Hanson-Brennan", beside.false_fail))
    above = f"{found.method}, cut {found.cut:g}, {len(scores)} persons, reliability {reliability:.3f}"
    return f"{above}\n\n{table(('figure', 'value'), figures)}"
