"""Measurements: entered as on paper, judged at once, confirmed by a second person, never overwritten."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError, RefusedError
from exam.rules.roles import Act, Role
from exam.rules.separation import Person, own_case, second_person
from exam.services.actors import Actor
from exam.services.examiner.heats import current
from exam.services.examiner.norms_results import settle
from exam.services.journaling import record
from exam.services.local_days import day_of
from exam.storage.tables import Account, Campaign, Confirmation, Enrolment, Heat, Measurement, Starter
from norms.ages import age_on
from norms.editions import Edition, Sex
from norms.evaluation import NoRow, Verdict, grade
from norms.exercises import doubt, read_result
from norms.loading import load_edition
from norms.problems import Problem
from norms.wording import ground_text, no_row_text

LANGUAGES = ("kk", "ru", "en")
ABSENCES = ("not_taken", "excused")


@dataclass(frozen=True, slots=True)
class Entry:
    """What an examiner sees after an entry: the measurement, or what is wrong with the text that he typed."""

    measurement: Measurement | None
    problem: Problem | None = None
    warning: Problem | None = None


def enter(
    session: Session, starter_id: int, typed: str, *, reason: str = "", by: Actor, at: datetime
) -> Entry:
    """Read, judge and store a result; a corrected one names the entry it replaces, with a reason.

    Returns
    -------
    Entry
        With a problem and without a measurement where the text is not a result; then nothing is stored.

    Raises
    ------
    NotFoundError
        If the starter is not in one of the actor's regions.
    RefusedError
        ``own_case``, ``reason-missing`` (a correction without one) or ``confirmed-already``.
    """
    starter, heat, edition = _at_the_start(session, starter_id, by=by)
    exercise = edition.exercise(heat.exercise)
    measure = read_result(typed, exercise)
    if isinstance(measure, Problem):
        return Entry(None, measure)
    officer = starter.enrolment.officer
    age = age_on(officer.birth_date, day_of(heat.starts_at))
    verdict = grade(edition, exercise.code, measure, sex=Sex(officer.sex), age=age)
    measurement = Measurement(
        status="measured",
        typed=typed.strip()[:24],
        value=format(measure.value, "f"),
        unit=measure.unit.value,
        passed=verdict.passed if isinstance(verdict, Verdict) else None,
        grade=verdict.grade.word if isinstance(verdict, Verdict) else None,
        ground=_ground(verdict, edition),
    )
    _append(session, starter, measurement, reason=reason, by=by, at=at)
    return Entry(measurement, warning=doubt(measure, exercise))


def enter_absence(
    session: Session, starter_id: int, status: str, *, reason: str, by: Actor, at: datetime
) -> Measurement:
    """Record that an exercise was not taken, or that the officer is excused from it, with the reason.

    Raises
    ------
    RefusedError
        ``status-unknown``, ``reason-missing``, ``own_case`` or ``confirmed-already``.
    """
    starter, _heat, _edition = _at_the_start(session, starter_id, by=by)
    if status not in ABSENCES:
        raise RefusedError("status-unknown", status=status)
    if not reason.strip():
        raise RefusedError("reason-missing")
    measurement = Measurement(status=status, typed="", unit="", ground={}, reason=reason.strip())
    _append(session, starter, measurement, reason=reason, by=by, at=at)
    return measurement


def _at_the_start(session: Session, starter_id: int, *, by: Actor) -> tuple[Starter, Heat, Edition]:
    starter = session.get(Starter, starter_id)
    heat = session.get(Heat, starter.heat_id) if starter else None
    mine = by.regions(Role.EXAMINER)
    if starter is None or heat is None or (mine is not None and heat.region_code not in mine):
        raise NotFoundError("starter")
    if refusal := own_case(Person(by.id, by.officer_id), starter.enrolment.officer_id):
        raise RefusedError(refusal.code)
    edition = load_edition(session.get_one(Campaign, heat.campaign_id).norms_edition)
    return starter, heat, edition


def _append(
    session: Session, starter: Starter, measurement: Measurement, *, reason: str, by: Actor, at: datetime
) -> None:
    before = current(starter)
    if before is not None:
        if not reason.strip():
            raise RefusedError("reason-missing")
        measurement.replaces_id, measurement.reason = before.id, reason.strip()
    measurement.entered_by, measurement.entered_at = by.id, at
    starter.measurements.append(measurement)
    session.flush()
    record(
        session,
        "measurement:entered" if before is None else "measurement:corrected",
        by=by,
        at=at,
        measurement=measurement.id,
        starter=starter.id,
        status=measurement.status,
        typed=measurement.typed,
        passed=measurement.passed,
        replaces=measurement.replaces_id,
        reason=measurement.reason,
    )


def _ground(verdict: Verdict | NoRow, edition: Edition) -> dict[str, Any]:
    if isinstance(verdict, NoRow):
        told = {language: no_row_text(verdict, edition, language) for language in LANGUAGES}
        return told | {"code": "norm_without_row", "edition": edition.code, "age": verdict.age}
    ground = verdict.ground
    told = {language: ground_text(verdict, language) for language in LANGUAGES}
    return told | {
        "code": "norm_met" if verdict.passed else "norm_missed",
        "edition": edition.code,
        "age": ground.age,
        "group": ground.group.name,
        "limit": format(ground.limit.value, "f"),
        "sample": edition.sample,
    }


def confirm(session: Session, measurement_id: int, *, by: Actor, at: datetime) -> Measurement:
    """Say, as the second person, that an entry is what was seen; the last one settles the norms.

    Raises
    ------
    RefusedError
        ``same_person``, ``own_case``, ``replaced`` or ``confirmed-already``.
    """
    measurement = session.get(Measurement, measurement_id)
    if measurement is None:
        raise NotFoundError("measurement")
    starter, _heat, _edition = _at_the_start(session, measurement.starter_id, by=by)
    if measurement.confirmation is not None:
        raise RefusedError("confirmed-already")
    if current(starter) is not measurement:
        raise RefusedError("replaced")
    author = session.get_one(Account, measurement.entered_by)
    refusal = second_person(
        Act.ENTER_MEASURE,
        Person(author.id, author.officer_id),
        Person(by.id, by.officer_id),
        officer_id=starter.enrolment.officer_id,
    )
    if refusal:
        raise RefusedError(refusal.code)
    measurement.confirmation = Confirmation(
        entered_by=measurement.entered_by, confirmed_by=by.id, confirmed_at=at
    )
    session.flush()
    record(session, "measurement:confirmed", by=by, at=at, measurement=measurement.id)
    settle(session, session.get_one(Enrolment, starter.enrolment_id), by=by, at=at)
    return measurement


def confirm_heat(session: Session, heat: Heat, *, by: Actor, at: datetime) -> int:
    """Confirm every entry of a heat that waits and that the actor did not enter; return how many."""
    waiting = [entry for entry in map(current, heat.starters) if entry and entry.confirmation is None]
    others = [entry for entry in waiting if entry.entered_by != by.id]
    if waiting and not others:
        raise RefusedError("same_person")
    for entry in others:
        confirm(session, entry.id, by=by, at=at)
    return len(others)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """An officer in the grid of a heat."""

    starter_id: int
    start_number: int
    officer: str
    rank: str
    sex: str
    age: int
    entry: Measurement | None
    confirmed: bool
    entered_by_me: bool
    my_own: bool


def heat_sheet(heat: Heat, *, by: Actor) -> tuple[SheetRow, ...]:
    """Return the rows of a heat in the order of their start numbers."""
    day = day_of(heat.starts_at)
    rows = []
    for starter in sorted(heat.starters, key=lambda each: each.start_number):
        officer, entry = starter.enrolment.officer, current(starter)
        rows.append(
            SheetRow(
                starter_id=starter.id,
                start_number=starter.start_number,
                officer=officer.full_name,
                rank=officer.rank,
                sex=officer.sex,
                age=age_on(officer.birth_date, day),
                entry=entry,
                confirmed=entry is not None and entry.confirmation is not None,
                entered_by_me=entry is not None and entry.entered_by == by.id,
                my_own=by.officer_id == officer.id,
            )
        )
    return tuple(rows)


def entries_of(session: Session, enrolment_id: int) -> list[tuple[Heat, Measurement]]:
    """Return the entries of an officer that count now, each with its heat."""
    starters = session.execute(
        sa.select(Starter, Heat)
        .join(Heat, Heat.id == Starter.heat_id)
        .where(Starter.enrolment_id == enrolment_id)
    )
    found = [(heat, current(starter)) for starter, heat in starters]
    return [(heat, entry) for heat, entry in found if entry is not None]
