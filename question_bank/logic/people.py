"""The people of the puzzles: names that decline in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from question_bank.logic.kazakh import KazakhName
from question_bank.logic.russian import RussianName


@dataclass(frozen=True, slots=True)
class Person:
    """One person as Kazakh and as Russian print the name."""

    kk: KazakhName
    ru: RussianName


_NAMES = (
    ("Айдар", "Айдар"),
    ("Болат", "Болат"),
    ("Ерлан", "Ерлан"),
    ("Қанат", "Канат"),
    ("Нұрлан", "Нурлан"),
    ("Самат", "Самат"),
    ("Тимур", "Тимур"),
    ("Данияр", "Данияр"),
    ("Марат", "Марат"),
    ("Азамат", "Азамат"),
    ("Серік", "Серик"),
    ("Арман", "Арман"),
    ("Ержан", "Ержан"),
    ("Дәурен", "Даурен"),
    ("Руслан", "Руслан"),
    ("Мұрат", "Мурат"),
    ("Олжас", "Олжас"),
    ("Мадина", "Мадина"),
    ("Динара", "Динара"),
    ("Фарида", "Фарида"),
    ("Камила", "Камила"),
    ("Зарина", "Зарина"),
    ("Гүлнара", "Гульнара"),
    ("Айша", "Айша"),
    ("Малика", "Малика"),
    ("Лаура", "Лаура"),
    ("Сабина", "Сабина"),
)
PEOPLE = {ru: Person(KazakhName(kk), RussianName(ru)) for kk, ru in _NAMES}


def draw_people(rng: Random, number: int) -> tuple[str, ...]:
    """Draw names that begin with different letters in both languages, in the order of the list."""
    names = list(PEOPLE)
    rng.shuffle(names)
    drawn: list[str] = []
    for name in names:
        if all(_differ(name, other) for other in drawn):
            drawn.append(name)
    return tuple(sorted(drawn[:number]))


def people(names: Sequence[str]) -> list[Person]:
    """Return the people with these (Russian) names."""
    return [PEOPLE[name] for name in names]


def _differ(one: str, other: str) -> bool:
    a, b = PEOPLE[one], PEOPLE[other]
    return a.kk.nom[0] != b.kk.nom[0] and a.ru.nom[0] != b.ru.nom[0]
