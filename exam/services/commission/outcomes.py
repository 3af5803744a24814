"""From the parts of an officer to his outcome: combined, stored with every ground, and computed again.

An outcome names the results it stands on, so whoever has these rows and the campaign's reading of rule 18
arrives at the same lines (Decree No. 490 of 28 February 2024, Rules, 4 and 18).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from exam.errors import RefusedError
from exam.services.actors import Actor
from exam.services.grounds import from_plain, to_plain
from exam.services.journaling import record
from exam.storage.tables import Campaign, Enrolment, OutcomeRow, PartResult
from scoring.gate import Gate, explain, open_decisions
from scoring.outcome import Ground, Outcome, Part, PartKind, PartState, RestrictionWhen, combine


@dataclass(frozen=True, slots=True)
class StoredOutcome:
    """An outcome as it is stored, with what it leaves open and the lines that lead there."""

    id: int
    restricted: bool
    gate: Gate
    lines: tuple[Ground, ...]
    computed_at: datetime


def current_results(session: Session, enrolment_id: int) -> tuple[PartResult, ...]:
    """Return the results of an officer that no later one replaces, in the order of the parts."""
    later = aliased(PartResult)
    rows = session.scalars(
        sa.select(PartResult).where(
            PartResult.enrolment_id == enrolment_id,
            ~sa.exists().where(later.replaces_id == PartResult.id),
        )
    ).all()
    order = list(PartKind)
    return tuple(sorted(rows, key=lambda row: order.index(PartKind(row.kind))))


def parts_from(rows: Iterable[PartResult]) -> tuple[Part, ...]:
    """Return stored results as parts."""
    return tuple(Part(PartKind(r.kind), PartState(r.state), from_plain(r.grounds)) for r in rows)


def outcome_now(session: Session, enrolment: Enrolment) -> Outcome:
    """Combine the current results under the campaign's reading; nothing is stored."""
    campaign = session.get_one(Campaign, enrolment.campaign_id)
    rows = current_results(session, enrolment.id)
    return combine(parts_from(rows), restriction_when=RestrictionWhen(campaign.restriction_when))


def latest_outcome(session: Session, enrolment_id: int) -> OutcomeRow | None:
    """Return the outcome stored last for an officer, or None."""
    return session.scalar(
        sa.select(OutcomeRow)
        .where(OutcomeRow.enrolment_id == enrolment_id)
        .order_by(OutcomeRow.id.desc())
        .limit(1)
    )


def store_outcome(session: Session, enrolment: Enrolment, *, by: Actor | str, at: datetime) -> OutcomeRow:
    """Store the outcome of the current results, or return the one that stands on them already.

    Raises
    ------
    RefusedError
        ``parts-open`` while a part has no result that counts.
    """
    rows = current_results(session, enrolment.id)
    outcome = outcome_now(session, enrolment)
    if outcome.restricted is None:
        raise RefusedError("parts-open", officer=enrolment.officer.full_name, parts=",".join(outcome.pending))
    stands_on = _stands_on(rows)
    known = latest_outcome(session, enrolment.id)
    if known and (known.parts, known.reading) == (stands_on, outcome.reading.value):
        return known
    row = OutcomeRow(
        enrolment_id=enrolment.id,
        reading=outcome.reading.value,
        restricted=outcome.restricted,
        parts=stands_on,
        grounds=to_plain(explain(outcome, open_decisions(outcome))),
        computed_at=at,
    )
    session.add(row)
    session.flush()
    record(
        session,
        "outcome:computed",
        by=by,
        at=at,
        outcome=row.id,
        enrolment=enrolment.id,
        restricted=row.restricted,
        reading=row.reading,
        results=[part["result"] for part in stands_on],
    )
    return row


def is_current(session: Session, row: OutcomeRow) -> bool:
    """Say whether an outcome stands on the results as they are now."""
    return bool(row.parts == _stands_on(current_results(session, row.enrolment_id)))


def _stands_on(rows: Sequence[PartResult]) -> list[dict[str, Any]]:
    return [{"result": r.id, "kind": r.kind, "state": r.state, "digest": r.input_digest} for r in rows]


def read_outcome(session: Session, row: OutcomeRow) -> StoredOutcome:
    """Return a stored outcome, its gate and its explanation computed again from the results it names."""
    outcome = recomputed(session, row)
    gate = open_decisions(outcome)
    return StoredOutcome(row.id, row.restricted, gate, explain(outcome, gate), row.computed_at)


def recomputed(session: Session, row: OutcomeRow) -> Outcome:
    """Combine again the very results that an outcome names, under the reading that it names."""
    return combine(parts_from(results_of(session, row)), restriction_when=RestrictionWhen(row.reading))


def results_of(session: Session, row: OutcomeRow) -> tuple[PartResult, ...]:
    """Return the very results that an outcome names."""
    return tuple(session.get_one(PartResult, part["result"]) for part in row.parts)


def verify_outcome(session: Session, outcome_id: int) -> tuple[str, ...]:
    """Compute a stored outcome again and name everything that does not agree; empty when it is sound.

    Returns
    -------
    tuple of str
        Among ``result-missing``, ``result-of-another``, ``result-changed``, ``restriction-differs`` and
        ``explanation-differs``.
    """
    row = session.get_one(OutcomeRow, outcome_id)
    found = {part["result"]: session.get(PartResult, part["result"]) for part in row.parts}
    if None in found.values():
        return ("result-missing",)
    problems = [_differs(row, part, found[part["result"]]) for part in row.parts]
    outcome = recomputed(session, row)
    if outcome.restricted is not row.restricted:
        problems.append("restriction-differs")
    if explain(outcome, open_decisions(outcome)) != from_plain(row.grounds):
        problems.append("explanation-differs")
    return tuple(problem for problem in problems if problem)


def _differs(row: OutcomeRow, part: Mapping[str, Any], result: PartResult | None) -> str:
    if result is None or result.enrolment_id != row.enrolment_id:
        return "result-of-another"
    told = (part["kind"], part["state"], part["digest"])
    return "" if told == (result.kind, result.state, result.input_digest) else "result-changed"


def verify_outcomes(session: Session) -> dict[int, tuple[str, ...]]:
    """Compute every stored outcome again; return the problems by outcome, empty when all are sound."""
    checked = {each: verify_outcome(session, each) for each in session.scalars(sa.select(OutcomeRow.id))}
    return {each: problems for each, problems in checked.items() if problems}
