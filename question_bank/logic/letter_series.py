"""Letter series over the Kazakh or the Russian alphabet, which the stem prints."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from question_bank.logic.kind import Draft, Kind, Wrong
from question_bank.logic.readings import Reading, readings
from question_bank.logic.series import (
    Maker,
    Run,
    following,
    hasty,
    interleave,
    is_settled,
    proof,
    run_of,
    wrapped,
)
from question_bank.logic.values import Certificate, Text

ALPHABETS = {
    "kk": "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ",
    "ru": "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ",
}
NAMES = {"kk": Text("Қазақ", "казахского"), "ru": Text("Орыс", "русского")}
ALPHABET_NAMES = {
    "kk": Text("Қазақ әліпбиі", "Казахский алфавит"),
    "ru": Text("Орыс әліпбиі", "Русский алфавит"),
}
SHORTER = min(map(len, ALPHABETS.values()))
UNVOICED_SIGNS = "ЪЬ"  # nobody reads them aloud in a series

ONE_LETTER = (
    Text(
        "{name} әліпбиінің әріптерінен құралған қатарды жалғастырыңыз: {series}, ?",
        "Продолжите ряд букв {name} алфавита: {series}, ?",
    ),
    Text(
        "{name} әліпбиінің әріптері белгілі бір заңдылықпен орналасқан: {series}, ? Келесі әріп қайсы?",
        "Буквы {name} алфавита расположены по определённому правилу: {series}, ? Какая буква следующая?",
    ),
    Text(
        "{name} әліпбиінің қай әрпі сұрау белгісінің орнында тұруы керек: {series}, ?",
        "Какая буква {name} алфавита должна стоять вместо вопросительного знака: {series}, ?",
    ),
)
PAIRS = (
    Text(
        "{name} әліпбиінің әріп жұптарынан құралған қатарды жалғастырыңыз: {series}, ?",
        "Продолжите ряд пар букв {name} алфавита: {series}, ?",
    ),
    Text(
        "{name} әліпбиінің әріп жұптары белгілі бір заңдылықпен орналасқан: {series}, ? Келесі жұп қайсы?",
        "Пары букв {name} алфавита расположены по определённому правилу: {series}, ? Какая пара следующая?",
    ),
)

Term = tuple[int, ...]  # places in the alphabet, counted from one: one letter or a pair


@dataclass(frozen=True, slots=True)
class LetterProblem:
    """The alphabet (kk or ru), the shown terms, the family and the wording."""

    alphabet: str
    family: str
    shown: tuple[Term, ...]
    wording: int


def even_step(rng: Random) -> list[int]:
    step = rng.choice((1, 2, 2, 3, 3, 4, 5, -1, -2, -2, -3, -4))
    return _placed(rng, [step * place for place in range(7)])


def growing_step(rng: Random) -> list[int]:
    step, sign = rng.randint(1, 2), rng.choice((1, 1, -1))
    return _placed(rng, [sign * (step * place + place * (place - 1) // 2) for place in range(8)])


def two_steps_in_turn(rng: Random) -> list[int]:
    one, other = rng.sample((1, 2, 3, 4, 5, -1, -2, -3), 2)
    return _placed(rng, following([0], lambda t: t[-1] + (one if len(t) % 2 else other), 9))


def two_series(rng: Random) -> list[int]:
    steps = rng.sample((1, 2, 3, 4, -1, -2, -3), 2)
    rows = [_placed(rng, [step * k for k in range(5)]) for step in steps]
    return interleave(*rows)


def _placed(rng: Random, offsets: list[int]) -> list[int]:
    """Move a series to a place where it fits into either alphabet, if there is one."""
    low, high = min(offsets), max(offsets)
    start = rng.randint(1, max(1, SHORTER - (high - low))) - low
    return [start + offset for offset in offsets]


FAMILIES: dict[str, tuple[Maker, int]] = {
    "even_step": (even_step, 1),
    "growing_step": (growing_step, 2),
    "two_steps_in_turn": (two_steps_in_turn, 2),
    "two_series": (two_series, 3),
}
PAIR_WEIGHT = 3


class LetterSeries(Kind[LetterProblem, Term]):
    """Single letters by four families, or pairs whose letters move by steps of their own."""

    code = "letter_series"
    most_alike = 2

    def draw(self, rng: Random) -> Draft[LetterProblem, Term] | None:
        alphabet = rng.choice(("kk", "kk", "ru"))
        if rng.random() < 0.25:
            return _pairs(alphabet, rng)
        family = rng.choice(list(FAMILIES))
        run = run_of(family, FAMILIES[family][0](rng))
        if not _is_printable(alphabet, run):
            return None
        found = readings(run.shown)
        if not is_settled(found, run.next):
            return None
        shown = tuple((place,) for place in run.shown)
        problem = LetterProblem(alphabet, family, shown, rng.randrange(len(ONE_LETTER)))
        wrong: list[Wrong[Term]] = [Wrong((place,), error) for place, error in _slips(alphabet, run, found)]
        return Draft(problem, (run.next,), tuple(wrong))

    def prove(self, problem: LetterProblem, choices: Sequence[Term]) -> Certificate:
        wrap = len(ALPHABETS[problem.alphabet])
        if len(problem.shown[0]) == 1:
            return proof([place for (place,) in problem.shown], [place for (place,) in choices], wrap=wrap)
        first = proof([a for a, _ in problem.shown], [a for a, _ in choices], wrap=wrap)
        second = proof([b for _, b in problem.shown], [b for _, b in choices], wrap=wrap)
        return Certificate(
            "rules",
            f"{first.space}, for either letter of the pair",
            first.enumerated + second.enumerated,
            first.consistent + second.consistent,
            tuple(a and b for a, b in zip(first.holds, second.holds, strict=True)),
            (f"first letter: {first.grounds[0]}", f"second letter: {second.grounds[0]}"),
        )

    def stem(self, problem: LetterProblem) -> Text:
        single = len(problem.shown[0]) == 1
        wording = (ONE_LETTER if single else PAIRS)[problem.wording]
        name, alphabet = NAMES[problem.alphabet], ALPHABET_NAMES[problem.alphabet]
        series = ", ".join(_letters(problem, term) for term in problem.shown)
        order = " ".join(ALPHABETS[problem.alphabet])
        kk, ru = (
            wording.kk.format(name=name.kk, series=series),
            wording.ru.format(name=name.ru, series=series),
        )
        return Text(f"{kk}\n\n{alphabet.kk}: {order}.", f"{ru}\n\n{alphabet.ru}: {order}.")

    def option(self, problem: LetterProblem, choice: Term) -> Text:
        return Text(_letters(problem, choice), _letters(problem, choice))

    def likeness(self, problem: LetterProblem) -> object:
        rows = zip(*problem.shown, strict=True)
        return problem.alphabet, tuple(tuple(b - a for a, b in pairwise(row)) for row in rows)

    def rationale(self, problem: LetterProblem, key: Term) -> Text:
        rows = list(zip(*problem.shown, strict=True))
        said = [(", ".join(map(str, row)), following) for row, following in zip(rows, key, strict=True)]
        kk = "; ".join(f"{row}, келесісі – {following}" for row, following in said)
        ru = "; ".join(f"{row}, следующий — {following}" for row, following in said)
        return Text(f"Әріптердің әліпбидегі нөмірлері: {kk}.", f"Номера букв в алфавите: {ru}.")

    def level(self, problem: LetterProblem) -> int:
        """The family counts; steps of one or two in one direction are the easiest."""
        return PAIR_WEIGHT if len(problem.shown[0]) > 1 else FAMILIES[problem.family][1]


def _letters(problem: LetterProblem, term: Term) -> str:
    return "".join(ALPHABETS[problem.alphabet][place - 1] for place in term)


def _is_printable(alphabet: str, run: Run) -> bool:
    """All letters lie inside the alphabet, without the signs, and are not one letter again and again."""
    letters = ALPHABETS[alphabet]
    places = (*run.shown, run.next)
    inside = all(1 <= place <= len(letters) for place in places)
    return (
        inside and not any(letters[place - 1] in UNVOICED_SIGNS for place in places) and len(set(places)) > 4
    )


def _slips(alphabet: str, run: Run, found: Sequence[Reading]) -> list[tuple[int, str]]:
    """Wrong letters that no rule leads to, not even over the end of the alphabet."""
    letters = ALPHABETS[alphabet]
    led_to = {wrapped(reading.next, len(letters)) for reading in found}
    inside = [(place, error) for place, error in hasty(run) if 1 <= place <= len(letters)]
    return [
        (place, error)
        for place, error in inside
        if place not in led_to and letters[place - 1] not in UNVOICED_SIGNS and error != "carry_slip"
    ]


def _pairs(alphabet: str, rng: Random) -> Draft[LetterProblem, Term] | None:
    """Two letters side by side, each with an even or a growing step of its own."""
    makers = rng.sample([even_step, even_step, growing_step], 2)
    one, two = (run_of("pairs", maker(rng)[:7]) for maker in makers)
    alike = one.shown[1] - one.shown[0] == two.shown[1] - two.shown[0]
    if alike or not _is_printable(alphabet, one) or not _is_printable(alphabet, two):
        return None
    found, other_found = readings(one.shown), readings(two.shown)
    if not is_settled(found, one.next) or not is_settled(other_found, two.next):
        return None
    wrong: list[Wrong[Term]] = []
    wrong += [Wrong((a, two.next), f"first_letter_{error}") for a, error in _slips(alphabet, one, found)]
    wrong += [
        Wrong((one.next, b), f"second_letter_{error}") for b, error in _slips(alphabet, two, other_found)
    ]
    rng.shuffle(wrong)
    swapped: Wrong[Term] = Wrong((two.next, one.next), "letters_swapped")
    shown = tuple(zip(one.shown, two.shown, strict=True))
    problem = LetterProblem(alphabet, "pairs", shown, rng.randrange(len(PAIRS)))
    return Draft(problem, (one.next, two.next), (swapped, *wrong))
