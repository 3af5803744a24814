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
SUM_OF_TWO_PLUS = Text(
    "Үшіншіден бастап әр сан – алдыңғы екі санның қосындысы плюс {0}.",
    "Каждое число, начиная с третьего, — сумма двух предыдущих плюс {0}.",
)
SUM_OF_TWO_MINUS = Text(
    "Үшіншіден бастап әр сан – алдыңғы екі санның қосындысы минус {0}.",
    "Каждое число, начиная с третьего, — сумма двух предыдущих минус {0}.",
)
TIMES_PLUS = Text(
    "Алдыңғы сан {0} санына көбейтіліп, {1} қосылады.",
    "Предыдущее число умножается на {0}, и прибавляется {1}.",
)
TIMES_MINUS = Text(
    "Алдыңғы сан {0} санына көбейтіліп, {1} азайтылады.",
    "Предыдущее число умножается на {0}, и вычитается {1}.",
)
PLUS_IN_TURN = Text(
    "Екі амал кезектеседі: {0} қосылады, {1} санына көбейтіледі.",
    "Чередуются два действия: прибавляется {0}, умножается на {1}.",
)
MINUS_IN_TURN = Text(
    "Екі амал кезектеседі: {0} азайтылады, {1} санына көбейтіледі.",
    "Чередуются два действия: вычитается {0}, умножается на {1}.",
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
        extra = terms[2] - terms[1] - terms[0]
        return _filled(SUM_OF_TWO_PLUS if extra > 0 else SUM_OF_TWO_MINUS, str(abs(extra)))
    if family == "times_plus":
        factor = (terms[2] - terms[1]) // (terms[1] - terms[0])
        rest = terms[1] - factor * terms[0]
        return _filled(TIMES_PLUS if rest > 0 else TIMES_MINUS, str(factor), str(abs(rest)))
    if family == "plus_and_times":
        plus = terms[1] - terms[0]
        return _filled(PLUS_IN_TURN if plus > 0 else MINUS_IN_TURN, str(abs(plus)), str(terms[2] // terms[1]))
    return _filled(DIFFERENCES, _listed([b - a for a, b in pairwise(terms)]))


def _filled(wording: Text, *values: str) -> Text:
    return Text(wording.kk.format(*values), wording.ru.format(*values))


def _listed(values: Sequence[int | Fraction]) -> str:
    """Write numbers with a true minus sign."""
    return ", ".join(str(value).replace("-", "−") for value in values)
