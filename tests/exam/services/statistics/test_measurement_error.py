"""What a score says where it was judged: by the group where it is large, else by the person's own answers."""

import numpy as np
import pytest

from exam.services.statistics.changed_keys import ChangedKey, KeyMode
from exam.services.statistics.measurement_error import (
    own_precision,
    precision_at_cut,
    score_precision,
)
from scoring import cronbach_alpha, livingston_lewis
from scoring.outcome import Ground
from tests.exam.services.statistics.test_rescoring import confirmed
from tests.simulated_test import sat_test


def area(code, points, limit, name="police"):
    return Ground(code, (("area", name), ("points", str(points)), ("limit", str(limit))))


def precision(session, sat, *, score=40, cut=30, maximum=60, grounds=()):
    return score_precision(session, sat.attempts[0], score=score, cut=cut, maximum=maximum, grounds=grounds)


def test_an_area_of_few_questions_has_no_chance(sqlite_database):
    with sqlite_database.writing() as session:
        sat = sat_test(session, 40, 10, cut=3)  # five of them of the area
        told = precision(session, sat, score=5, cut=3, maximum=10, grounds=[area("area_missed", 1, 3)])
    (only,) = told.areas
    assert (only.questions, only.at_minimum) == (5, None)


def test_a_dropped_question_is_none_of_its_area(sqlite_database):
    with sqlite_database.writing() as session:
        sat = sat_test(session, 40, 12, cut=3)
        confirmed(session, sat, ChangedKey(KeyMode.DROP), place=1)
        told = precision(session, sat, score=5, cut=3, maximum=11, grounds=[area("area_missed", 1, 3)])
    assert told.areas[0].questions == 5


def test_the_chance_of_the_other_side_by_a_plain_sum(sqlite_database):
    with sqlite_database.writing() as session:
        sat = sat_test(session, 110, 12, cut=6)
        told = precision(session, sat, score=7, cut=6, maximum=12)
    points = np.array(
        [[r == str(place % 4) for place, r in enumerate(row, start=1)] for row in sat.responses]
    )
    scores, alpha = points.sum(axis=1), cronbach_alpha(points.astype(float))
    model = livingston_lewis(scores, alpha, 6, max_score=12, parameters=2)
    beta, n = model.true_scores, model.test_length
    true = np.linspace(beta.low, beta.high, 400_001)[1:-1]
    inner = (true - beta.low) / (beta.high - beta.low)
    log = (beta.alpha - 1) * np.log(inner) + (beta.beta - 1) * np.log(1 - inner)
    log += 7 / 12 * n * np.log(true) + 5 / 12 * n * np.log(1 - true)
    weight = np.exp(log - log.max())
    assert told.at_cut.passed
    assert told.at_cut.other_side == pytest.approx(weight[true < 0.5].sum() / weight.sum(), abs=1e-3)
    assert told.at_cut.low < 7 < told.at_cut.high


def test_by_his_own_answers_alone_it_is_the_interval_of_wilson():
    """By the formula, n = 60: (p + z^2/2n ± z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)."""
    told, n, p, z = own_precision(28, 36, 60), 60, 28 / 60, 1.959964
    reach = z * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
    expected = [60 * (p + z * z / (2 * n) + side * reach) / (1 + z * z / n) for side in (-1, 1)]
    assert (told.low, told.high) == pytest.approx(expected, abs=1e-3)
    assert 0.01 < told.other_side < 0.04


def test_a_minimum_that_alone_decided_has_its_own_chance(sqlite_database):
    grounds = [Ground("threshold_met"), area("area_met", 25, 5, "constitution"), area("area_missed", 4, 5)]
    with sqlite_database.writing() as session:
        sat = sat_test(session, 40, 20, cut=8)
        told = precision(session, sat, score=12, cut=8, maximum=20, grounds=grounds)
        below = precision(session, sat, score=7, cut=8, maximum=20, grounds=grounds)
        without = precision(session, sat, score=7, cut=8, maximum=20)
    (only,) = told.areas
    assert (only.area, only.points, only.minimum, only.questions) == ("police", 4, 5, 10)
    assert only.at_minimum == own_precision(4, 5, 10)
    assert told.with_minima
    assert below.areas == ()
    assert below.with_minima
    assert not without.with_minima


@pytest.mark.parametrize("like", [(9, 6), (80, 50)], ids=["unequal", "alike"])
def test_in_a_group_of_39_the_interval_holds_in_95_cases_of_100(like):
    """Sixty questions of unequal difficulty; what the persons know is known, as it was made up."""
    random = np.random.default_rng(490)
    held = []
    for _again in range(20):
        share = random.beta(*like, size=39)
        odds = np.log(share / (1 - share))[:, None] - random.normal(0, 0.8, 60)
        chances = 1 / (1 + np.exp(-odds))
        points = (random.random((39, 60)) < chances).astype(float)
        for true, score in zip(chances.sum(axis=1), points.sum(axis=1), strict=True):
            told = precision_at_cut(points, int(score), 36, 60)
            held.append(told.low <= true <= told.high)
            assert told.low <= score <= told.high
    assert 0.93 <= np.mean(held) <= 0.98


def test_a_large_group_never_excludes_a_score():
    """Nearly all alike, so the group alone would place a low score far above itself."""
    random = np.random.default_rng(3)
    points = (random.random((120, 60)) < 0.7).astype(float)
    points[0] = np.arange(60) < 20
    told = precision_at_cut(points, 20, 36, 60)
    assert told.low <= 20 < told.high
