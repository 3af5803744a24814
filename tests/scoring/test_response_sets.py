"""Whole data sets through classical analysis and calibration, beside the figures of psych and mirt."""

import numpy as np
import pytest

import scoring
from tests.scoring.conftest import load

SETS = load("response_sets")["sets"]
FITS = [(name, model) for name, each in SETS.items() for model in each["irt"] if model != "3pl"]


def responses_of(name: str) -> np.ndarray:
    patterns = SETS[name]["patterns"]
    rows = np.array([[int(digit) for digit in pattern] for pattern in patterns], dtype=np.uint8)
    return np.repeat(rows, list(patterns.values()), axis=0)


@pytest.mark.parametrize("name", SETS)
def test_items_have_the_figures_of_base_r(name):
    analysis, told = scoring.item_analysis(responses_of(name)), SETS[name]["classical"]
    n = len(responses_of(name))
    told = told | {
        "biserial": np.array(told["biserial"]) * np.sqrt((n - 1) / n)
    }  # there by sd(x), with n - 1
    for figure in ("difficulty", "item_total", "item_rest", "biserial", "alpha_if_deleted"):
        np.testing.assert_allclose(getattr(analysis, figure), told[figure], atol=1e-8, err_msg=figure)


@pytest.mark.parametrize("name", SETS)
def test_reliability_has_the_figures_of_psych(name):
    reliability, told = scoring.reliability_of(responses_of(name)), SETS[name]["classical"]
    for figure in ("alpha", "lambda2", "lambda6", "sem"):
        assert getattr(reliability, figure) == pytest.approx(told[figure], abs=1e-8), figure
    assert reliability.omega_total == pytest.approx(told["omega_total"], abs=1e-5)


@pytest.mark.parametrize(("name", "model"), FITS)
def test_a_calibration_has_the_figures_of_mirt(name, model):
    told = SETS[name]["irt"][model]
    fit = scoring.fit_irt(responses_of(name), model, tol=1e-7, se="observed")
    assert fit.loglik == pytest.approx(told["loglik"], abs=1e-3)
    for figure in ("a", "d"):
        np.testing.assert_allclose(getattr(fit, figure), told[figure], atol=1e-3, err_msg=figure)
    for figure in {"se_a", "se_d"} & told.keys():
        np.testing.assert_allclose(getattr(fit, figure), told[figure], atol=2e-3, err_msg=figure)


@pytest.mark.parametrize("name", ["abortion", "wirs"])
def test_model_fit_and_dependence_have_the_figures_of_mirt(name):
    responses, told = responses_of(name), SETS[name]["irt"]["2pl"]
    fit = scoring.fit_irt(responses, "2pl", tol=1e-7)
    model_fit = scoring.m2(responses, fit)
    assert (model_fit.m2, model_fit.df) == (pytest.approx(told["m2"][0], abs=1e-3), told["m2"][1])
    pairs = np.asarray(scoring.q3(responses, fit))
    lower = [pairs[i, j] for j in range(len(pairs)) for i in range(j + 1, len(pairs))]
    np.testing.assert_allclose(lower, told["q3_lower"], atol=1e-4)


def test_a_3pl_of_ten_thousand_is_as_likely_as_that_of_mirt():
    fit = scoring.fit_irt(responses_of("sim3pl"), "3pl", tol=1e-7)
    assert fit.loglik >= SETS["sim3pl"]["irt"]["3pl"]["loglik"] - 1e-3
