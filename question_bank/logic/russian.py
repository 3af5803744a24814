"""Russian endings for the names of the templates, and the choice of plural forms.

References
----------
Русская грамматика (1980), Москва: Наука, т. I, § 1155–1190 (declension of nouns).
"""

from dataclasses import dataclass

COUNTS = ("", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь")
ORDINAL_STEMS = ("", "перв", "втор", "трет", "четвёрт", "пят", "шест", "седьм", "восьм")
STOREYS = {4: "четырёхэтажном", 5: "пятиэтажном", 6: "шестиэтажном"}
OF_SO_MANY = {3: "троих", 4: "четверых"}
HUSHERS = "гкхжшчщ"


def plural(number: int, one: str, few: str, many: str) -> str:
    """Choose the form after a number: 1 человек, 2 человека, 5 человек; 11 человек, 21 человек."""
    tens, ones = number % 100, number % 10
    if 11 <= tens <= 14:
        return many
    return one if ones == 1 else few if 2 <= ones <= 4 else many


def ordinal(number: int, ending: str) -> str:
    """Decline an ordinal below nine: (3, "ом") → третьем, (2, "ое") → второе.

    `ending` is the one of a hard adjective (ое, ом, ым); третий takes the soft one.
    """
    soft = {"ое": "ье", "ом": "ьем", "ым": "ьим"}
    return ORDINAL_STEMS[number] + (soft[ending] if number == 3 else ending)


@dataclass(frozen=True, slots=True)
class RussianName:
    """A man's name that ends in a hard consonant, or a woman's in -а.

    The templates ask for cases ``{x.gen}`` and for the ending of a past verb ``сказал{x.a}``.
    """

    nom: str

    def __str__(self) -> str:
        return self.nom

    @property
    def is_feminine(self) -> bool:
        return self.nom.endswith("а")

    @property
    def a(self) -> str:
        return "а" if self.is_feminine else ""

    @property
    def gen(self) -> str:
        """Айдара, Мадины, Малики, Айши."""
        if not self.is_feminine:
            return self.nom + "а"
        stem = self.nom[:-1]
        return stem + ("и" if stem[-1] in HUSHERS else "ы")

    @property
    def dat(self) -> str:
        """Айдару, Мадине."""
        return self.nom[:-1] + "е" if self.is_feminine else self.nom + "у"

    @property
    def ins(self) -> str:
        """Айдаром, Мадиной, Айшой (the stress is on the ending)."""
        return self.nom[:-1] + "ой" if self.is_feminine else self.nom + "ом"


def joined(words: list[str], link: str = "и") -> str:
    """один, два и три."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {link} {words[-1]}"


def capitalised(sentence: str) -> str:
    """Begin with a capital letter and leave the rest as it is."""
    return sentence[0].upper() + sentence[1:]


def uncapitalised(sentence: str) -> str:
    """Begin with a small letter and leave the rest as it is."""
    return sentence[0].lower() + sentence[1:]
