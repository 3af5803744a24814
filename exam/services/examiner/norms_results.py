"""From confirmed measurements to the result of the norms, and on to the stage of tests."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.services.actors import Actor
from exam.services.campaign.campaigns import NORMS, TEST, advance_stage
from exam.services.examiner.heats import current
from exam.services.grounds import to_plain
from exam.services.journaling import record
from exam.services.local_days import day_of
from exam.storage.base import canonical
from exam.storage.tables import Campaign, Enrolment, Heat, Measurement, PartResult, Starter
from norms.ages import age_on
from norms.editions import Edition, Sex
from norms.evaluation import NormsState, evaluate
from norms.loading import load_edition
from norms.measures import Measure, Unit
from scoring.outcome import Ground, PartKind, PartState


def settle(session: Session, enrolment: Enrolment, *, by: Actor, at: datetime) -> PartResult | None:
    """Write the result of the norms once every exercise of the officer has a confirmed entry.

    An exercise that was not taken leaves the norms not taken; a failed one fails them; otherwise one that the
    officer was excused from leaves them excused. A later correction writes a further result that names the
    one before.

    Returns
    -------
    PartResult or None
        None while an exercise is open, or when the result stands already.
    """
    confirmed = _confirmed(session, enrolment)
    edition = load_edition(session.get_one(Campaign, enrolment.campaign_id).norms_edition)
    state = _state(enrolment, confirmed, edition)
    if state is None:
        return None
    entries = [entry for _heat, entry in confirmed.values()]
    digest = hashlib.sha256(canonical([[e.id, e.status, e.value] for e in entries]).encode()).hexdigest()
    before = _current_result(session, enrolment)
    if before is not None and before.input_digest == digest:
        return None
    result = PartResult(
        enrolment_id=enrolment.id,
        kind=PartKind.NORMS.value,
        state=state.value,
        grounds=to_plain(_grounds(confirmed)),
        input_digest=digest,
        decided_at=at,
        decided_by=by.login,
        replaces_id=before.id if before else None,
        reason=entries[-1].reason or "new entry" if before else None,
        second_person=by.id,
    )
    session.add(result)
    session.flush()
    record(session, "part:decided", by=by, at=at, enrolment=enrolment.id, part="norms", state=result.state)
    if enrolment.stage == NORMS and state is not PartState.NOT_TAKEN:
        advance_stage(session, enrolment, TEST, by=by, at=at)
    return result


def _confirmed(session: Session, enrolment: Enrolment) -> Mapping[str, tuple[Heat, Measurement]]:
    rows = session.execute(
        sa.select(Heat, Starter)
        .join(Starter, Starter.heat_id == Heat.id)
        .where(Starter.enrolment_id == enrolment.id)
        .order_by(Heat.starts_at, Heat.id)
    )
    found = ((heat, current(starter)) for heat, starter in rows)
    return {heat.exercise: (heat, entry) for heat, entry in found if entry is not None and entry.confirmation}


def _state(
    enrolment: Enrolment, confirmed: Mapping[str, tuple[Heat, Measurement]], edition: Edition
) -> PartState | None:
    if not confirmed:
        return None
    officer = enrolment.officer
    day = day_of(min(heat.starts_at for heat, _entry in confirmed.values()))
    sex, age = Sex(officer.sex), age_on(officer.birth_date, day)
    asked = {exercise.code for exercise in edition.exercises_for(sex=sex, age=age)}
    statuses = {entry.status for _heat, entry in confirmed.values()}
    if not asked:
        return PartState.EXCUSED if statuses == {"excused"} else None
    if not asked <= set(confirmed):
        return None
    if "not_taken" in statuses:
        return PartState.NOT_TAKEN
    if any(entry.passed is False for _heat, entry in confirmed.values()) and "excused" in statuses:
        return PartState.FAILED
    if "excused" in statuses:
        return PartState.EXCUSED
    results = {code: _measure(confirmed[code][1]) for code in asked}
    verdict = evaluate(edition, results, sex=sex, age=age)
    return {NormsState.PASSED: PartState.PASSED, NormsState.FAILED: PartState.FAILED}.get(verdict.state)


def _measure(entry: Measurement) -> Measure:
    return Measure(Decimal(entry.value or "0"), Unit(entry.unit))


def _grounds(confirmed: Mapping[str, tuple[Heat, Measurement]]) -> list[Ground]:
    grounds = []
    for code, (_heat, entry) in confirmed.items():
        if entry.status == "measured":
            facts = tuple((name, str(told)) for name, told in sorted(entry.ground.items()) if name != "code")
            grounds.append(Ground(entry.ground["code"], (("exercise", code), *facts)))
        else:
            grounds.append(
                Ground(f"norm_{entry.status}", (("exercise", code), ("reason", entry.reason or "")))
            )
    return grounds


def _current_result(session: Session, enrolment: Enrolment) -> PartResult | None:
    replaced = sa.select(PartResult.replaces_id).where(PartResult.replaces_id.is_not(None))
    return session.scalar(
        sa.select(PartResult).where(
            PartResult.enrolment_id == enrolment.id,
            PartResult.kind == PartKind.NORMS.value,
            PartResult.id.not_in(replaced),
        )
    )
