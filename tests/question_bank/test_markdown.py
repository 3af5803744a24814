"""Item text becomes HTML that can do nothing."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from question_bank.markdown import TAGS, to_html, to_inline_html

HOSTILE = [
    "<script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "<math><mi>x</mi></math>",
    "<img src=x onerror=alert(1)>",
    "![x](http://example.org/x.png)",
    "[x](javascript:alert(1))",
    "<http://example.org>",
    "x^<script>^ y~<b>~",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "| a |\n|---|\n| <style>p{}</style> |",
    "```\n<b>\n```",
    "<!-- x --> <?php ?>",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("render", [to_html, to_inline_html])
def test_nothing_that_loads_leads_or_runs_gets_through(text, render):
    assert_harmless(render(text))


@given(st.text("<>/&;\"'=![]()^~*_`|-:# \nascript1", max_size=60))
def test_whatever_is_written_only_plain_tags_come_out(text):
    assert_harmless(to_html(text))
    assert_harmless(to_inline_html(text))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Бұл **негізгі** _сөз_", "<p>Бұл <strong>негізгі</strong> <em>сөз</em></p>\n"),
        ("H~2~O, 5 м^2^", "<p>H<sub>2</sub>O, 5 м<sup>2</sup></p>\n"),
        ("a ~ b ~ c, 2 ^ 3", "<p>a ~ b ~ c, 2 ^ 3</p>\n"),
        ("- бір\n- екі", "<ul>\n<li>бір</li>\n<li>екі</li>\n</ul>\n"),
        ("3 < 5 & 7", "<p>3 &lt; 5 &amp; 7</p>\n"),
        ("<b>кім</b>", "<p>&lt;b&gt;кім&lt;/b&gt;</p>\n"),
        ("# тақырып", "<p># тақырып</p>\n"),
    ],
)
def test_the_subset_is_rendered(text, html):
    assert to_html(text) == html


def test_a_table_keeps_its_cells_and_no_style():
    page = BeautifulSoup(to_html("| акт | бап |\n|:---|---:|\n| заң | 3 |"), "html.parser")
    assert [cell.text for cell in page.select("th")] == ["акт", "бап"]
    assert [cell.text for cell in page.select("td")] == ["заң", "3"]
    assert_harmless(str(page))


def test_an_option_has_no_paragraph():
    assert to_inline_html("**5** тәулік") == "<strong>5</strong> тәулік"


def test_deep_nesting_ends():
    assert_harmless(to_html("> " * 2000 + "*" * 2000 + "- " * 2000))


def assert_harmless(html: str) -> None:
    tags = BeautifulSoup(html, "html.parser").select("*")
    assert {tag.name for tag in tags} <= TAGS
    assert not any(tag.attrs for tag in tags)
