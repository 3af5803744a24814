"""A form by itself: no model of a few, the truth that was simulated, errors of a score by the definition."""

import numpy as np
import pytest

from exam.errors import NotFoundError
from exam.services.statistics.calibration import Uncalibrated
from exam.services.statistics.form_report import form_report
from tests.simulated_test import many_singles, sat_test, simulated


def report_of(session, sat):
    return form_report(session, sat.campaign.code, "legislation", sat.form.id)


def test_a_form_that_nobody_sat_is_not_found(sqlite_database):
    with sqlite_database.writing() as session:
        sat = sat_test(session, 3, 4)
        with pytest.raises(NotFoundError):
            form_report(session, sat.campaign.code, "legislation", sat.form.id + 999)


def test_below_a_hundred_people_nothing_is_calibrated(sqlite_database):
    with sqlite_database.writing() as session:
        assert report_of(session, sat_test(session, 99, 8)).calibration == Uncalibrated("people")


def test_the_simulated_difficulties_come_back(sqlite_database):
    """Simulated with slope 1.7 and difficulties from -1.5 to 1.5; 500 people allow two parameters."""
    with sqlite_database.writing() as session:
        found = report_of(session, sat_test(session, 500, 10)).calibration
    assert found.model == "2pl"
    estimates = np.array([item.b for item in found.items])
    errors = np.array([item.se_b for item in found.items])
    assert (np.abs(estimates - np.linspace(-1.5, 1.5, 10)) < 4 * errors).all()


def test_the_error_at_a_score_is_the_binomial_one(sqlite_database):
    with sqlite_database.writing() as session:
        found = report_of(session, sat_test(session, 120, 8))
    assert [line.error for line in found.lines] == pytest.approx(
        [(score * (8 - score) / 7) ** 0.5 for score in range(9)]
    )
    assert sum(line.persons for line in found.lines) == 120
    assert found.equating is None


def test_forms_without_enough_common_questions_stay_apart(sqlite_database):
    with sqlite_database.writing() as session:
        first = sat_test(session, 100, 10)
        apart = many_singles(10, "M")
        second = sat_test(session, 100, versions=apart, campaign=first.campaign, number=2)
        found = report_of(session, second).equating
    assert (found.common, found.needed, found.scores) == (0, 2, ())


def test_a_form_of_the_same_questions_is_equated_to_itself(sqlite_database):
    """All questions are common: every score keeps its value in every sample."""
    versions = many_singles(10)
    rows = simulated(versions, 100, seed=3)
    with sqlite_database.writing() as session:
        first = sat_test(session, responses=rows, versions=versions)
        second = sat_test(session, responses=rows, versions=versions, campaign=first.campaign, number=2)
        found = report_of(session, second).equating
    assert [each.equivalent for each in found.scores] == pytest.approx(list(range(11)))
    assert [each.error for each in found.scores] == pytest.approx([0] * 11, abs=1e-9)
