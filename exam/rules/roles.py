"""Who works here, how far each one sees, and which acts need two people."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is appointed to do in the service."""

    ADMINISTRATOR = "administrator"
    HR = "hr"
    ITEM_AUTHOR = "item_author"
    ITEM_APPROVER = "item_approver"
    INVIGILATOR = "invigilator"
    EXAMINER = "examiner"
    PSYCHOMETRICIAN = "psychometrician"
    SECRETARY = "secretary"
    MEMBER = "member"
    CHAIR = "chair"
    AUDITOR = "auditor"


CENTRAL_ROLES = frozenset(
    {Role.ADMINISTRATOR, Role.ITEM_AUTHOR, Role.ITEM_APPROVER, Role.PSYCHOMETRICIAN, Role.AUDITOR}
)
"""Held for the whole country: one bank, one set of statistics, one journal."""

REGIONAL_ROLES = frozenset(
    {Role.HR, Role.INVIGILATOR, Role.EXAMINER, Role.SECRETARY, Role.MEMBER, Role.CHAIR}
)
"""Held in one region, or at the centre for the officers of the central commission (Decree No. 490, 9)."""

COMMISSION_ROLES = frozenset({Role.SECRETARY, Role.MEMBER, Role.CHAIR})
VOTING_ROLES = frozenset({Role.MEMBER, Role.CHAIR})
"""The secretary does not vote (Decree No. 490, Rules, 11)."""


def _pairs(one: Role, others: frozenset[Role]) -> frozenset[frozenset[Role]]:
    return frozenset(frozenset({one, other}) for other in others)


INCOMPATIBLE_ROLES: frozenset[frozenset[Role]] = (
    _pairs(Role.SECRETARY, VOTING_ROLES)
    | _pairs(Role.AUDITOR, frozenset(Role) - {Role.AUDITOR})
    | _pairs(Role.ADMINISTRATOR, frozenset(Role) - {Role.ADMINISTRATOR})
)
"""Pairs that one person may not hold at the same time.

The secretary takes no part in the vote; who keeps the machine or reads the journal has no hand in a result.
"""


class Act(StrEnum):
    """An act that is one half of a pair."""

    ENTER_MEASURE = "enter_measure"
    CONFIRM_MEASURE = "confirm_measure"
    WRITE_ITEM = "write_item"
    APPROVE_ITEM = "approve_item"
    PROPOSE_THRESHOLD = "propose_threshold"
    APPROVE_THRESHOLD = "approve_threshold"
    CHANGE_KEY = "change_key"
    CONFIRM_KEY = "confirm_key"
    ASK_EXTRA_TIME = "ask_extra_time"
    GRANT_EXTRA_TIME = "grant_extra_time"
    CORRECT_RECORD = "correct_record"
    CONFIRM_CORRECTION = "confirm_correction"
    GRANT_ROLE = "grant_role"
    HOLD_ROLE = "hold_role"


SEPARATE_ACTS: tuple[tuple[Act, Act], ...] = (
    (Act.ENTER_MEASURE, Act.CONFIRM_MEASURE),
    (Act.WRITE_ITEM, Act.APPROVE_ITEM),
    (Act.PROPOSE_THRESHOLD, Act.APPROVE_THRESHOLD),
    (Act.CHANGE_KEY, Act.CONFIRM_KEY),
    (Act.ASK_EXTRA_TIME, Act.GRANT_EXTRA_TIME),
    (Act.CORRECT_RECORD, Act.CONFIRM_CORRECTION),
    (Act.GRANT_ROLE, Act.HOLD_ROLE),
)
"""First act, second act: on one and the same record they are done by two different people."""


def needs_region(role: Role) -> bool:
    """Say whether the role is held in a region (or at the centre as one place among the others)."""
    return role in REGIONAL_ROLES


def role_conflicts(roles: frozenset[Role]) -> tuple[tuple[Role, Role], ...]:
    """Return the pairs among `roles` that one person may not hold together, in the order of `Role`."""
    held = [role for role in Role if role in roles]
    return tuple(
        (first, second)
        for place, first in enumerate(held)
        for second in held[place + 1 :]
        if frozenset({first, second}) in INCOMPATIBLE_ROLES
    )


def second_act(first: Act) -> Act | None:
    """Return the act that needs another person after `first`; None when there is none."""
    return dict(SEPARATE_ACTS).get(first)
