"""Lord's chi-square: what cannot be compared, a planted difference found, and a slow witness."""

import numpy as np
import pytest
from scipy.stats import chi2 as chi_square

from scoring import ScoringError, fit_irt, lord_dif

N_ITEMS, PLANTED = 12, 4


def two_groups(seed, *, shift=0.0, steeper=0.0, n=1500, impact=-0.5):
    """Answers of two groups of different ability; item PLANTED is harder or steeper for the second."""
    rng = np.random.default_rng(seed)
    a, b = rng.uniform(0.8, 1.6, N_ITEMS), rng.normal(0, 0.8, N_ITEMS)
    rows = []
    for focal in (False, True):
        theta = rng.normal(impact if focal else 0.0, 1.0, n)
        slope, place = a.copy(), b.copy()
        if focal:
            slope[PLANTED] += steeper
            place[PLANTED] += shift
        rows.append(rng.random((n, N_ITEMS)) < 1 / (1 + np.exp(-slope * (theta[:, None] - place))))
    return np.concatenate(rows).astype(float), np.repeat([0, 1], n)


def test_another_model_and_a_group_too_small_are_refused():
    X, group = two_groups(1, n=60)
    with pytest.raises(ScoringError, match="2pl and rasch"):
        lord_dif(X, group, model="3pl")
    with pytest.raises(ScoringError, match="at least 10 persons"):
        lord_dif(X[:65], group[:65])


def test_two_items_are_too_few_to_link_by():
    X, group = two_groups(2, n=200)
    X[:200, 2:] = 1.0
    with pytest.raises(ScoringError):
        lord_dif(X, group)


@pytest.mark.parametrize("model", ["2pl", "rasch"])
def test_a_harder_item_is_found_and_named_harder(model):
    X, group = two_groups(3, shift=0.6)
    found = lord_dif(X, group, model=model, purify=True)
    assert int(np.nanargmin(found.pvalue)) == PLANTED
    assert found.pvalue[PLANTED] < 1e-5
    assert 0.4 < found.difference[PLANTED] < 1.0  # logits; a Rasch logit is as long as the mean slope
    assert not found.purification.anchor[PLANTED]
    assert (found.n_reference, found.n_focal) == (1500, 1500)


def test_a_steeper_item_is_found_too():
    X, group = two_groups(4, steeper=1.0)
    found = lord_dif(X, group)
    assert int(np.nanargmin(found.pvalue)) == PLANTED
    assert found.a_focal[PLANTED] - found.a_reference[PLANTED] > 0.5


def test_without_a_difference_the_statistic_has_its_distribution():
    values = np.concatenate([lord_dif(*two_groups(seed, n=1000)).chi2 for seed in range(10, 18)])
    assert np.median(values) == pytest.approx(chi_square(2).median(), rel=0.35)
    assert (values > chi_square(2).isf(0.05)).mean() < 0.12


def test_the_groups_reversed_turn_the_difference_around():
    X, group = two_groups(5, shift=0.5)
    one, other = lord_dif(X, group, model="rasch"), lord_dif(X, 1 - group, model="rasch")
    np.testing.assert_allclose(one.difference, -other.difference, atol=1e-8)
    np.testing.assert_allclose(one.chi2, other.chi2, rtol=1e-8)


def test_the_rasch_statistic_by_hand():
    X, group = two_groups(6, shift=0.4)
    found = lord_dif(X, group, model="rasch")
    old, new = (fit_irt(X[group == value], "rasch", tol=1e-6, se="observed") for value in (0, 1))
    moved = new.b + (old.b - new.b).mean()
    np.testing.assert_allclose(found.chi2, (moved - old.b) ** 2 / (new.se_b**2 + old.se_b**2), rtol=1e-6)


def test_an_item_that_one_group_answered_alike_has_no_statistic():
    X, group = two_groups(7)
    X[group == 1, 0] = 1.0
    found = lord_dif(X, group)
    assert np.isnan(found.chi2[0])
    assert np.isfinite(found.chi2[1:]).all()


def test_the_passes_of_both_calibrations_are_reported():
    X, group = two_groups(8, n=200)
    seen = []
    lord_dif(X, group, model="rasch", progress=lambda *pass_: seen.append(pass_[0]))
    assert seen.count(1) == 2
    assert seen[0] == 1
