"""Keep the matrix products of small blocks on one thread.

Blocks of a few thousand persons are multiplied in less time than a second BLAS thread needs to wake up
and to be waited for: on two busy cores a calibration of 110,000 x 100 spends eight times the processor
time when every block is shared out. OpenBLAS, which numpy's wheels carry, can be told; another BLAS is
left as it is.
"""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from numpy._core import _multiarray_umath  # type: ignore[attr-defined]  # the compiled part


@cache
def _thread_control() -> tuple[Callable[[], int], Callable[[int], None]] | None:
    try:
        library = ctypes.CDLL(_multiarray_umath.__file__)
    except OSError:
        return None
    for prefix, suffix in (("scipy_", "64_"), ("scipy_", ""), ("", "64_"), ("", "")):
        getter = getattr(library, f"{prefix}openblas_get_num_threads{suffix}", None)
        setter = getattr(library, f"{prefix}openblas_set_num_threads{suffix}", None)
        if getter is not None and setter is not None:
            return getter, setter
    return None


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Multiply on the calling thread alone inside the block, then as before."""
    control = _thread_control()
    if control is None:
        yield
        return
    current, limit = control
    before = current()
    limit(1)
    try:
        yield
    finally:
        limit(before)
