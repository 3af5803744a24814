"""What number and letter series share: draws of rules, the proof, the errors of hasty readers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from question_bank.logic.readings import Reading, attempts
from question_bank.logic.values import Certificate

CHECKS = 2  # the intended rule explains at least two terms beyond those that fix it


@dataclass(frozen=True, slots=True)
class Run:
    """A drawn series: its family, the shown terms, the term that follows and the one after it."""

    family: str
    shown: tuple[int, ...]
    next: int
    after: int


def run_of(family: str, terms: Sequence[int]) -> Run:
    """Hide the last two terms of a series."""
    return Run(family, tuple(terms[:-2]), terms[-2], terms[-1])


def is_settled(found: Sequence[Reading], key: int) -> bool:
    """Say whether the readings leave no doubt that `key` comes next.

    The key follows by a rule with two checks or more; every rule that is as simple, and every other
    rule with two checks, says the same.
    """
    right = [reading for reading in found if reading.next == key and reading.checks >= CHECKS]
    if not right:
        return False
    cost = min(reading.cost for reading in right)
    rivals = [r for r in found if r.next != key and r.checks > 0 and (r.cost <= cost or r.checks >= CHECKS)]
    return not rivals


def proof(shown: Sequence[int], choices: Sequence[int], *, wrap: int = 0) -> Certificate:
    """Read a series by every rule; an option holds where any rule leads to it.

    Parameters
    ----------
    shown : sequence of int
    choices : sequence of int
    wrap : int
        Length of the alphabet where terms are places of letters: a rule may run over its end.
    """
    tried = attempts(shown)
    found = [attempt for attempt in tried if attempt]
    led_to = {wrapped(reading.next, wrap) for reading in found}
    holds = tuple(choice in led_to for choice in choices)
    right = [choice for choice in choices if choice in led_to]
    grounds = sorted(
        (reading.cost, len(reading.rule), reading.rule)
        for reading in found
        if reading.checks >= CHECKS and wrapped(reading.next, wrap) in right
    )
    names = list(dict.fromkeys(rule for *_, rule in grounds))
    space = "rules over the terms, their differences, ratios and parts"
    return Certificate("rules", space, len(tried), len(found), holds, tuple(names[:3]))


def wrapped(value: int | Fraction, wrap: int) -> int | Fraction:
    """Count on from the first letter past the last one; zero does not wrap."""
    if wrap and value == int(value):
        return (int(value) - 1) % wrap + 1
    return value


def hasty(run: Run) -> list[tuple[int, str]]:
    """Return wrong answers with their errors, the most tempting first."""
    *_, before, last = run.shown
    step = last - before
    wrong = [
        (last + step, "last_step_repeated"),
        (run.after, "one_term_too_far"),
        (2 * run.next - last - step, "change_of_step_applied_twice"),
        (before + run.next - last, "continued_from_the_term_before"),
        (run.next + 1, "off_by_one"),
        (run.next - 1, "off_by_one"),
        (run.next + 2, "off_by_two"),
        (run.next - 2, "off_by_two"),
        (run.next + 10, "carry_slip"),
        (run.next - 10, "carry_slip"),
        (run.next + 3, "off_by_three"),
        (run.next - 3, "off_by_three"),
    ]
    return [(value, error) for value, error in wrong if value != run.next]


Maker = Callable[[Random], list[int]]


def interleave(first: Sequence[int], second: Sequence[int]) -> list[int]:
    """Take from two series in turn."""
    return [value for pair in zip(first, second, strict=True) for value in pair]


def following(start: Sequence[int], step: Callable[[list[int]], int], length: int) -> list[int]:
    """Continue a series by a rule over its terms so far."""
    terms = list(start)
    while len(terms) < length:
        terms.append(step(terms))
    return terms
