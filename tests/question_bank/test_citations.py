"""Citations are compared by what they mean: numbers, ranges and units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.citations import citation_of, citation_within, names_its_place, steps_of


@pytest.mark.parametrize(
    ("citation", "whole", "within"),
    [
        ("15-бап", "15-бап", True),
        ("15-бап, 2-тармақ", "15-бап", True),
        ("15-Бап 2-тармақ", "15-бап,  2-тармақ", True),
        ("15-бап", "15-бап, 2-тармақ", False),
        ("151-бап", "15-бап", False),
        ("15-1-бап", "15-бап", False),
        ("15-бап, 12-тармақ", "15-бап, 1-тармақ", False),
        ("15-бап", "15-тармақ", False),
        ("15-бап", "", False),
        ("«Заңдылық» қағидаты", "заңдылық қағидаты", True),
        ("36-бап", "35–39-баптар", True),
        ("35–39-баптар", "36-бап", True),
        ("40-бап", "35–39-баптар", False),
        ("80-бап, 1-тармақ, 14) тармақша", "80-бап, 1-тармақ, 12)–16) тармақшалар", True),
        ("Қағидалар, 12-тармақ", "Қағидалар, 10–14-тармақтар", True),
        ("Қағидалар, 15-тармақ", "Қағидалар, 10–14-тармақтар", False),
    ],
)
def test_a_part_is_within_its_whole_and_within_a_range(citation, whole, within):
    assert citation_within(citation, whole) is within


def test_a_range_that_never_ends_is_its_two_ends():
    [step] = steps_of("1–999999999-баптар")
    assert step.numbers == {"1", "999999999"}


@given(st.integers(1, 999), st.integers(0, 60), st.integers(1, 1100))
def test_an_article_is_within_a_range_exactly_when_it_lies_between_its_ends(first, more, article):
    within = citation_within(f"{article}-бап", f"{first}–{first + more}-баптар")
    assert within is (first <= article <= first + more)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_a_citation_and_is_within_itself(one, other):
    assert citation_within(one, one) is bool(steps_of(one))
    citation_within(one, other)
    citation_of(one)


@pytest.mark.parametrize(
    ("citation", "named"),
    [
        ("15-бап, 2-тармақ", True),
        ("35–39-баптар", True),
        ("34-тарау", False),
        ("хаттама мазмұны", False),
        ("—", False),
        ("", False),
    ],
)
def test_a_chapter_and_words_without_a_number_name_no_single_place(citation, named):
    assert names_its_place(citation) is named


@pytest.mark.parametrize(
    ("typed", "cited"),
    [
        ("677-бап", "677-бап"),
        ("677 бап", "677-бап"),
        ("677", "677-бап"),
        ("статья 677", "677-бап"),
        ("Ст. 15-1, п. 2", "15-1-бап, 2-тармақ"),
        ("35–39-баптар", "35–39-баптар"),
        ("Қағидалар, 15-тармақ", "Қағидалар, 15-тармақ"),
        ("Заңдылық қағидаты", "Заңдылық қағидаты"),
    ],
)
def test_what_is_typed_is_cited_as_items_cite_it(typed, cited):
    assert citation_of(typed) == cited
