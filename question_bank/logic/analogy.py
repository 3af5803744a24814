"""Verbal analogies from a closed table of relations."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from question_bank.logic.kind import Draft, Kind, Wrong
from question_bank.logic.relations import Pair, Relation, shipped_table
from question_bank.logic.values import Certificate, Text

Choice = tuple[str, ...]  # one word, or two where a pair is asked for

WORD_STEMS = (
    Text(
        "Ұқсастықты табыңыз. «{a}» сөзі «{b}» сөзімен қалай байланысса, "
        "«{c}» сөзі қай сөзбен солай байланысады?",
        "Найдите аналогию. Слово «{a}» относится к слову «{b}» так же, как слово «{c}» относится к слову …",
    ),
    Text(
        "Сұрау белгісінің орнына қай сөз келеді? {a} : {b} = {c} : ?",
        "Какое слово должно стоять вместо вопросительного знака? {a} : {b} = {c} : ?",
    ),
)
PAIR_STEMS = (
    Text(
        "Қай жұптағы сөздер «{a} : {b}» жұбындағыдай байланысқан (ретін сақтай отырып)?",
        "В какой паре слова связаны так же, как в паре «{a} : {b}» (с учётом порядка)?",
    ),
    Text(
        "«{a} : {b}» жұбындағы сөздердің байланысы мен ретін қай жұп қайталайды?",
        "Какая пара повторяет связь и порядок слов пары «{a} : {b}»?",
    ),
)


@dataclass(frozen=True, slots=True)
class AnalogyProblem:
    """The sample pair and, where one word is asked for, the word it is asked for (else empty)."""

    sample: Pair
    asked: str
    wording: int


class Analogy(Kind[AnalogyProblem, Choice]):
    """A : B = C : ?, or the pair that stands as A : B."""

    code = "analogy"
    most_alike = 3

    def draw(self, rng: Random) -> Draft[AnalogyProblem, Choice] | None:
        table = shipped_table()
        relation = table.relations[rng.choice(list(table.relations))]
        sample, other = rng.sample(relation.pairs, 2)
        if relation.symmetric and rng.random() < 0.5:
            sample, other = sample[::-1], other[::-1]
        if len({*sample, *other}) < 4 or table.between(*sample) != [relation.name]:
            return None
        if rng.random() < 0.35:
            problem = AnalogyProblem(sample, "", rng.randrange(len(PAIR_STEMS)))
            return Draft(problem, other, _wrong_pairs(relation, sample, other, rng))
        problem = AnalogyProblem(sample, other[0], rng.randrange(len(WORD_STEMS)))
        return Draft(problem, other[1:], _wrong_words(relation, sample, other, rng))

    def prove(self, problem: AnalogyProblem, choices: Sequence[Choice]) -> Certificate:
        """An option holds where it stands in a relation that holds for the sample, or in one near to it."""
        table = shipped_table()
        named = table.between(*problem.sample)
        alike = [*named, *(near for name in named for near in sorted(table.relations[name].near))]
        holds = tuple(_stands(problem, choice, alike) for choice in choices)
        said = tuple(f"{table.relations[name].said.ru} ({name})" for name in named)
        return Certificate(
            "relations", "relations of the closed table", len(table.relations), len(named), holds, said
        )

    def stem(self, problem: AnalogyProblem) -> Text:
        words = shipped_table().words
        stem = (WORD_STEMS if problem.asked else PAIR_STEMS)[problem.wording]
        named = {"a": words[problem.sample[0]], "b": words[problem.sample[1]]}
        if problem.asked:
            named["c"] = words[problem.asked]
        return Text(
            stem.kk.format(**{name: text.kk for name, text in named.items()}),
            stem.ru.format(**{name: text.ru for name, text in named.items()}),
        )

    def option(self, problem: AnalogyProblem, choice: Choice) -> Text:  # noqa: ARG002 - words need no context
        words = [shipped_table().words[word] for word in choice]
        return Text(" : ".join(word.kk for word in words), " : ".join(word.ru for word in words))

    def likeness(self, problem: AnalogyProblem) -> object:
        return shipped_table().between(*problem.sample)[0], bool(problem.asked)

    def rationale(self, problem: AnalogyProblem, key: Choice) -> Text:  # noqa: ARG002 - the relation says it
        table = shipped_table()
        [name] = table.between(*problem.sample)
        said = table.relations[name].said
        return Text(f"Байланыс: {said.kk}.", f"Связь: {said.ru}.")

    def level(self, problem: AnalogyProblem) -> int:
        """The relation counts, and one level more where a whole pair is asked for."""
        table = shipped_table()
        [name] = table.between(*problem.sample)
        return min(3, table.relations[name].level + (not problem.asked))


def _stands(problem: AnalogyProblem, choice: Choice, alike: Sequence[str]) -> bool:
    left, right = (problem.asked, *choice) if problem.asked else choice
    return any(name in alike for name in shipped_table().between(left, right))


def _wrong_words(relation: Relation, sample: Pair, other: Pair, rng: Random) -> tuple[Wrong[Choice], ...]:
    """Words that belong to the asked one in another way, or to the others in the same way."""
    table = shipped_table()
    asked, answer = other
    partners = [pair for name in table.relations for pair in table.relations[name].pairs]
    related = [right for left, right in partners if left == asked and right != answer]
    related += [left for left, right in partners if right == asked]
    same_side = [
        word for pair in relation.pairs for word in _side_of(relation, pair) if word not in (*sample, *other)
    ]
    rng.shuffle(same_side)
    wrong: list[Wrong[Choice]] = []
    wrong += [Wrong((word,), "another_relation_of_the_word") for word in related]
    wrong += [Wrong((word,), "partner_of_another_word") for word in same_side[:2]]
    wrong += [Wrong((sample[1],), "repeats_the_sample")]
    wrong += [Wrong((word,), "partner_of_another_word") for word in same_side[2:]]
    near = {relation.name, *relation.near}
    return tuple(
        w for w in wrong if not near.intersection(table.between(asked, w.choice[0])) and w.choice[0] != asked
    )


def _side_of(relation: Relation, pair: Pair) -> Pair | tuple[str]:
    """The right side; either side where the relation reads both ways."""
    return pair if relation.symmetric else pair[1:]


def _wrong_pairs(relation: Relation, sample: Pair, other: Pair, rng: Random) -> tuple[Wrong[Choice], ...]:
    """Pairs in other relations, backwards, and of partners that do not belong together."""
    table = shipped_table()
    names = [name for name in table.relations if name not in relation.near]
    far: list[Choice] = [pair for name in names for pair in table.relations[name].pairs]
    rng.shuffle(far)
    rest = [pair for pair in relation.pairs if not {*pair} & {*sample, *other}]
    rng.shuffle(rest)
    if len(rest) < 3:
        return ()
    first, second, third, *_ = rest
    wrong: list[Wrong[Choice]] = [Wrong(first[::-1], "order_reversed")]
    wrong += [Wrong((second[0], third[1]), "partners_mixed")]
    used = {*sample, *other, *first, *second}
    wrong += [Wrong(pair, "another_relation") for pair in far if not used.intersection(pair)][:3]
    near = {relation.name, *relation.near}
    kept = [w for w in wrong if not near.intersection(table.between(*w.choice))]
    return tuple(kept)
