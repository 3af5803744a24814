"""The columns of a staff list: their names in three languages, and the words that their cells may hold."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from types import MappingProxyType

from exam.rules.regimes import REGIMES, Names


@dataclass(frozen=True, slots=True)
class OfficerRecord:
    """An officer as the staff list gives him; the fields are the columns, in their order on the template."""

    iin: str
    full_name: str
    birth_date: date
    sex: str
    rank: str
    post: str
    post_category: str
    unit: str
    region_code: str
    appointed_on: date
    education: str
    speciality: str
    test_language: str


COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(OfficerRecord))

COLUMN_NAMES: Mapping[str, Names] = MappingProxyType(
    {
        "iin": Names("ЖСН", "ИИН", "IIN"),
        "full_name": Names("Тегі, аты, әкесінің аты", "Фамилия, имя, отчество", "Full name"),
        "birth_date": Names("Туған күні", "Дата рождения", "Birth date"),
        "sex": Names("Жынысы", "Пол", "Sex"),
        "rank": Names("Арнаулы атағы", "Специальное звание", "Rank"),
        "post": Names("Лауазымы", "Должность", "Post"),
        "post_category": Names("Лауазым санаты", "Категория должности", "Post category"),
        "unit": Names("Бөлімшесі", "Подразделение", "Unit"),
        "region_code": Names("Өңірі", "Регион", "Region"),
        "appointed_on": Names("Тағайындалған күні", "Дата назначения", "Date of appointment"),
        "education": Names("Білімі", "Образование", "Education"),
        "speciality": Names("Мамандығы", "Специальность", "Speciality"),
        "test_language": Names("Тест тілі", "Язык тестирования", "Test language"),
    }
)

OTHER_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "full_name": ("Т.А.Ә.", "ТАӘ", "Аты-жөні", "Ф.И.О.", "ФИО", "Name"),
        "rank": ("Атағы", "Звание", "Special rank"),
        "post": ("Лауазым", "Position"),
        "post_category": ("Лауазым санатының коды", "Код категории должности", "Category"),
        "unit": ("Бөлімше",),
        "region_code": ("Өңір", "Облыс", "Область"),
        "speciality": ("Мамандық", "Specialty"),
        "test_language": ("Тестілеу тілі", "Язык теста"),
    }
)

SEXES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("м", "муж", "муж.", "мужской", "ер", "ер адам", "m", "male"), "M")
    | dict.fromkeys(("ж", "жен", "жен.", "женский", "ә", "әйел", "әйел адам", "f", "female"), "F")
)

LANGUAGES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("kk", "қаз", "қазақ", "қазақша", "қазақ тілі", "казахский", "kazakh"), "kk")
    | dict.fromkeys(("ru", "орыс", "орысша", "орыс тілі", "рус", "русский", "russian"), "ru")
)

CATEGORIES: frozenset[str] = frozenset(
    category.code for regime in REGIMES.values() for category in regime.categories
)


def folded(text: str) -> str:
    """Write a name so that capitals, full stops and doubled spaces make no difference."""
    return " ".join(text.replace(".", "").split()).casefold()


def column_of(header: str) -> str | None:
    """Return the column that a header names, in whichever language; None for a column that is not ours."""
    return _BY_HEADER.get(folded(header))


def _headers() -> dict[str, str]:
    named = {
        folded(name): column
        for column, names in COLUMN_NAMES.items()
        for name in (names.kk, names.ru, names.en)
    }
    return named | {folded(name): column for column, names in OTHER_NAMES.items() for name in names}


_BY_HEADER = _headers()
