"""Responses of persons to items: the one way into every statistic."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoring.blas_threads import one_blas_thread
from scoring.encoding import Missing, encode_options, unanswered_kinds
from scoring.errors import ResponseError
from scoring.keys import ItemKey
from scoring.numbers import even, numbers_of


@dataclass(frozen=True, slots=True, eq=False)
class ResponseMatrix:
    """Persons in rows, items in columns.

    Attributes
    ----------
    points : ndarray of uint8 or float64, shape (n_persons, n_items)
        Points earned; 0 where there is no answer. uint8 whenever all points are whole and below 256.
    items : tuple of str
        Names of the items, all different.
    max_points : ndarray of float64, shape (n_items,)
        The most an answer to the item can earn.
    missing : ndarray of uint8, shape (n_persons, n_items), or None
        `Missing` by cell; None where every cell is an answer.
    options : ndarray of uint8, shape (n_persons, n_items), or None
        Position of the chosen option in `option_labels` of the item; `NO_OPTION` where none was chosen.
    option_labels : tuple of tuple of str
        Options of each item, sorted; as written, or in capitals when they were written in several ways.
    keys : tuple of ItemKey
        Key of each item, when raw options are held.
    persons : tuple of str
        Names of the persons; empty where they have none.
    groups : mapping of str to ndarray, shape (n_persons,)
        Groups of the persons, such as language or region.
    forms : ndarray, shape (n_persons,), or None
        Form that each person took.
    seconds : ndarray of float32, shape (n_persons, n_items), or None
        Time on each item in seconds; NaN where it was not measured.
    """

    points: NDArray[Any]
    items: tuple[str, ...]
    max_points: NDArray[np.float64]
    missing: NDArray[np.uint8] | None = None
    options: NDArray[np.uint8] | None = None
    option_labels: tuple[tuple[str, ...], ...] = ()
    keys: tuple[ItemKey, ...] = ()
    persons: tuple[str, ...] = ()
    groups: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    forms: NDArray[Any] | None = None
    seconds: NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        _as_arrays(self)
        _check_shapes(self)
        for array in (self.points, self.max_points, self.missing, self.options, self.forms, self.seconds):
            if array is not None:
                array.setflags(write=False)

    @classmethod
    def from_points(
        cls,
        points: ArrayLike,
        *,
        items: Sequence[str] = (),
        max_points: ArrayLike | None = None,
        missing: ArrayLike | None = None,
        **about: Any,
    ) -> "ResponseMatrix":
        """Build from scored responses: 0/1 or points.

        Parameters
        ----------
        points : array_like, shape (n_persons, n_items)
            Points, not negative. NaN is taken as not administered.
        items : sequence of str
            Names of the items; `item1`, `item2` ... when left out.
        max_points : array_like, shape (n_items,), optional
            The most an item can earn; by default the largest points seen, at least 1.
        missing : array_like of int, shape (n_persons, n_items), optional
            `Missing` by cell; a cell that is no answer earns 0.
        **about
            `persons`, `groups`, `forms`, `seconds`, each as an array or a list.

        Raises
        ------
        ResponseError
            If the array is not 2-D, is empty, holds negative or infinite points or a kind of missing that
            there is not, a maximum is no number, names do not fit, or two persons have the same.
        """
        raw = even(points, "responses", ResponseError)
        if raw.ndim != 2 or 0 in raw.shape:
            raise ResponseError(f"responses need persons and items, got an array of shape {raw.shape}")
        if raw.dtype.kind not in "buif":
            raise ResponseError("points have to be numbers; give raw options together with their key")
        kinds = None if missing is None else _kinds(missing)
        if kinds is not None and kinds.shape != raw.shape:
            raise ResponseError(f"missing has shape {kinds.shape}, the points have {raw.shape}")
        raw, kinds = _without_nan(raw, kinds)
        compact = _compact(raw)
        if kinds is not None and bool((compact[kinds != 0] != 0).any()):
            compact = np.where(kinds == 0, compact, compact.dtype.type(0))
        seen = np.asarray(compact.max(axis=0), dtype=np.float64)
        most = (
            np.maximum(seen, 1.0)
            if max_points is None
            else numbers_of(max_points, "maximum points", ResponseError).copy()
        )
        if most.shape == seen.shape and bool((seen > most).any()):
            raise ResponseError("an item has points above its maximum")
        names = tuple(items) or tuple(f"item{j + 1}" for j in range(raw.shape[1]))
        return cls(compact, names, most, kinds, **about)

    @classmethod
    def from_options(
        cls,
        chosen: ArrayLike,
        key: Sequence[ItemKey | str],
        *,
        items: Sequence[str] = (),
        blanks: Sequence[str] = ("",),
        **about: Any,
    ) -> "ResponseMatrix":
        """Build from the raw options that were chosen and their key.

        Parameters
        ----------
        chosen : array_like of str or int, shape (n_persons, n_items)
            The options as written; case and blanks around them do not matter.
        key : sequence of ItemKey or str
            One key per item; a str is an option, or several joined by ``|``.
        blanks : sequence of str
            What stands for no answer. A run of blanks at the end of a row was not reached, the others
            were omitted.

        Raises
        ------
        ResponseError
            If the shapes do not fit or an item has more than 250 different options.
        """
        coded = encode_options(even(chosen, "options", ResponseError), key, blanks)
        return cls(
            coded.points,
            tuple(items) or tuple(f"item{j + 1}" for j in range(coded.points.shape[1])),
            coded.max_points,
            coded.missing,
            coded.options,
            coded.labels,
            coded.keys,
            **about,
        )

    @classmethod
    def from_answers(
        cls,
        answers: Mapping[str, Mapping[str, str | None]],
        keys: Mapping[str, ItemKey],
        **about: Any,
    ) -> "ResponseMatrix":
        """Build from the answers that a service recorded, over one form or several.

        Parameters
        ----------
        answers : mapping of person to mapping of item to option
            Every item that was put to the person, in its order; None is no answer. What a person was not
            given is absent; a run of None at the end was not reached.
        keys : mapping of item to ItemKey
            The items in the order of the columns.
        **about
            `groups`, `forms`, `seconds`.

        Raises
        ------
        ResponseError
            If there are no persons or an answer is to an item without a key.
        """
        items = tuple(keys)
        place = {item: j for j, item in enumerate(items)}
        chosen = np.full((len(answers), len(items)), "", dtype=object)
        missing = np.full(chosen.shape, Missing.NOT_ADMINISTERED, dtype=np.uint8)
        for i, (person, given) in enumerate(answers.items()):
            strange = next((item for item in given if item not in place), None)
            if strange is not None:
                raise ResponseError(f"{person} has an answer to {strange!r}, which has no key")
            columns = [place[item] for item in given]
            blank = np.array([[option is None for option in given.values()]], dtype=np.bool_)
            kinds = unanswered_kinds(blank)
            missing[i, columns] = Missing.ANSWERED if kinds is None else kinds[0]
            chosen[i, columns] = [option or "" for option in given.values()]
        coded = encode_options(chosen, tuple(keys.values()))
        points = np.where(missing == Missing.NOT_ADMINISTERED, coded.points.dtype.type(0), coded.points)
        return cls(
            points,
            items,
            coded.max_points,
            missing if bool(missing.any()) else None,
            coded.options,
            coded.labels,
            coded.keys,
            persons=tuple(answers),
            **about,
        )

    @property
    def n_persons(self) -> int:
        """How many persons."""
        return int(self.points.shape[0])

    @property
    def n_items(self) -> int:
        """How many items."""
        return int(self.points.shape[1])

    @property
    def administered(self) -> NDArray[np.bool_] | None:
        """Which cells were put to the person, shape (n_persons, n_items); None where all were."""
        if self.missing is None or not bool((self.missing == Missing.NOT_ADMINISTERED).any()):
            return None
        return np.asarray(self.missing != Missing.NOT_ADMINISTERED)

    @property
    def is_dichotomous(self) -> bool:
        """Whether every item earns 0 or 1."""
        return self.points.dtype == np.uint8 and bool((self.max_points == 1).all())

    def total_scores(self) -> NDArray[Any]:
        """Sum of the points of each person, shape (n_persons,): int64, or float64 for broken points."""
        if self.points.dtype == np.uint8:
            return row_sums(self.points)
        return np.asarray(self.points.sum(axis=1, dtype=np.float64))

    def select(
        self,
        *,
        persons: NDArray[Any] | None = None,
        items: Sequence[str] | None = None,
    ) -> "ResponseMatrix":
        """Keep some persons (a mask or positions) and some items (names), in the order given.

        Raises
        ------
        ResponseError
            If there is no such person or item, or nothing is left.
        """
        rows = np.arange(self.n_persons)
        if persons is not None:
            try:
                rows = np.atleast_1d(rows[np.asarray(persons)])
            except (IndexError, ValueError):
                raise ResponseError(
                    f"persons are chosen by a mask of {self.n_persons} or by positions below that"
                ) from None
        where = {name: j for j, name in enumerate(self.items)}
        absent = [name for name in items or () if name not in where]
        if absent:
            raise ResponseError(f"no such item: {', '.join(absent)}")
        columns = [where[name] for name in items] if items is not None else list(range(self.n_items))
        if not len(rows) or not columns:
            raise ResponseError("nothing is left of the responses")

        def cut(array: NDArray[Any] | None) -> Any:
            return None if array is None else np.ascontiguousarray(array[rows][:, columns])

        return replace(
            self,
            points=cut(self.points),
            items=tuple(self.items[j] for j in columns),
            max_points=self.max_points[columns].copy(),
            missing=cut(self.missing),
            options=cut(self.options),
            option_labels=tuple(self.option_labels[j] for j in columns) if self.option_labels else (),
            keys=tuple(self.keys[j] for j in columns) if self.keys else (),
            persons=tuple(self.persons[i] for i in rows) if self.persons else (),
            groups={name: values[rows] for name, values in self.groups.items()},
            forms=None if self.forms is None else self.forms[rows],
            seconds=cut(self.seconds),
        )


def as_responses(data: ResponseMatrix | ArrayLike) -> ResponseMatrix:
    """Take a `ResponseMatrix` as it is, and anything else as points.

    Parameters
    ----------
    data : ResponseMatrix or array_like, shape (n_persons, n_items)
        Points; NaN is not administered.

    Returns
    -------
    ResponseMatrix
        The same object where it was one.

    Raises
    ------
    ResponseError
        If the data are no points of persons and items.
    """
    return data if isinstance(data, ResponseMatrix) else ResponseMatrix.from_points(data)


@one_blas_thread()
def row_sums(points: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Sum each row of a uint8 array, shape (n_persons,); exact, through the fast float product."""
    n, width = points.shape
    if width * 255 >= 2**24:
        return np.asarray(points.sum(axis=1, dtype=np.int64))
    ones = np.ones(width, dtype=np.float32)
    sums = np.empty(n, dtype=np.int64)
    for start in range(0, n, 8192):
        block = points[start : start + 8192]
        sums[start : start + 8192] = block.astype(np.float32) @ ones
    return sums


def _without_nan(
    raw: NDArray[Any], missing: NDArray[np.uint8] | None
) -> tuple[NDArray[Any], NDArray[np.uint8] | None]:
    """Turn NaN into 'not administered' and check that the rest are points."""
    if raw.dtype.kind == "f":
        holes = np.isnan(raw)
        if bool(holes.any()):
            kinds = np.zeros(raw.shape, dtype=np.uint8) if missing is None else missing.copy()
            kinds[holes & (kinds == 0)] = Missing.NOT_ADMINISTERED
            raw, missing = np.where(holes, 0.0, raw), kinds
        if not bool(np.isfinite(raw).all()):
            raise ResponseError("points have to be finite")
    if raw.dtype.kind in "if" and bool((raw < 0).any()):
        raise ResponseError("points cannot be negative")
    return raw, missing


def _compact(raw: NDArray[Any]) -> NDArray[Any]:
    """Hold whole points below 256 as uint8, others as float64; always a copy of the caller's array."""
    if raw.dtype == np.uint8 or raw.dtype == np.bool_:
        return np.ascontiguousarray(raw).astype(np.uint8)
    if float(raw.max()) < 256:
        small = raw.astype(np.uint8)
        if bool((small == raw).all()):
            return np.ascontiguousarray(small)
    return np.array(raw, dtype=np.float64, order="C")


def _kinds(missing: Any) -> NDArray[np.uint8]:
    """Take kinds of missing answers as they are held."""
    kinds = even(missing, "kinds of missing answers", ResponseError)
    if kinds.dtype == np.uint8:
        return kinds
    if kinds.dtype.kind not in "bi" and not (
        kinds.dtype.kind == "f" and bool((kinds == np.floor(kinds)).all())
    ):
        raise ResponseError("kinds of missing answers are whole numbers")
    if kinds.size and not 0 <= kinds.min() <= kinds.max() <= max(Missing):
        raise ResponseError(f"kinds of missing answers are 0 to {max(Missing):d}")
    return kinds.astype(np.uint8)


def _as_arrays(matrix: ResponseMatrix) -> None:
    """Take lists for what is held as arrays."""
    held: dict[str, Any] = {
        "missing": None if matrix.missing is None else _kinds(matrix.missing),
        "forms": None if matrix.forms is None else even(matrix.forms, "forms", ResponseError),
        "seconds": None if matrix.seconds is None else _times(matrix.seconds),
        "groups": {name: _labels(values) for name, values in matrix.groups.items()},
    }
    for name, value in held.items():
        object.__setattr__(matrix, name, value)


def _times(seconds: Any) -> NDArray[Any]:
    if isinstance(seconds, np.ndarray) and seconds.dtype.kind == "f":
        return seconds
    return numbers_of(seconds, "times", ResponseError).astype(np.float32)


def _labels(values: Any) -> NDArray[Any]:
    """Keep labels of groups as they are; numpy would make a text of a NaN among texts."""
    plain = even(values, "groups", ResponseError)
    if isinstance(values, np.ndarray) or plain.dtype.kind != "U":
        return plain
    return plain if all(isinstance(value, str) for value in values) else np.array(list(values), dtype=object)


def _check_shapes(matrix: ResponseMatrix) -> None:
    """Refuse parts that do not fit the points."""
    shape = matrix.points.shape
    same = {"missing": matrix.missing, "options": matrix.options, "seconds": matrix.seconds}
    for name, array in same.items():
        if array is not None and array.shape != shape:
            raise ResponseError(f"{name} has shape {array.shape}, the points have {shape}")
    by_item = {"items": len(matrix.items), "max_points": len(matrix.max_points)}
    if matrix.options is not None:
        by_item |= {"keys": len(matrix.keys), "option_labels": len(matrix.option_labels)}
    for name, length in by_item.items():
        if length != shape[1]:
            raise ResponseError(f"{name} has {length} entries for {shape[1]} items")
    by_person = {name: len(values) for name, values in matrix.groups.items()}
    by_person |= {"persons": len(matrix.persons)} if matrix.persons else {}
    by_person |= {"forms": len(matrix.forms)} if matrix.forms is not None else {}
    for name, length in by_person.items():
        if length != shape[0]:
            raise ResponseError(f"{name} has {length} entries for {shape[0]} persons")
    _check_values(matrix)


def _check_values(matrix: ResponseMatrix) -> None:
    """Refuse names that two share, maxima that are none and kinds of missing that there are not."""
    for kind, names in (("items", matrix.items), ("persons", matrix.persons)):
        named = [name for name in names if name != ""]
        if len(set(named)) != len(named):
            twice = Counter(named).most_common(1)[0][0]
            raise ResponseError(f"two {kind} have the name {twice!r}")
    fits = np.isfinite(matrix.max_points) & (matrix.max_points >= 0)
    if not bool(fits.all()):
        raise ResponseError(f"the item {matrix.items[int(fits.argmin())]} has no maximum of points")
    if matrix.missing is not None and int(matrix.missing.max(initial=0)) > max(Missing):
        raise ResponseError(f"kinds of missing answers are 0 to {max(Missing):d}")
