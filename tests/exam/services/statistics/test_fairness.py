"""Groups side by side: no figures of a few, differences that were planted are found."""

import numpy as np
import pytest

from exam.errors import NotFoundError
from exam.services.statistics.collected_answers import Selection
from exam.services.statistics.fairness import fairness
from exam.services.statistics.group_lines import wilson
from question_bank.items import right_response
from tests import factories as make
from tests.simulated_test import sat_test, with_planted_difference


def test_a_test_that_nobody_sat_is_not_found(database):
    with database.writing() as session, pytest.raises(NotFoundError):
        fairness(session, Selection(make.campaign(session).code, "legislation"))


def test_a_small_group_has_no_figures_and_no_comparison(sqlite_database):
    with sqlite_database.writing() as session:
        sat = sat_test(session, 12, 4)  # a third are women
        found = fairness(session, Selection(sat.campaign.code, "legislation"))
    women, men = dict(found.groups)["sex"]
    assert (women.persons, women.mean, women.passed) == (4, None, None)
    assert men.persons == 8
    assert all(not contrast.items for contrast in found.contrasts)
    assert {contrast.grouping for contrast in found.contrasts} == {"language", "sex"}


def test_figures_of_a_group_by_the_definition(database):
    with database.writing() as session:
        sat = sat_test(session, 60, 6, cut=3)
        found = fairness(session, Selection(sat.campaign.code, "legislation"))
    keys = [right_response(version) for version in sat.versions]
    right = np.array(sat.responses) == np.array(keys)
    totals = right.sum(axis=1)[::2]  # every second person sits in Kazakh
    kazakh = dict(found.groups)["language"][0]
    assert (kazakh.group, kazakh.persons) == ("kk", 30)
    assert kazakh.mean == pytest.approx(totals.mean() / 6)
    assert kazakh.error == pytest.approx(totals.std(ddof=1) / 6 / 30**0.5)
    assert kazakh.passed == pytest.approx((totals >= 3).mean())


def test_wilson_by_hand():
    """Newcombe (1998), Statistics in Medicine 17, 857-872, table I: 81 of 263 gives 0.2553 to 0.3662."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 10)[0] == 0
    assert wilson(10, 10)[1] == pytest.approx(1)


def test_a_planted_difference_is_found_and_the_others_are_not_accused(sqlite_database):
    versions, rows = with_planted_difference()
    with sqlite_database.writing() as session:
        sat = sat_test(session, responses=rows, versions=versions)
        found = fairness(session, Selection(sat.campaign.code, "legislation"))
    language = next(contrast for contrast in found.contrasts if contrast.grouping == "language")
    assert (language.focal, language.n_focal, language.n_reference) == ("kk", 300, 300)
    assert [(item.number, item.ets_class) for item in language.notable] == [(5, "C")]
    assert language.notable[0].delta < -1.5
