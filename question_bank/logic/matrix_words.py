"""The figures of the matrix puzzles in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from question_bank.logic.russian import plural
from question_bank.logic.values import Text


@dataclass(frozen=True, slots=True)
class Shape:
    """A figure; Kazakh keeps the singular after a number, Russian declines (круг, круга, кругов)."""

    kk: str
    ru: tuple[str, str, str]
    is_feminine: bool = False


@dataclass(frozen=True, slots=True)
class Fill:
    """A colour: чёрный круг, чёрных круга; чёрная звезда, чёрные звезды, чёрных звёзд."""

    kk: str
    ru: str  # the stem before -ый, -ая, -ых


SHAPES = (
    Shape("дөңгелек", ("круг", "круга", "кругов")),
    Shape("шаршы", ("квадрат", "квадрата", "квадратов")),
    Shape("үшбұрыш", ("треугольник", "треугольника", "треугольников")),
    Shape("ромб", ("ромб", "ромба", "ромбов")),
    Shape("жұлдыз", ("звезда", "звезды", "звёзд"), is_feminine=True),
)
FILLS = (Fill("ақ", "бел"), Fill("сұр", "сер"), Fill("қара", "чёрн"))

QUESTIONS = (
    Text(
        "Кестедегі сұрау белгісінің орнында не тұруы керек?",
        "Что должно стоять в таблице вместо вопросительного знака?",
    ),
    Text(
        "Кестенің ұяшықтары белгілі бір заңдылықпен толтырылған. Сұрау белгісі тұрған ұяшыққа не сай келеді?",
        "Клетки таблицы заполнены по определённому правилу. Что подходит для клетки с вопросительным знаком?",
    ),
)


RULES = {
    "same": Text("барлық ұяшықта бірдей", "во всех клетках одинаково"),
    "by_row": Text("әр жолда бірдей", "в каждой строке одинаково"),
    "by_column": Text("әр бағанда бірдей", "в каждом столбце одинаково"),
    "each_once": Text(
        "әр жолда және әр бағанда үш мән бір-бір реттен кездеседі",
        "в каждой строке и в каждом столбце три значения встречаются по одному разу",
    ),
    "growing": Text(
        "жол бойымен де, баған бойымен де тұрақты қадаммен өзгереді",
        "вдоль строк и вдоль столбцов меняется с постоянным шагом",
    ),
    "adding": Text(
        "жолда (немесе бағанда) үшінші сан – алғашқы екеуінің қосындысы",
        "в строке (или в столбце) третье число — сумма первых двух",
    ),
}


def cell_text(shape: int, count: int, fill: int) -> Text:
    """2 қара үшбұрыш, 2 чёрных треугольника."""
    figure, colour = SHAPES[shape], FILLS[fill]
    noun = plural(count, *figure.ru)
    one, few = ("ая", "ые") if figure.is_feminine else ("ый", "ых")
    adjective = colour.ru + plural(count, one, few, "ых")
    return Text(f"{count} {colour.kk} {figure.kk}", f"{count} {adjective} {noun}")


def stem_text(cells: Sequence[Text], wording: int) -> Text:
    """The question over a table of three columns; the last cell holds the question mark."""
    question = QUESTIONS[wording]
    return Text(
        _table(question.kk, [cell.kk for cell in cells]), _table(question.ru, [cell.ru for cell in cells])
    )


def _table(question: str, cells: Sequence[str]) -> str:
    rows = [*cells, "?"]
    lines = [f"| {' | '.join(rows[start : start + 3])} |" for start in (0, 3, 6)]
    return "\n".join([question, "", "| | | |", "|---|---|---|", *lines])
