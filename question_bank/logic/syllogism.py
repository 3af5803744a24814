"""Syllogisms with quantifiers: which conclusion follows of necessity.

A world says which kinds of people there are at all: for three groups 8 kinds and 256 worlds, for four
groups 16 kinds and 65,536 worlds. A conclusion follows when no world holds the premises without it.
The proof is made twice, over all worlds and over those where no group is empty; an option must hold
in both or in neither, so that it does not matter whether “all” says that there are any.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from random import Random

from question_bank.logic import kazakh, russian
from question_bank.logic.kind import Draft, Kind, Wrong
from question_bank.logic.syllogism_words import FRAMES, GROUPS, NOTE, RATIONALE, SENTENCES, Group, draw_groups
from question_bank.logic.values import Certificate, Text

FORMS = ("all", "no", "some", "some_not")
CONTRADICTORY = {"all": "some_not", "some_not": "all", "no": "some", "some": "no"}


@dataclass(frozen=True, slots=True)
class Proposition:
    """“All S are P”, “no S is P”, “some S are P” or “some S are not P”; terms are places of groups."""

    form: str
    subject: int
    predicate: int


@dataclass(frozen=True, slots=True)
class SyllogismProblem:
    """The groups by name, the premises and the frame of the story."""

    groups: tuple[str, ...]
    premises: tuple[Proposition, ...]
    frame: int


class Syllogism(Kind[SyllogismProblem, Proposition]):
    """Two premises over three groups, or three over four."""

    code = "syllogism"
    most_alike = 7

    def draw(self, rng: Random) -> Draft[SyllogismProblem, Proposition] | None:
        size = 4 if rng.random() < 0.35 else 3
        premises = tuple(_premise(rng, place) for place in range(size - 1))
        ends = (0, size - 1)
        keys = [
            conclusion
            for conclusion in _about(ends)
            if _follows(premises, conclusion, size) and _is_strongest(premises, conclusion, size)
        ]
        if not keys or any(_is_idle(premises, place, keys, size) for place in range(size - 1)):
            return None
        key = rng.choice(keys)
        order = rng.sample(premises, len(premises))
        problem = SyllogismProblem(draw_groups(rng, size), tuple(order), rng.randrange(len(FRAMES)))
        return Draft(problem, key, _tempting(premises, key, size, rng))

    def prove(self, problem: SyllogismProblem, choices: Sequence[Proposition]) -> Certificate:
        size = len(problem.groups)
        every, peopled = all_worlds(size), worlds_without_empty_groups(size)
        agreeing = holding(problem.premises, size)
        strictly = tuple(not agreeing & ~truth(choice, size) for choice in choices)
        if_peopled = tuple(not agreeing & peopled & ~truth(choice, size) for choice in choices)
        holds = if_peopled if sum(if_peopled) > 1 else strictly
        return Certificate(
            "worlds",
            f"which of the {2**size} kinds of people exist; proved with and without empty groups",
            every.bit_count(),
            agreeing.bit_count(),
            holds,
            (f"worlds with the premises where no group is empty: {(agreeing & peopled).bit_count()}",),
        )

    def stem(self, problem: SyllogismProblem) -> Text:
        frame = FRAMES[problem.frame]
        premises = [_sentence(problem, premise) for premise in problem.premises]
        return Text(
            frame.kk.format(premises=" ".join(p.kk for p in premises), note=NOTE.kk),
            frame.ru.format(premises=" ".join(p.ru for p in premises), note=NOTE.ru),
        )

    def option(self, problem: SyllogismProblem, choice: Proposition) -> Text:
        return _sentence(problem, choice)

    def likeness(self, problem: SyllogismProblem) -> object:
        return frozenset(problem.premises)

    def rationale(self, problem: SyllogismProblem, key: Proposition) -> Text:
        said = _sentence(problem, key)
        return Text(RATIONALE.kk.format(said.kk), RATIONALE.ru.format(said.ru))

    def level(self, problem: SyllogismProblem) -> int:
        """Three premises are hard; two are easy in a straight chain, hard with “some are not”."""
        if len(problem.premises) > 2:
            return 3
        forms = {premise.form for premise in problem.premises}
        straight = all(premise.subject < premise.predicate for premise in problem.premises)
        easy = straight and "all" in forms and "some_not" not in forms
        return 1 if easy else 3 if "some_not" in forms else 2


def _premise(rng: Random, place: int) -> Proposition:
    pair = (place, place + 1) if rng.random() < 0.6 else (place + 1, place)
    return Proposition(rng.choice(("all", "all", "no", "some", "some_not")), *pair)


def _about(pair: tuple[int, int]) -> list[Proposition]:
    return [Proposition(form, *ends) for form in FORMS for ends in permutations(pair)]


# Worlds as bits: bit w of a number says whether something is true in world w.


@cache
def all_worlds(size: int) -> int:
    """All ones: one bit for each set of the 2**size kinds."""
    return (1 << (1 << (1 << size))) - 1


@cache
def _existing(kind: int, size: int) -> int:
    """The worlds in which people of this kind exist; a kind is a set of groups as bits."""
    block = 1 << kind
    pattern = ((1 << block) - 1) << block
    return all_worlds(size) // ((1 << 2 * block) - 1) * pattern


@cache
def truth(proposition: Proposition, size: int) -> int:
    """The worlds in which the proposition is true; “some” means at least one, perhaps all."""
    s, p = proposition.subject, proposition.predicate
    affirmed = proposition.form in {"no", "some"}
    witnesses = 0
    for kind in range(1 << size):
        if kind >> s & 1 and (kind >> p & 1 == 1) is affirmed:
            witnesses |= _existing(kind, size)
    return witnesses if proposition.form in {"some", "some_not"} else all_worlds(size) & ~witnesses


@cache
def worlds_without_empty_groups(size: int) -> int:
    """The worlds in which every group has at least one person."""
    peopled = all_worlds(size)
    for group in range(size):
        members = 0
        for kind in range(1 << size):
            if kind >> group & 1:
                members |= _existing(kind, size)
        peopled &= members
    return peopled


def holding(premises: Sequence[Proposition], size: int) -> int:
    """The worlds in which all premises are true."""
    worlds = all_worlds(size)
    for premise in premises:
        worlds &= truth(premise, size)
    return worlds


def _follows(premises: Sequence[Proposition], conclusion: Proposition, size: int) -> bool:
    agreeing = holding(premises, size)
    return bool(agreeing & worlds_without_empty_groups(size)) and not agreeing & ~truth(conclusion, size)


def _is_strongest(premises: Sequence[Proposition], conclusion: Proposition, size: int) -> bool:
    """A particular conclusion is not drawn where the universal one follows."""
    stronger = {"some": "all", "some_not": "no"}.get(conclusion.form)
    universal = stronger and Proposition(stronger, conclusion.subject, conclusion.predicate)
    return not (universal and _follows(premises, universal, size))


def _is_idle(premises: Sequence[Proposition], place: int, keys: Sequence[Proposition], size: int) -> bool:
    """Say whether the conclusions follow without the premise at `place`."""
    rest = [premise for other, premise in enumerate(premises) if other != place]
    return all(_follows(rest, key, size) for key in keys)


def _tempting(
    premises: Sequence[Proposition], key: Proposition, size: int, rng: Random
) -> tuple[Wrong[Proposition], ...]:
    """Wrong conclusions that hold neither over all worlds nor over those without empty groups."""
    agreeing = holding(premises, size) & worlds_without_empty_groups(size)
    candidates = [*_errors_of(key), *_misread(premises)]
    rng.shuffle(candidates)
    open_ones = [wrong for wrong in candidates if agreeing & ~truth(wrong.choice, size)]
    seen: dict[Proposition, Wrong[Proposition]] = {}
    for wrong in open_ones:
        seen.setdefault(wrong.choice, wrong)
    return tuple(seen.values())


def _errors_of(key: Proposition) -> list[Wrong[Proposition]]:
    """What a hasty reader makes of the right conclusion."""
    s, p = key.subject, key.predicate
    wrong = [Wrong(Proposition(key.form, p, s), "converse")]
    wrong += [Wrong(Proposition(CONTRADICTORY[key.form], s, p), "contradiction")]
    wrong += [
        Wrong(
            Proposition(form, *pair),
            "overgeneralised" if form in {"all", "no"} else "sign_or_quantity_changed",
        )
        for form in FORMS
        for pair in ((s, p), (p, s))
        if form not in {key.form, CONTRADICTORY[key.form]}
    ]
    return wrong


def _misread(premises: Sequence[Proposition]) -> list[Wrong[Proposition]]:
    """A premise turned round: “all A are B” read as “all B are A”."""
    return [Wrong(Proposition(p.form, p.predicate, p.subject), "premise_converted") for p in premises]


def _sentence(problem: SyllogismProblem, proposition: Proposition) -> Text:
    subject: Group = GROUPS[problem.groups[proposition.subject]]
    predicate: Group = GROUPS[problem.groups[proposition.predicate]]
    wording = SENTENCES[proposition.form]
    kk = wording.kk.format(
        s=subject.kk, ss=kazakh.plural(subject.kk), p=predicate.kk, pp=kazakh.plural(predicate.kk)
    )
    ru = wording.ru.format(s=subject.ru, p=predicate.ru)
    return Text(kazakh.capitalised(kk), russian.capitalised(ru))
