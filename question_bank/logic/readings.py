"""The declared grammar of series: every rule that explains the shown terms, and what it says comes next.

The grammar: polynomials (constant differences of any order), geometric, affine (×p + q) and second-order
recurrences, sums of the terms before, products, squares, growing multipliers, consecutive primes, sums of
digits, two or three interleaved series, two or three operations in turn; the same over the differences,
the differences of differences, the ratios and with alternating signs. A rule may be exactly determined: it
then has no term left to check it, and still it may not lead to another option.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

Number = int | Fraction
MULTIPLIERS = (-3, -2, -1, 2, 3, 4, 5, 6, Fraction(1, 2))
SECOND_ORDER = ((1, 1), (2, 1), (1, 2), (1, -1), (2, -1), (-1, 1), (2, 2), (3, -1), (3, 1))
GROWTH_STARTS = range(-3, 7)
PRIMES = (
    2,
    3,
    5,
    7,
    11,
    13,
    17,
    19,
    23,
    29,
    31,
    37,
    41,
    43,
    47,
    53,
    59,
    61,
    67,
    71,
    73,
    79,
    83,
    89,
    97,
    101,
    103,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A rule that explains all shown terms.

    Attributes
    ----------
    rule : str
        Its name.
    cost : int
        How many free numbers it has: its complexity.
    checks : int
        How many shown terms it explains beyond those that fix its numbers.
    next : int or Fraction
        The term that it puts next.
    """

    rule: str
    cost: int
    checks: int
    next: Number


Family = Callable[[Sequence[Number]], Iterator[Reading]]


def readings(terms: Sequence[Number]) -> list[Reading]:
    """Return every reading of the grammar.

    Parameters
    ----------
    terms : sequence of int
        The shown terms in order, five or more.
    """
    found = [*_all_families(terms), *_of_differences(terms, depth=2), *_of_ratios(terms), *_of_signs(terms)]
    return [
        *found,
        *_interleaved(terms, 2),
        *_interleaved(terms, 3),
        *_in_turn(terms, 2),
        *_in_turn(terms, 3),
    ]


def families_tried() -> int:
    """How many families of rules `readings` goes through."""
    at_one_level = len(_SIMPLE) + len(_WITH_REST)
    of_parts = 2 * len(_SIMPLE) + 2 * len(_OPERATIONS)
    return 5 * at_one_level + of_parts


# Rules of one series.


def polynomial(terms: Sequence[Number]) -> Iterator[Reading]:
    """Constant differences of some order; through any terms one such rule always leads."""
    row, last = list(terms), []
    for degree in range(len(terms)):
        last.append(row[-1])
        if all(value == row[0] for value in row):
            yield Reading(f"polynomial of degree {degree}", degree + 1, len(row) - 1, sum(last))
            return
        row = [b - a for a, b in itertools.pairwise(row)]


def geometric(terms: Sequence[Number]) -> Iterator[Reading]:
    if len(terms) > 1 and 0 not in terms and terms[0] != terms[1]:
        ratio = Fraction(terms[1], 1) / terms[0]
        if all(b == a * ratio for a, b in itertools.pairwise(terms)):
            yield Reading("geometric", 2, len(terms) - 2, terms[-1] * ratio)


def affine(terms: Sequence[Number]) -> Iterator[Reading]:
    if len(terms) > 2 and terms[0] != terms[1]:
        factor = Fraction(terms[2] - terms[1]) / (terms[1] - terms[0])
        rest = terms[1] - factor * terms[0]
        if all(b == factor * a + rest for a, b in itertools.pairwise(terms)):
            yield Reading("times p plus q", 3, len(terms) - 3, factor * terms[-1] + rest)


def second_order(terms: Sequence[Number]) -> Iterator[Reading]:
    """a·t[n-1] + b·t[n-2] with any a and b."""
    if len(terms) < 5:
        return
    t0, t1, t2, t3 = terms[:4]
    determinant = t1 * t1 - t0 * t2
    if determinant:
        a = Fraction(t2 * t1 - t0 * t3) / determinant
        b = Fraction(t1 * t3 - t2 * t2) / determinant
        if all(z == a * y + b * x for x, y, z in zip(terms[2:], terms[3:], terms[4:], strict=False)):
            yield Reading(
                "a times the last plus b times the one before",
                4,
                len(terms) - 4,
                a * terms[-1] + b * terms[-2],
            )


def primes(terms: Sequence[Number]) -> Iterator[Reading]:
    if terms[0] in PRIMES:
        start = PRIMES.index(int(terms[0]))
        run = PRIMES[start : start + len(terms) + 1]
        if len(run) > len(terms) and run[:-1] == tuple(terms):
            yield Reading("consecutive primes", 1, len(terms) - 1, run[-1])


def digit_sums(terms: Sequence[Number]) -> Iterator[Reading]:
    if all(term == int(term) and term >= 0 for term in terms):
        following = [term + sum(map(int, str(int(term)))) for term in terms]
        if list(terms[1:]) == following[:-1]:
            yield Reading("plus the sum of its digits", 1, len(terms) - 1, following[-1])


_SIMPLE: tuple[Family, ...] = (polynomial, geometric, affine, second_order, primes, digit_sums)


# Rules with a rest: what is left after a fixed operation follows a straight line or a geometric series.


def _with_multiplier(terms: Sequence[Number]) -> Iterator[tuple[str, list[Number]]]:
    for factor in MULTIPLIERS:
        yield f"times {factor}", [factor * term for term in terms]
    for start in GROWTH_STARTS:
        yield f"times {start}, {start + 1}, …", [(start + place) * term for place, term in enumerate(terms)]
        yield f"times {start}, {start - 1}, …", [(start - place) * term for place, term in enumerate(terms)]


def _with_two_before(terms: Sequence[Number]) -> Iterator[tuple[str, list[Number]]]:
    for a, b in SECOND_ORDER:
        yield (
            f"{a} times the last plus {b} times the one before",
            [a * y + b * x for x, y in itertools.pairwise(terms)],
        )
    yield "product of the last two", [x * y for x, y in itertools.pairwise(terms)]


def _with_many_before(terms: Sequence[Number]) -> Iterator[tuple[str, list[Number]]]:
    yield "square of the last", [term * term for term in terms]
    yield "sum of the last three", [sum(terms[i : i + 3]) for i in range(len(terms) - 2)]
    yield "sum of all before", [sum(terms[: i + 1]) for i in range(len(terms))]


_WITH_REST = (_with_multiplier, _with_two_before, _with_many_before)


def _with_rest(terms: Sequence[Number]) -> Iterator[Reading]:
    for family in _WITH_REST:
        for name, images in family(terms):
            shown = terms[len(terms) - len(images) + 1 :]
            rest = [term - image for term, image in zip(shown, images, strict=False)]
            for reading in _rest_readings(rest):
                cost = reading.cost + 1 + len(terms) - len(images)
                yield Reading(f"{name}, and {reading.rule}", cost, reading.checks, images[-1] + reading.next)


def _rest_readings(rest: Sequence[Number]) -> Iterator[Reading]:
    if len(rest) < 2:
        return
    if all(value == rest[0] for value in rest):
        yield Reading("a constant", 1, len(rest) - 1, rest[0])
    elif len(rest) > 2:
        yield from (reading for reading in polynomial(rest) if reading.cost == 2)
        yield from geometric(rest)
        if rest[:-2] == rest[2:]:
            yield Reading("two constants in turn", 2, len(rest) - 2, rest[-2])


def _all_families(terms: Sequence[Number]) -> Iterator[Reading]:
    for family in _SIMPLE:
        yield from family(terms)
    yield from _with_rest(terms)


# Rules over what lies between the terms.


def _of_differences(terms: Sequence[Number], depth: int) -> Iterator[Reading]:
    if depth == 0 or len(terms) < 4:
        return
    row = [b - a for a, b in itertools.pairwise(terms)]
    inner = [*_all_families(row), *_of_differences(row, depth - 1), *_interleaved(row, 2), *_in_turn(row, 2)]
    inner += [*_of_ratios(row)] if depth == 2 else []
    for reading in inner:
        yield Reading(
            f"differences: {reading.rule}", reading.cost + 1, reading.checks, terms[-1] + reading.next
        )


def _of_ratios(terms: Sequence[Number]) -> Iterator[Reading]:
    if 0 in terms or len(terms) < 4:
        return
    row = [Fraction(b) / a for a, b in itertools.pairwise(terms)]
    for reading in (*polynomial(row), *geometric(row), *affine(row), *_interleaved(row, 2)):
        yield Reading(f"ratios: {reading.rule}", reading.cost + 1, reading.checks, terms[-1] * reading.next)


def _of_signs(terms: Sequence[Number]) -> Iterator[Reading]:
    signed = [term * (-1) ** place for place, term in enumerate(terms)]
    for family in (polynomial, geometric, affine):
        for reading in family(signed):
            following = reading.next * (-1) ** len(terms)
            yield Reading(f"alternating signs: {reading.rule}", reading.cost + 1, reading.checks, following)


# Rules of parts.


def _interleaved(terms: Sequence[Number], parts: int) -> Iterator[Reading]:
    """The part whose turn it is decides; the rule is checked where every part has one."""
    if len(terms) <= parts:
        return
    rows = [terms[start::parts] for start in range(parts)]
    others = [_best(row) for place, row in enumerate(rows) if place != len(terms) % parts]
    checked = all(reading and reading.checks > 0 for reading in others)
    cost, checks = sum(r.cost for r in others if r), sum(r.checks for r in others if r)
    for family in _SIMPLE:
        for own in family(rows[len(terms) % parts]):
            total = own.checks + checks if checked and own.checks > 0 else 0
            yield Reading(f"{parts} series interleaved: {own.rule}", own.cost + cost, total, own.next)


def _best(row: Sequence[Number]) -> Reading | None:
    found = [reading for family in _SIMPLE for reading in family(row)]
    return max(found, key=lambda reading: (reading.checks, -reading.cost), default=None)


def _sums(steps: Sequence[tuple[Number, Number]]) -> Iterator[tuple[str, Reading]]:
    yield from (("plus", reading) for reading in polynomial([y - x for x, y in steps]))
    yield from (("plus", reading) for reading in geometric([y - x for x, y in steps]))


def _factors(steps: Sequence[tuple[Number, Number]]) -> Iterator[tuple[str, Reading]]:
    if all(x for x, _ in steps):
        yield from (("times", reading) for reading in polynomial([Fraction(y) / x for x, y in steps]))


_OPERATIONS = (_sums, _factors)


def _in_turn(terms: Sequence[Number], parts: int) -> Iterator[Reading]:
    """Two or three operations in turn: plus or times a number that stays or grows."""
    steps = list(itertools.pairwise(terms))
    if len(steps) <= parts:
        return
    rows = [steps[start::parts] for start in range(parts)]
    others = [_best_operation(row) for place, row in enumerate(rows) if place != len(steps) % parts]
    checked = all(reading and reading.checks > 0 for reading in others)
    cost, checks = sum(r.cost for r in others if r), sum(r.checks for r in others if r)
    own_row = rows[len(steps) % parts]
    for operation in _OPERATIONS:
        for name, own in operation(own_row):
            total = own.checks + checks if checked and own.checks > 0 else 0
            following = terms[-1] + own.next if name == "plus" else terms[-1] * own.next
            yield Reading(
                f"{parts} operations in turn: {name}, {own.rule}", own.cost + cost + 1, total, following
            )
    yield from _affine_in_turn(terms, own_row, parts)


def _best_operation(row: Sequence[tuple[Number, Number]]) -> Reading | None:
    found = [reading for operation in _OPERATIONS for _, reading in operation(row)]
    return max(found, key=lambda reading: (reading.checks, -reading.cost), default=None)


def _affine_in_turn(
    terms: Sequence[Number], row: Sequence[tuple[Number, Number]], parts: int
) -> Iterator[Reading]:
    """One of the operations in turn may itself be times p plus q."""
    if len(row) > 1 and row[0][0] != row[1][0]:
        factor = Fraction(row[1][1] - row[0][1]) / (row[1][0] - row[0][0])
        rest = row[0][1] - factor * row[0][0]
        if all(y == factor * x + rest for x, y in row):
            yield Reading(
                f"{parts} operations in turn: times p plus q", 3 + parts, 0, factor * terms[-1] + rest
            )
