"""Whether forms are equal in more than name, said from the forms themselves.

Nothing here knows how the forms came to be: the same certificate is drawn up for assembled forms, for a
random draw and for forms chosen by hand.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import Any

from question_bank.blueprint import Blueprint, property_of
from question_bank.items import Item
from question_bank.sealing import form_digest

FINENESS = Decimal("0.0001")
PRIOR_DIFFICULTY = {1: Decimal("0.80"), 2: Decimal("0.65"), 3: Decimal("0.50")}


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known about an item from its use.

    Parameters
    ----------
    expected
        The share of its points that candidates earn, 0 to 1; None until it was used enough.
    information
        Fisher information at the cut score, from a calibration; None until calibrated.
    used
        Forms and sittings it has already appeared in.
    """

    expected: Decimal | None = None
    information: float | None = None
    used: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """One assembled form; its items are in the order of their codes."""

    items: tuple[Item, ...]
    expected_score: Decimal
    information: float | None
    digest: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """What parallel forms have in common, and where they fall short of their blueprint.

    `score_range` is the greatest difference of expected scores between two forms, in points;
    `information_range` that of the information at the cut, as a share of the smaller, None where not every
    item is calibrated; `words` the words a candidate reads per form, in Kazakh and in Russian; `faults` is
    empty when blueprint and likeness are kept.
    """

    forms: int
    score_range: Decimal
    information_range: float | None
    most_shared: int
    most_exposed: int
    words: tuple[tuple[int, int], ...]
    faults: tuple[str, ...]

    def as_plain(self) -> dict[str, Any]:
        return {
            "forms": self.forms,
            "score_range": str(self.score_range),
            "information_range": self.information_range,
            "most_shared": self.most_shared,
            "most_exposed": self.most_exposed,
            "words": [{"kk": kk, "ru": ru} for kk, ru in self.words],
            "faults": list(self.faults),
        }


def expected_points(item: Item, figures: Mapping[str, Figures]) -> Decimal:
    """Return the points expected on `item`: from its use, else from its intended level.

    To four decimals of a share, so that a solver that counts in floats can tell a tie.
    """
    known = figures.get(item.code)
    if known is None or known.expected is None:
        return PRIOR_DIFFICULTY[item.level] * item.version.points
    return round(known.expected, 4).normalize() * item.version.points


def information_at_cut(items: Sequence[Item], figures: Mapping[str, Figures]) -> float | None:
    """Return the sum of the items' information at the cut; None where one is not calibrated."""
    found = [known.information if (known := figures.get(item.code)) else None for item in items]
    known_only = [information for information in found if information is not None]
    return float(sum(known_only)) if items and len(known_only) == len(items) else None


def form_of(blueprint: Blueprint, items: Sequence[Item], figures: Mapping[str, Figures]) -> Form:
    """Return the sealed form of `items`."""
    ordered = tuple(sorted(items, key=lambda item: item.code))
    return Form(
        items=ordered,
        expected_score=sum((expected_points(item, figures) for item in ordered), Decimal(0)),
        information=information_at_cut(ordered, figures),
        digest=form_digest(blueprint.code, (item.version for item in ordered)),
    )


def certify(blueprint: Blueprint, forms: Sequence[Form]) -> Certificate:
    """Draw up the certificate of equivalence of `forms`, counting everything anew from their items."""
    scores = [form.expected_score for form in forms]
    uses = Counter(item.code for form in forms for item in form.items)
    certificate = Certificate(
        forms=len(forms),
        score_range=max(scores) - min(scores),
        information_range=_information_range(forms),
        most_shared=max((len(_codes(one) & _codes(two)) for one, two in combinations(forms, 2)), default=0),
        most_exposed=max(uses.values(), default=0),
        words=tuple(_words(form) for form in forms),
        faults=tuple(
            fault for number, form in enumerate(forms, 1) for fault in _faults(blueprint, form, number)
        ),
    )
    unlike = _unlike(blueprint, certificate)
    return replace(certificate, faults=(*certificate.faults, *unlike))


def _codes(form: Form) -> frozenset[str]:
    return frozenset(item.code for item in form.items)


def _information_range(forms: Sequence[Form]) -> float | None:
    known = [form.information for form in forms if form.information]
    return max(known) / min(known) - 1 if known and len(known) == len(forms) else None


def _words(form: Form) -> tuple[int, int]:
    texts = [text for item in form.items for text in item.version.texts]
    return sum(len(text.kk.split()) for text in texts), sum(len(text.ru.split()) for text in texts)


def _faults(blueprint: Blueprint, form: Form, number: int) -> list[str]:
    """Name every point of the blueprint that a form breaks."""
    codes = _codes(form)
    faults = []
    if len(codes) != blueprint.questions or len(form.items) != blueprint.questions:
        faults.append(f"form {number}: {len(codes)} different questions instead of {blueprint.questions}")
    for quota in blueprint.quotas:
        found = sum(property_of(item, quota.dimension) == quota.value for item in form.items)
        if not quota.least <= found <= quota.most:
            faults.append(f"form {number}: {found} questions of {quota}")
    pairs = {
        tuple(sorted((item.code, enemy)))
        for item in form.items
        for enemy in item.enemies & (codes - {item.code})
    }
    faults += [f"form {number}: {one} and {two} give each other away" for one, two in sorted(pairs)]
    return faults


def _unlike(blueprint: Blueprint, certificate: Certificate) -> list[str]:
    """Name every bound of likeness that the forms together break."""
    likeness = blueprint.likeness
    faults = []
    if certificate.score_range > likeness.score_tolerance:
        faults.append(f"expected scores differ by {certificate.score_range}")
    if (certificate.information_range or 0) > float(likeness.information_tolerance):
        faults.append(f"information at the cut differs by {certificate.information_range:.1%}")
    if likeness.most_shared is not None and certificate.most_shared > likeness.most_shared:
        faults.append(f"two forms share {certificate.most_shared} items")
    if likeness.most_exposed is not None and certificate.most_exposed > likeness.most_exposed:
        faults.append(f"an item is in {certificate.most_exposed} forms")
    return faults
