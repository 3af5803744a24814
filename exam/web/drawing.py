"""A picture's canvas in the service's tokens, and its way into a page: SVG without style or script.

The content policy of the pages allows no style of its own to an element, so matplotlib's styles
become attributes. matplotlib is imported with the first picture, not with the service.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from flask_babel import format_decimal
from markupsafe import Markup

from exam.web.languages import signed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# The tokens of static/css/tokens.css; a test compares them.
INK = "#14233f"
INK_QUIET = "#4a5873"
LINE = "#d3dae5"
ACCENT = "#0a5ea8"
FAILED = "#a31f2b"
RESTRICTED = "#7a4a00"
FAMILY = "Noto Sans, Segoe UI, Liberation Sans, Arial, sans-serif"

SVG = "{http://www.w3.org/2000/svg}"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture and the sentence that says what it shows.

    Attributes
    ----------
    svg : Markup
        An ``<svg>`` element, labelled with `text` for who cannot see it.
    text : str
        The sentence, in the language of the page.
    """

    svg: Markup
    text: str


def canvas(height: float = 3.4) -> "tuple[Figure, Axes]":
    """An empty picture in our clothes; drawn without pyplot, which keeps state between threads."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams.update(_settings())
    figure = Figure(figsize=(8, height), layout="constrained")
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _place: number(value))
    return figure, axes


LONGEST_LEGEND_LINE = 60


def legend_above(axes: "Axes") -> None:
    """Explain the marks above the picture, where nothing is covered; long words go on two lines."""
    _handles, labels = axes.get_legend_handles_labels()
    columns = 4 if sum(map(len, labels)) <= LONGEST_LEGEND_LINE else 2
    axes.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=columns, borderaxespad=0.2)


def _settings() -> dict[str, Any]:
    return {
        "svg.fonttype": "none",
        "svg.hashsalt": "synaq",
        "text.parse_math": False,
        "axes.unicode_minus": True,
        "axes.edgecolor": INK_QUIET,
        "axes.labelcolor": INK,
        "text.color": INK,
        "xtick.color": INK_QUIET,
        "ytick.color": INK_QUIET,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "font.size": 10,
    }


def finished(figure: "Figure", said: str) -> Plot:
    """The picture as an element of a page, with the sentence `said` for who cannot see it."""
    written = StringIO()
    figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    root = ElementTree.fromstring(written.getvalue())  # noqa: S314  matplotlib wrote it a line ago
    mark = "p" + sha256(written.getvalue().encode()).hexdigest()[:8]
    _name_only_what_is_used(root, mark)
    for element in root.iter():
        _style_to_attributes(element)
    for parent in list(root.iter()):
        for child in [c for c in parent if c.tag.endswith(("metadata", "}style"))]:
            parent.remove(child)
    for fixed in ("width", "height", "version"):
        root.attrib.pop(fixed, None)
    root.attrib |= {"role": "img", "aria-label": said, "font-family": FAMILY, "stroke-linejoin": "round"}
    return Plot(Markup(_text_of(root)), said)  # noqa: S704  all texts went through the XML writer


def _text_of(root: ElementTree.Element) -> str:
    ElementTree.register_namespace("", SVG.strip("{}"))
    return ElementTree.tostring(root, encoding="unicode")


def _name_only_what_is_used(root: ElementTree.Element, mark: str) -> None:
    """Drop names nobody refers to and make the others this picture's own, so that two share a page."""
    whole = ElementTree.tostring(root, encoding="unicode")
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', whole))
    for element in root.iter():
        name = element.get("id")
        if name in used:
            element.set("id", f"{mark}-{name}")
        elif name is not None:
            del element.attrib["id"]
        link = element.attrib.pop(XLINK_HREF, None)
        if link is not None:
            element.set("href", f"#{mark}-{link.removeprefix('#')}")
        if "clip-path" in element.attrib:
            element.set("clip-path", element.attrib["clip-path"].replace("#", f"#{mark}-"))


def _style_to_attributes(element: ElementTree.Element) -> None:
    """Write `style` as attributes of their own: the content policy allows no style in the page."""
    for declaration in element.attrib.pop("style", "").split(";"):
        name, _colon, value = (part.strip() for part in declaration.partition(":"))
        if name == "font":
            size = re.search(r"([\d.]+)px", value)
            element.set("font-size", size.group(1) if size else "10")
        elif name and name != "font-family":
            element.set(name, value.removesuffix("px") if name == "font-size" else value)


def number(value: float) -> str:
    """A number as the language of the page writes it, with two decimals at most."""
    return signed(format_decimal(value, "0.##"))


def whole(value: float) -> str:
    """A number without decimals."""
    return signed(format_decimal(value, "0"))
