"""Reading and laying out answers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.blas_threads import one_blas_thread
from scoring.errors import ResponseError
from scoring.irt.answers import MISSING, arrange, code_answers, gather


@pytest.mark.parametrize(
    "X", [[], [[]], np.zeros((2, 2, 2)), [["0", "1"]], [[0, 3]], [[0.0, np.inf]], [[-2, 0]]]
)
def test_refuses_what_are_no_answers(X):
    with pytest.raises(ResponseError):
        code_answers(X)


def test_does_not_copy_or_change_what_is_coded_already():
    X = np.array([[0, 1, 255], [1, 1, 0]], dtype=np.uint8)
    kept = X.copy()
    assert code_answers(X) is X
    arrange(gather(X), np.array([2.0, 1.0]))
    np.testing.assert_array_equal(X, kept)


answers = arrays(
    np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 6)), elements=st.sampled_from([0, 1, MISSING])
)


@settings(max_examples=60, deadline=None)
@given(coded=answers, seed=st.integers(0, 99))
def test_everybody_lies_in_a_cell_of_his_own_items_and_group(coded, seed):
    rng = np.random.default_rng(seed)
    groups = np.unique(rng.integers(0, 2, len(coded)), return_inverse=True)[1].astype(np.intp)
    found = gather(coded, groups)
    for person, cell in enumerate(found.cell_of):
        assert found.cells[cell].group == groups[person]
        np.testing.assert_array_equal(found.cells[cell].items, coded[person] != MISSING)


@settings(max_examples=60, deadline=None)
@given(coded=answers, seed=st.integers(0, 99))
def test_the_arrangement_keeps_every_answer_and_rises_within_a_cell(coded, seed):
    score = np.random.default_rng(seed).random(len(coded))
    found = gather(coded)
    laid = arrange(found, score)
    np.testing.assert_array_equal(laid.right, coded[laid.order] == 1)
    assert sorted(laid.order.tolist()) == list(range(len(coded)))
    assert [part.start for part in laid.parts[1:]] == [part.stop for part in laid.parts[:-1]]
    for part in laid.parts:
        rows = laid.order[part.start : part.stop]
        assert set(found.cell_of[rows]) == {part.cell}
        assert (np.diff(score[rows]) > -2 / 65535).all()


def test_the_number_of_blas_threads_is_given_back():
    from scoring.blas_threads import _thread_control

    control = _thread_control()
    assert control is not None, "numpy's wheels carry OpenBLAS"
    before = control[0]()
    with pytest.raises(KeyError), one_blas_thread():
        assert control[0]() == 1
        raise KeyError
    assert control[0]() == before
