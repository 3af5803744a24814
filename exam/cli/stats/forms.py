"""The two forms of an equating, as their files give them: responses, scores, or counts by score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from exam.cli.stats.reading import Answers, all_scored, read_responses, read_text
from scoring.equating.equivalent_groups import joint_counts, score_counts
from scoring.errors import ScoringError
from scoring.irt.grid import Items
from scoring.sheets.text import number_of, read_rows

FloatArray = NDArray[np.float64]
SCORE_HEADS = ("score", "total", "scale", "x", "y")
COUNT_WORDS = ("count", "freq")


@dataclass(frozen=True, slots=True, eq=False)
class FormScores:
    """What a group scored on one form.

    Attributes
    ----------
    totals : ndarray, shape (n_persons,), or None
        None where the file has counts only.
    anchors : ndarray, shape (n_persons,), or None
        Scores on the anchor.
    counts : ndarray, shape (max_score + 1,)
        Persons at each score.
    answers : Answers or None
        Responses, where the file has them.
    """

    totals: FloatArray | None
    anchors: FloatArray | None
    counts: FloatArray
    answers: Answers | None = None

    def comparable(self, path: str) -> "FormScores":
        """Keep whose totals can be compared, or end the command with one line.

        Persons with unscored answers are left out; one person, or one score of all, cannot be equated.
        """
        kept = self._of_whole_totals()
        if kept.n_persons < 2:
            raise click.ClickException(f"{path}: one person is too few to equate")
        if np.count_nonzero(kept.counts) < 2:
            score = int(np.argmax(kept.counts))
            raise click.ClickException(
                f"{path}: equating needs scores that vary on both forms, and everybody has {score}"
            )
        return kept

    def _of_whole_totals(self) -> "FormScores":
        if self.answers is None or self.totals is None:
            return self
        whole, answers = all_scored(self.answers.matrix), self.answers.complete()
        totals = self.totals[whole]
        anchors = None if self.anchors is None else self.anchors[whole]
        return FormScores(totals, anchors, score_counts(totals, len(self.counts) - 1), answers)

    @property
    def n_persons(self) -> float:
        """How many persons."""
        return float(self.counts.sum())

    def joint(self, max_anchor: int) -> FloatArray:
        """Count the persons by total and anchor, shape (max_score + 1, max_anchor + 1)."""
        if self.totals is None or self.anchors is None:
            raise click.ClickException("this method needs an anchor: say which columns with --anchor")
        return joint_counts(self.totals, self.anchors, len(self.counts) - 1, max_anchor)


def read_form(
    path: str,
    *,
    column: str | None,
    anchor: Sequence[str],
    highest: int | None,
    reading: Mapping[str, Any],
) -> FormScores:
    """Read one form, or end the command with one line that says what is wrong.

    A file is counts by score where a column is called score (or scale, total) and another count or freq;
    scores where it has a column score or total; responses otherwise, which are read as `reading` says. A
    column that is ignored is none of these.
    """
    rows, _lines, delimiter = read_rows(read_text(path))
    if len(rows) < 2:
        raise click.ClickException(f"{path}: a header and a row are the least")
    names = ["" if name in reading["ignore"] else name for name in rows[0]]
    head = [name.lower() for name in names]
    place = next((head.index(name) for name in SCORE_HEADS if name in head), None)
    counted = _count_column(path, names, column, place)
    try:
        if counted is not None and place is not None:
            return _of_counts(path, rows, delimiter, place, counted, highest)
        if place is not None or (len(head) == 1 and column is None):
            return _of_scores(path, rows, delimiter, place or 0, anchor, highest)
        return _of_responses(path, anchor, reading)
    except ScoringError as error:
        raise click.ClickException(f"{path}: {error}") from None


def _count_column(path: str, head: Sequence[str], column: str | None, scores: int | None) -> int | None:
    if column is not None:
        if column not in head:
            raise click.ClickException(f"{path}: there is no column {column!r}")
        return list(head).index(column)
    found = [
        place
        for place, name in enumerate(head)
        if place != scores and any(word in name.lower() for word in COUNT_WORDS)
    ]
    if len(found) > 1 and scores is not None:
        raise click.ClickException(f"{path}: {len(found)} columns hold counts; say which with --x-column")
    return found[0] if found else None


def _of_counts(
    path: str, rows: Sequence[Sequence[str]], delimiter: str, scores: int, counts: int, highest: int | None
) -> FormScores:
    at = _numbers(path, rows, delimiter, scores)
    many = _numbers(path, rows, delimiter, counts)
    if bool((at != np.floor(at)).any()) or at.min() < 0 or bool((many < 0).any()):
        raise ScoringError("scores are whole numbers from 0, counts are not negative")
    found = np.zeros(max(int(at.max()), highest or 0) + 1)
    np.add.at(found, at.astype(int), many)
    return FormScores(None, None, found)


def _of_scores(
    path: str,
    rows: Sequence[Sequence[str]],
    delimiter: str,
    scores: int,
    anchor: Sequence[str],
    highest: int | None,
) -> FormScores:
    totals, anchors = _numbers(path, rows, delimiter, scores), None
    if anchor:
        if len(anchor) > 1 or anchor[0] not in rows[0]:
            raise ScoringError(f"the anchor of scores is a column of theirs, not {', '.join(anchor)}")
        anchors = _numbers(path, rows, delimiter, list(rows[0]).index(anchor[0]))
    most = int(totals.max()) if highest is None else highest
    return FormScores(totals, anchors, score_counts(totals, most))


def _of_responses(path: str, anchor: Sequence[str], reading: Mapping[str, Any]) -> FormScores:
    answers = read_responses(path, **reading)
    matrix = answers.matrix
    totals = np.asarray(matrix.total_scores(), dtype=np.float64)
    anchors = None
    if anchor:
        places = [matrix.items.index(name) for name in anchor if name in matrix.items]
        if len(places) != len(anchor):
            missing = [name for name in anchor if name not in matrix.items]
            raise ScoringError(f"there is no item {missing[0]!r}")
        anchors = np.asarray(matrix.points[:, places], dtype=np.float64).sum(axis=1)
    return FormScores(totals, anchors, score_counts(totals, int(matrix.max_points.sum())), answers)


def _numbers(path: str, rows: Sequence[Sequence[str]], delimiter: str, place: int) -> FloatArray:
    values = [number_of(row[place], delimiter) if place < len(row) else None for row in rows[1:]]
    wrong = next((line for line, value in enumerate(values, start=2) if value is None), None)
    if wrong is not None:
        raise click.ClickException(f"{path}: line {wrong}, column {rows[0][place]}: a number is expected")
    return np.array(values, dtype=np.float64)


def read_items(path: str, *, scale: float = 1.0) -> tuple[Items, tuple[str, ...]] | None:
    """Read calibrated items from a file with columns a and b (or d), and c if there is one.

    Returns None for a file that is no table of parameters; names are those of a column ``item``, or
    positions from 1. Given parameters are multiplied by `scale`: 1.7 where they are in the normal metric.
    """
    rows, _lines, delimiter = read_rows(read_text(path))
    head = [name.lower() for name in rows[0]] if rows else []
    if "a" not in head or not {"b", "d"} & set(head) or len(rows) < 2:
        return None
    a = scale * _numbers(path, rows, delimiter, head.index("a"))
    if "d" in head:
        d = scale * _numbers(path, rows, delimiter, head.index("d"))
    else:
        d = -a * _numbers(path, rows, delimiter, head.index("b"))
    c = _numbers(path, rows, delimiter, head.index("c")) if "c" in head else np.zeros(len(a))
    named = head.index("item") if "item" in head else None
    names = (row[named] if named is not None else str(place) for place, row in enumerate(rows[1:], start=1))
    return Items(a, d, c), tuple(names)
