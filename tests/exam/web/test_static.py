"""Stylesheets, pictures and scripts: everything is on this host, and every colour can be read."""

import re
from itertools import pairwise, product
from pathlib import Path

import flask_bootstrap
import pytest

import exam

STATIC = Path(exam.__file__).with_name("static")
TEMPLATES = Path(exam.__file__).with_name("templates")
SHEETS = sorted(STATIC.glob("css/**/*.css"))
TOKENS = dict(re.findall(r"(--[a-z-]+\d?): (#[0-9a-f]{6});", (STATIC / "css/tokens.css").read_text("utf-8")))
STATES = ("passed", "failed", "waiting", "restricted", "running")
READ_ON = [
    *product(("--ink", "--ink-quiet", "--accent", "--failed"), ("--ground", "--ground-quiet")),
    *[(f"--{state}", f"--{state}-tint") for state in STATES],
    ("--ink", "--restricted-tint"),
    ("--ink-quiet", "--restricted-tint"),
    ("--accent-deep", "--accent-tint"),
    ("--ground", "--failed-deep"),
]


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio after WCAG 2.2, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize(("ink", "ground"), READ_ON)
def test_words_are_read_easily(ink: str, ground: str) -> None:
    assert contrast(TOKENS[ink], TOKENS[ground]) >= 4.5


def test_the_edge_of_a_field_is_seen() -> None:
    assert contrast(TOKENS["--line-field"], TOKENS["--ground"]) >= 3


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_stylesheet_loads_nothing_that_is_not_here(sheet: Path) -> None:
    for address in re.findall(r'url\("?([^")]+)"?\)', sheet.read_text("utf-8")):
        if "/bootstrap/static/" in address:
            place = (
                Path(flask_bootstrap.__file__).with_name("static")
                / "bootstrap5"
                / address.split("/static/")[1]
            )
        else:
            place = sheet.parent / address
        assert place.exists(), address


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_colour_is_written_only_among_the_tokens(sheet: Path) -> None:
    if sheet.name != "tokens.css":
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(", sheet.read_text("utf-8"))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_variable_that_is_used_is_somewhere_defined(sheet: Path) -> None:
    defined = set(re.findall(r"(--[\w-]+):", "".join(s.read_text("utf-8") for s in SHEETS)))
    assert set(re.findall(r"var\((--[\w-]+)", sheet.read_text("utf-8"))) <= defined


def test_every_layer_is_named_in_its_order() -> None:
    site = (STATIC / "css/site.css").read_text("utf-8")
    order = re.search(r"^@layer ([^;]+);", site, re.M).group(1).split(", ")
    used = re.findall(r"layer\((\w+)\)", site)
    assert set(used) <= set(order)
    assert all(order.index(a) <= order.index(b) for a, b in pairwise(used))


def test_every_icon_that_is_asked_for_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "img/icons.svg").read_text("utf-8")))
    asked = {
        name
        for page in TEMPLATES.rglob("*.html")
        for call in re.findall(r"\bicon\(([^)]*)\)", page.read_text("utf-8"))
        for name in re.findall(r'^"([\w-]+)"|(?:if|else) "([\w-]+)"', call)
        for name in name
        if name
    }
    assert asked <= drawn


def test_every_module_that_is_named_can_be_mounted() -> None:
    named = {
        module
        for page in TEMPLATES.rglob("*.html")
        for modules in re.findall(r'data-module="([^"{]+)"', page.read_text("utf-8"))
        for module in modules.split()
    }
    assert named
    for module in named:
        assert "export function mount(" in (STATIC / f"js/{module}.js").read_text("utf-8"), module


@pytest.mark.parametrize("script", sorted(STATIC.glob("js/**/*.js")), ids=lambda script: script.name)
def test_a_script_writes_text_and_never_markup(script: Path) -> None:
    assert not re.findall(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script.read_text("utf-8")
    )
