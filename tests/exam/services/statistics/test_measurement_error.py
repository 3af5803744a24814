"""What a score says at the threshold, against the posterior by the definition."""

import numpy as np
import pytest

from exam.services.statistics.measurement_error import score_precision
from scoring import cronbach_alpha, livingston_lewis
from tests.simulated_test import sat_test


def test_the_chance_of_the_other_side_by_a_plain_sum(sqlite_database):
    with sqlite_database.writing() as session:
        sat = sat_test(session, 60, 12, cut=6)
        told = score_precision(session, sat.attempts[0], score=7, cut=6, maximum=12)
    points = np.array(
        [[r == str(place % 4) for place, r in enumerate(row, start=1)] for row in sat.responses]
    )
    model = livingston_lewis(points.sum(axis=1), cronbach_alpha(points.astype(float)), 6, max_score=12)
    beta, n = model.true_scores, model.test_length
    true = np.linspace(beta.low, beta.high, 400_001)[1:-1]
    inner = (true - beta.low) / (beta.high - beta.low)
    log = (beta.alpha - 1) * np.log(inner) + (beta.beta - 1) * np.log(1 - inner)
    log += 7 / 12 * n * np.log(true) + 5 / 12 * n * np.log(1 - true)
    weight = np.exp(log - log.max())
    assert told.at_cut.passed
    assert told.at_cut.other_side == pytest.approx(weight[true < 0.5].sum() / weight.sum(), abs=1e-3)
    assert told.at_cut.low < 7 < told.at_cut.high
