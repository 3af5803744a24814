"""Number series: which number comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from question_bank.logic.kind import Draft, Kind, Wrong
from question_bank.logic.number_series_words import STEMS, rule_in_words
from question_bank.logic.readings import readings
from question_bank.logic.series import Maker, following, hasty, interleave, is_settled, proof, run_of
from question_bank.logic.values import Certificate, Text

LARGEST = 2_000


@dataclass(frozen=True, slots=True)
class NumberProblem:
    """The shown terms, the family they were drawn from and the wording of the question."""

    family: str
    shown: tuple[int, ...]
    wording: int


def arithmetic(rng: Random) -> list[int]:
    start, step = rng.randint(2, 60), rng.choice([*range(3, 16), -7, -6, -5, -4, -3])
    return [start + 40 * (step < 0) + step * place for place in range(7)]


def geometric(rng: Random) -> list[int]:
    start, ratio = rng.randint(1, 9), rng.choice((2, 2, 3))
    terms = [start * ratio**place for place in range(7)]
    return terms[::-1] if rng.random() < 0.3 else terms


def growing_step(rng: Random) -> list[int]:
    start, step, growth = rng.randint(1, 40), rng.randint(1, 9), rng.choice((1, 2, 3, 4, 5))
    return [start + step * place + growth * place * (place - 1) // 2 for place in range(8)]


def shrinking_step(rng: Random) -> list[int]:
    start, step, growth = rng.randint(1, 40), rng.randint(20, 32), rng.choice((1, 2, 3))
    return [start + step * place - growth * place * (place - 1) // 2 for place in range(8)]


def times_plus(rng: Random) -> list[int]:
    factor, rest = rng.choice((2, 2, 3)), rng.choice((-3, -2, -1, 1, 2, 3, 4, 5))
    return following([rng.randint(2, 9)], lambda t: factor * t[-1] + rest, 8)


def sum_of_two(rng: Random) -> list[int]:
    return following([rng.randint(1, 12), rng.randint(1, 12)], lambda t: t[-1] + t[-2], 9)


def sum_of_two_and_more(rng: Random) -> list[int]:
    extra = rng.choice((-3, -2, -1, 1, 2, 3))
    return following([rng.randint(3, 9), rng.randint(4, 12)], lambda t: t[-1] + t[-2] + extra, 9)


def two_steps_in_turn(rng: Random) -> list[int]:
    one, other = rng.randint(3, 14), rng.choice([*range(2, 10), -6, -5, -4, -3, -2])
    return following([rng.randint(5, 40)], lambda t: t[-1] + (one if len(t) % 2 else other), 9)


def plus_and_times(rng: Random) -> list[int]:
    plus, factor = rng.choice((-4, -3, -2, 1, 2, 3, 4, 5, 6)), rng.choice((2, 2, 3))
    return following([rng.randint(2, 9)], lambda t: t[-1] + plus if len(t) % 2 else t[-1] * factor, 9)


def two_series(rng: Random) -> list[int]:
    starts = rng.sample(range(2, 40), 2)
    steps = rng.sample([*range(2, 11), -5, -4, -3, -2], 2)
    rows = [
        [start + 20 * (step < 0) + step * k for k in range(5)]
        for start, step in zip(starts, steps, strict=True)
    ]
    return interleave(*rows)


def two_series_one_doubling(rng: Random) -> list[int]:
    start, step = rng.randint(3, 50), rng.choice([*range(3, 12), -5, -4, -3])
    line = [start + 20 * (step < 0) + step * k for k in range(5)]
    first = rng.randint(1, 6)
    powers = [first * 2**place for place in range(5)]
    return interleave(line, powers) if rng.random() < 0.5 else interleave(powers, line)


def doubling_step(rng: Random) -> list[int]:
    start, step = rng.randint(1, 40), rng.choice((1, 2, 3, 4, 5))
    return [start + step * (2**place - 1) for place in range(8)]


def growing_factor(rng: Random) -> list[int]:
    first = rng.randint(1, 2)
    return following([rng.randint(1, 6)], lambda t: t[-1] * (len(t) + first - 1), 7)


def step_that_adds_up(rng: Random) -> list[int]:
    steps = following([rng.randint(1, 5), rng.randint(2, 7)], lambda t: t[-1] + t[-2], 7)
    return following([rng.randint(1, 30)], lambda t: t[-1] + steps[len(t) - 1], 8)


FAMILIES: dict[str, tuple[Maker, int]] = {  # a maker and its weight for the level
    "arithmetic": (arithmetic, 1),
    "geometric": (geometric, 1),
    "growing_step": (growing_step, 1),
    "shrinking_step": (shrinking_step, 2),
    "doubling_step": (doubling_step, 2),
    "times_plus": (times_plus, 2),
    "sum_of_two": (sum_of_two, 2),
    "two_steps_in_turn": (two_steps_in_turn, 2),
    "two_series": (two_series, 2),
    "plus_and_times": (plus_and_times, 3),
    "two_series_one_doubling": (two_series_one_doubling, 3),
    "growing_factor": (growing_factor, 3),
    "sum_of_two_and_more": (sum_of_two_and_more, 3),
    "step_that_adds_up": (step_that_adds_up, 3),
}


class NumberSeries(Kind[NumberProblem, int]):
    """Series of whole numbers from zero to `LARGEST`."""

    code = "number_series"

    def draw(self, rng: Random) -> Draft[NumberProblem, int] | None:
        family = rng.choice(list(FAMILIES))
        run = run_of(family, FAMILIES[family][0](rng))
        wording = rng.randrange(len(STEMS))
        if not all(0 < term <= LARGEST for term in (*run.shown, run.next)) or len(set(run.shown)) < 4:
            return None
        found = readings(run.shown)
        if not is_settled(found, run.next):
            return None
        led_to = {reading.next for reading in found}
        wrong = tuple(Wrong(value, error) for value, error in hasty(run) if value not in led_to and value > 0)
        return Draft(NumberProblem(family, run.shown, wording), run.next, _mixed(wrong, rng))

    def prove(self, problem: NumberProblem, choices: Sequence[int]) -> Certificate:
        return proof(problem.shown, choices)

    def stem(self, problem: NumberProblem) -> Text:
        wording = STEMS[problem.wording]
        series = ", ".join(map(str, problem.shown))
        return Text(wording.kk.format(series), wording.ru.format(series))

    def option(self, problem: NumberProblem, choice: int) -> Text:  # noqa: ARG002 - a number needs no context
        return Text(str(choice), str(choice))

    def likeness(self, problem: NumberProblem) -> object:
        return problem.family, tuple(b - a for a, b in pairwise(problem.shown))

    def rationale(self, problem: NumberProblem, key: int) -> Text:
        return rule_in_words(problem.family, (*problem.shown, key))

    def level(self, problem: NumberProblem) -> int:
        """The family counts, and one level more where two numbers or more exceed 200."""
        large = sum(term > 200 for term in problem.shown) > 1
        return min(3, FAMILIES[problem.family][1] + large)


def _mixed(wrong: tuple[Wrong[int], ...], rng: Random) -> tuple[Wrong[int], ...]:
    """Keep the two most tempting errors first and shuffle the slips behind them."""
    slips = list(wrong[2:])
    rng.shuffle(slips)
    return (*wrong[:2], *slips)
