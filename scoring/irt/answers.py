"""Right and wrong answers, laid out for marginal likelihood: persons who met the same items lie together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoring.errors import ResponseError
from scoring.irt.grid import FloatArray
from scoring.numbers import even
from scoring.responses import ResponseMatrix

MISSING = 255
FEWEST_CELLS_SCATTERED = 33
"""From so many sets of items on, gaps may be treated person by person."""
CodeArray = NDArray[np.uint8]


def code_answers(X: ArrayLike | ResponseMatrix) -> CodeArray:
    """Read a matrix of answers as codes: 1 right, 0 wrong, 255 missing.

    Parameters
    ----------
    X : array_like or ResponseMatrix, shape (n_persons, n_items)
        0/1 as bool, integers or floats. Missing is NaN, a masked cell, 255 in ``uint8``, -1 in signed
        integers.

    Returns
    -------
    ndarray of uint8, shape (n_persons, n_items)
        The input itself when it already is such a matrix.

    Raises
    ------
    ResponseError
        If `X` is not a matrix, is empty, or holds another value; the first such cell is named.
    """
    if isinstance(X, ResponseMatrix):
        return _code_matrix(X)
    raw: NDArray[Any] = (
        np.ma.filled(X.astype(np.float64), np.nan)
        if isinstance(X, np.ma.MaskedArray)
        else even(X, "answers", ResponseError)
    )
    if raw.ndim != 2 or not raw.size:
        raise ResponseError(f"answers form a table of persons x items, not an array of shape {raw.shape}")
    if raw.dtype == np.uint8:
        coded: CodeArray = raw
    elif raw.dtype.kind in "biuf":
        coded = np.empty(raw.shape, dtype=np.uint8)
        for lo in range(0, len(raw), 8192):
            coded[lo : lo + 8192] = _coded_block(raw[lo : lo + 8192])
    else:
        raise ResponseError(f"answers are 0, 1 or missing, not {raw.dtype}")
    _refuse_other_values(coded, raw)
    return coded


def _code_matrix(responses: ResponseMatrix) -> CodeArray:
    """Items that were not put to a person are missing; omitted and not reached ones are wrong."""
    if not responses.is_dichotomous:
        raise ResponseError("response theory here needs items that earn 0 or 1 point")
    administered = responses.administered
    points: CodeArray = responses.points
    return points if administered is None else np.where(administered, points, np.uint8(MISSING))


def _coded_block(block: NDArray[Any]) -> CodeArray:
    missing = np.isnan(block) if block.dtype.kind == "f" else np.zeros(block.shape, dtype=bool)
    if block.dtype.kind == "i":
        missing = np.asarray(block == -1)
    other = ~missing & (block != 0) & (block != 1)
    return np.where(missing, MISSING, np.where(other, 2, block == 1)).astype(np.uint8)


def _refuse_other_values(coded: CodeArray, raw: NDArray[Any]) -> None:
    if coded.max() <= 1:
        return
    other = (coded > 1) & (coded != MISSING)
    if other.any():
        person, item = np.argwhere(other)[0]
        value = raw[person, item]
        raise ResponseError(f"person {person + 1}, item {item + 1}: {value} is neither 0, 1 nor missing")


@dataclass(frozen=True, slots=True)
class Cell:
    """Persons of one group who met the same items."""

    items: NDArray[np.bool_]
    group: int


@dataclass(frozen=True, slots=True)
class Answers:
    """Coded answers and the cell of every person.

    `scattered` says that gaps lie about so irregularly that cells are groups only; then `coded` must be
    asked person by person which items were met.
    """

    coded: CodeArray
    cells: Sequence[Cell]
    cell_of: NDArray[np.intp]
    n_groups: int
    scattered: bool

    @property
    def complete(self) -> bool:
        """Whether everyone met every item."""
        return not self.scattered and all(cell.items.all() for cell in self.cells)

    def rows_of(self, cell: int) -> slice | NDArray[np.intp]:
        """Which rows lie in a cell, as an index."""
        return slice(None) if len(self.cells) == 1 else np.flatnonzero(self.cell_of == cell)


def gather(coded: CodeArray, group_of: NDArray[np.intp] | None = None) -> Answers:
    """Sort persons into cells of one group and one set of items."""
    n_persons, n_items = coded.shape
    groups = np.zeros(n_persons, dtype=np.intp) if group_of is None else group_of
    n_groups = int(groups.max()) + 1
    everything = np.ones(n_items, dtype=bool)
    by_group = [Cell(everything, g) for g in range(n_groups)]
    if coded.max() <= 1:
        return Answers(coded, by_group, groups, n_groups, scattered=False)
    packed = np.ascontiguousarray(np.packbits(coded != MISSING, axis=1))
    _, first, pattern = np.unique(
        packed.view(f"V{packed.shape[1]}").ravel(), return_index=True, return_inverse=True
    )
    codes, cell_of = np.unique(pattern * n_groups + groups, return_inverse=True)
    if len(codes) >= FEWEST_CELLS_SCATTERED and len(codes) > n_persons // 128:
        return Answers(coded, by_group, groups, n_groups, scattered=True)
    met = coded[first] != MISSING
    cells = [Cell(met[code // n_groups], int(code % n_groups)) for code in codes]
    return Answers(coded, cells, cell_of, n_groups, scattered=False)


@dataclass(frozen=True, slots=True)
class Rows:
    """Persons of one cell, in rising order of some score: ``right[start:stop]`` of the arranged matrix."""

    cell: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Arranged:
    """Answers with the rows sorted by cell and score; a missing answer counts as not right."""

    right: CodeArray
    met: CodeArray | None
    parts: Sequence[Rows]
    order: NDArray[np.intp]


def arrange(answers: Answers, score: FloatArray) -> Arranged:
    """Sort the persons by cell and, within it, by `score`, shape (n_persons,)."""
    order = _stable_order(answers.cell_of, score, len(answers.cells))
    right = np.take(answers.coded, order, axis=0)
    met = None
    if not (answers.complete and not answers.scattered):
        seen = right != MISSING
        right *= seen
        met = seen.view(np.uint8) if answers.scattered else None
    sizes = np.bincount(answers.cell_of, minlength=len(answers.cells))
    ends = np.cumsum(sizes)
    parts = [Rows(i, int(e - n), int(e)) for i, (e, n) in enumerate(zip(ends, sizes, strict=True)) if n]
    return Arranged(right, met, parts, order)


def _stable_order(cell_of: NDArray[np.intp], score: FloatArray, n_cells: int) -> NDArray[np.intp]:
    # sixteen bits of the score are enough for neighbours, and numpy sorts them by counting
    low, high = float(score.min()), float(score.max())
    rank = ((score - low) * (65535.0 / max(high - low, 1e-300))).astype(np.uint16)
    order = np.argsort(rank, kind="stable")
    if n_cells > 1:
        order = order[np.argsort(cell_of[order], kind="stable")]
    return order
