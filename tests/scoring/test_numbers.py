"""What is no number is refused in a sentence, wherever the library takes numbers."""

from decimal import Decimal

import numpy as np
import pytest

import scoring
from scoring import ScoringError
from scoring.irt.grid import Items
from scoring.numbers import numbers_of, whole_number, whole_points

ITEMS = Items.from_difficulty([1.0, 1.2, 0.8], [0.0, 0.5, -0.5])
WORDS = [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]]
RAGGED = [[1, 0, 1], [1, 0]]
RIGHT = np.array([[1, 0, 1], [0, 1, 1], [1, 1, 0], [0, 0, 0], [1, 1, 1]] * 4)

CALLS = {
    "item_analysis": lambda bad: scoring.item_analysis(bad),
    "reliability_of": lambda bad: scoring.reliability_of(bad),
    "from_points": lambda bad: scoring.ResponseMatrix.from_points(bad),
    "fit_irt": lambda bad: scoring.fit_irt(bad),
    "fit_rasch_cml": lambda bad: scoring.fit_rasch_cml(bad),
    "score_eap": lambda bad: scoring.score_eap(bad, ITEMS),
    "score_distribution": lambda bad: scoring.score_distribution(bad),
    "angoff": lambda bad: scoring.angoff(bad),
    "angoff_rounds": lambda bad: scoring.angoff_rounds([bad]),
    "hofstee": lambda bad: scoring.hofstee([1, 2, 3], bad),
    "beuk": lambda bad: scoring.beuk([1, 2, 3], bad),
    "compound_binomial_sem": lambda bad: scoring.compound_binomial_sem(bad, [3, 3, 3]),
    "tucker_equate": lambda bad: scoring.tucker_equate(bad, bad),
    "loglinear_presmooth_joint": lambda bad: scoring.loglinear_presmooth_joint(bad, 2, 2),
    "score_counts": lambda bad: scoring.score_counts(bad[0], 3),
    "joint_counts": lambda bad: scoring.joint_counts(bad[0], [1, 2, 3], 3, 3),
    "livingston_lewis": lambda bad: scoring.livingston_lewis(bad[0], 0.8, 2, max_score=3),
    "hanson_brennan": lambda bad: scoring.hanson_brennan(bad[0], 0.8, 2, n_items=5),
    "equipercentile_equate": lambda bad: scoring.equipercentile_equate(bad[0], [1, 2, 3]),
    "mean_equate": lambda bad: scoring.mean_equate([1, 2, 3], bad[0]),
    "impact_table": lambda bad: scoring.impact_table(bad[0], [1]),
    "impact_table cuts": lambda bad: scoring.impact_table([1, 2], bad[0]),
    "borderline_group": lambda bad: scoring.borderline_group(bad[0]),
    "bookmark": lambda bad: scoring.bookmark(bad[0], [0, 1, 2], [1]),
    "lee_classification": lambda bad: scoring.lee_classification([[0.5]], bad[0], 1),
    "rudner_classification": lambda bad: scoring.rudner_classification(bad[0], [1, 1, 1], 0),
    "irf": lambda bad: scoring.irf(bad[0], 1, 0),
    "item_information": lambda bad: scoring.item_information(0, bad[0], 0),
    "empirical_reliability": lambda bad: scoring.empirical_reliability(bad[0], [1, 1, 1]),
    "benjamini_hochberg": lambda bad: scoring.benjamini_hochberg(bad[0]),
    "omega_pvalue": lambda bad: scoring.omega_pvalue(bad[0]),
    "lz_star": lambda bad: scoring.lz_star(RIGHT[:3], ITEMS, theta=bad[0]),
    "matching of DIF": lambda bad: scoring.mantel_haenszel(RIGHT[:3], [0, 1, 1], matching=bad[0]),
    "true_score_interval": lambda bad: scoring.true_score_interval(1, 1, max_score=3, scores=bad[0]),
}


@pytest.mark.parametrize("name", CALLS)
def test_refuses_words_in_the_place_of_numbers(name):
    with pytest.raises(ScoringError):
        CALLS[name](WORDS)


@pytest.mark.parametrize("name", CALLS)
def test_refuses_numbers_written_as_words(name):
    with pytest.raises(ScoringError):
        CALLS[name]([["1", "0", "1"]] * 3)


@pytest.mark.parametrize("name", list(CALLS)[:13])
def test_refuses_rows_that_differ_in_length(name):
    with pytest.raises(ScoringError):
        CALLS[name](RAGGED)


def test_exact_decimals_are_numbers_and_nothing_is_not():
    assert numbers_of([Decimal("0.5"), 2], "points").tolist() == [0.5, 2.0]
    for bad in ([None, 1.0], [1 + 2j], "12", [b"1"], [{}]):
        with pytest.raises(ScoringError, match="points have to be numbers"):
            numbers_of(bad, "points")


def test_whole_numbers_and_whole_points():
    assert (whole_number(5.0, "n", 1), whole_number(np.int8(3), "n", 3)) == (5, 3)
    for bad in (0, 2.5, "3", None, float("nan")):
        with pytest.raises(ScoringError, match="n is a whole number, at least 1"):
            whole_number(bad, "n", 1)
    assert [whole_points(cut) for cut in (3.5, 4, 3.0000000001, 3.01)] == [4, 4, 3, 4]


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (lambda: scoring.fit_irt(RIGHT, max_iter=0), "number of passes is a whole number, at least 1"),
        (lambda: scoring.fit_irt(RIGHT, tol=0), "above 0, not 0"),
        (lambda: scoring.fit_irt(RIGHT, tol=float("nan")), "above 0, not nan"),
        (lambda: scoring.fit_irt(RIGHT, gradient_tol=float("nan")), "above 0, not nan"),
        (lambda: scoring.fit_irt(RIGHT, se="oakes"), "standard errors are none, observed, cross-product"),
        (lambda: scoring.fit_irt(RIGHT, "3pl", prior_c=(-1, 2)), "neither below 1"),
        (lambda: scoring.fit_irt(RIGHT, n_nodes=1), "number of nodes is a whole number, at least 3"),
        (lambda: scoring.fit_rasch_cml(RIGHT, tol=-1), "above 0, not -1"),
        (lambda: scoring.fit_rasch_cml(RIGHT, max_iter=0), "at least 1"),
        (lambda: scoring.score_eap(RIGHT, ITEMS, n_nodes=0), "at least 3"),
        (lambda: scoring.score_eap(RIGHT, ITEMS, sd=0), "standard deviation of ability is a number above 0"),
        (lambda: scoring.score_eap(RIGHT, ITEMS, mean=float("nan")), "mean of ability"),
        (lambda: scoring.score_map(RIGHT, ITEMS, sd=-1), "above 0"),
        (lambda: scoring.score_eapsum(ITEMS, sd=0), "above 0"),
        (lambda: scoring.marginal_reliability([1], [0], sd=0), "above 0"),
        (lambda: scoring.q1(RIGHT, ITEMS, n_groups=0), "number of groups is a whole number"),
        (lambda: scoring.q1(RIGHT, ITEMS, n_groups=50), "20 persons make no 50 groups"),
        (lambda: scoring.irf(0, [1, 1], [0, 0, 0]), r"not arrays of shape \(2,\), \(3,\), \(\)"),
        (lambda: scoring.empirical_reliability([1, 2], [1]), "an ability and its standard error"),
        (lambda: scoring.conditional_sem(10.5), "number of items is a whole number"),
        (lambda: scoring.conditional_sem(10, method="feldt"), "lord or keats"),
        (lambda: scoring.compound_binomial_sem([[float("nan")]], [3]), "outside its range"),
        (lambda: scoring.alpha_interval(1.2, 100, 10), "at most 1, not 1.2"),
        (lambda: scoring.livingston_lewis([1, 2, 3], 0.8, 2, max_score=3, parameters=3), "2 or 4 parameters"),
        (lambda: scoring.livingston_lewis([1, 2, 3], 0.8, 2, max_score=float("inf")), "a finite score"),
        (lambda: scoring.true_score_interval(1, 2, max_score=float("inf")), "a finite score"),
        (lambda: scoring.hanson_brennan([1.5, 2, 4], 0.8, 2, n_items=5), "needs whole scores"),
        (lambda: scoring.subkoviak([1.5, 2, 4], 0.8, 2, n_items=5), "needs whole scores"),
        (lambda: scoring.huynh([1.5, 2, 4], 2, n_items=5), "needs whole scores"),
        (lambda: scoring.impact_table([1, 2], [float("nan")]), "every cut is a number"),
        (lambda: scoring.impact_table([float("nan")], [1]), "each of them a number"),
        (lambda: scoring.threshold_points(float("nan")), "a cut is a number of points, not nan"),
        (lambda: scoring.borderline_group([1, 2], confidence=95), "between 0 and 1"),
        (lambda: scoring.rudner_classification([0], [1], float("nan")), "a cut is a number"),
        (lambda: scoring.beuk([float("nan")], [[1, 0.5], [2, 0.4]]), "each of them a number"),
        (lambda: scoring.angoff([[0.5, 0.5], [0.5, 0.5]], max_points=[1]), "for 2 items"),
        (lambda: scoring.score_counts([1], 2.5), "the highest score is a whole number"),
    ],
)
def test_refuses_a_setting_with_which_a_figure_means_nothing(call, complaint):
    with pytest.raises(ScoringError, match=complaint):
        call()


def test_a_broken_cut_among_whole_scores_is_that_of_the_next_whole_score():
    scores = np.random.default_rng(1).binomial(40, np.random.default_rng(2).beta(6, 4, 500))
    for method in (
        lambda cut: scoring.livingston_lewis(scores, 0.85, cut, max_score=40),
        lambda cut: scoring.hanson_brennan(scores, 0.85, cut, n_items=40),
        lambda cut: scoring.subkoviak(scores, 0.85, cut, n_items=40),
        lambda cut: scoring.huynh(scores, cut, n_items=40),
        lambda cut: scoring.lee_classification(np.full((3, 40), [[0.4], [0.6], [0.8]]), [1, 1, 1], cut),
    ):
        broken, whole = method(23.5), method(24)
        assert broken.cut == whole.cut == 24
        assert (broken.consistency, broken.pass_rate) == (whole.consistency, whole.pass_rate)
    halves = scoring.livingston_lewis(scores / 2, 0.85, 11.5, max_score=20)
    assert halves.cut == 11.5
