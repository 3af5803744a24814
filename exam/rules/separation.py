"""Two people where one is not enough, and nobody for himself.

Source
------
Internal rule of the service, in the spirit of the Law on law-enforcement service of 6 January 2011
No. 380-IV, article 50 (8-1): a proven falsification of test results or norms undoes the decision. The second
person is there so that one alone cannot falsify.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from exam.rules.refusals import Refusal
from exam.rules.roles import Act, second_act

APPROVERS_OF_A_SETTING = 2


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts: an account, and the officer behind it when he is under attestation himself."""

    user_id: int
    officer_id: int | None = None

    def is_same_as(self, other: "Person") -> bool:
        """Say whether both are one human being: the same account, or two accounts of one officer."""
        if self.user_id == other.user_id:
            return True
        return self.officer_id is not None and self.officer_id == other.officer_id


def own_case(who: Person, officer_id: int) -> Refusal | None:
    """Refuse an act of an officer on his own record: nobody examines himself."""
    if who.officer_id == officer_id:
        return Refusal("own_case", (("officer", str(officer_id)),))
    return None


def second_person(
    first_act: Act, first: Person, second: Person, *, officer_id: int | None = None
) -> Refusal | None:
    """Say what stands in the way of the second half of an act; None when nothing does.

    Parameters
    ----------
    first_act : Act
        What was done first; `exam.rules.roles.SEPARATE_ACTS` names its other half.
    first, second : Person
        Who did the first half, who is about to do the second.
    officer_id : int or None
        The officer whom the record is about, if it is about one.

    Returns
    -------
    Refusal or None
        ``own_case`` or ``same_person``.

    Raises
    ------
    ValueError
        If `first_act` is not the first half of a pair.
    """
    other_half = second_act(first_act)
    if other_half is None:
        raise ValueError(f"{first_act.value} needs no second person")
    if officer_id is not None:
        for who in (first, second):
            if refusal := own_case(who, officer_id):
                return refusal
    if first.is_same_as(second):
        return Refusal("same_person", (("first", first_act.value), ("second", other_half.value)))
    return None


def approvers_problem(author: Person, approvers: Sequence[Person]) -> Refusal | None:
    """Say what stands in the way of a setting that needs two approvers; None when nothing does.

    The two are different people, and neither is its author.

    Returns
    -------
    Refusal or None
        ``approver_is_author``, ``same_person`` or ``approvers_missing``.
    """
    if any(approver.is_same_as(author) for approver in approvers):
        return Refusal("approver_is_author")
    for place, approver in enumerate(approvers):
        if any(approver.is_same_as(other) for other in approvers[place + 1 :]):
            return Refusal("same_person", (("first", Act.APPROVE_THRESHOLD.value),))
    if len(approvers) < APPROVERS_OF_A_SETTING:
        missing = APPROVERS_OF_A_SETTING - len(approvers)
        return Refusal("approvers_missing", (("missing", str(missing)),))
    return None
