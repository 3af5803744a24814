"""Made-up officers: names, posts, abilities; nobody real."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from exam.rules.iin import check_digit
from exam.services.officers.officer_columns import OfficerRecord

MEN = (
    *("Асан", "Ерлан", "Дәурен", "Нұрлан", "Бауыржан", "Қайрат"),
    *("Мұрат", "Олжас", "Самат", "Тимур", "Әділет", "Ғалым"),
)
WOMEN = ("Айгүл", "Дана", "Гүлнар", "Әсем", "Жанар", "Сәуле", "Меруерт", "Қарлығаш")
FATHERS = ("Серік", "Болат", "Марат", "Қанат", "Ербол", "Жандос", "Талғат", "Әлібек", "Нұржан", "Үсен")
FAMILIES = (
    *("Серіков", "Жұмағұлов", "Қожахметов", "Әбдіқадыров", "Төлеуов", "Ысқақов", "Мұқанов", "Байжанов"),
    *("Ғабдуллин", "Омаров", "Сейітов", "Қасымов", "Дүйсенов", "Өтегенов", "Хасенов", "Бекетов"),
)
POSTS = {
    "AST": (
        ("regional-5", "Полиция басқармасының бөлім бастығы", "Астана қаласының Полиция департаменті"),
        ("regional-10", "Полиция басқармасы бастығының орынбасары", "Сарыарқа ауданының Полиция басқармасы"),
        ("regional-6", "Патрульдік полиция батальонының командирі", "Патрульдік полиция полкі"),
    ),
    "ALA": (
        ("regional-5", "Полиция басқармасының бөлім бастығы", "Алматы қаласының Полиция департаменті"),
        ("regional-10", "Полиция бөлімі бастығының орынбасары", "Медеу ауданының Полиция басқармасы"),
        ("regional-13", "Полиция бөлімшесінің бастығы", "Алмалы ауданының Полиция басқармасы"),
    ),
    "CENTRE": (("central-3", "Басқарма бастығының орынбасары", "Әкімшілік полиция комитеті"),),
}
RANKS = ("полиция капитаны", "полиция майоры", "полиция подполковнигі")
SPECIALITIES = ("құқықтану", "құқық қорғау қызметі", "мемлекеттік басқару")


@dataclass(frozen=True, slots=True)
class Player:
    """An officer, his `ability` on the logit scale of the tests, his `fitness` as a standard score."""

    record: OfficerRecord
    ability: float
    fitness: float


def cast(count: int, *, seed: int, today: date) -> list[Player]:
    """Draw `count` officers; the same seed gives the same people."""
    chance = Random(seed)  # noqa: S311  made-up people, not secrets
    return [_player(number, chance, today) for number in range(count)]


def _player(number: int, chance: Random, today: date) -> Player:
    woman = chance.random() < 0.2
    family, father = chance.choice(FAMILIES), chance.choice(FATHERS)
    given = chance.choice(WOMEN if woman else MEN)
    region = "CENTRE" if number % 10 == 9 else "AST" if number % 2 == 0 else "ALA"
    category, post, unit = chance.choice(POSTS[region])
    record = OfficerRecord(
        iin=_iin(number),
        full_name=f"{family}{'а' if woman else ''} {given} {father}{'қызы' if woman else 'ұлы'}",
        birth_date=today - timedelta(days=chance.randint(24 * 366, 39 * 365)),
        sex="F" if woman else "M",
        rank=chance.choice(RANKS),
        post=post,
        post_category=category,
        unit=unit,
        region_code=region,
        appointed_on=today - timedelta(days=chance.randint(400, 2500)),
        education="жоғары",
        speciality=chance.choice(SPECIALITIES),
        test_language="ru" if chance.random() < 0.3 else "kk",
    )
    return Player(record, ability=chance.gauss(0.7, 0.8), fitness=chance.gauss(0.8, 0.7))


def _iin(number: int) -> str:
    """A number with a right check digit that no person has: its first six digits are no date."""
    for serial in range(number * 10, number * 10 + 10):
        body = f"990099{serial:05d}"
        last = check_digit(body)
        if last is not None:
            return f"{body}{last}"
    raise AssertionError("every ten bodies hold one with a check digit")
