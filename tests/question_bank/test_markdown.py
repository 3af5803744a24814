"""Item text becomes HTML that can do nothing."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from question_bank.markdown import TAGS, to_html, to_inline_html, to_tree

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


def text(words):
    return {"is": "text", "text": words}


def node(tag, *inside):
    return {"is": tag, "of": list(inside)}


def paragraph(*inside):
    return node("all", node("p", node("all", *inside)))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_tree_has_only_plain_tags_and_text(hostile):
    def visit(branch):
        assert branch["is"] in TAGS | {"all", "text"}
        assert ("text" in branch) != ("of" in branch)
        for child in branch.get("of", ()):
            visit(child)

    visit(to_tree(hostile))


@pytest.mark.parametrize(
    ("written", "tree"),
    [
        ("", node("all")),
        ("кім?", paragraph(text("кім?"))),
        (
            "бұл **кім** _қашан_",
            paragraph(text("бұл "), node("strong", text("кім")), text(" "), node("em", text("қашан"))),
        ),
        (
            "м^2^, H~2~O",
            paragraph(text("м"), node("sup", text("2")), text(", H"), node("sub", text("2")), text("O")),
        ),
        ("`if`", paragraph({"is": "code", "text": "if"})),
        ("бір\nекі", paragraph(text("бір"), text(" "), text("екі"))),
        ("бір\\\nекі", paragraph(text("бір"), {"is": "br", "text": " "}, text("екі"))),
        ("<b>x</b> & y", paragraph(text("<b>x</b> & y"))),
    ],
)
def test_a_block_becomes_a_tree(written, tree):
    assert to_tree(written) == tree


def test_a_list_and_a_table_are_trees_of_their_tags():
    one, two = (node("li", node("p", node("all", text(word)))) for word in ("бір", "екі"))
    assert to_tree("1. бір\n2. екі") == node("all", node("ol", one, two))
    row = [node("th", node("all", text("акт"))), node("th", node("all", text("бап")))]
    cells = [node("td", node("all", text("заң"))), node("td", node("all", text("3")))]
    table = node("table", node("thead", node("tr", *row)), node("tbody", node("tr", *cells)))
    assert to_tree("| акт | бап |\n|---|---|\n| заң | 3 |") == node("all", table)


def assert_harmless(html: str) -> None:
    tags = BeautifulSoup(html, "html.parser").select("*")
    assert {tag.name for tag in tags} <= TAGS
    assert not any(tag.attrs for tag in tags)
