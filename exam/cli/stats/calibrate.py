"""`synaq stats calibrate`: item parameters of a response-theory model."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from exam.cli.stats.printing import print_json, table
from exam.cli.stats.progress import pass_counter
from exam.cli.stats.reading import Answers, read_responses, response_options
from scoring.errors import ScoringError
from scoring.irt.calibration import IRTResult, fit_irt
from scoring.responses import ResponseMatrix

ITEM_FIGURES = ("a", "b", "c", "d", "se_a", "se_b", "se_c", "se_d")
HEADS = ("item", *ITEM_FIGURES[:6])
FIT_FIGURES = ("loglik", "n_iter", "converged", "grad_norm", "n_persons", "n_parameters", "aic", "bic")
GRADIENT_TOLERANCE = 1e-4


class BetaPrior(click.ParamType):
    """``none``, or the two parameters of a Beta density as ``A,B``."""

    name = "none|A,B"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, float] | None:
        if value.strip().lower() == "none":
            return None
        try:
            alpha, beta = (float(part) for part in value.split(","))
        except ValueError:
            self.fail(f"{value!r} is neither none nor two numbers such as 6,16", param, ctx)
        if not (1 <= alpha < 1e6 and 1 <= beta < 1e6):
            self.fail("both parameters have to be at least 1", param, ctx)
        return alpha, beta


def fit_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how a model is fitted."""
    options = (
        click.option("--c-prior", type=BetaPrior(), default="none", help="Beta prior on c of the 3pl model."),
        click.option("--tol", type=float, default=1e-6, show_default=True, help="Largest last EM step."),
        click.option(
            "--nodes",
            type=click.IntRange(11, 401),
            default=61,
            show_default=True,
            help="Equally spaced nodes of ability on [-6, 6].",
        ),
        click.option("--quiet", is_flag=True, help="Show no progress."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@click.argument("responses", metavar="RESPONSES.csv")
@click.option("--key", "key_path", metavar="KEY.csv", help="Key: a row, a column, or pairs of item and key.")
@click.option("--model", type=click.Choice(["rasch", "1pl", "2pl", "3pl"]), default="2pl", show_default=True)
@click.option(
    "--se",
    type=click.Choice(["observed", "cross-product", "none"]),
    default="observed",
    show_default=True,
    help="Information that the standard errors come from.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--html", "html_path", metavar="REPORT", help="Write the report as one HTML file.")
@fit_options
@response_options
def calibrate(
    responses: str, key_path: str | None, as_json: bool, html_path: str | None, **options: Any
) -> None:
    """Calibrate the items by marginal maximum likelihood.

    RESPONSES.csv has persons in rows, a header row of item names, and 0/1 in the cells; with --key the
    cells are the options chosen. An empty cell is an item that the person did not meet (see --missing),
    so forms with common items are calibrated together.

    The logit is a(theta - b) = a theta + d; ability is N(0, 1). Columns: a (discrimination),
    b (difficulty), c (lower asymptote), d (intercept), se_a, se_b (standard errors). An item that
    everybody answered alike has none.

    Example: synaq stats calibrate answers.csv --key key.csv --model 2pl --html report.html
    """
    fitting = {name: options.pop(name) for name in ("model", "se", "c_prior", "tol", "nodes")}
    quiet = options.pop("quiet")
    answers = read_responses(responses, key_path, **options)
    matrix = answers.matrix
    result = fitted(matrix, quiet=quiet, **fitting)
    if html_path:
        write_report(html_path, answers, result)
    if as_json:
        print_json({"left_out": answers.left_out, **as_document(result, matrix.items)})
        return
    click.echo(as_table(result, matrix.items))


def fitted(
    matrix: ResponseMatrix,
    *,
    model: Any,
    c_prior: tuple[float, float] | None,
    tol: float,
    nodes: int,
    quiet: bool = False,
    se: Any = "none",
) -> IRTResult:
    """Fit a model, or end the command with one line that says why not."""
    try:
        with pass_counter(quiet=quiet) as progress:
            return fit_irt(
                matrix,
                model,
                tol=tol,
                gradient_tol=GRADIENT_TOLERANCE,
                n_nodes=nodes,
                prior_c=c_prior,
                se=se,
                progress=progress,
            )
    except ScoringError as refusal:
        raise click.ClickException(str(refusal)) from None


def as_document(result: IRTResult, names: tuple[str, ...]) -> dict[str, Any]:
    """Give the calibration the names that programs rely on."""
    fit = {name: getattr(result, name) for name in FIT_FIGURES}
    items = [
        {"item": name, **{figure: getattr(result, figure)[j] for figure in ITEM_FIGURES}}
        for j, name in enumerate(names)
    ]
    return {"model": result.model, **fit, "latent_sd": result.latent_sd[0], "items": items}


def write_report(path: str, answers: Answers, result: IRTResult) -> None:
    """Write the HTML report; matplotlib is loaded only now."""
    from exam.cli.stats.page import write_page
    from exam.cli.stats.plots import calibration_sections

    sections = calibration_sections(result, HEADS, item_rows(result, answers.matrix.items))
    title = f"Calibration of {Path(answers.path).name}"
    write_page(path, title, summary(result), sections, answers.notes())


def item_rows(result: IRTResult, names: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """One row an item, under `HEADS`."""
    return [
        (name, *(getattr(result, figure)[j] for figure in ITEM_FIGURES[:6])) for j, name in enumerate(names)
    ]


def as_table(result: IRTResult, names: tuple[str, ...]) -> str:
    """Lay out the calibration for people."""
    return f"{summary(result)}\n\n{table(HEADS, item_rows(result, names))}"


def summary(result: IRTResult) -> str:
    """The fit in one line."""
    ending = "converged" if result.converged else "did NOT converge"
    return (
        f"{result.model}, {result.n_persons} persons: log-likelihood {result.loglik:.4f}, "
        f"AIC {result.aic:.1f}, BIC {result.bic:.1f}; {ending} in {result.n_iter} passes, "
        f"gradient norm {result.grad_norm:.1e}"
    )
