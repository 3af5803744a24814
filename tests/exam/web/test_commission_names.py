"""What the commission reads of an exact score: of what decided, and of nothing else."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from exam.services.statistics.measurement_error import AreaPrecision, ScorePrecision, own_precision
from exam.web.commission_names import precision_words

LEFT_OUT = "By the overall threshold alone, without the minima of areas."


@pytest.fixture(autouse=True)
def request_context() -> Iterator[None]:
    app = Flask("exam")
    Babel(app, default_locale="en")
    with app.test_request_context():
        yield


def test_who_failed_by_an_area_reads_nothing_of_the_overall_threshold() -> None:
    area = AreaPrecision("police", 3, 5, 12, own_precision(3, 5, 12))
    first, second = precision_words(
        ScorePrecision(3.1, own_precision(37, 36, 60), with_minima=True, areas=(area,))
    )
    assert first == "The overall score reaches the threshold; the minimum of an area is what decided."
    assert "3 points, at least 5 are required." in second
    assert "between 1 and 7 points" in second
    assert "12 questions" in second
    assert "36" not in first + second


def test_an_area_of_few_questions_says_that_no_chance_is_computed() -> None:
    area = AreaPrecision("police", 1, 3, 5, None)
    told = precision_words(ScorePrecision(3.1, own_precision(37, 36, 60), with_minima=True, areas=(area,)))
    assert told[1].endswith("For an area of 5 questions no chance of error is computed.")


@pytest.mark.parametrize(
    ("score", "words"),
    [(37, "it is in truth below the threshold"), (35, "it in truth reaches the threshold")],
)
def test_the_overall_threshold_speaks_for_who_passed_and_who_missed_it(score: int, words: str) -> None:
    told, left_out = precision_words(ScorePrecision(3.1, own_precision(score, 36, 60), with_minima=True))
    assert words in told
    assert left_out == LEFT_OUT
    assert len(precision_words(ScorePrecision(3.1, own_precision(score, 36, 60)))) == 1


def test_without_an_interval_nothing_is_said() -> None:
    assert precision_words(ScorePrecision(3.1, None)) == []


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_sentences_are_translated(language: str) -> None:
    area = AreaPrecision("police", 3, 5, 12, own_precision(3, 5, 12))
    with force_locale(language):
        told = precision_words(ScorePrecision(3.1, None, with_minima=True, areas=(area,)))
    assert not any("area" in line or "question" in line for line in told)
