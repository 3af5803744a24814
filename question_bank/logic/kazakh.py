"""Kazakh endings by vowel harmony and assimilation, for the words of the templates.

References
----------
Қазақ грамматикасы (2002), Астана: Тіл білімі институты, «Зат есім», cases and plural.
"""

from dataclasses import dataclass

BACK = "аоұыуюяё"
FRONT = "әөүіеэ"
UNVOICED = "пфкқтсшщхһцчбвгд"  # б, в, г, д end only loans and sound unvoiced there
NASAL = "мнң"
GLIDES = "йу"

ONES = ("", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз")
ORDINALS = ("", "бірінші", "екінші", "үшінші", "төртінші", "бесінші", "алтыншы", "жетінші", "сегізінші")


def is_back(word: str) -> bool:
    """Say whether endings take back vowels (ла, ға, ның) after this word.

    The last vowel decides; и and у after a consonant take the colour of the vowel before them.
    """
    vowels = [letter for letter in word.lower() if letter in BACK + FRONT]
    plain = [letter for letter in vowels if letter not in "ую"]
    deciding = plain or vowels
    return not deciding or deciding[-1] in BACK


def sound_class(word: str) -> str:
    """Return ``vowel``, ``glide``, ``nasal``, ``unvoiced``, ``hiss`` (з, ж) or ``liquid`` (р, л)."""
    last = word[-1].lower()
    classes = {"unvoiced": UNVOICED, "nasal": NASAL, "glide": GLIDES, "hiss": "зж", "liquid": "рл"}
    return next((name for name, letters in classes.items() if last in letters), "vowel")


def _ending(word: str, by_class: dict[str, str], default: str) -> str:
    ending = by_class.get(sound_class(word), default)
    return word + (ending if is_back(word) else ending.translate(str.maketrans("аығқ", "еігк")))


def plural(word: str) -> str:
    """тергеуші → тергеушілер, заңгер → заңгерлер, мерген → мергендер."""
    by_class = {"unvoiced": "тар", "nasal": "дар", "hiss": "дар"}
    return _ending(word, by_class, "дар" if word[-1] == "л" else "лар")


def genitive(word: str) -> str:
    """Болат → Болаттың, Мадина → Мадинаның, Ерлан → Ерланның."""
    return _ending(word, {"unvoiced": "тың", "vowel": "ның", "nasal": "ның"}, "дың")


def dative(word: str) -> str:
    """Болат → Болатқа, Серік → Серікке, Динара → Динараға."""
    return _ending(word, {"unvoiced": "қа"}, "ға")


def accusative(word: str) -> str:
    """Болат → Болатты, Айша → Айшаны."""
    return _ending(word, {"unvoiced": "ты", "vowel": "ны"}, "ды")


def locative(word: str) -> str:
    """қабат → қабатта, орын → орында."""
    return _ending(word, {"unvoiced": "та"}, "да")


def ablative(word: str) -> str:
    """Болат → Болаттан, Ерлан → Ерланнан, Мадина → Мадинадан."""
    return _ending(word, {"unvoiced": "тан", "nasal": "нан"}, "дан")


def together(word: str) -> str:
    """The conjunction “and” after this word: мен, бен or пен; it does not follow the harmony."""
    return {"unvoiced": "пен", "hiss": "бен"}.get(sound_class(word), "мен")


@dataclass(frozen=True, slots=True)
class KazakhName:
    """A name with the cases that the templates ask for: ``{x.gen}``, ``{x.dat}``."""

    nom: str

    def __str__(self) -> str:
        return self.nom

    @property
    def gen(self) -> str:
        return genitive(self.nom)

    @property
    def dat(self) -> str:
        return dative(self.nom)

    @property
    def acc(self) -> str:
        return accusative(self.nom)

    @property
    def abl(self) -> str:
        return ablative(self.nom)

    @property
    def and_(self) -> str:
        """The name with its conjunction: Айдар мен, Болат пен."""
        return f"{self.nom} {together(self.nom)}"


def joined(words: list[str], link: str = "және") -> str:
    """бір, екі және үш."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {link} {words[-1]}"


def capitalised(sentence: str) -> str:
    """Begin with a capital letter and leave the rest as it is."""
    return sentence[0].upper() + sentence[1:]
