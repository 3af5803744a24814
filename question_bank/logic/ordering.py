"""Ordering puzzles: who stands at which place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from random import Random

from question_bank.logic import kazakh, russian
from question_bank.logic.kind import Draft, Kind, Wrong
from question_bank.logic.ordering_words import SCENES, Scene
from question_bank.logic.people import PEOPLE, draw_people, people
from question_bank.logic.values import Certificate, Text

Order = tuple[str, ...]
BETWEEN = "between"  # clue: exactly `number` people between the two


@dataclass(frozen=True, slots=True)
class Clue:
    """What is told: about one person and a place, or about two people.

    Attributes
    ----------
    relation : str
        ``at``, ``not_at`` (with `number`, the place from one), ``before``, ``just_before``, ``adjacent``,
        ``apart`` (not adjacent) or ``between`` (with `number`, the people between).
    one, other : str
        Names; `other` is empty for a place.
    number : int
    """

    relation: str
    one: str
    other: str = ""
    number: int = 0

    def holds(self, order: Order) -> bool:
        place = order.index(self.one)
        if not self.other:
            return (place == self.number - 1) is (self.relation == "at")
        gap = order.index(self.other) - place
        return {
            "before": gap > 0,
            "just_before": gap == 1,
            "adjacent": abs(gap) == 1,
            "apart": abs(gap) != 1,
            BETWEEN: abs(gap) == self.number + 1,
        }[self.relation]


@dataclass(frozen=True, slots=True)
class Question:
    """Who is at place `number`, or who is just before or after `name`."""

    relation: str  # at, just_before, just_after
    number: int = 0
    name: str = ""

    def answer(self, order: Order) -> str:
        """The name asked for; empty where nobody stands there."""
        place = {"at": self.number - 1}.get(self.relation, -1)
        if self.name:
            place = order.index(self.name) + (1 if self.relation == "just_after" else -1)
        return order[place] if 0 <= place < len(order) else ""


@dataclass(frozen=True, slots=True)
class OrderingProblem:
    """The scene, the people in the order of the alphabet, the clues and the question."""

    scene: str
    names: tuple[str, ...]
    clues: tuple[Clue, ...]
    question: Question


class Ordering(Kind[OrderingProblem, str]):
    """Four to six people in a row of places; every clue is needed."""

    code = "ordering"

    def draw(self, rng: Random) -> Draft[OrderingProblem, str] | None:
        names = draw_people(rng, rng.choice((4, 5, 5, 6)))
        truth = tuple(rng.sample(names, len(names)))
        question = _question(truth, rng)
        clues = _needed_clues(names, truth, question, rng)
        if not 2 <= len(clues) <= 5 or _gives_away(clues, question):
            return None
        problem = OrderingProblem(rng.choice(list(SCENES)), names, clues, question)
        key = question.answer(truth)
        others = [name for name in names if name not in (key, question.name)]
        rng.shuffle(others)
        wrong = sorted(
            (Wrong(name, _error(truth, clues, key, name)) for name in others),
            key=lambda w: w.error == "misplaced",
        )
        return Draft(problem, key, tuple(wrong))

    def prove(self, problem: OrderingProblem, choices: Sequence[str]) -> Certificate:
        worlds = list(permutations(problem.names))
        agreeing = _agreeing(worlds, problem.clues)
        answers = {problem.question.answer(world) for world in agreeing}
        holds = tuple(answers == {choice} for choice in choices)
        grounds = tuple(f"order: {', '.join(world)}" for world in agreeing[:3])
        return Certificate("worlds", "orders of the people", len(worlds), len(agreeing), holds, grounds)

    def stem(self, problem: OrderingProblem) -> Text:
        scene = SCENES[problem.scene]
        there = people(problem.names)
        number = len(there)
        kk = scene.opening.kk.format(
            number=kazakh.ONES[number], names=kazakh.joined([str(p.kk) for p in there])
        )
        ru = scene.opening.ru.format(
            number=scene.counted(number),
            storeys=russian.STOREYS[number],
            names=russian.joined([str(p.ru) for p in there]),
        )
        clues = [_clue_text(scene, clue) for clue in problem.clues]
        asked = _question_text(scene, problem.question)
        return Text(
            " ".join([kazakh.capitalised(kk), *(c.kk for c in clues), asked.kk]),
            " ".join([russian.capitalised(ru), *(c.ru for c in clues), asked.ru]),
        )

    def option(self, problem: OrderingProblem, choice: str) -> Text:  # noqa: ARG002 - a name is a name
        person = PEOPLE[choice]
        return Text(person.kk.nom, person.ru.nom)

    def likeness(self, problem: OrderingProblem) -> object:
        """The puzzle with numbers for names, in the order in which the clues name them."""
        named = [name for clue in problem.clues for name in (clue.one, clue.other) if name]
        number = {name: place for place, name in enumerate(dict.fromkeys(named))}
        clues = [(c.relation, number[c.one], number.get(c.other), c.number) for c in problem.clues]
        question = problem.question
        return len(problem.names), tuple(clues), question.relation, question.number, number.get(question.name)

    def rationale(self, problem: OrderingProblem, key: str) -> Text:  # noqa: ARG002 - the orders say it
        agreeing = _agreeing(list(permutations(problem.names)), problem.clues)
        there = people(agreeing[0])
        kk, ru = ", ".join(str(p.kk) for p in there), ", ".join(str(p.ru) for p in there)
        if len(agreeing) == 1:
            return Text(f"Шарттарға сай жалғыз рет: {kk}.", f"Условиям отвечает единственный порядок: {ru}.")
        return Text(
            f"Шарттарға сай реттердің бәрінде жауап бірдей, мысалы: {kk}.",
            f"Во всех порядках, отвечающих условиям, ответ один и тот же, например: {ru}.",
        )

    def level(self, problem: OrderingProblem) -> int:
        """People and clues count, and more where a clue leaves both directions open."""
        open_ended = sum(clue.relation in {"adjacent", "apart", BETWEEN, "not_at"} for clue in problem.clues)
        load = len(problem.names) + len(problem.clues) + open_ended
        return 1 if load <= 8 else 2 if load <= 10 else 3


def _question(truth: Order, rng: Random) -> Question:
    if rng.random() < 0.6:
        return Question("at", number=rng.randint(1, len(truth)))
    place = rng.randrange(1, len(truth) - 1)
    return Question(rng.choice(("just_before", "just_after")), name=truth[place])


def _agreeing(worlds: Sequence[Order], clues: Sequence[Clue]) -> list[Order]:
    return [world for world in worlds if all(clue.holds(world) for clue in clues)]


def _true_clues(truth: Order) -> Iterator[Clue]:
    for place, name in enumerate(truth):
        yield Clue("at", name, number=place + 1)
        yield from (Clue("not_at", name, number=n) for n in (1, len(truth)) if n != place + 1)
        for gap, other in enumerate(truth[place + 1 :]):
            first, second = sorted((name, other))
            yield Clue("before", name, other)
            if gap == 0:
                yield Clue("just_before", name, other)
            else:
                yield Clue("apart", first, second)
            if gap in (1, 2):
                yield Clue(BETWEEN, first, second, number=gap)
            if gap == 0:
                yield Clue("adjacent", first, second)


def _needed_clues(names: Order, truth: Order, question: Question, rng: Random) -> tuple[Clue, ...]:
    """Draw true clues until the question has one answer, then drop each that is not needed."""
    pool = list(_true_clues(truth))
    rng.shuffle(pool)
    clues: list[Clue] = []
    worlds = list(permutations(names))
    while _answers(worlds, question) != 1:
        clue = pool.pop()
        fewer = [world for world in worlds if clue.holds(world)]
        if len(fewer) < len(worlds) and not _about_the_same(clue, clues):
            clues.append(clue)
            worlds = fewer
    every_order = list(permutations(names))
    for clue in list(clues):
        rest = [other for other in clues if other != clue]
        if _answers(_agreeing(every_order, rest), question) == 1:
            clues = rest
    return tuple(clues)


def _answers(worlds: Sequence[Order], question: Question) -> int:
    return len({question.answer(world) for world in worlds})


def _about_the_same(clue: Clue, clues: Sequence[Clue]) -> bool:
    """No two clues about the same pair, nor two about the place of one person."""
    return any({clue.one, clue.other} == {other.one, other.other} for other in clues)


def _gives_away(clues: Sequence[Clue], question: Question) -> bool:
    """A clue that alone names the answer makes no puzzle."""
    if question.relation == "at":
        return any(clue.relation == "at" and clue.number == question.number for clue in clues)
    return any(clue.relation == "just_before" and question.name in (clue.one, clue.other) for clue in clues)


def _error(truth: Order, clues: Sequence[Clue], key: str, name: str) -> str:
    """Name the slip that leads to a wrong person."""
    if truth.index(name) == len(truth) - 1 - truth.index(key):
        return "counted_from_the_other_end"
    if abs(truth.index(name) - truth.index(key)) == 1:
        return "off_by_one_place"
    if any({clue.one, clue.other} == {name, key} for clue in clues):
        return "relation_reversed"
    return "misplaced"


def _clue_text(scene: Scene, clue: Clue) -> Text:
    wording = scene.between[clue.number] if clue.relation == BETWEEN else scene.clues[clue.relation]
    one, other = PEOPLE[clue.one], PEOPLE.get(clue.other)
    kk = wording.kk.format(x=one.kk, y=other and other.kk, place=kazakh.ORDINALS[clue.number])
    ru = wording.ru.format(
        x=one.ru, y=other and other.ru, place=scene.place(clue.number) if not other else ""
    )
    return Text(kazakh.capitalised(kk), russian.capitalised(ru))


def _question_text(scene: Scene, question: Question) -> Text:
    wording = scene.questions[question.relation]
    if question.name:
        person = PEOPLE[question.name]
        return Text(wording.kk.format(x=person.kk), wording.ru.format(x=person.ru))
    place = kazakh.capitalised(kazakh.ORDINALS[question.number])
    return Text(wording.kk.format(place=place), wording.ru.format(place=scene.place(question.number)))
