"""The matrix puzzles as pictures; the only module of the room that draws."""

from io import BytesIO
from math import cos, pi, sin

from PIL import Image, ImageDraw, ImageFont

from question_bank.logic.matrix import Cell, MatrixProblem

CELL = 160  # pixels
MARGIN = 12
LINE = 3
RADIUS = 22
INK = 0
PAPER = 255
FILLS = (255, 150, 0)  # white, grey, black
PLACES = {  # centres of the figures in a cell, by their number, in parts of the cell
    1: ((0.5, 0.5),),
    2: ((0.3, 0.5), (0.7, 0.5)),
    3: ((0.5, 0.28), (0.28, 0.7), (0.72, 0.7)),
    4: ((0.28, 0.28), (0.72, 0.28), (0.28, 0.72), (0.72, 0.72)),
    5: ((0.22, 0.22), (0.78, 0.22), (0.5, 0.5), (0.22, 0.78), (0.78, 0.78)),
    6: ((0.2, 0.3), (0.5, 0.3), (0.8, 0.3), (0.2, 0.7), (0.5, 0.7), (0.8, 0.7)),
}


def matrix_png(problem: MatrixProblem) -> bytes:
    """Draw the eight cells and the question mark.

    Returns
    -------
    bytes
        A greyscale PNG, 504 by 504 pixels. No letters: it serves both languages.
    """
    side = 3 * CELL + 2 * MARGIN
    image = Image.new("L", (side, side), PAPER)
    pen = ImageDraw.Draw(image)
    for place in range(9):
        left, top = MARGIN + place % 3 * CELL, MARGIN + place // 3 * CELL
        pen.rectangle((left, top, left + CELL, top + CELL), outline=INK, width=LINE)
        if place < 8:
            _draw_cell(pen, problem.cells[place], left, top)
    centre = MARGIN + 2.5 * CELL
    font = ImageFont.load_default(size=90)
    pen.text((centre, centre), "?", fill=INK, font=font, anchor="mm")
    return _png(image)


def cell_png(cell: Cell) -> bytes:
    """Draw one cell, for an option: a greyscale PNG, 184 by 184 pixels."""
    image = Image.new("L", (CELL + 2 * MARGIN, CELL + 2 * MARGIN), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((MARGIN, MARGIN, MARGIN + CELL, MARGIN + CELL), outline=INK, width=LINE)
    _draw_cell(pen, cell, MARGIN, MARGIN)
    return _png(image)


def _png(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _draw_cell(pen: ImageDraw.ImageDraw, cell: Cell, left: int, top: int) -> None:
    for x, y in PLACES[cell.count]:
        _draw_figure(pen, cell.shape, FILLS[cell.fill], left + x * CELL, top + y * CELL)


def _draw_figure(pen: ImageDraw.ImageDraw, shape: int, fill: int, x: float, y: float) -> None:
    """Draw a circle, square, triangle, rhombus or star around (x, y)."""
    if shape == 0:
        pen.ellipse((x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS), fill=fill, outline=INK, width=LINE)
    else:
        corners = [(x + RADIUS * dx, y + RADIUS * dy) for dx, dy in OUTLINES[shape]]
        pen.polygon(corners, fill=fill, outline=INK, width=LINE)


def _star() -> tuple[tuple[float, float], ...]:
    turns = [(pi * step / 5 - pi / 2, 1.15 if step % 2 == 0 else 0.48) for step in range(10)]
    return tuple((size * cos(angle), size * sin(angle)) for angle, size in turns)


OUTLINES = {
    1: ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
    2: ((0.0, -1.0), (1.0, 0.85), (-1.0, 0.85)),
    3: ((0.0, -1.15), (0.8, 0.0), (0.0, 1.15), (-0.8, 0.0)),
    4: _star(),
}
