"""Texts of other systems: what is no tag stays text, and each language is found."""

import pytest

from question_bank.interchange.gift import read_gift
from question_bank.interchange.markup import html_to_text, read_words
from question_bank.items import Text


@pytest.mark.parametrize("form", ["moodle", "html"])
@pytest.mark.parametrize("said", ["a<b and c>d & e", "x<i, y>z", "<p and q>", "если a<b то c>d"])
def test_what_is_no_tag_stays_text(said, form):
    raw = said if form == "moodle" else said.replace("&", "&amp;")
    assert read_words(raw, form, "ru") == read_words(said, "plain", "ru")


def test_a_sign_beside_a_tag_stays_text():
    assert html_to_text("a<b and c>d <b>e</b>") == ("a<b and c>d **e**", ())


@pytest.mark.parametrize(
    "tag", ["<img src=x onerror=alert(1)>", "<img src='a>b' alt=\"c\"/>", "<input disabled>", "<a href=?x=1>"]
)
def test_a_tag_is_a_tag_and_its_loss_is_told(tag):
    text, lost = html_to_text(f"Кім {tag}?")
    assert (text, len(lost)) == ("Кім ?", 1)


@pytest.mark.parametrize("form", ["moodle", "html"])
def test_an_escaped_sign_is_the_sign(form):
    assert read_words("&lt;no&gt; &#1179; &amp;", form, "kk").text == Text("<no> қ &", "")


@pytest.mark.parametrize("form", ["", "[html]", "[moodle]"])
def test_an_option_of_gift_is_decoded_as_its_question(form):
    [draft] = read_gift(f"{form}Қай тег? {{=&lt;no&gt; ~a<b and c>d & e}}", "f").drafts
    assert [option.text.kk for option in draft.options] == ["<no>", "a<b and c>d & e"]


MLANG = [
    ("{mlang kk}Кім?{mlang}{mlang ru}Кто?{mlang}", Text("Кім?", "Кто?")),
    ("{mlang ru}Кто?{mlang} {mlang kk}Кім?{mlang}", Text("Кім?", "Кто?")),
    ("1. {mlang KK}Кім{mlang}{ mlang ru }Кто{mlang}?", Text("1. Кім?", "1. Кто?")),
    ("{mlang kk}Кім?{mlang}{mlang other}Кто?{mlang}", Text("Кім?", "Кто?")),
    ("{mlang other}Кім?{mlang}{mlang ru}Кто?{mlang}", Text("Кім?", "Кто?")),
    ("{mlang kk,ru}ҚР{mlang} {mlang kk}Кім?{mlang}{mlang ru}Кто?{mlang}", Text("ҚР Кім?", "ҚР Кто?")),
    ("{mlang kk}Кім?{mlang}", Text("Кім?", "")),
    ("{mlang other}Кім?{mlang}", Text("Кім?", "")),
    ("Кім? {mlang kk}", Text("Кім? {mlang kk}", "")),
]


@pytest.mark.parametrize("form", ["html", "moodle", "markdown", "plain"])
@pytest.mark.parametrize(("raw", "text"), MLANG)
def test_the_second_filter_of_moodle_is_read_as_it_shows_each_language(raw, text, form):
    assert read_words(raw, form, "kk").text == text


def test_a_third_language_of_the_filter_is_told():
    words = read_words("{mlang kk}Кім?{mlang}{mlang ru}Кто?{mlang}{mlang en}Who?{mlang}", "html", "kk")
    assert (words.text, words.lost) == (Text("Кім?", "Кто?"), ("mlang en",))


def test_the_filter_is_read_in_a_file_and_its_language_is_not_supposed():
    text = r"[html]<p>\{mlang kk\}Кім?\{mlang\}\{mlang ru\}Кто?\{mlang\}</p> {=1 ~2}"
    reading = read_gift(text, "f")
    assert reading.drafts[0].stem == Text("Кім?", "Кто?")
    assert not reading.notes
