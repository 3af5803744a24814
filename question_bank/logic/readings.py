"""The declared grammar of series: every rule that explains the shown terms, and what it says comes next.

The grammar: polynomials (constant differences of any order), geometric, affine (times p plus q) and
second-order recurrences, sums and products of the terms before, squares, growing multipliers, consecutive
primes, sums of digits, two or three interleaved series, two or three operations in turn; the same over the
differences, the differences of differences, the ratios and with alternating signs. A rule may be exactly
determined: it then has no term left to check it, and still it may not lead to another option.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

Number = int | Fraction
Row = Sequence[Number]

MULTIPLIERS = (-3, -2, -1, 2, 3, 4, 5, 6)
SECOND_ORDER = ((2, 1), (1, 2), (1, -1), (2, -1), (-1, 1), (2, 2), (3, -1), (3, 1))
GROWTH_STARTS = range(-3, 7)
PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97)


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


Attempt = Reading | None  # None: this rule does not explain the terms


def attempts(terms: Row) -> list[Attempt]:
    """Try every rule of the grammar.

    Parameters
    ----------
    terms : sequence of int
        The shown terms in order, five or more.

    Returns
    -------
    list of Reading or None
        One entry for each rule tried; None where it does not explain the terms.
    """
    whole = [*_of_one_row(terms), *_of_differences(terms, depth=2), *_of_ratios(terms), *_of_signs(terms)]
    parts = [
        attempt for number in (2, 3) for attempt in (*_interleaved(terms, number), *_in_turn(terms, number))
    ]
    return [*whole, *parts]


def readings(terms: Row) -> list[Reading]:
    """Return the rules that explain all terms."""
    return [attempt for attempt in attempts(terms) if attempt]


# Rules of one row.


def polynomial(terms: Row) -> Attempt:
    """Constant differences of some order; through any terms one such rule always leads."""
    row, last = list(terms), []
    for degree in range(len(terms)):
        last.append(row[-1])
        if all(value == row[0] for value in row):
            names = ("one number again and again", "even steps", "steps that change evenly")
            name = names[degree] if degree < len(names) else f"polynomial of degree {degree}"
            return Reading(name, degree + 1, len(row) - 1, sum(last))
        row = [b - a for a, b in pairwise(row)]
    return None


def geometric(terms: Row) -> Attempt:
    """Each term is the last one times one factor."""
    if len(terms) < 2 or 0 in terms or terms[0] == terms[1]:
        return None
    first, second = terms[:2]
    fits = all(b * first == a * second for a, b in pairwise(terms))
    return Reading("one factor", 2, len(terms) - 2, Fraction(terms[-1] * second) / first) if fits else None


def affine(terms: Row) -> Attempt:
    """Each term is the last one times p plus q."""
    if len(terms) < 3 or terms[0] == terms[1]:
        return None
    first, second = terms[1] - terms[0], terms[2] - terms[1]
    if any((c - b) * first != (b - a) * second for a, b, c in zip(terms, terms[1:], terms[2:], strict=False)):
        return None
    factor = Fraction(second) / first
    return Reading("times p plus q", 3, len(terms) - 3, terms[-1] + factor * (terms[-1] - terms[-2]))


def second_order(terms: Row) -> Attempt:
    """Each term is a times the last one plus b times the one before, with any a and b."""
    if len(terms) < 5:
        return None
    t0, t1, t2, t3 = terms[:4]
    determinant = t1 * t1 - t0 * t2
    if not determinant:
        return None
    a = Fraction(t2 * t1 - t0 * t3) / determinant
    b = Fraction(t1 * t3 - t2 * t2) / determinant
    fits = all(z == a * y + b * x for x, y, z in zip(terms, terms[1:], terms[2:], strict=False))
    following = a * terms[-1] + b * terms[-2]
    return (
        Reading("a times the last plus b times the one before", 4, len(terms) - 4, following)
        if fits
        else None
    )


def primes(terms: Row) -> Attempt:
    """Consecutive primes."""
    if terms[0] not in PRIMES:
        return None
    start = PRIMES.index(int(terms[0]))
    run = PRIMES[start : start + len(terms) + 1]
    fits = len(run) > len(terms) and run[:-1] == tuple(terms)
    return Reading("consecutive primes", 1, len(terms) - 1, run[-1]) if fits else None


def digit_sums(terms: Row) -> Attempt:
    """Each term is the last one plus the sum of its digits."""
    if any(term != int(term) or term < 0 for term in terms):
        return None
    following = [term + sum(map(int, str(int(term)))) for term in terms]
    fits = list(terms[1:]) == following[:-1]
    return Reading("plus the sum of its digits", 1, len(terms) - 1, following[-1]) if fits else None


_SIMPLE: tuple[Callable[[Row], Attempt], ...] = (
    polynomial,
    geometric,
    affine,
    second_order,
    primes,
    digit_sums,
)


def _of_one_row(terms: Row) -> list[Attempt]:
    return [*(family(terms) for family in _SIMPLE), *_with_rest(terms)]


# Rules with a rest: what is left after a fixed operation is constant, even, geometric or of period two.


def _images(terms: Row) -> Iterator[tuple[str, list[Number]]]:
    """What each fixed operation makes of the terms; the last image belongs to the hidden term."""
    for factor in MULTIPLIERS:
        yield f"times {factor}", [factor * term for term in terms]
    for start in GROWTH_STARTS:
        yield f"times {start}, {start + 1}, …", [(start + place) * term for place, term in enumerate(terms)]
        yield f"times {start}, {start - 1}, …", [(start - place) * term for place, term in enumerate(terms)]
    yield "sum of the last two", [x + y for x, y in pairwise(terms)]
    for a, b in SECOND_ORDER:
        yield f"{a} times the last plus {b} times the one before", [a * y + b * x for x, y in pairwise(terms)]
    yield "product of the last two", [x * y for x, y in pairwise(terms)]
    yield "square of the last", [term * term for term in terms]
    yield from _images_of_three(terms)
    yield "sum of all before", [sum(terms[: place + 1]) for place in range(len(terms))]


def _images_of_three(terms: Row) -> Iterator[tuple[str, list[Number]]]:
    threes = list(zip(terms, terms[1:], terms[2:], strict=False))
    yield "sum of the last three", [x + y + z for x, y, z in threes]
    yield "the last plus the third from the end", [x + z for x, _, z in threes]
    yield "the second plus the third from the end", [x + y for x, y, _ in threes]


def _with_rest(terms: Row) -> Iterator[Attempt]:
    for name, images in _images(terms):
        shown = terms[len(terms) - len(images) + 1 :]
        rest = [term - image for term, image in zip(shown, images, strict=False)]
        for left in _rests(rest):
            if left is None:
                yield None
            else:
                rule = name if left.rule == "nothing" else f"{name}, and {left.rule}"
                cost = (
                    left.cost + 1 + len(terms) - len(rest)
                )  # the operation itself is one of the free numbers
                yield Reading(rule, cost, max(0, left.checks - 1), images[-1] + left.next)


def _rests(rest: Row) -> Iterator[Attempt]:
    constant = len(rest) > 1 and all(value == rest[0] for value in rest)
    if constant and rest[0] == 0:
        yield Reading("nothing", 0, len(rest), 0)
    else:
        yield Reading("a constant", 1, len(rest) - 1, rest[0]) if constant else None
    if len(rest) > 2 and not constant:
        step = rest[1] - rest[0]
        is_even = all(b - a == step for a, b in pairwise(rest))
        yield Reading("even steps", 2, len(rest) - 2, rest[-1] + step) if is_even else None
        yield geometric(rest)
        yield Reading("two constants in turn", 2, len(rest) - 2, rest[-2]) if rest[:-2] == rest[2:] else None


# Rules over what lies between the terms.


def _of_differences(terms: Row, depth: int) -> list[Attempt]:
    if depth == 0 or len(terms) < 4:
        return []
    row = [b - a for a, b in pairwise(terms)]
    inner = [*_of_one_row(row), *_of_differences(row, depth - 1), *_interleaved(row, 2), *_in_turn(row, 2)]
    inner += _of_ratios(row) if depth == 2 else []
    return [
        each and Reading(f"differences: {each.rule}", each.cost + 1, each.checks, terms[-1] + each.next)
        for each in inner
    ]


def _of_ratios(terms: Row) -> list[Attempt]:
    if 0 in terms or len(terms) < 4:
        return []
    row = [Fraction(b) / a for a, b in pairwise(terms)]
    return [
        each and Reading(f"ratios: {each.rule}", each.cost + 1, each.checks, terms[-1] * each.next)
        for each in (polynomial(row), geometric(row), affine(row), *_interleaved(row, 2))
    ]


def _of_signs(terms: Row) -> list[Attempt]:
    signed = [term * (-1) ** place for place, term in enumerate(terms)]
    sign = (-1) ** len(terms)
    return [
        each and Reading(f"alternating signs: {each.rule}", each.cost + 1, each.checks, each.next * sign)
        for each in (polynomial(signed), geometric(signed), affine(signed))
    ]


# Rules of parts: the part whose turn it is says what comes next; the others check.


def _interleaved(terms: Row, parts: int) -> Iterator[Attempt]:
    if len(terms) <= parts:
        return
    rows = [terms[start::parts] for start in range(parts)]
    own = rows.pop(len(terms) % parts)
    cost, checks = _of_others([_best([family(row) for family in _SIMPLE]) for row in rows])
    for family in _SIMPLE:
        each = family(own)
        yield each and Reading(
            f"{parts} series interleaved: {each.rule}",
            each.cost + cost,
            each.checks + checks if each.checks and checks else 0,
            each.next,
        )


def _in_turn(terms: Row, parts: int) -> Iterator[Attempt]:
    """Operations in turn: plus or times a number that stays or changes by a rule of its own."""
    steps = list(pairwise(terms))
    if len(steps) <= parts:
        return
    rows = [steps[start::parts] for start in range(parts)]
    own = rows.pop(len(steps) % parts)
    cost, checks = _of_others([_best([*_sums(row), *_factors(row)]) for row in rows])
    last = terms[-1]
    for name, found in (("plus", _sums(own)), ("times", _factors(own))):
        for each in found:
            yield each and Reading(
                f"{parts} operations in turn: {name}, {each.rule}",
                each.cost + cost + 1,
                each.checks + checks if each.checks and checks else 0,
                last + each.next if name == "plus" else last * each.next,
            )
    yield _affine_in_turn(own, last, parts)


def _best(found: Sequence[Attempt]) -> Attempt:
    fitting = [each for each in found if each]
    return max(fitting, key=lambda each: (each.checks, -each.cost), default=None)


def _of_others(others: Sequence[Attempt]) -> tuple[int, int]:
    """The cost of the parts whose turn it is not, and their checks; none where a part has none."""
    fitting = [each for each in others if each]
    checked = len(fitting) == len(others) and all(each.checks for each in fitting)
    return sum(each.cost for each in fitting), sum(each.checks for each in fitting) if checked else 0


Step = tuple[Number, Number]


def _sums(steps: Sequence[Step]) -> list[Attempt]:
    added = [y - x for x, y in steps]
    return [polynomial(added), geometric(added)]


def _factors(steps: Sequence[Step]) -> list[Attempt]:
    return [polynomial([Fraction(y) / x for x, y in steps]) if all(x for x, _ in steps) else None]


def _affine_in_turn(steps: Sequence[Step], last: Number, parts: int) -> Attempt:
    """One of the operations in turn may itself be times p plus q."""
    if len(steps) < 2 or steps[0][0] == steps[1][0]:
        return None
    (x0, y0), (x1, y1), *_ = steps
    factor = Fraction(y1 - y0) / (x1 - x0)
    rest = y0 - factor * x0
    fits = all(y == factor * x + rest for x, y in steps)
    return (
        Reading(f"{parts} operations in turn: times p plus q", 3 + parts, 0, factor * last + rest)
        if fits
        else None
    )
