"""Pictures of numbers for the pages: plain data in, SVG and a sentence out.

The SVG carries no style and no script, so it stands inside a page under the strict content policy
and prints well. matplotlib is imported with the first picture, not with the service.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from math import isfinite
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# The tokens of static/css/tokens.css; a test compares them.
INK = "#14233f"
INK_QUIET = "#4a5873"
LINE = "#d3dae5"
ACCENT = "#0a5ea8"
PASSED = "#1a6938"
FAILED = "#a31f2b"
RESTRICTED = "#7a4a00"
FAMILY = "Noto Sans, Segoe UI, Liberation Sans, Arial, sans-serif"

SVG = "{http://www.w3.org/2000/svg}"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
MARKS = ("o", "s", "^", "D", "v", "P", "X", "*")
DASHES: tuple[str | tuple[int, tuple[int, ...]], ...] = (
    "--",
    ":",
    "-.",
    (0, (6, 2, 1, 2, 1, 2)),
    (0, (1, 3)),
)

Interval = tuple[float, float]


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


def score_histogram(scores: Sequence[float], *, cut: float, maximum: float, sem: float | None = None) -> Plot:
    """Draw how many people have each score, where the threshold stands and its ± one standard error.

    Parameters
    ----------
    scores : sequence of float
        One total score a person, in points from 0 to `maximum`.
    cut : float
        Threshold in points; whoever has it or more has passed.
    maximum : float
        Largest possible score in points.
    sem : float, optional
        Standard error of measurement in points.
    """
    figure, axes = _canvas()
    width = max(1, round(maximum / 60))
    edges = [edge - 0.5 for edge in range(0, int(maximum) + width + 1, width)]
    below = [score for score in scores if score < cut]
    met = [score for score in scores if score >= cut]
    axes.hist(
        [below, met],
        bins=edges,
        stacked=True,
        color=[LINE, ACCENT],
        edgecolor="white",
        linewidth=0.5,
        label=[_("below the threshold"), _("threshold met")],
    )
    if sem is not None:
        axes.axvspan(
            cut - sem, cut + sem, color=RESTRICTED, alpha=0.15, label=_("± standard error"), linewidth=0
        )
    axes.axvline(cut, color=INK, linewidth=1.75, label=_("threshold %(points)s", points=_number(cut)))
    axes.set(xlabel=_("Score, points"), ylabel=_("People"), xlim=(-0.5, maximum + 0.5))
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.legend(frameon=False, loc="upper left")
    said = ngettext(
        "%(num)d result: %(met)d at or above the threshold of %(cut)s, %(below)d below it.",
        "%(num)d results: %(met)d at or above the threshold of %(cut)s, %(below)d below it.",
        len(scores),
        met=len(met),
        below=len(below),
        cut=_number(cut),
    )
    return _finished(figure, said)


def item_map(
    difficulty: Sequence[float],
    discrimination: Sequence[float],
    labels: Sequence[str],
    *,
    flagged: Collection[int] = (),
    least: float = 0.2,
) -> Plot:
    """Draw each item by its difficulty and discrimination; flagged items bear their names.

    Parameters
    ----------
    difficulty : sequence of float
        Share of the points reached, 0 (nobody) to 1 (everybody).
    discrimination : sequence of float
        Correlation of the item with the rest of the test, −1 to 1; NaN leaves the item out.
    labels : sequence of str
        Name of each item.
    flagged : collection of int
        Positions of the items that want a look.
    least : float
        The discrimination wanted at least; drawn as a line.
    """
    figure, axes = _canvas(height=4.2)
    known = [
        i
        for i, (p, r) in enumerate(zip(difficulty, discrimination, strict=True))
        if isfinite(p) and isfinite(r)
    ]
    for chosen, colour, mark, words in (
        ([i for i in known if i not in flagged], ACCENT, "o", _("no flag")),
        ([i for i in known if i in flagged], FAILED, "^", _("flagged")),
    ):
        axes.scatter(
            [difficulty[i] for i in chosen],
            [discrimination[i] for i in chosen],
            s=30,
            c=colour,
            marker=mark,
            label=words,
        )
    for i in known:
        if i in flagged:
            axes.annotate(
                labels[i], (difficulty[i], discrimination[i]), (4, 3), textcoords="offset points", fontsize=8
            )
    axes.axhline(
        least,
        color=INK,
        linewidth=1.25,
        linestyle="--",
        label=_("least wanted %(value)s", value=_number(least)),
    )
    axes.axhline(0, color=LINE, linewidth=1)
    axes.set(xlabel=_("Difficulty: share of right answers"), ylabel=_("Item–rest correlation"), xlim=(0, 1))
    axes.legend(frameon=False, loc="lower right", ncols=3)
    said = ngettext(
        "%(num)d item by difficulty and discrimination; flagged: %(flagged)d.",
        "%(num)d items by difficulty and discrimination; flagged: %(flagged)d.",
        len(known),
        flagged=sum(i in flagged for i in known),
    )
    return _finished(figure, said)


def option_curves(shares: Mapping[str, Sequence[float]], *, key: str, groups: Sequence[str]) -> Plot:
    """Draw how often each option of an item was chosen in groups of rising total score.

    Parameters
    ----------
    shares : mapping of str to sequence of float
        Option to its share in each group, 0 to 1.
    key : str
        The right option, or "" when the picture must not show it.
    groups : sequence of str
        Names of the groups, the weakest first.
    """
    figure, axes = _canvas()
    places = range(len(groups))
    wrong = 0
    for option, mark in zip(shares, MARKS * (len(shares) // len(MARKS) + 1), strict=False):
        right = option == key
        dash = "-" if right else DASHES[wrong % len(DASHES)]
        wrong += not right
        words = _("%(option)s (key)", option=option) if right else option
        axes.plot(
            places,
            shares[option],
            color=ACCENT if right else INK_QUIET,
            linewidth=2.25 if right else 1.25,
            linestyle=dash,
            marker=mark,
            markersize=5,
            label=words,
        )
    axes.set_xticks(list(places), list(groups))
    axes.set(
        xlabel=_("Groups by total score, weakest first"), ylabel=_("Share that chose it"), ylim=(0, 1.02)
    )
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1.01, 0.5))
    return _finished(figure, _option_words(shares, key))


def _option_words(shares: Mapping[str, Sequence[float]], key: str) -> str:
    if key not in shares or not shares[key]:
        return _("How often each option was chosen in each group.")
    first, last = (_percent(shares[key][place]) for place in (0, -1))
    return _(
        "The key %(key)s was chosen by %(first)s of the weakest and %(last)s of the strongest group.",
        key=key,
        first=first,
        last=last,
    )


def bars_with_threshold(
    names: Sequence[str],
    values: Sequence[float],
    *,
    threshold: float,
    unit: str = "",
    intervals: Sequence[Interval] | None = None,
) -> Plot:
    """Draw one bar a group beside a threshold, with an interval where the value is an estimate.

    Parameters
    ----------
    names : sequence of str
        Name of each group, drawn from top to bottom.
    values : sequence of float
        Value of each group, in `unit`.
    threshold : float
        In `unit`; equality meets it.
    unit : str
        Written at the axis.
    intervals : sequence of (low, high), optional
        Bounds around each value, in `unit`.
    """
    figure, axes = _canvas(height=1.1 + 0.42 * len(names))
    places = range(len(names))
    axes.barh(places, values, color=[ACCENT if value >= threshold else LINE for value in values], height=0.62)
    if intervals:
        for place, (low, high) in zip(places, intervals, strict=True):
            axes.plot([low, high], [place, place], color=INK, linewidth=1.25, marker="|", markersize=7)
    axes.axvline(
        threshold, color=INK, linewidth=1.75, label=_("threshold %(points)s", points=_number(threshold))
    )
    axes.set_yticks(list(places), list(names))
    axes.invert_yaxis()
    axes.set(xlabel=unit, xlim=(0, None))
    axes.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1))
    met = sum(value >= threshold for value in values)
    said = _(
        "%(met)d of %(total)d at or above the threshold of %(cut)s %(unit)s.",
        met=met,
        total=len(names),
        cut=_number(threshold),
        unit=unit,
    )
    return _finished(figure, said.replace(" .", "."))


def intervals(
    names: Sequence[str], values: Sequence[float], errors: Sequence[float], *, reference: float, axis: str
) -> Plot:
    """Draw estimates with ± 1.96 standard errors around a line of reference.

    Parameters
    ----------
    names : sequence of str
        What is estimated, from top to bottom.
    values, errors : sequence of float
        Estimate and its standard error, on the scale of `axis`.
    reference : float
        Value that would mean "nothing to see".
    axis : str
        Name and unit of the scale.
    """
    figure, axes = _canvas(height=1.1 + 0.36 * len(names))
    places = list(range(len(names)))
    reach = [1.96 * error for error in errors]
    axes.axvline(reference, color=INK, linewidth=1.75)
    axes.errorbar(
        values, places, xerr=reach, fmt="o", color=ACCENT, ecolor=INK_QUIET, capsize=3, markersize=5
    )
    axes.set_yticks(places, list(names))
    axes.invert_yaxis()
    axes.set(xlabel=axis)
    apart = sum(abs(value - reference) > far for value, far in zip(values, reach, strict=True))
    said = _(
        "%(apart)d of %(total)d intervals (95 %%) do not touch %(reference)s.",
        apart=apart,
        total=len(names),
        reference=_number(reference),
    )
    return _finished(figure, said)


def _canvas(height: float = 3.4) -> "tuple[Figure, Axes]":
    """An empty picture in our clothes; drawn without pyplot, which keeps state between threads."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams.update(_settings())
    figure = Figure(figsize=(8, height), layout="constrained")
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


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


def _finished(figure: "Figure", said: str) -> Plot:
    written = StringIO()
    figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    root = ElementTree.fromstring(written.getvalue())  # noqa: S314  matplotlib wrote it a line ago
    mark = "p" + sha256(written.getvalue().encode()).hexdigest()[:8]
    _name_only_what_is_used(root, mark)
    for element in root.iter():
        _style_to_attributes(element)
    for child in list(root):
        if child.tag.endswith(("metadata", "}style")):
            root.remove(child)
    for definitions in root.iter(f"{SVG}defs"):
        for sheet in definitions.findall(f"{SVG}style"):
            definitions.remove(sheet)
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


def _number(value: float) -> str:
    return str(format_decimal(value, "0.##"))


def _percent(share: float) -> str:
    return f"{format_decimal(100 * share, '0')} %"
