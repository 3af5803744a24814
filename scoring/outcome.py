"""Parts in, restriction and every ground out.

An officer has three results that count: the legislation test, the logical-thinking test and the norms of
professional suitability. This module joins them. It knows no names, no dates and no wording: every reason
is a `Ground`, which the pages put into Kazakh, Russian or English.

What a state of a part means
----------------------------
The Rules approved by Decree No. 490 of 28 February 2024 leave some of this to be read; the reading is
policy, and this is the policy.

========== ============================= ================================================================
state      counts as failed?             holds the decision up?
========== ============================= ================================================================
passed     no                            no
failed     yes                           no
excused    no, under either reading      no: the officer was released from this part by a recorded act
not_taken  no, under either reading      yes: who was absent is attested later (rule 16) or, absent twice
                                         without a valid reason, leaves by another way (rule 17)
pending    no                            yes: the result is not there yet, or not yet confirmed
========== ============================= ================================================================

Rule 18 speaks of norms that were not passed (тапсырмаған, in the Russian text of the Law: несдача) and of a
mark below the threshold. The word could be stretched to cover an officer who never stood at the start; rules
16 and 17 deal with him by themselves, so absence is never turned into a failure here. Rule 4 makes the five
stages consecutive, so a part that is still open keeps the decision shut even where the other parts have
already settled the question.

Source
------
Decree of the President of the Republic of Kazakhstan No. 490 of 28 February 2024, Rules, 4 and 15-18.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class PartKind(StrEnum):
    """A result that counts."""

    LEGISLATION = "legislation"
    LOGIC = "logic"
    NORMS = "norms"


class PartState(StrEnum):
    """Where a part stands."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_TAKEN = "not_taken"
    EXCUSED = "excused"
    PENDING = "pending"


class RestrictionWhen(StrEnum):
    """How a campaign reads the "and" of rule 18: one failure restricts, or both together."""

    ANY = "any"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason as data: a code that the pages know how to word, and the facts that fill the wording."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()

    def fact(self, name: str) -> str:
        """Return the fact called `name`; KeyError when the ground has none."""
        return dict(self.facts)[name]


@dataclass(frozen=True, slots=True)
class Part:
    """One result that counts, with what it rests on."""

    kind: PartKind
    state: PartState
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The parts of one officer, joined.

    `restricted` is None while a part is open; `pending` names those parts.
    """

    parts: tuple[Part, ...]
    pending: tuple[PartKind, ...]
    restricted: bool | None
    reading: RestrictionWhen
    grounds: tuple[Ground, ...]


TEST_KINDS = (PartKind.LEGISLATION, PartKind.LOGIC)
OPEN_STATES = frozenset({PartState.PENDING, PartState.NOT_TAKEN})
NO_RESULT = Ground("no_result")


def combine(parts: Iterable[Part], *, restriction_when: RestrictionWhen) -> Outcome:
    """Join the parts of one officer and say whether the commission is restricted.

    Parameters
    ----------
    parts : iterable of Part
        At most one part of each kind. A kind that is not given counts as pending, so a result that was
        forgotten can never open the gate.
    restriction_when : RestrictionWhen
        The campaign's reading of rule 18. ``ANY``: one failed part restricts. ``ALL``: the norms failed and
        the test failed; the test is failed when legislation or logic stayed below its threshold, because
        rule 4 (3) makes the two one stage.

    Returns
    -------
    Outcome
        Parts in the order of `PartKind`; grounds in the order of the reasoning.

    Raises
    ------
    ValueError
        If a kind is given twice.

    Source
    ------
    Decree No. 490, Rules, 18; what each state means stands at the head of this module.
    """
    complete = _one_of_each_kind(parts)
    pending = tuple(part.kind for part in complete if part.state in OPEN_STATES)
    failed = tuple(part.kind for part in complete if part.state is PartState.FAILED)
    restricted = None if pending else _restricts(failed, restriction_when)
    return Outcome(
        parts=complete,
        pending=pending,
        restricted=restricted,
        reading=restriction_when,
        grounds=(
            *(_state_of(part) for part in complete),
            Ground("reading", (("restriction_when", restriction_when.value),)),
            _conclusion(restricted, pending, failed),
        ),
    )


def _one_of_each_kind(parts: Iterable[Part]) -> tuple[Part, ...]:
    found: dict[PartKind, Part] = {}
    for part in parts:
        if part.kind in found:
            raise ValueError(f"the part {part.kind.value} is given twice")
        found[part.kind] = part
    return tuple(found.get(kind, Part(kind, PartState.PENDING, (NO_RESULT,))) for kind in PartKind)


def _restricts(failed: tuple[PartKind, ...], reading: RestrictionWhen) -> bool:
    if reading is RestrictionWhen.ANY:
        return bool(failed)
    return PartKind.NORMS in failed and any(kind in failed for kind in TEST_KINDS)


def _state_of(part: Part) -> Ground:
    return Ground(f"part_{part.state.value}", (("part", part.kind.value),))


def _conclusion(
    restricted: bool | None, pending: tuple[PartKind, ...], failed: tuple[PartKind, ...]
) -> Ground:
    if restricted is None:
        return Ground("parts_open", (("parts", ",".join(pending)),))
    return Ground("restricted" if restricted else "not_restricted", (("failed", ",".join(failed)),))
