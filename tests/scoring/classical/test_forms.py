"""Several forms in one matrix: each item has the figures that its own form gives it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import (
    ResponseMatrix,
    ScoringError,
    cronbach_alpha,
    flag_items,
    flag_test,
    item_analysis,
    kr21,
    moodle_statistics,
    option_analysis,
    option_curves,
    parse_key,
    reliability_of,
    sem,
    upper_lower_index,
)
from scoring.classical.forms import comparable_scores, forms_of
from scoring.classical.moodle import ITEM_FIGURES
from tests.scoring.simulation import simulate

BY_ITEM = (
    "n",
    "difficulty",
    "item_sd",
    "item_total",
    "item_rest",
    "biserial",
    "discrimination_27",
    "alpha_if_deleted",
    "omitted",
    "not_reached",
)


def side_by_side(*forms, rng=None):
    """Forms without a common item as one matrix, its persons mixed; and the rows and columns of each."""
    width = sum(form.shape[1] for form in forms)
    order = np.arange(sum(len(form) for form in forms))
    if rng is not None:
        rng.shuffle(order)
    x = np.full((len(order), width), np.nan)
    places, person, item = [], 0, 0
    for form in forms:
        rows, columns = order[person : person + len(form)], np.arange(item, item + form.shape[1])
        x[np.ix_(rows, columns)] = form
        places.append((rows, columns))
        person, item = person + len(form), item + form.shape[1]
    return x, places


def two_forms(seed=1, n=300):
    """A hard form of 30 items and an easy one of 20."""
    hard, easy = simulate(n, 30, seed=seed, mean=-1), simulate(n + 40, 20, seed=seed + 1, mean=1)
    return hard.X, easy.X


@pytest.mark.parametrize("share", [-0.2, 0, 0.9, float("nan")])
def test_refuses_groups_of_more_than_half_of_the_persons(share):
    with pytest.raises(ScoringError, match="at most half"):
        upper_lower_index([[1, 0], [0, 1]], share=share)


def test_refuses_ties_and_totals_that_are_none():
    x = [[1, 0], [0, 1]]
    with pytest.raises(ScoringError, match="row order"):
        upper_lower_index(x, ties="half")
    for totals in ([1], [1, float("nan")], ["a", "b"]):
        with pytest.raises(ScoringError):
            upper_lower_index(x, totals=totals)


def test_each_item_of_two_forms_has_the_figures_of_its_own_form():
    x, places = side_by_side(*two_forms(), rng=np.random.default_rng(3))
    joint = item_analysis(x)
    for form, (_, columns) in zip(two_forms(), places, strict=True):
        alone = item_analysis(form)
        for name in BY_ITEM:
            np.testing.assert_allclose(
                getattr(joint, name)[columns], getattr(alone, name), atol=1e-12, err_msg=name
            )
        np.testing.assert_allclose(joint.alpha_of_forms[columns], alone.alpha, atol=1e-12)
        assert (joint.form_length[columns] == form.shape[1]).all()


forms = st.tuples(st.integers(2, 40), st.integers(1, 5), st.integers(0, 2**32 - 1))


@given(st.lists(forms, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_whatever_the_forms_an_item_has_the_figures_of_its_own(shapes):
    drawn = [np.random.default_rng(seed).integers(0, 3, size=(n, k)) for n, k, seed in shapes]
    x, places = side_by_side(*drawn, rng=np.random.default_rng(shapes[0][2]))
    most = np.full(x.shape[1], 2)
    joint = item_analysis(ResponseMatrix.from_points(x, max_points=most))
    for form, (rows, columns) in zip(drawn, places, strict=True):
        alone = item_analysis(
            ResponseMatrix.from_points(x[np.sort(rows)][:, columns], max_points=most[columns])
        )
        for name in BY_ITEM:
            if name == "alpha_if_deleted" and len(form) < 10 and len(drawn) > 1:
                continue  # fewer than ten persons make no form of their own
            np.testing.assert_allclose(
                getattr(joint, name)[columns], getattr(alone, name), atol=1e-9, err_msg=name
            )


def test_a_common_item_is_judged_within_its_forms():
    # everybody is equally able; form B is far easier, so raw sums would only tell the form
    rng = np.random.default_rng(5)
    theta = rng.normal(size=(2000, 1))
    x = (
        rng.random((2000, 41)) < 1 / (1 + np.exp(-theta - np.r_[0, np.full(20, -2), np.full(20, 2)]))
    ).astype(float)
    in_a = np.arange(2000) % 2 == 0
    x[in_a, 21:], x[~in_a, 1:21] = np.nan, np.nan
    joint = item_analysis(x)
    own = [item_analysis(x[in_a][:, :21]), item_analysis(x[~in_a][:, np.r_[0, 21:41]])]
    for name in ("item_rest", "item_total", "biserial", "discrimination_27", "alpha_if_deleted"):
        both = np.mean([getattr(each, name)[0] for each in own])
        assert getattr(joint, name)[0] == pytest.approx(both, abs=0.02), name
    assert joint.alpha == pytest.approx(np.mean([each.alpha for each in own]), abs=1e-12)
    assert joint.alpha_if_deleted[0] == pytest.approx(
        np.mean([each.alpha_if_deleted[0] for each in own]), abs=1e-12
    )


def test_blanks_that_are_not_scored_leave_a_person_out_of_an_item_only():
    x = simulate(400, 20, seed=9).X.astype(float)
    whole = upper_lower_index(x)
    holes = np.random.default_rng(1).random(x.shape) < 0.03
    x[holes] = np.nan
    assert upper_lower_index(x) == pytest.approx(whole, abs=0.08)
    x[:, 0] = np.where(np.arange(400) < 40, x[:, 0], np.nan)  # only forty persons met the first item
    seen = ~np.isnan(x[:, 0])
    share = np.nansum(x, axis=1) / (~np.isnan(x)).sum(axis=1)
    by_hand = upper_lower_index(np.nan_to_num(x[seen]), totals=share[seen])[0]
    assert upper_lower_index(x, totals=share)[0] == pytest.approx(by_hand, abs=1e-12)


def test_a_person_is_ranked_in_his_own_form():
    x = np.full((24, 3), np.nan)
    x[:12, :2] = [[0, 0]] * 3 + [[1, 0]] * 6 + [[1, 1]] * 3
    x[12:, 1:] = [[0, 0]] * 6 + [[1, 1]] * 6
    responses = ResponseMatrix.from_points(x)
    found = forms_of(responses.administered)
    assert [form.items.tolist() for form in found] == [[0, 1], [1, 2]]
    ranks = comparable_scores(responses, found, responses.total_scores())
    assert ranks[[0, 3, 11, 12, 23]].tolist() == [0.125, 0.5, 0.875, 0.25, 0.75]


def test_persons_with_items_of_their_own_are_ranked_on_the_share_they_earned():
    x = np.array([[1, 1, np.nan], [1, 0, 1], [np.nan, 0, 1], [0, 0, 0]])
    responses = ResponseMatrix.from_points(x)
    (pool,) = forms_of(responses.administered)
    assert not pool.alike
    ranks = comparable_scores(responses, (pool,), responses.total_scores())
    assert ranks.tolist() == [0.875, 0.625, 0.375, 0.125]


def test_reliability_of_several_forms_is_the_mean_over_forms():
    hard, easy = two_forms()
    x, _ = side_by_side(hard, easy)
    joint, own = reliability_of(x), [reliability_of(hard), reliability_of(easy)]
    n = [len(hard), len(easy)]
    for name in ("alpha", "alpha_low", "alpha_high", "kr20", "kr21", "lambda2", "lambda6", "omega_total"):
        assert getattr(joint, name) == pytest.approx(
            np.average([getattr(r, name) for r in own], weights=n)
        ), name
    error = np.sqrt(np.average([r.sem**2 for r in own], weights=n))
    assert (joint.sem, sem(x), item_analysis(x).sem) == pytest.approx((error,) * 3)
    assert cronbach_alpha(x) == pytest.approx(joint.alpha)
    assert kr21(x) == pytest.approx(joint.kr21)


def test_an_item_that_nobody_met_is_left_out_and_named():
    x = simulate(200, 6, seed=4).X.astype(float)
    wider = np.insert(x, 2, np.nan, axis=1)
    found, alone = item_analysis(wider), item_analysis(x)
    assert found.not_met == reliability_of(wider).items_left_out == ("item3",)
    assert (found.alpha, found.sem) == pytest.approx((alone.alpha, alone.sem))
    others = np.arange(7) != 2
    for name in ("alpha_if_deleted", "item_rest", "discrimination_27"):
        assert getattr(found, name)[others] == pytest.approx(getattr(alone, name)), name
        assert np.isnan(getattr(found, name)[2])
    assert cronbach_alpha(wider) == pytest.approx(alone.alpha)
    assert reliability_of(wider).lambda6 == pytest.approx(reliability_of(x).lambda6)


def test_alpha_without_an_item_is_held_against_its_own_form():
    # the alphas of the forms are far apart: against their mean every item of the better form would be flagged
    rng = np.random.default_rng(2)
    good = (rng.normal(size=(400, 1)) * 3 + rng.normal(size=(400, 10)) > 0).astype(int)
    weak = (rng.normal(size=(400, 1)) / 2 + rng.normal(size=(400, 10)) > 0).astype(int)
    x, _ = side_by_side(good, weak)
    flags = flag_items(item_analysis(x))
    codes = [{flag.code for flag in item} for item in flags]
    own = [{f.code for f in item} for form in (good, weak) for item in flag_items(item_analysis(form))]
    assert codes == own
    assert not any("alpha_rises_without" in each for each in codes[:10])


def test_a_speeded_form_is_found_wherever_its_last_column_stands():
    missing = np.full((240, 6), 3, dtype=np.uint8)
    missing[:120, :3] = 0
    missing[120:, 3:] = 0
    missing[:60, 2] = 2  # half of the first form did not reach its end
    x = np.where(missing == 0, np.arange(240)[:, None] % 2, 0)
    found = flag_test(item_analysis(ResponseMatrix.from_points(x, missing=missing)))
    assert {flag.code: flag.value for flag in found}["speeded"] == pytest.approx(0.5)


def raw(n, k, seed):
    rng = np.random.default_rng(seed)
    return rng.choice(list("ABCD"), size=(n, k), p=[0.5, 0.25, 0.15, 0.1])


def options_side_by_side(*chosen):
    k = sum(form.shape[1] for form in chosen)
    persons = {}
    first = 0
    for number, form in enumerate(chosen):
        for i, row in enumerate(form):
            persons[f"{number}-{i}"] = {f"q{first + j}": option for j, option in enumerate(row.tolist())}
        first += form.shape[1]
    return ResponseMatrix.from_answers(persons, {f"q{j}": parse_key("A") for j in range(k)})


def test_options_of_two_forms_have_the_figures_of_their_own_form():
    forms = raw(150, 4, 1), raw(210, 6, 2)
    joint = options_side_by_side(*forms)
    alone = [options_side_by_side(form) for form in forms]
    expected = [item for form in alone for item in option_analysis(form)]
    for ours, theirs in zip(option_analysis(joint), expected, strict=True):
        for one, other in zip(ours, theirs, strict=True):
            assert (one.option, one.key, one.n) == (other.option, other.key, other.n)
            for name in ("proportion", "mean_score", "item_total", "item_rest"):
                assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1e-9), name
    curves = [curve for form in alone for curve in option_curves(form)]
    for one, other in zip(option_curves(joint), curves, strict=True):
        assert (one.options, one.sizes.tolist()) == (other.options, other.sizes.tolist())
        assert one.shares == pytest.approx(other.shares)
        assert one.mean_scores == pytest.approx(other.mean_scores)


def test_the_options_of_a_common_item_are_judged_within_forms():
    rng = np.random.default_rng(8)
    theta = rng.normal(size=(1200, 1))
    ease = np.r_[0, np.full(10, -2), np.full(10, 2)]
    right = rng.random((1200, 21)) < 1 / (1 + np.exp(-1.5 * theta - ease))
    in_a = np.arange(1200) % 2 == 0
    persons = {}
    for i, row in enumerate(np.where(right, "A", "B").tolist()):
        met = range(11) if in_a[i] else [0, *range(11, 21)]
        persons[str(i)] = {f"q{j}": row[j] for j in met}
    joint = ResponseMatrix.from_answers(persons, {f"q{j}": parse_key("A") for j in range(21)})
    own = []
    for rows, columns in ((in_a, range(11)), (~in_a, [0, *range(11, 21)])):
        own.append(option_analysis(joint.select(persons=rows, items=[f"q{j}" for j in columns]))[0])
    for place, option in enumerate(option_analysis(joint)[0]):
        for name in ("item_total", "item_rest"):
            both = np.mean([getattr(each[place], name) for each in own])
            assert getattr(option, name) == pytest.approx(both, abs=0.02), name
    analysis = item_analysis(joint)
    assert option_analysis(joint)[0][0].item_rest == pytest.approx(analysis.item_rest[0], abs=1e-9)
    curve = option_curves(joint)[0]
    assert np.diff(curve.shares[0]).min() > 0.05
    assert curve.sizes.sum() == 1200


def test_moodle_reports_each_form_as_a_quiz_of_its_own():
    hard, easy = two_forms()
    x, places = side_by_side(hard, easy, rng=np.random.default_rng(1))
    joint = moodle_statistics(x)
    own = [moodle_statistics(hard), moodle_statistics(easy)]
    for quiz, (_, columns) in zip(own, places, strict=True):
        for name in ITEM_FIGURES:
            np.testing.assert_allclose(
                getattr(joint, name)[columns], getattr(quiz, name), atol=1e-9, err_msg=name
            )
    n = [len(hard), len(easy)]
    assert joint.internal_consistency == pytest.approx(
        np.average([q.internal_consistency for q in own], weights=n)
    )
    assert joint.mean == pytest.approx(np.average([q.mean for q in own], weights=n))


def test_forms_of_broken_points_have_their_own_figures():
    hard, easy = two_forms()
    x, places = side_by_side(hard * 0.3, easy * 0.7)
    joint = item_analysis(x)
    for form, (_, columns) in zip((hard * 0.3, easy * 0.7), places, strict=True):
        alone = item_analysis(form)
        for name in ("item_total", "item_rest", "discrimination_27", "alpha_if_deleted"):
            np.testing.assert_allclose(getattr(joint, name)[columns], getattr(alone, name), atol=1e-10)
