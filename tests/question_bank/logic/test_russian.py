"""Russian endings, against forms of the grammar."""

import pytest

from question_bank.logic import russian
from question_bank.logic.matrix_words import cell_text
from question_bank.logic.people import PEOPLE

# name: genitive, dative, instrumental, ending of the past tense
NAMES = {
    "Айдар": ("Айдара", "Айдару", "Айдаром", ""),
    "Болат": ("Болата", "Болату", "Болатом", ""),
    "Ерлан": ("Ерлана", "Ерлану", "Ерланом", ""),
    "Канат": ("Каната", "Канату", "Канатом", ""),
    "Нурлан": ("Нурлана", "Нурлану", "Нурланом", ""),
    "Самат": ("Самата", "Самату", "Саматом", ""),
    "Тимур": ("Тимура", "Тимуру", "Тимуром", ""),
    "Данияр": ("Данияра", "Данияру", "Данияром", ""),
    "Марат": ("Марата", "Марату", "Маратом", ""),
    "Азамат": ("Азамата", "Азамату", "Азаматом", ""),
    "Серик": ("Серика", "Серику", "Сериком", ""),
    "Арман": ("Армана", "Арману", "Арманом", ""),
    "Ержан": ("Ержана", "Ержану", "Ержаном", ""),
    "Даурен": ("Даурена", "Даурену", "Дауреном", ""),
    "Руслан": ("Руслана", "Руслану", "Русланом", ""),
    "Мурат": ("Мурата", "Мурату", "Муратом", ""),
    "Мадина": ("Мадины", "Мадине", "Мадиной", "а"),
    "Динара": ("Динары", "Динаре", "Динарой", "а"),
    "Олжас": ("Олжаса", "Олжасу", "Олжасом", ""),
    "Фарида": ("Фариды", "Фариде", "Фаридой", "а"),
    "Камила": ("Камилы", "Камиле", "Камилой", "а"),
    "Зарина": ("Зарины", "Зарине", "Зариной", "а"),
    "Гульнара": ("Гульнары", "Гульнаре", "Гульнарой", "а"),
    "Айша": ("Айши", "Айше", "Айшой", "а"),
    "Малика": ("Малики", "Малике", "Маликой", "а"),
    "Лаура": ("Лауры", "Лауре", "Лаурой", "а"),
    "Сабина": ("Сабины", "Сабине", "Сабиной", "а"),
}


def test_every_name_is_listed_here():
    assert {str(person.ru) for person in PEOPLE.values()} == set(NAMES)


@pytest.mark.parametrize(("name", "forms"), NAMES.items())
def test_a_name_declines(name, forms):
    person = russian.RussianName(name)
    assert (person.gen, person.dat, person.ins, person.a) == forms


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, "человек"), (2, "человека"), (4, "человека"), (5, "человек"), (11, "человек"), (12, "человек")],
)
def test_a_number_takes_its_plural(number, expected):
    assert russian.plural(number, "человек", "человека", "человек") == expected


@pytest.mark.parametrize(
    ("number", "expected"), [(21, "год"), (22, "года"), (25, "лет"), (111, "лет"), (114, "лет")]
)
def test_tens_and_hundreds_do_not_mislead(number, expected):
    assert russian.plural(number, "год", "года", "лет") == expected


@pytest.mark.parametrize(
    ("number", "ending", "expected"),
    [
        (1, "ом", "первом"),
        (2, "ое", "второе"),
        (3, "ом", "третьем"),
        (3, "ое", "третье"),
        (3, "ым", "третьим"),
        (4, "ым", "четвёртым"),
        (6, "ом", "шестом"),
    ],
)
def test_an_ordinal_declines(number, ending, expected):
    assert russian.ordinal(number, ending) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ((0, 1, 2), "1 чёрный круг"),
        ((0, 2, 2), "2 чёрных круга"),
        ((0, 5, 0), "5 белых кругов"),
        ((4, 1, 1), "1 серая звезда"),
        ((4, 3, 1), "3 серые звезды"),
        ((4, 6, 0), "6 белых звёзд"),
        ((2, 4, 0), "4 белых треугольника"),
    ],
)
def test_figures_agree_with_their_number(cell, expected):
    assert cell_text(*cell).ru == expected


def test_lists_are_joined_and_letters_changed():
    assert russian.joined(["Айша", "Болат", "Серик"]) == "Айша, Болат и Серик"
    assert russian.joined(["Айша", "Болат"], "или") == "Айша или Болат"
    assert russian.capitalised("между Айшой") == "Между Айшой"
    assert russian.uncapitalised("Автор письма") == "автор письма"
