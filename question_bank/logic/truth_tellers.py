"""Truth-tellers and liars, and puzzles with a known number of true sayings."""

from collections.abc import Sequence
from itertools import combinations
from random import Random

from question_bank.logic.kind import Draft, Kind, Wrong
from question_bank.logic.people import draw_people
from question_bank.logic.sayings import Answer, Claim, TruthProblem
from question_bank.logic.sayings_words import OWNED, option_text, rationale_text, stem_text
from question_bank.logic.values import Certificate, Text


class TruthTellers(Kind[TruthProblem, Answer]):
    """Three or four people who always lie or never do, or four of whom some say the truth this once."""

    code = "truth_tellers"

    def draw(self, rng: Random) -> Draft[TruthProblem, Answer] | None:
        problem = _owner_problem(rng) if rng.random() < 0.4 else _liars_problem(rng)
        answers = _answers(problem)
        nobody = () in answers or () in _agreeing(problem)
        if len(answers) != 1 or nobody or _says_twice(problem):
            return None
        [key] = answers
        wrong = _wrong_answers(problem, key)
        rng.shuffle(wrong)
        return Draft(problem, key, tuple(wrong)) if len(wrong) > 2 else None

    def prove(self, problem: TruthProblem, choices: Sequence[Answer]) -> Certificate:
        agreeing = _agreeing(problem)
        answers = {_answer(problem, world) for world in agreeing}
        holds = tuple(answers == {choice} for choice in choices)
        space = "who owns it" if problem.true_sayings else "who lies and who does not"
        grounds = tuple(
            f"{'owner' if problem.true_sayings else 'liars'}: {', '.join(w) or 'nobody'}" for w in agreeing
        )
        return Certificate("worlds", space, len(_worlds(problem)), len(agreeing), holds, grounds)

    def stem(self, problem: TruthProblem) -> Text:
        return stem_text(problem)

    def option(self, problem: TruthProblem, choice: Answer) -> Text:
        return option_text(problem, choice)

    def likeness(self, problem: TruthProblem) -> object:
        """The puzzle with places for names, whatever the story."""
        said = [(c.kind, tuple(map(problem.names.index, c.names)), c.number) for c in problem.sayings]
        return tuple(said), problem.true_sayings, problem.asked

    def rationale(self, problem: TruthProblem, key: Answer) -> Text:  # noqa: ARG002 - the worlds say it
        return rationale_text(problem, _agreeing(problem))

    def level(self, problem: TruthProblem) -> int:
        """People and sayings about several people count."""
        if problem.true_sayings:
            joint = sum(claim.kind == "is_one_of" for claim in problem.sayings)
            return 2 if problem.true_sayings == 2 or joint > 1 else 1
        joint = sum(claim.kind not in {"lies", "honest"} for claim in problem.sayings)
        return min(3, len(problem.names) - 2 + (joint > 1) + (joint > 2))


World = tuple[str, ...]  # the liars, or the owner alone


def _worlds(problem: TruthProblem) -> list[World]:
    if problem.true_sayings:
        return [(name,) for name in problem.names]
    return [group for size in range(len(problem.names) + 1) for group in combinations(problem.names, size)]


def _agreeing(problem: TruthProblem) -> list[World]:
    return [world for world in _worlds(problem) if _is_possible(problem, world)]


def _is_possible(problem: TruthProblem, world: World) -> bool:
    truths = [_is_true(claim, world) for claim in problem.sayings]
    if problem.true_sayings:
        return sum(truths) == problem.true_sayings
    return all(true is (name not in world) for true, name in zip(truths, problem.names, strict=True))


def _is_true(claim: Claim, world: World) -> bool:
    named = [name in world for name in claim.names]
    return {
        "lies": all(named),
        "honest": not any(named),
        "alike": len(set(named)) == 1,
        "unlike": len(set(named)) == 2,
        "liars": len(world) == claim.number,
        "liars_or_more": len(world) >= claim.number,
        "is": all(named),
        "is_not": not any(named),
        "is_one_of": any(named),
    }[claim.kind]


def _answer(problem: TruthProblem, world: World) -> Answer:
    if problem.asked == "how_many_lie":
        return len(world)
    if problem.asked == "who_is_honest":
        return tuple(name for name in problem.names if name not in world)
    return world


def _answers(problem: TruthProblem) -> list[Answer]:
    return list(dict.fromkeys(_answer(problem, world) for world in _agreeing(problem)))


def _says_twice(problem: TruthProblem) -> bool:
    """Two sayings that are word for word the same make one puzzle less."""
    return len(set(problem.sayings)) < len(problem.sayings)


def _liars_problem(rng: Random) -> TruthProblem:
    names = draw_people(rng, rng.choice((3, 3, 4)))
    sayings = tuple(_claim_about_liars(rng, names, name) for name in names)
    asked = rng.choice(
        ("who_lies", "who_is_honest", "how_many_lie") if len(names) > 3 else ("who_lies", "who_is_honest")
    )
    return TruthProblem(names, sayings, 0, asked, 0)


def _claim_about_liars(rng: Random, names: Sequence[str], speaker: str) -> Claim:
    others = [name for name in names if name != speaker]
    kind = rng.choice(("lies", "lies", "honest", "alike", "unlike", "liars", "liars_or_more"))
    if kind in {"lies", "honest"}:
        return Claim(kind, (rng.choice(others),))
    if kind in {"alike", "unlike"}:
        return Claim(kind, tuple(sorted(rng.sample(others, 2))))
    return Claim(kind, number=rng.randint(1, len(names) - 1) if kind == "liars" else 2)


def _owner_problem(rng: Random) -> TruthProblem:
    names = draw_people(rng, 4)
    sayings = tuple(_claim_about_owner(rng, names) for _ in names)
    return TruthProblem(names, sayings, rng.choice((1, 1, 2, 3)), "owner", rng.randrange(len(OWNED)))


def _claim_about_owner(rng: Random, names: Sequence[str]) -> Claim:
    kind = rng.choice(("is", "is", "is_not", "is_one_of"))
    return Claim(kind, tuple(sorted(rng.sample(names, 2 if kind == "is_one_of" else 1))))


def _wrong_answers(problem: TruthProblem, key: Answer) -> list[Wrong[Answer]]:
    """The other answers that could be given, each with the slip that leads there."""
    if isinstance(key, int):
        return [Wrong(n, f"off_by_{abs(n - key)}") for n in range(len(problem.names) + 1) if n != key]
    if problem.asked == "owner":
        claimed = {claim.names[0] for claim in problem.sayings if claim.kind == "is"}
        return [
            Wrong((name,), "claim_believed" if name in claimed else "denial_believed")
            for name in problem.names
            if (name,) != key
        ]
    groups = [
        group
        for size in {len(key), max(1, len(key) - 1), len(key) + 1}
        for group in combinations(problem.names, size)
    ]
    return [Wrong(group, _slip(problem, key, group)) for group in groups if group != key and group]


def _slip(problem: TruthProblem, key: tuple[str, ...], group: tuple[str, ...]) -> str:
    if not {*key} & {*group}:
        return "roles_exchanged"
    if {*key} < {*group}:
        return "one_too_many"
    if {*group} < {*key}:
        return "one_missed"
    accused = {claim.names[0] for claim in problem.sayings if claim.kind == "lies"}
    return "accusation_believed" if accused & {*group} - {*key} else "wrong_person"
