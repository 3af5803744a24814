"""Differential item functioning by a model: logistic regression, or item parameters in each group."""

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
    rows = logistic_rows(found) if isinstance(found, LogisticDIF) else lord_rows(found)
    heads = LOGISTIC_HEADS if isinstance(found, LogisticDIF) else LORD_HEADS
    above = f"{found.n_reference} persons in the reference group, {found.n_focal} in the focal group"
    return f"{above}\n\n{table(heads, [tuple(row[head] for head in heads) for row in rows])}"
