"""Pictures: fit for the strict content policy, true to the numbers, in the language of the page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask_babel import Babel, force_locale

from exam.web import drawing, languages, plots

TOKENS = Path(drawing.__file__).parents[1] / "static" / "css" / "tokens.css"
SCORES = [20, 35, 36, 36, 41, 58]
PASSED = [False, False, True, False, True, True]


@pytest.fixture(autouse=True)
def request_context() -> Iterator[None]:
    app = Flask("exam")
    Babel(app, default_locale="en")
    with app.test_request_context():
        yield


def histogram() -> plots.Plot:
    return plots.score_histogram(SCORES, PASSED, cut=36, maximum=60, sem=3.2)


def item_map() -> plots.Plot:
    return plots.item_map(
        [0.4, 0.9, 0.5], [0.31, 0.05, float("nan")], ["L-001", "L-$x$-002", "L-003"], flagged=[1, 2]
    )


def options() -> plots.Plot:
    return plots.option_curves({"A": [0.2, 0.9], "B": [0.8, 0.1]}, key="A", groups=["1", "2"])


def bars() -> plots.Plot:
    return plots.bars_with_threshold(
        ["<b>Abai</b>", "Almaty"], [59.9, 60], threshold=60, unit="%", intervals=[(55, 64), (52, 68)]
    )


def estimates() -> plots.Plot:
    return plots.intervals(["L-001", "L-002"], [0.5, 0.1], [0.2, 0.2], reference=0, axis="logit")


ALL = [histogram, item_map, options, bars, estimates]


@pytest.mark.parametrize("draw", ALL)
def test_a_picture_carries_no_style_no_script_and_no_foreign_address(draw) -> None:
    svg = str(draw().svg)
    assert "style" not in svg
    assert "<script" not in svg
    assert set(re.findall(r"https?://[^\"]+", svg)) <= {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("draw", ALL)
def test_every_reference_of_a_picture_is_inside_it(draw) -> None:
    page = BeautifulSoup(draw().svg, "html.parser")
    names = {element["id"] for element in page.select("[id]")}
    used = set(re.findall(r'(?:href="|url\()#([^")]+)', str(page)))
    assert used
    assert used == names


def test_two_pictures_on_a_page_share_no_name() -> None:
    page = BeautifulSoup("".join(str(draw().svg) for draw in ALL), "html.parser")
    names = [element["id"] for element in page.select("[id]")]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("draw", ALL)
def test_a_picture_is_spoken_as_its_sentence(draw) -> None:
    plot = draw()
    svg = BeautifulSoup(plot.svg, "html.parser").svg
    assert (svg["role"], svg["aria-label"]) == ("img", plot.text)


@pytest.mark.parametrize("draw", ALL)
def test_the_same_numbers_give_the_same_picture(draw) -> None:
    assert draw().svg == draw().svg


def test_who_reaches_the_threshold_has_met_it_and_the_verdict_is_told_beside_it() -> None:
    said = "6 results: 4 at or above the threshold of 36, 2 below it."
    said += " By the verdict, minima of areas included, passed: 3, not passed: 3."
    assert histogram().text == said
    assert bars().text == "1 of 2 at or above the threshold of 60 %."


@pytest.mark.parametrize(
    ("value", "words"), [(-0.004, "0.00"), (-0.006, "−0.01"), (0, "0.00"), (float("nan"), "–")]
)
def test_what_is_rounded_to_nothing_has_no_sign(value, words) -> None:
    assert languages.decimal(value) == words
    assert drawing.number(-0.001) == "0"


def test_an_item_without_discrimination_is_left_out() -> None:
    plot = item_map()
    assert plot.text == "2 items by difficulty and discrimination; flagged: 1."
    assert "L-003" not in plot.svg


def test_names_that_would_lie_over_one_another_give_way_to_the_item_that_discriminates_least() -> None:
    drawn = plots.item_map([0.5, 0.51, 0.9], [0.300, 0.295, 0.1], ["L-1", "L-2", "L-3"], flagged=[0, 1, 2])
    assert "L-2" in drawn.svg
    assert "L-3" in drawn.svg
    assert "L-1" not in drawn.svg


def test_a_name_is_drawn_as_it_is_written() -> None:
    assert "L-$x$-002" in item_map().svg
    assert "&lt;b&gt;Abai&lt;/b&gt;" in bars().svg


def test_the_key_is_named_only_where_it_is_given() -> None:
    hidden = plots.option_curves({"A": [0.2, 0.9]}, key="", groups=["1", "2"])
    assert "(key)" in options().svg
    assert "(key)" not in hidden.svg
    assert options().text == "The key A was chosen by 20 % of the weakest and 90 % of the strongest group."


def test_an_interval_is_apart_only_beyond_two_standard_errors() -> None:
    assert estimates().text == "1 of 2 intervals (95 %) do not touch 0."


def test_numbers_are_written_in_the_language_of_the_page() -> None:
    with force_locale("ru"):
        assert "0,2" in item_map().svg
        assert "0.2<" not in item_map().svg


@pytest.mark.parametrize("name", ["INK", "INK_QUIET", "LINE", "ACCENT", "FAILED", "RESTRICTED"])
def test_pictures_and_pages_have_the_same_colours(name: str) -> None:
    token = "--" + name.lower().replace("_", "-")
    assert f"{token}: {getattr(drawing, name)};" in TOKENS.read_text(encoding="utf-8")
