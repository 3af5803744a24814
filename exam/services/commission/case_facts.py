"""What a case is made of, as pages and papers show it."""

from dataclasses import dataclass
from datetime import date, datetime

from exam.rules.regimes import Names
from exam.services.commission.characteristics import Characterisation
from exam.services.statistics.measurement_error import ScorePrecision
from scoring.outcome import Ground


@dataclass(frozen=True, slots=True)
class OfficerFacts:
    """The officer under attestation, as the personnel list has him."""

    full_name: str
    birth_date: date
    rank: str
    post: str
    category: Names
    category_code: str
    unit: str
    region: Names
    appointed_on: date
    education: str
    speciality: str


@dataclass(frozen=True, slots=True)
class PartCard:
    """One part: its state, its score against the threshold, and what it rests on.

    `precision` says how exact the score is, None where that cannot be told; `sample` says that the threshold
    is a sample and not the figure of the body's act.
    """

    kind: str
    state: str
    score: int | None
    maximum: int | None
    threshold: int | None
    precision: ScorePrecision | None
    sample: bool
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class DecisionOption:
    """One of the decisions of the regime, and whether it is open on this case."""

    number: int
    names: Names
    open: bool


@dataclass(frozen=True, slots=True)
class VoteLine:
    """A member at the vote: his post, whether he takes part, and how he voted in the round that runs."""

    member_id: int
    full_name: str
    post: Names
    office: str
    votes: bool
    present: bool
    decision: int | None
    by_roll_call: bool
    account_id: int | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that the case must keep; `done_on` is None while the thing is not done."""

    code: str
    due: date
    done_on: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class DecisionTaken:
    """The decision of the commission with its count."""

    number: int
    names: Names
    present: int
    composition: int
    voters: int
    votes_for: int
    by_chair: bool
    round: int
    decided_at: datetime
    grounds: tuple[Ground, ...]
    acquainted_on: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the reader is in this commission: its secretary, its chair or secretary, the holder of a seat."""

    keeps: bool
    leads: bool
    seat_id: int | None
    seat_votes: bool


@dataclass(frozen=True, slots=True)
class ScheduleApproval:
    """Who approved the schedule of a meeting, on which post, by which order, on which day."""

    name: str
    post: str
    order: str
    on: date


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """The meeting at which a case is heard."""

    id: int
    number: int
    held_on: date
    place: str
    state: str
    kind: str
    region: Names | None
    quorum_base: str
    schedule: ScheduleApproval
    campaign: Names
    act: Names


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that the commission sees of one case.

    `restricted` is None while a part is open; `lines` is the explanation, computed again from the stored
    results; `stale` says that a result came after the outcome on which the vote began.
    """

    id: int
    number: int
    state: str
    round: int
    recording: str | None
    postponed_for: str | None
    meeting: MeetingFacts
    rule: Names | None
    officer: OfficerFacts
    enrolment_id: int
    stage: int
    restricted: bool | None
    stale: bool
    reading: str
    parts: tuple[PartCard, ...]
    lines: tuple[Ground, ...]
    gate_grounds: tuple[Ground, ...]
    decisions: tuple[DecisionOption, ...]
    characteristic: Characterisation | None
    deadlines: tuple[Deadline, ...]
    votes: tuple[VoteLine, ...]
    carried: int | None
    tally: tuple[Ground, ...]
    decision: DecisionTaken | None
    standing: Standing
