"""The shipped legislation items, read as plain TOML: what a lawyer and a proof-reader would check by hand."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

BANK = Path(__file__).parents[2] / "question_bank" / "bank"
FILES = sorted((BANK / "legislation").glob("t*.toml"))
AREA = {
    **dict.fromkeys(("T01", "T02"), "constitution"),
    **dict.fromkeys(("T03", "T04", "T19", "T20", "T21"), "service"),
    **dict.fromkeys(("T08", "T09", "T10"), "offences"),
    **dict.fromkeys(("T05", "T07", "T12", "T13", "T14", "T15", "T16", "T17"), "police"),
    "T11": "supervision",
    **dict.fromkeys(("T06", "T18", "T22"), "integrity"),
}
# Topics whose items are all here; large topics carry at least this many.
LEAST = {
    **dict.fromkeys(("T01", "T02", "T04", "T05", "T06", "T07", "T18", "T20", "T21"), 20),
    **dict.fromkeys(("T03", "T19"), 35),
    "T22": 12,
}
MIXED = re.compile(r"\w*(?:[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z])\w*")
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
ABSOLUTE = {
    "kk": re.compile(
        r"\b(тек|ғана|барлық|ешқашан|әрқашан|ешқандай|кез келген|міндетті түрде)\b", re.IGNORECASE
    ),
    "ru": re.compile(r"\b(только|лишь|все|всегда|никогда|любой|обязательно|исключительно)\b", re.I),
}


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def items() -> Iterator[dict[str, Any]]:
    for path in FILES:
        yield from read(path)["item"]


def choices(item: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the options, or both sides of the pairs; an answer in figures has none."""
    sides = [pair[side] for pair in item.get("pairs", []) for side in ("left", "right")]
    return [*item.get("options", []), *sides]


def texts(item: dict[str, Any]) -> list[dict[str, Any]]:
    return [item["stem"], item["rationale"], *choices(item)]


ITEMS = list(items())
ACTS = {act["code"]: act for act in read(BANK / "acts.toml")["act"]}
every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def test_no_code_stands_twice():
    twice = [code for code, count in Counter(item["code"] for item in ITEMS).items() if count > 1]
    assert twice == []


def test_no_fact_is_asked_twice():
    twice = [fact for fact, count in Counter(item["fact"] for item in ITEMS).items() if count > 1]
    assert twice == []


@every_file
def test_a_file_holds_one_topic_under_its_name(path):
    table = read(path)
    assert table["schema"] == 1
    assert {item["topic"] for item in table["item"]} == {path.stem.upper()}


@pytest.mark.parametrize(("topic", "least"), LEAST.items())
def test_a_topic_is_well_covered(topic, least):
    assert sum(item["topic"] == topic for item in ITEMS) >= least


@every_file
def test_an_item_names_its_topic_fact_and_area(path):
    for item in read(path)["item"]:
        topic = item["topic"]
        assert re.fullmatch(rf"L-{topic}-\d{{3}}", item["code"]), item["code"]
        assert re.fullmatch(rf"F-{topic}-\d{{3}}", item["fact"]), item["code"]
        assert item["area"] == AREA[topic], item["code"]
        assert item["level"] in {1, 2, 3}, item["code"]


@every_file
def test_both_languages_are_written(path):
    for item in read(path)["item"]:
        for text in texts(item):
            assert text["kk"].strip() == text["kk"] != "", item["code"]
            assert text["ru"].strip() == text["ru"] != "", item["code"]
        assert item["stem"]["kk"].endswith("?"), item["code"]
        assert item["stem"]["ru"].endswith("?"), item["code"]


@every_file
def test_the_key_suits_the_kind(path):
    for item in read(path)["item"]:
        options = item.get("options", [])
        keys = sum(option.get("key", False) for option in options)
        match item["kind"]:
            case "single":
                assert (len(options), keys) == (4, 1), item["code"]
            case "multiple":
                assert 2 <= keys < len(options), item["code"]
            case "ordering":
                assert len(options) >= 3, item["code"]
                assert keys == 0, item["code"]
            case "matching":
                assert len(item["pairs"]) >= 2, item["code"]
            case "numeric":
                assert NUMBER.fullmatch(item["answer"]), item["code"]
            case kind:
                pytest.fail(f"{kind} is no kind of item")


@every_file
def test_options_differ_in_both_languages(path):
    for item in read(path)["item"]:
        for language in ("kk", "ru"):
            written = [option[language].casefold() for option in item.get("options", [])]
            assert len(set(written)) == len(written), item["code"]


@every_file
def test_no_option_gives_itself_away_by_an_absolute_word(path):
    for item in read(path)["item"]:
        for choice in choices(item):
            for language, absolute in ABSOLUTE.items():
                assert absolute.search(choice[language]) is None, choice[language]


@every_file
def test_no_word_mixes_two_alphabets(path):
    for item in read(path)["item"]:
        for text in texts(item):
            assert MIXED.search(text["kk"]) is None, item["code"]
            assert MIXED.search(text["ru"]) is None, item["code"]


@every_file
def test_the_languages_agree_in_their_numbers(path):
    for item in read(path)["item"]:
        for text in texts(item):
            assert sorted(NUMBER.findall(text["kk"])) == sorted(NUMBER.findall(text["ru"])), text


@every_file
def test_options_that_are_numbers_stand_in_order(path):
    for item in read(path)["item"]:
        written = [option["kk"] for option in item.get("options", [])]
        if all(NUMBER.fullmatch(text) for text in written):
            values = [float(text.replace(",", ".")) for text in written]
            assert values == sorted(values), item["code"]


@every_file
def test_the_key_stands_on_an_article_of_a_known_act(path):
    for item in read(path)["item"]:
        act = ACTS[item["act"]]
        assert item["article"] in act["articles"], item["code"]
        assert item["article_ru"], item["code"]


@every_file
def test_the_rationale_names_the_article(path):
    for item in read(path)["item"]:
        numbers = NUMBER.findall(item["article"])
        for text in item["rationale"].values():
            assert not numbers or set(numbers) & set(NUMBER.findall(text)), item["code"]


@every_file
def test_an_unsure_fact_is_never_asked_for_real(path):
    for item in read(path)["item"]:
        assert item["grade"] in {"A", "B", "C"}, item["code"]
        assert item["grade"] != "C" or item["state"] != "active", item["code"]


@every_file
def test_enemies_are_other_items_of_the_bank(path):
    for item in read(path)["item"]:
        codes = {other["code"] for other in ITEMS} - {item["code"]}
        assert set(item.get("enemies", [])) <= codes, item["code"]


@every_file
def test_the_key_stands_at_every_place_about_equally_often(path):
    singles = [item for item in read(path)["item"] if item["kind"] == "single"]
    places = Counter(next(n for n, o in enumerate(i["options"]) if o.get("key")) for i in singles)
    share = len(singles) / 4
    assert max(places[place] for place in range(4)) <= share + max(2.0, share / 4)
    assert min(places[place] for place in range(4)) >= share - max(2.0, share / 4)


def test_items_on_the_constitution_of_1995_end_with_it():
    last_days = {item["valid_to"] for item in ITEMS if item["act"] == "constitution-1995"}
    assert last_days == {date(2026, 6, 30)} == {ACTS["constitution-1995"]["valid_to"]}


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_word_list_is_sorted_and_names_a_word_once(language):
    words = (BANK / f"words_{language}.txt").read_text(encoding="utf-8").splitlines()
    assert words == sorted(set(words))
    assert all(re.fullmatch(r"[^\W\d_]+(-[^\W\d_]+)*", word) for word in words)
