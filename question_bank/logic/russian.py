"""Russian endings for the names of the templates, and the choice of plural forms.

References
----------
Русская грамматика (1980), Москва: Наука, т. I, § 1155–1190 (declension of nouns).
"""

from dataclasses import dataclass

COUNTS = ("", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь")
ORDINAL_STEMS = ("", "перв", "втор", "трет", "четвёрт", "пят", "шест", "седьм", "восьм")
STOREYS = {4: "четырёхэтажном", 5: "пятиэтажном", 6: "шестиэтажном"}
HUSHERS = "гкхжшчщ"


def plural(number: int, one: str, few: str, many: str) -> str:
    """Choose the form after a number: 1 человек, 2 человека, 5 человек; 11 человек, 21 человек."""
    tens, ones = number % 100, number % 10
    if 11 <= tens <= 14:
        return many
    return one if ones == 1 else few if 2 <= ones <= 4 else many


def ordinal(number: int, ending: str) -> str:
    """Decline an ordinal below nine: (3, "ем") → третьем, (2, "ое") → второе.

    `ending` is that of a hard adjective (ое, ом, ым, ый); третий takes the soft one.
    """
    if number != 3:
        nominative = "ой" if ending == "ый" and number in {2, 6, 7, 8} else ending
        return ORDINAL_STEMS[number] + nominative
    return "трет" + {"ое": "ье", "ом": "ьем", "ым": "ьим", "ый": "ий", "ую": "ью"}[ending]


@dataclass(frozen=True, slots=True)
class RussianName:
    """A man's name that ends in a hard consonant, or a woman's in -а, -я.

    The templates ask for cases ``{x.gen}`` and for the ending of a past verb ``сказал{x.a}``.
    """

    nom: str

    def __str__(self) -> str:
        return self.nom

    @property
    def is_feminine(self) -> bool:
        return self.nom[-1] in "ая"

    @property
    def a(self) -> str:
        return "а" if self.is_feminine else ""

    @property
    def gen(self) -> str:
        """Айдара, Мадины, Алии, Малики."""
        if not self.is_feminine:
            return self.nom + "а"
        stem = self.nom[:-1]
        return stem + ("и" if self.nom[-1] == "я" or stem[-1] in HUSHERS else "ы")

    @property
    def dat(self) -> str:
        """Айдару, Мадине, Алии."""
        if not self.is_feminine:
            return self.nom + "у"
        return self.nom[:-1] + ("и" if self.nom.endswith("ия") else "е")

    @property
    def ins(self) -> str:
        """Айдаром, Мадиной, Алией, Айшой."""
        if not self.is_feminine:
            return self.nom + "ом"
        return self.nom[:-1] + ("ей" if self.nom[-1] == "я" else "ой")


def joined(words: list[str], link: str = "и") -> str:
    """один, два и три."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {link} {words[-1]}"


def capitalised(sentence: str) -> str:
    """Begin with a capital letter and leave the rest as it is."""
    return sentence[0].upper() + sentence[1:]


def uncapitalised(sentence: str) -> str:
    """Begin with a small letter and leave the rest as it is."""
    return sentence[0].lower() + sentence[1:]
