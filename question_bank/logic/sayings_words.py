"""The puzzles of truth-tellers and liars in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from question_bank.logic import kazakh, russian
from question_bank.logic.people import PEOPLE, Person, people
from question_bank.logic.sayings import Answer, Claim, TruthProblem
from question_bank.logic.values import Text


@dataclass(frozen=True, slots=True)
class Owned:
    """A story in which one of four is meant, and what he is."""

    opening: Text
    what: Text


OWNED = (
    Owned(
        Text(
            "Турнирде төрт қатысушының бірі жеңді: {names}.",
            "В турнире победил один из четырёх участников: {names}.",
        ),
        Text("Жеңімпаз", "Победитель"),
    ),
    Owned(
        Text(
            "Табылған кілт төрт қызметкердің біріне тиесілі: {names}.",
            "Владелец найденного ключа — один из четырёх сотрудников: {names}.",
        ),
        Text("Кілттің иесі", "Владелец ключа"),
    ),
    Owned(
        Text("Хатты төрт әріптестің бірі жазды: {names}.", "Письмо написал один из четырёх коллег: {names}."),
        Text("Хаттың авторы", "Автор письма"),
    ),
    Owned(
        Text(
            "Төрт адамның бірі топ жетекшісі болып тағайындалды: {names}.",
            "Руководителем группы назначен один из четырёх человек: {names}.",
        ),
        Text("Топ жетекшісі", "Руководитель группы"),
    ),
)
OPENING = Text(
    "{names} деген {number} адамның әрқайсысы не әрдайым шындық айтады, не әрдайым өтірік айтады.",
    "Каждый из {number} — {names} — либо всегда говорит правду, либо всегда лжёт.",
)
KNOWN = {
    1: Text("Осы айтылғандардың біреуі ғана дұрыс.", "Из этих высказываний верно ровно одно."),
    2: Text("Осы айтылғандардың екеуі ғана дұрыс.", "Из этих высказываний верны ровно два."),
    3: Text("Осы айтылғандардың үшеуі ғана дұрыс.", "Из этих высказываний верны ровно три."),
}
RIGHT = {
    1: Text("осы айтылғандардың біреуі дұрыс болады", "Ровно одно из высказываний верно"),
    2: Text("осы айтылғандардың екеуі дұрыс болады", "Ровно два из высказываний верны"),
    3: Text("осы айтылғандардың үшеуі дұрыс болады", "Ровно три из высказываний верны"),
}
QUESTIONS = {
    "who_lies": Text("Олардың қайсысы әрдайым өтірік айтады?", "Кто из них всегда лжёт?"),
    "who_is_honest": Text("Олардың қайсысы әрдайым шындық айтады?", "Кто из них всегда говорит правду?"),
    "how_many_lie": Text("Олардың нешеуі әрдайым өтірік айтады?", "Сколько из них всегда лгут?"),
}
CLAIMS = {
    "lies": Text("{x} әрдайым өтірік айтады", "{x} всегда лжёт"),
    "honest": Text("{x} әрдайым шындық айтады", "{x} всегда говорит правду"),
    "alike": Text(
        "{x.and_} {y} не екеуі де әрдайым шындық айтады, не екеуі де әрдайым өтірік айтады",
        "{x} и {y} либо {both} всегда говорят правду, либо {both} всегда лгут",
    ),
    "unlike": Text(
        "{x.and_} {y.gen} біреуі ғана әрдайым өтірік айтады", "ровно {one} из двоих ({x} и {y}) всегда лжёт"
    ),
}
LIARS = {
    1: Text("арамызда әрдайым өтірік айтатын бір ғана адам бар", "среди нас всегда лжёт ровно один человек"),
    2: Text("арамызда әрдайым өтірік айтатын екі ғана адам бар", "среди нас всегда лгут ровно два человека"),
    3: Text("арамызда әрдайым өтірік айтатын үш ғана адам бар", "среди нас всегда лгут ровно три человека"),
}
LIARS_OR_MORE = Text(
    "арамызда әрдайым өтірік айтатын кемінде екі адам бар", "среди нас всегда лгут не меньше двух человек"
)


def stem_text(problem: TruthProblem) -> Text:
    """Put the whole puzzle into words."""
    there = people(problem.names)
    kk_link, ru_link = ("немесе", "или") if problem.true_sayings else ("және", "и")
    kk_names = kazakh.joined([str(person.kk) for person in there], kk_link)
    ru_names = russian.joined([str(person.ru) for person in there], ru_link)
    owned = OWNED[problem.story]
    opening = owned.opening if problem.true_sayings else OPENING
    said = [_saying(problem, person, claim) for person, claim in zip(there, problem.sayings, strict=True)]
    kk = opening.kk.format(names=kk_names, number=kazakh.ONES[len(there)])
    ru = opening.ru.format(names=ru_names, number=russian.OF_SO_MANY[len(there)])
    parts = [Text(kk, ru), *said]
    if problem.true_sayings:
        question = Text(f"{owned.what.kk} кім?", f"Кто {russian.uncapitalised(owned.what.ru)}?")
        parts += [KNOWN[problem.true_sayings], question]
    else:
        parts.append(QUESTIONS[problem.asked])
    return Text(" ".join(part.kk for part in parts), " ".join(part.ru for part in parts))


def option_text(problem: TruthProblem, choice: Answer) -> Text:
    """Name the people, or say how many."""
    if isinstance(choice, int):
        return Text(str(choice), str(choice))
    there = people(choice)
    kk, ru = [str(person.kk) for person in there], [str(person.ru) for person in there]
    if problem.asked == "owner":
        return Text(kk[0], ru[0])
    if len(there) == 1:
        return Text(f"Тек {kk[0]}", f"Только {ru[0]}")
    together = f"{there[0].kk.and_} {kk[1]}" if len(there) == 2 else kazakh.joined(kk)
    return Text(together, russian.joined(ru))


def rationale_text(problem: TruthProblem, worlds: Sequence[tuple[str, ...]]) -> Text:
    """Name the states of affairs that agree with everything said."""
    if problem.true_sayings:
        what, [owner] = OWNED[problem.story].what, people(worlds[0])
        said = RIGHT[problem.true_sayings]
        return Text(
            f"{what.kk} – {owner.kk} болғанда ғана {said.kk}.",
            f"{said.ru}, только если {russian.uncapitalised(what.ru)} — {owner.ru}.",
        )
    groups = [people(world) for world in worlds]
    kk = "; ".join(kazakh.joined([str(person.kk) for person in group]) for group in groups)
    ru = "; ".join(russian.joined([str(person.ru) for person in group]) for group in groups)
    return Text(
        f"Қайшылық болмауы үшін өтірік айтатындар мынадай болуы керек: {kk}.",
        f"Без противоречия лгать могут только: {ru}.",
    )


def _saying(problem: TruthProblem, speaker: Person, claim: Claim) -> Text:
    text = _about_the_owner(problem, speaker, claim) if problem.true_sayings else _about_liars(claim)
    kk, ru = kazakh.capitalised(text.kk), russian.capitalised(text.ru)
    return Text(f"{speaker.kk}: «{kk}», – деді.", f"{speaker.ru} сказал{speaker.ru.a}: «{ru}».")


def _about_liars(claim: Claim) -> Text:
    if not claim.names:
        return LIARS[claim.number] if claim.kind == "liars" else LIARS_OR_MORE
    wording = CLAIMS[claim.kind]
    x, y = [*people(claim.names), None][:2]
    women = all(PEOPLE[name].ru.is_feminine for name in claim.names)
    both, one = ("обе", "одна") if women else ("оба", "один")
    return Text(
        wording.kk.format(x=x and x.kk, y=y and y.kk),
        wording.ru.format(x=x and x.ru, y=y and y.ru, both=both, one=one),
    )


def _about_the_owner(problem: TruthProblem, speaker: Person, claim: Claim) -> Text:
    what = OWNED[problem.story].what
    named = people(claim.names)
    kk = ["мен" if person is speaker else str(person.kk) for person in named]
    ru = ["я" if person is speaker else str(person.ru) for person in named]
    if claim.kind == "is_not":
        self_denied = named[0] is speaker
        return Text(
            f"{what.kk} {'мен емеспін' if self_denied else kk[0] + ' емес'}", f"{what.ru} — не {ru[0]}"
        )
    return Text(f"{what.kk} – {' немесе '.join(kk)}", f"{what.ru} — {' или '.join(ru)}")
