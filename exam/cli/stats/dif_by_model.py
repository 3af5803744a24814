"""Differential item functioning by a model: logistic regression, or item parameters in each group."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from exam.cli.stats.printing import table
from scoring import LogisticDIF, LordDIF

LOGISTIC_HEADS = ("item", "chi2", "p", "delta_r2", "class", "uniform_p", "nonuniform_p")
LORD_HEADS = ("item", "chi2", "p", "difference", "b_reference", "b_focal", "a_reference", "a_focal")


def logistic_rows(found: LogisticDIF) -> list[dict[str, Any]]:
    """One row an item, by the names that programs rely on."""
    return [
        {
            "item": name,
            "chi2": found.both.chi2[j],
            "p": found.both.pvalue[j],
            "delta_r2": found.both.delta_r2[j],
            "class": found.both.classes[j] or None,
            "uniform_p": found.uniform.pvalue[j],
            "nonuniform_p": found.nonuniform.pvalue[j],
        }
        for j, name in enumerate(found.items)
    ]


def lord_rows(found: LordDIF) -> list[dict[str, Any]]:
    """One row an item, by the names that programs rely on."""
    figures = {name: getattr(found, name) for name in LORD_HEADS if name not in ("item", "p")}
    figures["p"] = found.pvalue
    return [
        {"item": name, **{head: figures[head][j] for head in LORD_HEADS[1:]}}
        for j, name in enumerate(found.items)
    ]


def as_model_document(found: LogisticDIF | LordDIF, method: str) -> dict[str, Any]:
    """The comparison as one JSON object."""
    rows = logistic_rows(found) if isinstance(found, LogisticDIF) else lord_rows(found)
    return {
        "method": method,
        "n_reference": found.n_reference,
        "n_focal": found.n_focal,
        "anchor": [name for name, kept in zip(found.items, found.purification.anchor, strict=True) if kept],
        "items": rows,
    }


def as_model_table(found: LogisticDIF | LordDIF) -> str:
    """The comparison for people."""
    return f"{summary(found)}\n\n{table(*heads_and_rows(found))}"


def summary(found: LogisticDIF | LordDIF) -> str:
    """The groups in one line."""
    return f"{found.n_reference} persons in the reference group, {found.n_focal} in the focal group"


def heads_and_rows(found: LogisticDIF | LordDIF) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """The comparison as a table."""
    logistic = isinstance(found, LogisticDIF)
    heads = LOGISTIC_HEADS if logistic else LORD_HEADS
    rows = logistic_rows(found) if isinstance(found, LogisticDIF) else lord_rows(found)
    return heads, [tuple(row[head] for head in heads) for row in rows]


def write_model_report(
    path: str, source: str, found: LogisticDIF | LordDIF, method: str, *, notes: Sequence[str] = ()
) -> None:
    """Write the HTML report; matplotlib is loaded only now."""
    from exam.cli.stats.page import write_page
    from exam.cli.stats.plots import model_dif_sections

    heads, rows = heads_and_rows(found)
    effect = found.both.delta_r2 if isinstance(found, LogisticDIF) else found.difference
    sections = model_dif_sections(found.items, effect, heads[3], heads, rows)
    write_page(path, f"Fairness of {Path(source).name}, {method}", summary(found), sections, notes)
