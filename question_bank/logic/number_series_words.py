"""The questions of the number series, and their rules in words."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from question_bank.logic.values import Text

STEMS = (
    Text("Сан қатарын жалғастырыңыз: {0}, ?", "Продолжите числовой ряд: {0}, ?"),
    Text(
        "Сұрау белгісінің орнында қай сан тұруы керек: {0}, ?",
        "Какое число должно стоять вместо вопросительного знака: {0}, ?",
    ),
    Text(
        "Сандар белгілі бір заңдылықпен орналасқан: {0}, ? Келесі санды табыңыз.",
        "Числа расположены по определённому правилу: {0}, ? Найдите следующее число.",
    ),
    Text("Қатардағы келесі сан қандай: {0}, ?", "Какое число следующее в ряду: {0}, ?"),
)

DIFFERENCES = Text("Көрші сандардың айырмалары: {0}.", "Разности соседних чисел: {0}.")
RATIOS = Text("Көрші сандардың қатынастары: {0}.", "Отношения соседних чисел: {0}.")
TWO_SERIES = Text("Екі қатар кезектеседі: {0} және {1}.", "Чередуются два ряда: {0} и {1}.")
SUM_OF_TWO = Text(
    "Үшіншіден бастап әр сан алдыңғы екі санның қосындысына тең.",
    "Каждое число, начиная с третьего, равно сумме двух предыдущих.",
)
SUM_OF_TWO_AND = Text(
    "Үшіншіден бастап әр сан – алдыңғы екі санның қосындысы, оған {0} қосылады.",
    "Каждое число, начиная с третьего, — сумма двух предыдущих, к которой прибавляется {0}.",
)
TIMES_PLUS = Text(
    "Әр сан алдыңғысын {0} санына көбейтіп, {1} қосқанда шығады.",
    "Каждое число — предыдущее, умноженное на {0}, плюс {1}.",
)
PLUS_AND_TIMES = Text(
    "Екі амал кезектеседі: {0} қосу және {1} санына көбейту.",
    "Чередуются два действия: прибавить {0} и умножить на {1}.",
)


def rule_in_words(family: str, terms: Sequence[int]) -> Text:
    """Say by which rule the terms, the answer included, follow one another."""
    if family in {"two_series", "two_series_one_doubling"}:
        return _filled(TWO_SERIES, _listed(terms[::2]), _listed(terms[1::2]))
    if family in {"geometric", "growing_factor"}:
        return _filled(RATIOS, _listed([Fraction(b, a) for a, b in pairwise(terms)]))
    if family == "sum_of_two":
        return SUM_OF_TWO
    if family == "sum_of_two_and_more":
        return _filled(SUM_OF_TWO_AND, _listed([terms[2] - terms[1] - terms[0]]))
    if family == "times_plus":
        factor = (terms[2] - terms[1]) // (terms[1] - terms[0])
        return _filled(TIMES_PLUS, str(factor), _listed([terms[1] - factor * terms[0]]))
    if family == "plus_and_times":
        return _filled(PLUS_AND_TIMES, _listed([terms[1] - terms[0]]), str(terms[2] // terms[1]))
    return _filled(DIFFERENCES, _listed([b - a for a, b in pairwise(terms)]))


def _filled(wording: Text, *values: str) -> Text:
    return Text(wording.kk.format(*values), wording.ru.format(*values))


def _listed(values: Sequence[int | Fraction]) -> str:
    """Write numbers with a true minus sign; a negative one in brackets after others."""
    return ", ".join(str(value).replace("-", "−") for value in values)
