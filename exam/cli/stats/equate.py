"""`synaq stats equate`: the scores of a new form on the scale of an old one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np

from exam.cli.stats.calibrate import fitted
from exam.cli.stats.forms import FloatArray, FormScores, read_form, read_items
from exam.cli.stats.printing import print_json, table
from exam.cli.stats.progress import share_done
from exam.cli.stats.reading import Answers, read_text, response_options
from scoring import (
    Equating,
    Linking,
    ScoringError,
    braun_holland_equate,
    chained_equipercentile_equate,
    chained_linear_equate,
    equating_error,
    equipercentile_equate,
    frequency_estimation_equate,
    haebara,
    irt_observed_score_equate,
    irt_true_score_equate,
    levine_equate,
    linear_equate,
    loglinear_presmooth,
    loglinear_presmooth_joint,
    mean_equate,
    mean_mean,
    mean_sigma,
    stocking_lord,
    tucker_equate,
)
from scoring.irt.grid import Items, normal_log_weights, normal_nodes
from scoring.sheets.text import read_rows

Method = Callable[[FloatArray, FloatArray], Equating]

NORMAL_METRIC = 1.7

ONE_GROUP: dict[str, Method] = {
    "mean": mean_equate,
    "linear": linear_equate,
    "equipercentile": equipercentile_equate,
}
WITH_ANCHOR = ("tucker", "levine", "levine-true", "chained-linear", "chained", "frequency", "braun-holland")
WITH_ITEMS = ("irt-true", "irt-observed")
LINKINGS: dict[str, Callable[[Items, Items], Linking]] = {
    "mean-mean": mean_mean,
    "mean-sigma": mean_sigma,
    "haebara": haebara,
    "stocking-lord": stocking_lord,
}


@dataclass(frozen=True, slots=True, eq=False)
class Equated:
    """An equating with what belongs to it: errors, distributions, the linking of the scales.

    `answers` are those of the two forms, None for a form of which the file has none.
    """

    relation: Equating
    se: FloatArray | None
    n: tuple[float, float] | None
    counts: tuple[FloatArray, FloatArray] | None
    answers: tuple[Answers | None, Answers | None]
    linking: Linking | None = None


@click.command()
@click.argument("form_x", metavar="FORM_X.csv")
@click.argument("form_y", metavar="FORM_Y.csv")
@click.option(
    "--method",
    type=click.Choice([*ONE_GROUP, *WITH_ANCHOR, *WITH_ITEMS]),
    default="equipercentile",
    show_default=True,
    help="How the scores are made comparable.",
)
@click.option("--x-column", metavar="COLUMN", help="Column of the counts in FORM_X.csv.")
@click.option("--y-column", metavar="COLUMN", help="Column of the counts in FORM_Y.csv.")
@click.option("--max-x", type=click.IntRange(1, 10_000), help="Highest score of X, if nobody had it.")
@click.option("--max-y", type=click.IntRange(1, 10_000), help="Highest score of Y, if nobody had it.")
@click.option("--anchor", metavar="COLUMNS", help="Common items (a,b,c), or the column of the anchor score.")
@click.option("--external", is_flag=True, help="The anchor does not count in the total (Levine).")
@click.option(
    "--weight", type=click.FloatRange(0, 1), default=1.0, show_default=True,
    help="Weight of the new group in the synthetic population.",
)  # fmt: skip
@click.option("--smooth", type=click.IntRange(1, 10), help="Degree of log-linear presmoothing.")
@click.option("--bootstrap", type=click.IntRange(2, 10_000), help="Replicates for the standard error.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Seed of the replicates.")
@click.option(
    "--link", type=click.Choice(["none", *LINKINGS]), default="stocking-lord", show_default=True,
    help="How parameters of common items (--anchor) are brought to one scale.",
)  # fmt: skip
@click.option(
    "--normal-metric", is_flag=True, help="Parameters are given with the constant 1.7: 1.7 a (theta - b)."
)
@click.option("--model", type=click.Choice(["rasch", "1pl", "2pl", "3pl"]), default="2pl", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--html", "html_path", metavar="REPORT", help="Write the report as one HTML file.")
@click.option("--key", "key_path", metavar="KEY.csv", help="Key of both forms, when the cells are options.")
@click.option("--x-key", metavar="KEY.csv", help="Key of X alone.")
@click.option("--y-key", metavar="KEY.csv", help="Key of Y alone.")
@response_options
def equate(
    form_x: str, form_y: str, *, method: str, as_json: bool, html_path: str | None, **options: Any
) -> None:
    """Equate the scores of a new form X to the scale of an old form Y.

    Each file holds responses (0/1, persons in rows), scores of persons (a column score or total), or
    counts by score (score and count); both may be the same file, with --x-column and --y-column. The
    methods mean, linear and equipercentile take groups that are alike; tucker, levine, chained, frequency
    and braun-holland take an --anchor; irt-true and irt-observed take responses, or tables of item
    parameters (columns a, b, and c), which common items (--anchor) link. How responses are read (--id,
    --ignore, --blank, --missing, --key) holds for both files; by scores, persons with unscored answers are
    left out.

    Columns: score (on X), equated (on the scale of Y), se (standard error by bootstrap).

    Example: synaq stats equate new.csv old.csv --method equipercentile --smooth 6 --bootstrap 500
    """
    readings = _readings((form_x, form_y), options)
    anchor = tuple(name.strip() for name in (options.pop("anchor") or "").split(",") if name.strip())
    try:
        if method in WITH_ITEMS:
            found = by_items(form_x, form_y, method, anchor, readings, **options)
        else:
            found = by_scores(form_x, form_y, method, anchor, readings, **options)
    except ScoringError as error:
        raise click.ClickException(str(error)) from None
    if html_path:
        write_report(html_path, form_x, form_y, found)
    if as_json:
        print_json(as_document(found, method))
    else:
        click.echo(as_table(found))


def _readings(paths: Sequence[str], options: Mapping[str, Any]) -> list[dict[str, Any]]:
    """How the responses of each form are read; a column that it does not have is not looked for in it."""
    heads = [(read_rows(read_text(path))[0] or [[]])[0] for path in paths]
    persons, ignored = options["person_column"], options["ignore"]
    for name in (*ignored, *([persons] if persons else ())):
        if not any(name in head for head in heads):
            raise click.ClickException(f"there is no column {name!r} in {' or '.join(paths)}")
    common = {name: options[name] for name in ("no_id", "blanks", "missing")}
    return [
        {
            **common,
            "person_column": persons if persons in head else None,
            "ignore": tuple(name for name in ignored if name in head),
            "key_path": options[own_key] or options["key_path"],
        }
        for head, own_key in zip(heads, ("x_key", "y_key"), strict=True)
    ]


def by_scores(
    form_x: str,
    form_y: str,
    method: str,
    anchor: Sequence[str],
    readings: Sequence[Mapping[str, Any]],
    *,
    x_column: str | None,
    y_column: str | None,
    max_x: int | None,
    max_y: int | None,
    smooth: int | None,
    bootstrap: int | None,
    seed: int,
    external: bool,
    weight: float,
    **_of_items: object,
) -> Equated:
    """Equate by distributions of scores."""
    of_x, of_y = readings
    new = read_form(form_x, column=x_column, anchor=anchor, highest=max_x, reading=of_x).comparable(form_x)
    old = read_form(form_y, column=y_column, anchor=anchor, highest=max_y, reading=of_y).comparable(form_y)
    if method in ONE_GROUP:
        tables, relate = (new.counts, old.counts), _smoothed(ONE_GROUP[method], smooth)
    else:
        tables = _joint_tables(new, old)
        relate = _smoothed_jointly(_by_anchor(method, external=external, weight=weight), smooth)
    se = None
    if bootstrap:
        rng = np.random.default_rng(seed)
        with share_done("bootstrap", "samples") as progress:
            se = equating_error(relate, *tables, n_replicates=bootstrap, rng=rng, progress=progress).se
    sizes = new.n_persons, old.n_persons
    return Equated(relate(*tables), se, sizes, (new.counts, old.counts), (new.answers, old.answers))


def _joint_tables(new: FormScores, old: FormScores) -> tuple[FloatArray, FloatArray]:
    given = [form.anchors for form in (new, old) if form.anchors is not None]
    most = max((int(anchors.max()) for anchors in given), default=0)
    return new.joint(most), old.joint(most)


def _by_anchor(method: str, *, external: bool, weight: float) -> Method:
    kind: Any = "external" if external else "internal"
    return {
        "tucker": lambda x, y: tucker_equate(x, y, weight=weight),
        "levine": lambda x, y: levine_equate(x, y, weight=weight, anchor=kind),
        "levine-true": lambda x, y: levine_equate(x, y, weight=weight, anchor=kind, true_scores=True),
        "chained-linear": chained_linear_equate,
        "chained": chained_equipercentile_equate,
        "frequency": lambda x, y: frequency_estimation_equate(x, y, weight=weight),
        "braun-holland": lambda x, y: braun_holland_equate(x, y, weight=weight),
    }[method]


def _smoothed(method: Method, degree: int | None) -> Method:
    if degree is None:
        return method
    return lambda x, y: method(*(loglinear_presmooth(each, degree).expected for each in (x, y)))


def _smoothed_jointly(method: Method, degree: int | None) -> Method:
    if degree is None:
        return method
    degrees = (degree, degree)
    return lambda x, y: method(*(loglinear_presmooth_joint(each, degrees).expected for each in (x, y)))


def by_items(
    form_x: str,
    form_y: str,
    method: str,
    anchor: Sequence[str],
    readings: Sequence[Mapping[str, Any]],
    *,
    link: str,
    model: str,
    normal_metric: bool,
    **_of_scores: object,
) -> Equated:
    """Equate by item parameters: given, or estimated from responses."""
    scale = NORMAL_METRIC if normal_metric else 1.0
    (new, names_x, answers_x), (old, names_y, answers_y) = (
        _items_of(path, model, scale, reading)
        for path, reading in zip((form_x, form_y), readings, strict=True)
    )
    linking = None
    if anchor and link != "none":
        linking = LINKINGS[link](_picked(new, names_x, anchor), _picked(old, names_y, anchor))
        new = linking.items(new)
    if method == "irt-true":
        relation = irt_true_score_equate(new, old)
    else:
        nodes = normal_nodes()
        relation = irt_observed_score_equate(new, old, nodes, np.exp(normal_log_weights(nodes)))
    return Equated(relation, None, None, None, (answers_x, answers_y), linking)


def _items_of(
    path: str, model: str, scale: float, reading: Mapping[str, Any]
) -> tuple[Items, tuple[str, ...], Answers | None]:
    given = read_items(path, scale=scale)
    if given is not None:
        return *given, None
    answers = read_form(path, column=None, anchor=(), highest=None, reading=reading).answers
    if answers is None:
        raise click.ClickException(f"{path}: this method needs responses, or item parameters a and b")
    fit = fitted(answers.matrix, model=model, c_prior=None, tol=1e-6, nodes=61)
    return Items(fit.a, fit.d, fit.c), answers.matrix.items, answers


def _picked(items: Items, names: Sequence[str], wanted: Sequence[str]) -> Items:
    missing = [name for name in wanted if name not in names]
    if missing:
        raise click.ClickException(f"there is no common item {missing[0]!r}")
    places = [list(names).index(name) for name in wanted]
    return Items(*(values[places] for values in items))


def as_document(found: Equated, method: str) -> dict[str, Any]:
    """Give the equating the names that programs rely on."""
    relation = found.relation
    se = np.full(len(relation.scores), np.nan) if found.se is None else found.se
    return {
        "method": method,
        "left_out": dict(
            zip("xy", ([] if each is None else each.left_out for each in found.answers), strict=True)
        ),
        "persons_left_out": dict(
            zip("xy", (0 if each is None else each.incomplete for each in found.answers), strict=True)
        ),
        "n_x": None if found.n is None else found.n[0],
        "n_y": None if found.n is None else found.n[1],
        "slope": relation.slope,
        "intercept": relation.intercept,
        "linking": None
        if found.linking is None
        else {"method": found.linking.method, "slope": found.linking.A, "intercept": found.linking.B},
        "moments": None if found.counts is None else _moments(found),
        "scores": [
            {"score": int(score), "equated": equated, "se": error}
            for score, equated, error in zip(relation.scores, relation.equivalents, se, strict=True)
        ],
    }


def _moments(found: Equated) -> dict[str, dict[str, float]]:
    """Mean, standard deviation, skewness and kurtosis of X, of Y, and of X once equated."""
    if found.counts is None:
        return {}
    new, old = found.counts
    points = {"x": (np.arange(len(new)), new), "y": (np.arange(len(old)), old)}
    points["equated"] = (found.relation.equivalents, new)
    return {name: _moments_of(*pair) for name, pair in points.items()}


def _moments_of(values: FloatArray, counts: FloatArray) -> dict[str, float]:
    share = counts / counts.sum()
    mean = float(share @ values)
    second, third, fourth = (float(share @ (values - mean) ** power) for power in (2, 3, 4))
    sd = second**0.5
    still = second <= 0
    return {
        "mean": mean,
        "sd": sd,
        "skewness": float("nan") if still else third / sd**3,
        "kurtosis": float("nan") if still else fourth / second**2,
    }


def as_table(found: Equated) -> str:
    """Lay out the equating for people."""
    return f"{summary(found)}\n\n{table(*heads_and_rows(found))}"


def summary(found: Equated) -> str:
    """The equating in one line."""
    told = [found.relation.method]
    if found.n is not None:
        told.append(f"{found.n[0]:.0f} persons took X, {found.n[1]:.0f} took Y")
    if found.linking is not None:
        told.append(f"{found.linking.method}: slope {found.linking.A:.4f}, intercept {found.linking.B:.4f}")
    return "; ".join(told)


def heads_and_rows(found: Equated) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """The relation as a table."""
    relation = found.relation
    if found.se is None:
        rows = zip(relation.scores, relation.equivalents, strict=True)
        return ("score", "equated"), [(int(score), equated) for score, equated in rows]
    triples = zip(relation.scores, relation.equivalents, found.se, strict=True)
    return ("score", "equated", "se"), [(int(score), equated, se) for score, equated, se in triples]


def write_report(path: str, form_x: str, form_y: str, found: Equated) -> None:
    """Write the HTML report; matplotlib is loaded only now."""
    from exam.cli.stats.page import write_page
    from exam.cli.stats.plots import equating_sections

    sections = equating_sections(found.relation, found.se, *heads_and_rows(found))
    title = f"{Path(form_x).name} on the scale of {Path(form_y).name}"
    notes = [f"{each.path}: {note}" for each in found.answers if each for note in each.notes()]
    write_page(path, title, summary(found), sections, notes)
