"""A report as one HTML file that needs nothing else: sections of plots with the tables behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import jinja2

from exam.cli.stats.drawing import Plot
from exam.cli.stats.printing import cell_text, write_text

MOST_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: plots, and the table that they are drawn from."""

    title: str
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[Any]] = ()
    plots: Sequence[Plot] = ()


def template(name: str) -> jinja2.Template:
    """A template of a report; figures are written as on the terminal."""
    loader = jinja2.PackageLoader("exam.cli.stats", ".")
    environment = jinja2.Environment(autoescape=True, loader=loader)
    environment.filters |= {"figure": cell_text, "words": lambda code: code.replace("_", " ")}
    return environment.get_template(name)


def write_page(
    path: str, title: str, lead: str, sections: Iterable[Section], notes: Iterable[str] = ()
) -> None:
    """Write a report, or end the command with one line that says why it cannot be written.

    `notes` say what was supposed about the files, a sentence each.
    """
    cut = [_cut(each) for each in sections]
    write_text(path, template("page.html").render(title=title, lead=lead, notes=[*notes], sections=cut))


def _cut(section: Section) -> Section:
    if len(section.rows) <= MOST_ROWS:
        return section
    title = f"{section.title} (the first {MOST_ROWS} of {len(section.rows)} rows)"
    return Section(title, section.heads, section.rows[:MOST_ROWS], section.plots)
