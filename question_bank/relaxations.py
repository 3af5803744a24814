"""What would have to give for forms to be allowed: read from the forms, by counting.

Where a bank cannot fill a blueprint, forms that come near it are witnesses: relax what they break, and they
are allowed. Nothing here asks the solver how it found them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from question_bank.assembly_model import EXPOSURE, INFORMATION, OVERLAP, PRICES, QUESTIONS, SCORE
from question_bank.blueprint import Blueprint, Quota
from question_bank.enemies import declared_pairs
from question_bank.equivalence import Certificate, Form, certify

TOGETHER = "all constraints together"
GROUPS = {
    QUESTIONS: "questions",
    SCORE: "score",
    INFORMATION: "information",
    OVERLAP: "shared",
    EXPOSURE: "exposed",
}


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A constraint that stands in the way, by how much it would have to give, and why.

    The unit of `by` is the constraint's own: questions, forms, items, points, or a share of information.
    """

    constraint: str
    by: float
    why: str = ""

    def __str__(self) -> str:
        return f"{self.constraint} by {self.by:g}" + (f" ({self.why})" if self.why else "")

    @property
    def group(self) -> str:
        """Its place in the order in which constraints are given up."""
        return GROUPS.get(self.constraint) or self.constraint.partition(" ")[0]


def what_gives(blueprint: Blueprint, forms: Sequence[Form]) -> list[Relaxation]:
    """Return what `forms` break, the least grave first."""
    found = [*_counts(blueprint, forms), *_enemies(forms), *_likeness(blueprint, certify(blueprint, forms))]
    return sorted(found, key=lambda each: (PRICES[each.group], each.constraint))


def _counts(blueprint: Blueprint, forms: Sequence[Form]) -> Iterator[Relaxation]:
    short = max(abs(len(form.items) - blueprint.questions) for form in forms)
    if short:
        yield Relaxation(QUESTIONS, short)
    for quota in blueprint.quotas:
        by = max(_beyond(quota, sum(map(quota.admits, form.items))) for form in forms)
        if by:
            yield Relaxation(str(quota), by)


def _beyond(quota: Quota, found: int) -> int:
    return max(quota.least - found, found - quota.most, 0)


def _enemies(forms: Sequence[Form]) -> Iterator[Relaxation]:
    met = {
        pair
        for form in forms
        for pair in declared_pairs(form.items)
        if {item.code for item in form.items}.issuperset(pair)
    }
    yield from (Relaxation("enemies " + ", ".join(pair), 1) for pair in sorted(met))


def _likeness(blueprint: Blueprint, found: Certificate) -> Iterator[Relaxation]:
    bounds = blueprint.likeness
    if found.score_range > bounds.score_tolerance:
        yield Relaxation(SCORE, float(found.score_range - bounds.score_tolerance))
    if (found.information_range or 0) > float(bounds.information_tolerance):
        yield Relaxation(INFORMATION, (found.information_range or 0) - float(bounds.information_tolerance))
    if bounds.most_shared is not None and found.most_shared > bounds.most_shared:
        yield Relaxation(OVERLAP, found.most_shared - bounds.most_shared)
    if bounds.most_exposed is not None and found.most_exposed > bounds.most_exposed:
        yield Relaxation(EXPOSURE, found.most_exposed - bounds.most_exposed)
