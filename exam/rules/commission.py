"""Quorum, votes and what was decided.

Numbers here are integers: two thirds is ``present * 3 >= composition * 2``, never a fraction.

Source
------
Decree of the President of the Republic of Kazakhstan No. 490 of 28 February 2024, Rules, 11, 12, 15, 19, 20.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from exam.rules.errors import VoteRefusedError
from exam.rules.refusals import Refusal
from scoring.gate import EVERY_DECISION, Decision
from scoring.outcome import Ground


class QuorumBase(StrEnum):
    """Of whom two thirds must be there: of every post of the composition, or of those that vote.

    Rule 12 says "of its composition", and the compositions approved by the decree list the secretary; so
    ``ALL_POSTS`` is the reading by the letter and the stricter one. The regulations on the commissions
    (rule 9) may say otherwise, hence a setting that the protocol prints.
    """

    ALL_POSTS = "all_posts"
    VOTING_POSTS = "voting_posts"


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who takes part in a meeting while one case is heard.

    Parameters
    ----------
    posts : int
        Posts in the composition, the secretary's included.
    members : frozenset of int
        Members who are there, without the secretary.
    secretary_id : int or None
        The secretary, when he has been named.
    secretary_present : bool
        Whether the secretary is there.
    """

    posts: int
    members: frozenset[int]
    secretary_id: int | None = None
    secretary_present: bool = False


@dataclass(frozen=True, slots=True)
class Vote:
    """One open vote of one member."""

    member_id: int
    decision: Decision


@dataclass(frozen=True, slots=True)
class Tally:
    """The count of a vote.

    `decision` is None when there is no decision; `counts` has all five decisions; `needed` is the smallest
    majority of those present; `by_chair` says that the chair's side broke a tie.
    """

    decision: Decision | None
    counts: Mapping[Decision, int]
    needed: int
    by_chair: bool
    grounds: tuple[Ground, ...]


TALLY_CODES = frozenset({"majority", "chairs_side", "no_majority", "tie_without_chair"})
"""Every ground a tally may carry."""


def quorum_met(present: int, composition: int) -> bool:
    """Say whether at least two thirds of the composition are there.

    Parameters
    ----------
    present, composition : int
        Persons, counted on the same base.

    Raises
    ------
    ValueError
        If the composition is empty, or more are present than it has.

    Source
    ------
    Decree No. 490, Rules, 12.
    """
    if composition < 1:
        raise ValueError("a commission has at least one post")
    if not 0 <= present <= composition:
        raise ValueError(f"{present} present of {composition}")
    return present * 3 >= composition * 2


def quorum_needed(composition: int) -> int:
    """Return the smallest number of those present that makes a quorum."""
    return -(-composition * 2 // 3)


def quorum_counts(attendance: Attendance, base: QuorumBase) -> tuple[int, int]:
    """Return (present, composition) as the base counts them."""
    if base is QuorumBase.VOTING_POSTS:
        return len(attendance.members), attendance.posts - 1
    return len(attendance.members) + attendance.secretary_present, attendance.posts


def require_quorum(attendance: Attendance, base: QuorumBase) -> None:
    """Refuse a meeting without a quorum.

    Raises
    ------
    VoteRefusedError
        With the code ``no_quorum``.
    """
    present, composition = quorum_counts(attendance, base)
    if not quorum_met(present, composition):
        facts = (
            ("present", str(present)),
            ("composition", str(composition)),
            ("needed", str(quorum_needed(composition))),
            ("base", base.value),
        )
        raise VoteRefusedError(Refusal("no_quorum", facts))


def require_vote(
    vote: Vote,
    *,
    present: Collection[int],
    secretary_id: int | None = None,
    voted: Collection[int] = (),
    open_decisions: Collection[Decision] = EVERY_DECISION,
) -> None:
    """Refuse a vote that may not be cast.

    Parameters
    ----------
    vote : Vote
    present : collection of int
        Members who take part in the meeting while this case is heard.
    secretary_id : int or None
        The secretary of this commission.
    voted : collection of int
        Members whose vote on this case is already there.
    open_decisions : collection of Decision
        What the gate leaves open (`scoring.gate.open_decisions`).

    Raises
    ------
    VoteRefusedError
        With the code ``secretary_votes`` (rule 11), ``not_present`` (rule 19: members who took part),
        ``voted_twice`` or ``decision_not_open`` (rule 18).
    """
    who = ("member", str(vote.member_id))
    if vote.member_id == secretary_id:
        raise VoteRefusedError(Refusal("secretary_votes", (who,)))
    if vote.member_id not in present:
        raise VoteRefusedError(Refusal("not_present", (who,)))
    if vote.member_id in voted:
        raise VoteRefusedError(Refusal("voted_twice", (who,)))
    if vote.decision not in open_decisions:
        chosen = ("decision", str(int(vote.decision)))
        raise VoteRefusedError(Refusal("decision_not_open", (who, chosen)))


def tally(
    votes: Iterable[Vote],
    *,
    present: Collection[int],
    chair_id: int | None,
    secretary_id: int | None = None,
    open_decisions: Collection[Decision] = EVERY_DECISION,
) -> Tally:
    """Count the votes on one case and say what was decided.

    A decision is adopted when more than half of the members who take part voted for it. A member who is
    there and stays silent is counted among those present, so silence works against every decision.

    Equal votes are a tie only where two decisions share *all* members present, one half each: then no
    majority is possible for want of a single voice, and the chair's side is adopted. Where a third decision
    or a silent member keeps both leaders under one half (2-2-1 of five, 2-2-2 of six, 3-3 of seven), the
    chair's side would be the wish of a minority; the first sentence of rule 19 then stands and there is no
    decision. Without the chair a tie is no decision either.

    The majority is counted among voting members: rule 20 names "the members and the secretary" apart, and
    rule 19 counts members.

    Parameters
    ----------
    votes : iterable of Vote
    present : collection of int
        Members who take part; the secretary, if he is among them, is left out of the count.
    chair_id : int or None
        The chair, or None when nobody presides.
    secretary_id : int or None
    open_decisions : collection of Decision

    Returns
    -------
    Tally

    Raises
    ------
    VoteRefusedError
        As `require_vote`, for the first vote that may not be counted.

    Source
    ------
    Decree No. 490, Rules, 11, 19 and 20.
    """
    members = frozenset(present) - {secretary_id}
    chosen: dict[int, Decision] = {}
    for vote in votes:
        require_vote(
            vote, present=members, secretary_id=secretary_id, voted=chosen, open_decisions=open_decisions
        )
        chosen[vote.member_id] = vote.decision
    counts = Counter(chosen.values())
    needed = len(members) // 2 + 1
    decision, code = _decided(counts, len(members), chosen.get(chair_id) if chair_id is not None else None)
    facts = (("present", str(len(members))), ("votes", str(len(chosen))), ("needed", str(needed)))
    return Tally(
        decision=decision,
        counts=MappingProxyType({each: counts[each] for each in Decision}),
        needed=needed,
        by_chair=code == "chairs_side",
        grounds=(Ground(code, facts if decision is None else (*facts, ("decision", str(int(decision))))),),
    )


def _decided(
    counts: Counter[Decision], present: int, chairs_choice: Decision | None
) -> tuple[Decision | None, str]:
    for decision, votes in counts.items():
        if votes * 2 > present:
            return decision, "majority"
    halves = [decision for decision, votes in counts.items() if votes * 2 == present]
    if len(halves) < 2:
        return None, "no_majority"
    if chairs_choice in halves:
        return chairs_choice, "chairs_side"
    return None, "tie_without_chair"
