"""The tables, by act."""

from exam.storage.tables.accounts import Account, LoginAttempt, RoleGrant
from exam.storage.tables.bank import (
    AmendmentRow,
    Form,
    FormItem,
    ItemMove,
    ItemPicture,
    ItemRow,
    ItemVersionRow,
)
from exam.storage.tables.campaigns import (
    Campaign,
    Enrolment,
    OutcomeRow,
    PartResult,
    Schedule,
    Threshold,
    ThresholdApproval,
)
from exam.storage.tables.commissions import (
    Acquaintance,
    Attendance,
    Case,
    Characteristic,
    Commission,
    DecisionRow,
    Meeting,
    Member,
    Vote,
)
from exam.storage.tables.fitness import Confirmation, Heat, Measurement, Starter
from exam.storage.tables.journal import Breach, JournalEntry
from exam.storage.tables.people import Officer, Region
from exam.storage.tables.sittings import Admission, Attempt, AttemptResult, Incident, Sitting, Step
from exam.storage.tables.statistics import (
    AngoffEstimate,
    AngoffPanel,
    KeyChangeAnswer,
    KeyChangeRow,
    LeadReview,
    PanelLimits,
)

__all__ = [
    "Account",
    "Acquaintance",
    "Admission",
    "AmendmentRow",
    "AngoffEstimate",
    "AngoffPanel",
    "Attempt",
    "AttemptResult",
    "Attendance",
    "Breach",
    "Campaign",
    "Case",
    "Characteristic",
    "Commission",
    "Confirmation",
    "DecisionRow",
    "Enrolment",
    "Form",
    "FormItem",
    "Heat",
    "Incident",
    "ItemMove",
    "ItemPicture",
    "ItemRow",
    "ItemVersionRow",
    "JournalEntry",
    "KeyChangeAnswer",
    "KeyChangeRow",
    "LeadReview",
    "LoginAttempt",
    "Measurement",
    "Meeting",
    "Member",
    "Officer",
    "OutcomeRow",
    "PanelLimits",
    "PartResult",
    "Region",
    "RoleGrant",
    "Schedule",
    "Sitting",
    "Starter",
    "Step",
    "Threshold",
    "ThresholdApproval",
    "Vote",
]
