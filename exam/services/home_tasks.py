"""What waits for the holder of a role: one question to the database for each kind of task."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql import ColumnElement

from exam.errors import ForbiddenError
from exam.rules.roles import Role
from exam.services.actors import Actor
from exam.services.campaign.campaign_page import require_centre
from exam.services.campaign.campaigns import INTERVIEW, PREPARATION, current_campaign
from exam.services.campaign.enrolling import notice_deadline
from exam.services.campaign.terms import days_after
from exam.services.campaign.thresholds import APPROVERS
from exam.services.commission.commission_scope import seen_by
from exam.services.invigilator.extra_time import ASKED
from exam.services.local_days import COUNTRY, day_of
from exam.storage.tables import (
    Account,
    Acquaintance,
    Campaign,
    Case,
    Characteristic,
    Commission,
    Confirmation,
    DecisionRow,
    Enrolment,
    Form,
    Heat,
    Incident,
    ItemMove,
    ItemRow,
    ItemVersionRow,
    JournalEntry,
    Measurement,
    Meeting,
    Member,
    Officer,
    RoleGrant,
    Schedule,
    Sitting,
    Starter,
    Threshold,
    ThresholdApproval,
    Vote,
)

REFUSALS_SHOWN = timedelta(days=7)
CONFIRM_WITHIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits: a code that the pages word, how many, where it is done, how late."""

    code: str
    count: int
    place: Mapping[str, str | int] = field(default_factory=dict)
    late: bool = False
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads his first page, and when."""

    session: Session
    by: Actor
    at: datetime

    @property
    def today(self) -> date:
        """The day in Kazakhstan."""
        return day_of(self.at)

    @property
    def tomorrow(self) -> datetime:
        """The instant at which the day ends."""
        return datetime.combine(self.today + timedelta(days=1), datetime.min.time(), COUNTRY)

    def count(self, wanted: sa.Select[*tuple[object, ...]]) -> int:
        """Count the rows of a query."""
        counted = sa.select(sa.func.count()).select_from(wanted.order_by(None).subquery())
        return self.session.scalar(counted) or 0

    def within(self, column: ColumnElement[str], role: Role) -> ColumnElement[bool]:
        """The condition that a region is one in which the reader holds `role`."""
        mine = self.by.regions(role)
        return sa.true() if mine is None else column.in_(mine)


Question = Callable[[Reader], Iterator[Task]]


def _preparation(reader: Reader) -> Iterator[Task]:
    campaign = current_campaign(reader.session, reader.today)
    if campaign is None:
        return
    exempt = Enrolment.exempt_reason.is_not(None) & (
        Enrolment.exempt_until.is_(None) | (Enrolment.exempt_until >= reader.today)
    )
    preparing = (
        sa.select(Enrolment.id)
        .join(Officer, Officer.id == Enrolment.officer_id)
        .where(
            Enrolment.campaign_id == campaign.id,
            Enrolment.stage == PREPARATION,
            ~exempt,
            reader.within(Officer.region_code.expression, Role.HR),
        )
    )
    due, place = notice_deadline(campaign), {"code": campaign.code}
    silent = reader.count(preparing.where(Enrolment.notified_on.is_(None)))
    yield Task("not-notified", silent, place, late=reader.today > due, due=due)
    yield Task("ready", reader.count(preparing.where(Enrolment.notified_on.is_not(None))), place)


def _schedules(reader: Reader) -> Iterator[Task]:
    drafts = (
        sa.select(Schedule.id)
        .join(Campaign, Campaign.id == Schedule.campaign_id)
        .where(Schedule.approved_at.is_(None), reader.within(Schedule.region_code.expression, Role.HR))
    )
    for code in reader.session.scalars(sa.select(Campaign.code)):
        own = drafts.where(Campaign.code == code)
        begun = reader.count(own.where(Schedule.starts_at <= reader.at))
        yield Task("schedule-begun", begun, {"code": code}, late=True)
        yield Task("schedule-draft", reader.count(own) - begun, {"code": code})


def _characteristics(reader: Reader) -> Iterator[Task]:
    written = sa.exists().where(Characteristic.enrolment_id == Enrolment.id)
    missing = (
        sa.select(Enrolment.id, Campaign.code)
        .join(Officer, Officer.id == Enrolment.officer_id)
        .join(Campaign, Campaign.id == Enrolment.campaign_id)
        .where(Enrolment.stage == INTERVIEW, ~written, reader.within(Officer.region_code.expression, Role.HR))
    )
    for code in reader.session.scalars(sa.select(Campaign.code)):
        place: dict[str, str | int] = {"code": code, "stage": INTERVIEW}
        yield Task("characteristic-missing", reader.count(missing.where(Campaign.code == code)), place)


def _thresholds(reader: Reader) -> Iterator[Task]:
    try:
        require_centre(reader.by)
    except ForbiddenError:
        return
    approvals = sa.select(sa.func.count()).where(ThresholdApproval.threshold_id == Threshold.id)
    mine = sa.exists().where(
        ThresholdApproval.threshold_id == Threshold.id, ThresholdApproval.account_id == reader.by.id
    )
    for code in reader.session.scalars(sa.select(Campaign.code)):
        waiting = (
            sa.select(Threshold.id)
            .join(Campaign, Campaign.id == Threshold.campaign_id)
            .where(
                Campaign.code == code,
                approvals.correlate(Threshold).scalar_subquery() < APPROVERS,
                Threshold.proposed_by != reader.by.id,
                ~mine,
            )
        )
        yield Task("threshold-to-approve", reader.count(waiting), {"code": code})


def _forms(reader: Reader) -> Iterator[Task]:
    yield Task("form-unsealed", reader.count(sa.select(Form.id).where(Form.sealed_at.is_(None))))


def _drafts(reader: Reader) -> Iterator[Task]:
    back = sa.exists().where(
        ItemMove.item_id == ItemRow.id, ItemMove.from_state == "in_review", ItemMove.to_state == "draft"
    )
    own = sa.select(ItemRow.id).where(ItemRow.state == "draft", ItemRow.created_by == reader.by.id)
    yield Task("item-returned", reader.count(own.where(back)))
    yield Task("item-draft", reader.count(own.where(~back)))


def _reviews(reader: Reader) -> Iterator[Task]:
    newest = sa.select(sa.func.max(ItemVersionRow.id)).where(ItemVersionRow.item_id == ItemRow.id)
    written = sa.exists().where(
        ItemVersionRow.id == newest.correlate(ItemRow).scalar_subquery(),
        ItemVersionRow.written_by == reader.by.id,
    )
    waiting = sa.select(ItemRow.id).where(ItemRow.state == "in_review", ~written)
    yield Task("item-to-review", reader.count(waiting))


def _sittings(reader: Reader) -> Iterator[Task]:
    own = (
        sa.select(Sitting.id)
        .join(Schedule, Schedule.id == Sitting.schedule_id)
        .where(reader.within(Sitting.region_code.expression, Role.INVIGILATOR))
    )
    over = own.where(Sitting.state == "open", Schedule.ends_at < reader.at)
    yield Task("sitting-over", reader.count(over), late=True)
    yield Task(
        "sitting-open", reader.count(own.where(Sitting.state == "open", Schedule.ends_at >= reader.at))
    )
    today = own.where(Sitting.state == "planned", Schedule.starts_at < reader.tomorrow)
    yield Task("sitting-today", reader.count(today))


def _extra_time(reader: Reader) -> Iterator[Task]:
    answer = aliased(Incident)
    asked = (
        sa.select(Incident.id)
        .join(Sitting, Sitting.id == Incident.sitting_id)
        .where(
            Incident.kind == ASKED,
            Incident.by != reader.by.id,
            Sitting.state == "open",
            ~sa.exists().where(answer.answers_id == Incident.id),
            reader.within(Sitting.region_code.expression, Role.INVIGILATOR),
        )
    )
    yield Task("extra-time-asked", reader.count(asked))


def _heats(reader: Reader) -> Iterator[Task]:
    own = reader.within(Heat.region_code.expression, Role.EXAMINER)
    unmeasured = ~sa.exists().where(Measurement.starter_id == Starter.id)
    open_heats = (
        sa.select(Heat.id).join(Starter, Starter.heat_id == Heat.id).where(own, unmeasured).distinct()
    )
    midnight = reader.tomorrow - timedelta(days=1)
    yield Task("heat-unfinished", reader.count(open_heats.where(Heat.starts_at < midnight)), late=True)
    today = open_heats.where(Heat.starts_at >= midnight, Heat.starts_at < reader.tomorrow)
    yield Task("heat-today", reader.count(today))


def _confirmations(reader: Reader) -> Iterator[Task]:
    later = aliased(Measurement)
    waiting = (
        sa.select(Measurement.id)
        .join(Starter, Starter.id == Measurement.starter_id)
        .join(Heat, Heat.id == Starter.heat_id)
        .where(
            Measurement.entered_by != reader.by.id,
            ~sa.exists().where(Confirmation.measurement_id == Measurement.id),
            ~sa.exists().where(later.replaces_id == Measurement.id),
            reader.within(Heat.region_code.expression, Role.EXAMINER),
        )
    )
    old = reader.count(waiting.where(Measurement.entered_at < reader.at - CONFIRM_WITHIN))
    yield Task("result-to-confirm-late", old, late=True)
    yield Task("result-to-confirm", reader.count(waiting) - old)


def _meetings(reader: Reader) -> Iterator[Task]:
    own = (
        sa.select(Meeting.id)
        .join(Commission, Commission.id == Meeting.commission_id)
        .where(seen_by(reader.by))
    )
    yield Task("meeting-open", reader.count(own.where(Meeting.state == "open")))
    planned = own.where(Meeting.state == "planned")
    yield Task("meeting-late", reader.count(planned.where(Meeting.held_on < reader.today)), late=True)
    yield Task("meeting-planned", reader.count(planned.where(Meeting.held_on >= reader.today)))


def _votes(reader: Reader) -> Iterator[Task]:
    seat = sa.select(Member.id).where(
        Member.commission_id == Meeting.commission_id, Member.account_id == reader.by.id, Member.votes
    )
    voted = sa.exists().where(
        Vote.case_id == Case.id, Vote.round == Case.round, Vote.member_id.in_(seat.correlate(Meeting))
    )
    waiting = (
        sa.select(Case.id)
        .join(Meeting, Meeting.id == Case.meeting_id)
        .where(Case.state == "vote", Meeting.state == "open", sa.exists(seat.correlate(Meeting)), ~voted)
    )
    yield Task("vote-open", reader.count(waiting))


def _signatures(reader: Reader) -> Iterator[Task]:
    """Rule 21: the officer signs within three working days of the decision."""
    unsigned = (
        sa.select(DecisionRow.decided_at, Campaign)
        .join(Case, Case.id == DecisionRow.case_id)
        .join(Meeting, Meeting.id == Case.meeting_id)
        .join(Commission, Commission.id == Meeting.commission_id)
        .join(Campaign, Campaign.id == Commission.campaign_id)
        .where(seen_by(reader.by), ~sa.exists().where(Acquaintance.decision_id == DecisionRow.id))
    )
    due = [
        days_after(campaign, decided=day_of(decided)).acquaintance
        for decided, campaign in reader.session.execute(unsigned)
    ]
    late = [day for day in due if day < reader.today]
    yield Task("signature-late", len(late), late=True, due=min(late, default=None))
    rest = [day for day in due if day >= reader.today]
    yield Task("signature-missing", len(rest), due=min(rest, default=None))


def _accounts(reader: Reader) -> Iterator[Task]:
    held = sa.exists().where(RoleGrant.account_id == Account.id, RoleGrant.revoked_at.is_(None))
    useless = sa.select(Account.id).where(Account.disabled_at.is_(None), ~held)
    yield Task("account-without-role", reader.count(useless))


def _refusals(reader: Reader) -> Iterator[Task]:
    for tag in ("guard:refused", "act:refused"):
        lately = sa.select(JournalEntry.id).where(
            JournalEntry.tag == tag, JournalEntry.at >= reader.at - REFUSALS_SHOWN
        )
        first = day_of(reader.at - REFUSALS_SHOWN).isoformat()
        yield Task(tag.replace(":", "-"), reader.count(lately), {"tag": tag, "first": first})


QUESTIONS: Mapping[Role, tuple[Question, ...]] = {
    Role.ADMINISTRATOR: (_accounts,),
    Role.HR: (_preparation, _schedules, _characteristics, _thresholds),
    Role.ITEM_AUTHOR: (_drafts,),
    Role.ITEM_APPROVER: (_reviews,),
    Role.INVIGILATOR: (_sittings, _extra_time),
    Role.EXAMINER: (_heats, _confirmations),
    Role.PSYCHOMETRICIAN: (_thresholds, _forms),
    Role.SECRETARY: (_meetings, _signatures),
    Role.MEMBER: (_votes, _meetings),
    Role.CHAIR: (_votes, _meetings, _thresholds),
    Role.AUDITOR: (_refusals,),
}
