"""Matrix puzzles: three by three cells, the last one is missing.

Each attribute of the cells (shape, count, fill) follows a rule of its own. The solver applies every
rule of its list to every attribute; an option holds where each of its attributes is what some rule
that fits the eight cells says.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from question_bank.logic.kind import Draft, Kind, Wrong
from question_bank.logic.matrix_words import FILLS, RULES, SHAPES, cell_text, stem_text
from question_bank.logic.values import Certificate, Text

Grid = tuple[tuple[int, ...], ...]  # 3 x 3 numbers; the last one is missing
MOST = 6  # figures in a cell
ATTRIBUTES = ("shape", "count", "fill")


@dataclass(frozen=True, slots=True)
class Cell:
    """So many figures of one shape and fill; shape and fill are places in their lists."""

    shape: int
    count: int
    fill: int


@dataclass(frozen=True, slots=True)
class MatrixProblem:
    """The eight cells row by row, the rules by attribute (shape, count, fill) and the wording."""

    cells: tuple[Cell, ...]
    rules: tuple[str, str, str]
    wording: int


# Rules that make a grid.


def _same(rng: Random, values: Sequence[int]) -> Grid:
    return ((rng.choice(values),) * 3,) * 3


def _by_row(rng: Random, values: Sequence[int]) -> Grid:
    return tuple((value,) * 3 for value in rng.sample(values, 3))


def _by_column(rng: Random, values: Sequence[int]) -> Grid:
    return (tuple(rng.sample(values, 3)),) * 3


def _each_once(rng: Random, values: Sequence[int]) -> Grid:
    a, b, c = rng.sample(values, 3)
    return ((a, b, c), (b, c, a), (c, a, b)) if rng.random() < 0.5 else ((a, b, c), (c, a, b), (b, c, a))


def _growing(rng: Random, values: Sequence[int]) -> Grid:
    start, across, down = rng.randint(1, 6), rng.choice((-2, -1, 1, 2)), rng.choice((-2, -1, 0, 1, 2))
    grid = tuple(tuple(start + across * c + down * r for c in range(3)) for r in range(3))
    return grid if all(value in values for row in grid for value in row) else _growing(rng, values)


def _adding(rng: Random, values: Sequence[int]) -> Grid:
    rows = [(a, b, a + b) for a in values for b in values if a + b in values]
    grid = tuple(rng.sample(rows, 3))
    return grid if rng.random() < 0.5 else tuple(zip(*grid, strict=True))


MAKERS: dict[str, tuple[Callable[[Random, Sequence[int]], Grid], int]] = {  # a maker and its weight
    "same": (_same, 0),
    "by_row": (_by_row, 1),
    "by_column": (_by_column, 1),
    "each_once": (_each_once, 2),
    "growing": (_growing, 2),
    "adding": (_adding, 3),
}
FOR_NAMES = ("same", "by_row", "by_column", "each_once")
FOR_COUNTS = ("same", "by_row", "by_column", "each_once", "growing", "adding")


# Rules that read a grid: what the missing number is, if the eight others follow the rule.

Line = tuple[int, ...]
Reading = Callable[[Line, Line, Line], int | None]


def _constant(first: Line, second: Line, last: Line) -> int | None:
    return last[0] if all(len(set(line)) == 1 for line in (first, second, last)) else None


def _permuted(first: Line, second: Line, last: Line) -> int | None:
    left = set(first) - set(last)
    return left.pop() if len(set(first)) == 3 and set(first) == set(second) and len(left) == 1 else None


def _stepping(first: Line, second: Line, last: Line) -> int | None:
    steady = all(line[1] - line[0] == line[2] - line[1] for line in (first, second))
    return 2 * last[1] - last[0] if steady else None


def _by(operation: Callable[[int, int], int]) -> Reading:
    def read(first: Line, second: Line, last: Line) -> int | None:
        fits = all(operation(line[0], line[1]) == line[2] for line in (first, second))
        return operation(last[0], last[1]) if fits else None

    return read


def _total(first: Line, second: Line, last: Line) -> int | None:
    return sum(first) - sum(last) if sum(first) == sum(second) else None


READINGS: dict[str, Reading] = {
    "constant": _constant,
    "each value once": _permuted,
    "even steps": _stepping,
    "sum of the first two": _by(lambda a, b: a + b),
    "difference of the first two": _by(lambda a, b: a - b),
    "absolute difference": _by(lambda a, b: abs(a - b)),
    "product of the first two": _by(lambda a, b: a * b),
    "larger of the first two": _by(max),
    "smaller of the first two": _by(min),
    "first of the two": _by(lambda a, _: a),
    "constant total": _total,
}


class Matrix(Kind[MatrixProblem, Cell]):
    """Figures by shape, count and fill; one to three attributes vary."""

    code = "matrix"

    def draw(self, rng: Random) -> Draft[MatrixProblem, Cell] | None:
        rules = (rng.choice(FOR_NAMES), rng.choice(FOR_COUNTS), rng.choice(FOR_NAMES))
        values = (range(len(SHAPES)), range(1, MOST + 1), range(len(FILLS)))
        grids = [MAKERS[rule][0](rng, list(some)) for rule, some in zip(rules, values, strict=True)]
        if rules.count("same") > 1 or any(set(_predictions(grid)) != {grid[2][2]} for grid in grids):
            return None
        cells = [
            Cell(*attributes) for row in zip(*grids, strict=True) for attributes in zip(*row, strict=True)
        ]
        problem = MatrixProblem(tuple(cells[:8]), rules, rng.randrange(2))
        wrong = _tempting(cells, rng)
        return Draft(problem, cells[8], tuple(wrong))

    def prove(self, problem: MatrixProblem, choices: Sequence[Cell]) -> Certificate:
        found = [_predictions(grid) for grid in _grids(problem.cells)]
        holds = tuple(
            choice.shape in found[0] and choice.count in found[1] and choice.fill in found[2]
            for choice in choices
        )
        grounds = tuple(
            f"{name}: {', '.join([rule for fitting in readings.values() for rule in fitting][:2])}"
            for name, readings in zip(ATTRIBUTES, found, strict=True)
        )
        fitting = sum(len(rules) for readings in found for rules in readings.values())
        tried = 2 * len(READINGS) * len(ATTRIBUTES)
        space = "rules by row and by column for each attribute"
        return Certificate("rules", space, tried, fitting, holds, grounds)

    def stem(self, problem: MatrixProblem) -> Text:
        return stem_text(
            [cell_text(cell.shape, cell.count, cell.fill) for cell in problem.cells], problem.wording
        )

    def option(self, problem: MatrixProblem, choice: Cell) -> Text:  # noqa: ARG002 - a cell needs no context
        return cell_text(choice.shape, choice.count, choice.fill)

    def likeness(self, problem: MatrixProblem) -> object:
        return problem.cells

    def rationale(self, problem: MatrixProblem, key: Cell) -> Text:  # noqa: ARG002 - the rules say it
        shape, count, fill = (RULES[rule] for rule in problem.rules)
        return Text(
            f"Пішіні: {shape.kk}; саны: {count.kk}; түсі: {fill.kk}.",
            f"Форма: {shape.ru}; число: {count.ru}; цвет: {fill.ru}.",
        )

    def level(self, problem: MatrixProblem) -> int:
        """The weights of the rules of the three attributes add up."""
        weight = sum(MAKERS[rule][1] for rule in problem.rules)
        return 1 if weight <= 2 else 2 if weight <= 4 else 3


def _grids(cells: Sequence[Cell]) -> list[Grid]:
    """The attributes apart; the missing number stands as a zero that no rule reads."""
    rows = [cells[:3], cells[3:6], cells[6:8]]
    return [
        tuple(tuple(getattr(cell, name) for cell in row) for row in rows)
        for name in ("shape", "count", "fill")
    ]


def _predictions(grid: Grid) -> dict[int, list[str]]:
    """What each fitting rule says of the missing number, by row and by column."""
    rows = (grid[0], grid[1], grid[2][:2])
    columns = (tuple(r[0] for r in grid), tuple(r[1] for r in grid), (grid[0][2], grid[1][2]))
    found: dict[int, list[str]] = {}
    for direction, lines in (("row", rows), ("column", columns)):
        for name, read in READINGS.items():
            value = read(*lines)
            if value is not None:
                found.setdefault(value, []).append(f"{name} by {direction}")
    return found


def _tempting(cells: Sequence[Cell], rng: Random) -> Iterator[Wrong[Cell]]:
    """Cells that break one rule or two: a neighbour again, one attribute wrong, one figure off."""
    right = cells[8]
    wrong = [
        Wrong(cells[7], "left_neighbour_repeated"),
        Wrong(cells[5], "upper_neighbour_repeated"),
        Wrong(cells[4], "diagonal_neighbour_repeated"),
    ]
    wrong += [Wrong(Cell(s, right.count, right.fill), "wrong_shape") for s in {cell.shape for cell in cells}]
    wrong += [Wrong(Cell(right.shape, right.count, f), "wrong_fill") for f in {cell.fill for cell in cells}]
    wrong += [
        Wrong(Cell(right.shape, n, right.fill), "one_figure_off") for n in (right.count - 1, right.count + 1)
    ]
    rng.shuffle(wrong)
    return (each for each in wrong if each.choice != right and 1 <= each.choice.count <= MOST)
