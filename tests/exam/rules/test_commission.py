"""Quorum, votes and ties."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam.rules.commission import (
    Attendance,
    QuorumBase,
    Vote,
    quorum_counts,
    quorum_met,
    quorum_needed,
    require_quorum,
    require_vote,
    tally,
)
from exam.rules.errors import VoteRefusedError
from scoring.gate import DECISIONS_OF_THE_RESTRICTED, Decision

CHAIR = 1
SECRETARY = 99


def cast(*decisions: int, start: int = CHAIR) -> list[Vote]:
    """The chair votes first, then members 2, 3, …"""
    return [Vote(start + place, Decision(number)) for place, number in enumerate(decisions)]


def members(count: int) -> range:
    return range(CHAIR, CHAIR + count)


def refusal(function, *args, **kwargs) -> str:
    with pytest.raises(VoteRefusedError) as caught:
        function(*args, **kwargs)
    return caught.value.code


def test_the_vote_of_the_secretary_is_refused_even_when_he_is_there():
    vote = Vote(SECRETARY, Decision.FITS)
    assert refusal(require_vote, vote, present=[1, 2, SECRETARY], secretary_id=SECRETARY) == "secretary_votes"


def test_the_vote_of_an_absent_member_is_refused():
    assert refusal(tally, [Vote(7, Decision.FITS)], present=members(6), chair_id=CHAIR) == "not_present"


def test_a_second_vote_of_one_member_is_refused_even_for_the_same_decision():
    twice = [Vote(2, Decision.FITS), Vote(2, Decision.FITS)]
    assert refusal(tally, twice, present=members(6), chair_id=CHAIR) == "voted_twice"


@pytest.mark.parametrize("number", [1, 2])
def test_decision_1_and_2_are_refused_for_a_restricted_case(number):
    code = refusal(
        tally,
        cast(number),
        present=members(6),
        chair_id=CHAIR,
        open_decisions=DECISIONS_OF_THE_RESTRICTED,
    )
    assert code == "decision_not_open"


def test_no_decision_can_be_voted_on_while_the_gate_is_shut():
    args = {"present": members(6), "chair_id": CHAIR, "open_decisions": frozenset()}
    assert refusal(tally, cast(5), **args) == "decision_not_open"


def test_a_refusal_names_member_and_decision():
    with pytest.raises(VoteRefusedError, match=r"decision_not_open \(member=3, decision=1\)"):
        require_vote(Vote(3, Decision.RESERVE), present=[3], open_decisions=DECISIONS_OF_THE_RESTRICTED)


@pytest.mark.parametrize(
    ("present", "composition", "met"),
    [
        (5, 8, False),  # the central commission, every post counted
        (6, 8, True),
        (4, 7, False),  # the central commission, voting posts counted
        (5, 7, True),
        (6, 10, False),  # a regional commission, every post counted
        (7, 10, True),
        (5, 9, False),  # a regional commission, voting posts counted
        (6, 9, True),
        (2, 3, True),  # exactly two thirds
        (1, 2, False),
        (0, 1, False),
        (1, 1, True),
    ],
)
def test_quorum_by_hand(present, composition, met):
    assert quorum_met(present, composition) is met


@given(st.integers(1, 30).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))))
def test_quorum_is_two_thirds_exactly(numbers):
    present, composition = numbers
    assert quorum_met(present, composition) is (Fraction(present, composition) >= Fraction(2, 3))


@pytest.mark.parametrize("composition", range(1, 31))
def test_the_number_needed_is_the_smallest_that_is_enough(composition):
    enough = [present for present in range(composition + 1) if quorum_met(present, composition)]
    assert quorum_needed(composition) == enough[0]


@pytest.mark.parametrize(("present", "composition"), [(0, 0), (-1, 3), (4, 3)])
def test_impossible_numbers_are_refused(present, composition):
    with pytest.raises(ValueError):
        quorum_met(present, composition)


@pytest.mark.parametrize(
    ("base", "secretary_there", "counts"),
    [
        (QuorumBase.ALL_POSTS, True, (6, 8)),
        (QuorumBase.ALL_POSTS, False, (5, 8)),
        (QuorumBase.VOTING_POSTS, True, (5, 7)),
        (QuorumBase.VOTING_POSTS, False, (5, 7)),
    ],
)
def test_five_members_of_the_central_commission_on_either_base(base, secretary_there, counts):
    there = Attendance(8, frozenset(members(5)), SECRETARY, secretary_there)
    assert quorum_counts(there, base) == counts
    if quorum_met(*counts):
        require_quorum(there, base)
    else:
        assert refusal(require_quorum, there, base) == "no_quorum"


@pytest.mark.parametrize(
    ("votes", "present", "decided", "by_chair"),
    [
        # chair's vote first
        ((2, 2, 2, 2, 3, 3), 6, 2, False),
        ((3, 2, 2, 2, 2, 3), 6, 2, False),  # the majority stands against the chair
        ((3, 3, 3, 2, 2, 1), 6, None, False),  # 3-2-1 of six
        ((2, 2, 2, 3, 3, 3), 6, 2, True),  # 3-3 of six: the chair's side
        ((3, 3, 3, 2, 2, 2), 6, 3, True),
        ((2, 2, 3, 3, 4, 4), 6, None, False),  # 2-2-2 of six
        ((2, 2, 3, 3, 4), 5, None, False),  # 2-2-1 of five
        ((2, 2, 2, 3, 3, 3), 7, None, False),  # 3-3 of seven, one silent
        ((5, 5, 5, 5), 7, 5, False),  # 4 of 7, three silent
        ((5, 5, 5), 7, None, False),
        ((2, 3), 2, 2, True),
        ((2, 2, 2), 6, None, False),  # half of those present and nobody against is no majority
        ((4,), 1, 4, False),
        ((), 6, None, False),
    ],
)
def test_tallies_by_hand(votes, present, decided, by_chair):
    result = tally(cast(*votes), present=members(present), chair_id=CHAIR)
    assert result.decision == decided
    assert result.by_chair is by_chair
    assert sum(result.counts.values()) == len(votes)


@pytest.mark.parametrize("chair_id", [None, 50])
def test_a_tie_without_the_chair_is_no_decision(chair_id):
    result = tally(cast(2, 2, 3, 3), present=members(4), chair_id=chair_id)
    assert result.decision is None
    assert [ground.code for ground in result.grounds] == ["tie_without_chair"]


def test_the_secretary_is_not_counted_among_those_present():
    there = [*members(6), SECRETARY]
    result = tally(cast(2, 2, 2, 3, 3, 3), present=there, chair_id=CHAIR, secretary_id=SECRETARY)
    assert result.needed == 4
    assert result.decision == 2


def test_the_ground_of_a_decision_tells_the_numbers():
    [ground] = tally(cast(2, 2, 2, 3), present=members(5), chair_id=CHAIR).grounds
    assert ground.code == "majority"
    assert dict(ground.facts) == {"present": "5", "votes": "4", "needed": "3", "decision": "2"}


@st.composite
def ballots(draw):
    present = draw(st.integers(1, 12))
    voters = draw(st.lists(st.sampled_from(range(1, present + 1)), unique=True))
    return present, [Vote(voter, draw(st.sampled_from(Decision))) for voter in voters]


@given(ballots())
def test_a_decision_never_has_fewer_than_half_of_those_present(ballot):
    present, votes = ballot
    result = tally(votes, present=members(present), chair_id=CHAIR)
    if result.decision is not None:
        behind = result.counts[result.decision]
        assert 2 * behind >= present
        assert result.by_chair is (2 * behind == present)
        assert all(result.counts[other] <= behind for other in Decision)


@given(ballots())
def test_a_majority_is_always_a_decision(ballot):
    present, votes = ballot
    counts = [sum(vote.decision is each for vote in votes) for each in Decision]
    result = tally(votes, present=members(present), chair_id=CHAIR)
    if max(counts) * 2 > present:
        assert result.decision == Decision(counts.index(max(counts)) + 1)


@given(ballots(), st.randoms(use_true_random=False))
def test_the_order_of_the_votes_changes_nothing(ballot, random):
    present, votes = ballot
    shuffled = random.sample(votes, len(votes))
    assert tally(shuffled, present=members(present), chair_id=CHAIR) == tally(
        votes, present=members(present), chair_id=CHAIR
    )
