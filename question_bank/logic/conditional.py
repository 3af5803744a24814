"""Conditional reasoning: what follows from rules and facts.

A world says for each of the simple sentences whether it is true; a conclusion follows when it is true
in every world with all rules and facts. “If” is read as the rule-book reads it: nothing is said about
the case that the condition does not hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from random import Random

from question_bank.logic import kazakh, russian
from question_bank.logic.conditional_words import ATOMS, FRAMES, OR, RATIONALES, Atom, draw_atoms
from question_bank.logic.kind import Draft, Kind, Wrong
from question_bank.logic.values import Certificate, Text

World = tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A simple sentence, affirmed or denied; `atom` is its place in the problem."""

    atom: int
    positive: bool = True

    def holds(self, world: World) -> bool:
        return world[self.atom] is self.positive

    def denied(self) -> "Fact":
        return Fact(self.atom, not self.positive)


@dataclass(frozen=True, slots=True)
class Rule:
    """If all conditions hold, the conclusion holds; `only` words it as “condition only if conclusion”."""

    conditions: tuple[Fact, ...]
    conclusion: Fact
    only: bool = False

    def holds(self, world: World) -> bool:
        return self.conclusion.holds(world) or not all(fact.holds(world) for fact in self.conditions)


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of two holds."""

    one: Fact
    other: Fact

    def holds(self, world: World) -> bool:
        return self.one.holds(world) or self.other.holds(world)


Statement = Fact | Rule | Either


@dataclass(frozen=True, slots=True)
class ConditionalProblem:
    """The simple sentences by name, the premises in the printed order, the pattern and the frame."""

    atoms: tuple[str, ...]
    premises: tuple[Statement, ...]
    pattern: str
    frame: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A form of inference over P, Q, R, S, T, its level and why its conclusion follows."""

    premises: tuple[Statement, ...]
    conclusion: Statement
    level: int
    ground: str


def _if(*facts: Fact, only: bool = False) -> Rule:
    return Rule(facts[:-1], facts[-1], only)


P, Q, R, S, T = (Fact(place) for place in range(5))
NOT_P, NOT_Q, NOT_R, NOT_S, _ = (fact.denied() for fact in (P, Q, R, S, T))

PATTERNS = {
    "condition_met": Pattern((_if(P, Q), _if(R, S), P), Q, 1, "forward"),
    "conclusion_fails": Pattern((_if(P, Q), _if(R, S), NOT_Q), NOT_P, 1, "backward"),
    "contraposition": Pattern((_if(P, Q),), _if(NOT_Q, NOT_P), 2, "contraposed"),
    "chain_met": Pattern((_if(P, Q), _if(Q, R), _if(S, R), P), R, 1, "chain_forward"),
    "chain_fails": Pattern((_if(P, Q), _if(Q, R), _if(P, S), NOT_R), NOT_P, 2, "chain_backward"),
    "chain_rule": Pattern((_if(P, Q), _if(Q, R)), _if(P, R), 2, "chain"),
    "chain_contraposed": Pattern((_if(P, Q), _if(Q, R)), _if(NOT_R, NOT_P), 3, "chain_contraposed"),
    "only_if_met": Pattern((_if(P, Q, only=True), _if(Q, R), _if(S, R), P), R, 2, "chain_forward"),
    "only_if_fails": Pattern((_if(P, Q, only=True), _if(R, S), NOT_Q), NOT_P, 2, "backward"),
    "two_conditions": Pattern((_if(P, Q, R), _if(S, Q), NOT_R, P), NOT_S, 3, "joint"),
    "two_conditions_fail": Pattern((_if(P, Q, R), _if(Q, S), P, NOT_R), NOT_Q, 3, "joint"),
    "either_left": Pattern((Either(P, Q), _if(P, R), _if(Q, S), _if(T, S), NOT_R), S, 3, "either"),
    "either_both_ways": Pattern((_if(P, R), _if(Q, R), _if(T, R), Either(P, Q)), R, 3, "both_ways"),
    "either_excluded": Pattern((Either(P, Q), _if(P, R), _if(S, Q), NOT_R), Q, 2, "either"),
    "three_links_back": Pattern(
        (_if(P, Q), _if(Q, R), _if(R, S), _if(P, T), NOT_S), NOT_P, 3, "chain_backward"
    ),
}
CONTRAPOSED = {"contraposition", "chain_contraposed"}


class Conditional(Kind[ConditionalProblem, Statement]):
    """Fifteen patterns of inference over everyday rules."""

    code = "conditional"
    most_alike = 9

    def draw(self, rng: Random) -> Draft[ConditionalProblem, Statement] | None:
        pattern = rng.choice(list(PATTERNS))
        pure = PATTERNS[pattern]
        flips = tuple(rng.random() < 0.25 for _ in range(5))
        premises = [_flipped(premise, flips) for premise in pure.premises]
        key = _flipped(pure.conclusion, flips)
        rules = [premise for premise in premises if not isinstance(premise, Fact)]
        facts = [premise for premise in premises if isinstance(premise, Fact)]
        rng.shuffle(rules)
        size = 1 + max(fact.atom for premise in premises for fact in _facts_in(premise))
        problem = ConditionalProblem(
            draw_atoms(rng, size), (*rules, *facts), pattern, rng.randrange(len(FRAMES))
        )
        wrong = _tempting(problem, key, rng)
        return Draft(problem, key, wrong)

    def prove(self, problem: ConditionalProblem, choices: Sequence[Statement]) -> Certificate:
        agreeing = _agreeing(problem.premises, len(problem.atoms))
        holds = tuple(bool(agreeing) and all(choice.holds(world) for world in agreeing) for choice in choices)
        truths = ["".join("10"[not value] for value in world) for world in agreeing]
        return Certificate(
            "worlds",
            f"truth of {len(problem.atoms)} simple sentences",
            2 ** len(problem.atoms),
            len(agreeing),
            holds,
            (f"worlds left: {', '.join(truths)}",),
        )

    def stem(self, problem: ConditionalProblem) -> Text:
        frame = FRAMES[problem.frame]
        said = [_sentence(problem, premise) for premise in problem.premises]
        return Text(
            frame.kk.format(premises=" ".join(s.kk for s in said)),
            frame.ru.format(premises=" ".join(s.ru for s in said)),
        )

    def option(self, problem: ConditionalProblem, choice: Statement) -> Text:
        return _sentence(problem, choice)

    def likeness(self, problem: ConditionalProblem) -> object:
        return problem.pattern

    def rationale(self, problem: ConditionalProblem, key: Statement) -> Text:  # noqa: ARG002 - the pattern says it
        return RATIONALES[PATTERNS[problem.pattern].ground]

    def level(self, problem: ConditionalProblem) -> int:
        """The pattern counts, and one level more where two or more conditions are denials."""
        denials = sum(
            not fact.positive
            for premise in problem.premises
            if isinstance(premise, Rule)
            for fact in _facts_in(premise)
        )
        return min(3, PATTERNS[problem.pattern].level + (denials > 1))


def _flipped(statement: Statement, flips: Sequence[bool]) -> Statement:
    """Exchange a simple sentence with its denial, throughout."""

    def turn(fact: Fact) -> Fact:
        return fact.denied() if flips[fact.atom] else fact

    if isinstance(statement, Fact):
        return turn(statement)
    if isinstance(statement, Either):
        return Either(turn(statement.one), turn(statement.other))
    return Rule(tuple(map(turn, statement.conditions)), turn(statement.conclusion), statement.only)


def _facts_in(statement: Statement) -> tuple[Fact, ...]:
    if isinstance(statement, Fact):
        return (statement,)
    if isinstance(statement, Either):
        return (statement.one, statement.other)
    return (*statement.conditions, statement.conclusion)


def _agreeing(premises: Sequence[Statement], size: int) -> list[World]:
    worlds = product((True, False), repeat=size)
    return [world for world in worlds if all(premise.holds(world) for premise in premises)]


def _tempting(problem: ConditionalProblem, key: Statement, rng: Random) -> tuple[Wrong[Statement], ...]:
    """Wrong conclusions that are false in at least one world with the premises."""
    agreeing = _agreeing(problem.premises, len(problem.atoms))
    candidates = _wrong_rules(problem, key) if isinstance(key, Rule) else _wrong_facts(problem, key)
    rng.shuffle(candidates)
    candidates.sort(key=lambda wrong: wrong.error in {"contradiction", "unsupported"})
    known = set(problem.premises)
    return tuple(
        wrong
        for wrong in candidates
        if wrong.choice not in known and not all(wrong.choice.holds(world) for world in agreeing)
    )


def _wrong_rules(problem: ConditionalProblem, key: Rule) -> list[Wrong[Statement]]:
    """The fallacies of the rule that the key says, directly or by contraposition."""
    [condition], conclusion = key.conditions, key.conclusion
    if problem.pattern in CONTRAPOSED:
        condition, conclusion = conclusion.denied(), condition.denied()
    wrong: list[Wrong[Statement]] = [
        Wrong(_if(conclusion, condition), "converse"),
        Wrong(_if(condition.denied(), conclusion.denied()), "inverse"),
        Wrong(_if(condition, conclusion.denied()), "conclusion_denied"),
        Wrong(_if(condition.denied(), conclusion), "condition_denied"),
    ]
    rules = [premise for premise in problem.premises if isinstance(premise, Rule)]
    for rule in rules if len(rules) > 1 else []:
        wrong.append(Wrong(_if(rule.conclusion, rule.conditions[0]), "premise_converted"))
        wrong.append(Wrong(_if(rule.conditions[0].denied(), rule.conclusion.denied()), "premise_inverted"))
    return wrong


def _wrong_facts(problem: ConditionalProblem, key: Statement) -> list[Wrong[Statement]]:
    """Simple sentences that do not follow, each with the fallacy that leads there."""
    given = {premise for premise in problem.premises if isinstance(premise, Fact)}
    return [
        Wrong(fact, _fallacy(problem.premises, fact))
        for fact in _simple(len(problem.atoms))
        if fact != key and fact not in given and fact.denied() not in given
    ]


def _simple(size: int) -> list[Fact]:
    """Every simple sentence, affirmed and denied."""
    return [Fact(atom, positive) for atom in range(size) for positive in (True, False)]


def _fallacy(premises: Sequence[Statement], fact: Fact) -> str:
    size = 1 + max(f.atom for premise in premises for f in _facts_in(premise))
    worlds = _agreeing(premises, size)
    if all(not fact.holds(world) for world in worlds):
        return "contradiction"
    certain = {known for known in _simple(size) if all(known.holds(world) for world in worlds)}
    rules = [premise for premise in premises if isinstance(premise, Rule)]
    if any(fact in rule.conditions and rule.conclusion in certain for rule in rules):
        return "affirmed_consequent"
    if any(
        fact == rule.conclusion.denied() and any(c.denied() in certain for c in rule.conditions)
        for rule in rules
    ):
        return "denied_antecedent"
    return "unsupported"


def _sentence(problem: ConditionalProblem, statement: Statement) -> Text:
    """Put a statement into words."""
    if isinstance(statement, Fact):
        said = _said(problem, statement)
        text = Text(f"{said.kk}.", f"{said.ru}.")
    elif isinstance(statement, Either):
        one, other = _said(problem, statement.one), _said(problem, statement.other)
        text = Text(OR.kk.format(one.kk, other.kk), OR.ru.format(one.ru, other.ru))
    else:
        text = _rule_text(problem, statement)
    return Text(kazakh.capitalised(text.kk), russian.capitalised(text.ru))


def _rule_text(problem: ConditionalProblem, rule: Rule) -> Text:
    conclusion = _said(problem, rule.conclusion)
    if rule.only:
        [condition] = rule.conditions
        said, needed = _said(problem, condition), _as_condition(problem, rule.conclusion)
        return Text(f"тек {needed} ғана {said.kk}.", f"{said.ru} только в том случае, если {conclusion.ru}.")
    kk = " және ".join(_as_condition(problem, fact) for fact in rule.conditions)
    ru = " и ".join(_said(problem, fact).ru for fact in rule.conditions)
    return Text(f"егер {kk}, онда {conclusion.kk}.", f"если {ru}, то {conclusion.ru}.")


def _said(problem: ConditionalProblem, fact: Fact) -> Text:
    atom: Atom = ATOMS[problem.atoms[fact.atom]]
    return atom.affirmed if fact.positive else atom.denied


def _as_condition(problem: ConditionalProblem, fact: Fact) -> str:
    atom: Atom = ATOMS[problem.atoms[fact.atom]]
    return atom.if_affirmed if fact.positive else atom.if_denied
