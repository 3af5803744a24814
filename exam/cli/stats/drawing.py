"""Drawing for reports of the statistics commands: SVG that stands in the page, with a text alternative."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

INK, ACCENT, SOFT, BAD = "#14213d", "#0b5cad", "#8a94a6", "#a61b29"
LINES = ("-", "--", "-.", ":")


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing and the sentence under it."""

    svg: str
    caption: str


@contextmanager
def canvas(title: str, size: tuple[float, float] = (7, 3.4)) -> Iterator[tuple[Figure, Axes]]:
    """Give a figure in the colours of the house that needs no display."""
    spines = {"axes.spines.top": False, "axes.spines.right": False}
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "synaq", **spines}):
        figure = Figure(figsize=size, layout="constrained")
        axes = figure.subplots()
        axes.set_title(title, loc="left", fontsize=10, color=INK)
        yield figure, axes


def as_svg(figure: Figure, description: str) -> str:
    """Draw as inline SVG with a text alternative."""
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    drawing = out.getvalue()
    drawing = drawing[drawing.index("<svg") :]
    return drawing.replace("<svg", f'<svg role="img" aria-label="{escape(description)}"', 1)
