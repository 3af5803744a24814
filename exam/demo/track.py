"""The norms of the demonstration: every officer is as fit as he is; one examiner enters, another confirms."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from random import Random

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.demo.cast import Player
from exam.demo.preparation import Stage
from exam.services.actors import Actor
from exam.services.examiner import heats, measuring
from exam.services.local_days import day_of
from exam.storage.tables import Campaign, Enrolment
from norms.ages import age_on
from norms.editions import Edition, Sex
from norms.exercises import Better, Exercise
from norms.loading import load_edition
from norms.measures import Measure, Unit

STEP = {Unit.SECONDS: Decimal("0.3"), Unit.MINUTES: Decimal(14), Unit.REPETITIONS: Decimal(1)}


def run_norms(
    session: Session,
    stage: Stage,
    players: Sequence[Player],
    actors: Mapping[str, Actor],
    *,
    seed: int,
    at: datetime,
    told: Callable[[int], object],
) -> None:
    """Hold every exercise in every region; one officer in twenty does not take part."""
    campaign = session.get_one(Campaign, stage.campaign_id)
    edition = load_edition(campaign.norms_edition)
    by_iin = {player.record.iin: player for player in players}
    chance = Random(seed + 1)  # noqa: S311
    for region in sorted({player.record.region_code for player in players}):
        runners = _of_region(session, campaign, region)
        present = [each for number, each in enumerate(runners) if number % 20 != 19]
        for exercise in edition.exercises:
            fitting = [each for each in present if exercise in _asked(edition, each, at)]
            for first in range(0, len(fitting), 8):
                _hold(
                    session,
                    stage,
                    region,
                    exercise,
                    fitting[first : first + 8],
                    by_iin,
                    actors,
                    edition,
                    chance,
                    at,
                )
                told(len(fitting[first : first + 8]))


def _of_region(session: Session, campaign: Campaign, region: str) -> list[Enrolment]:
    rows = session.scalars(
        sa.select(Enrolment).where(Enrolment.campaign_id == campaign.id).order_by(Enrolment.id)
    )
    return [each for each in rows if each.officer.region_code == region]


def _asked(edition: Edition, enrolment: Enrolment, at: datetime) -> tuple[Exercise, ...]:
    officer = enrolment.officer
    return edition.exercises_for(sex=Sex(officer.sex), age=age_on(officer.birth_date, day_of(at)))


def _hold(
    session: Session,
    stage: Stage,
    region: str,
    exercise: Exercise,
    runners: Sequence[Enrolment],
    by_iin: Mapping[str, Player],
    actors: Mapping[str, Actor],
    edition: Edition,
    chance: Random,
    at: datetime,
) -> None:
    enters, confirms = actors["examiner"], actors["examiner2"]
    heat = heats.plan_heat(
        session,
        stage.schedules["norms", region],
        exercise=exercise.code,
        starts_at=at,
        conditions="+18 °C, жел жоқ",
        by=enters,
        at=at,
    )
    heats.put_on_the_start(session, heat, runners, by=enters, at=at)
    for starter in heat.starters:
        officer = starter.enrolment.officer
        typed = _result(
            edition,
            exercise,
            Sex(officer.sex),
            age_on(officer.birth_date, day_of(at)),
            by_iin[officer.iin],
            chance,
        )
        measuring.enter(session, starter.id, typed, by=enters, at=at)
    measuring.confirm_heat(session, heat, by=confirms, at=at)


def _result(edition: Edition, exercise: Exercise, sex: Sex, age: int, player: Player, chance: Random) -> str:
    """A result around the easiest limit: better for the fit, as it would be written on paper."""
    limit = edition.rows_for(exercise.code, sex=sex, age=age)[-1].limit
    lead = Decimal(round(player.fitness + chance.gauss(0.7, 0.5), 2)) * STEP[exercise.unit]
    value = limit.value - lead if exercise.better is Better.LOWER else limit.value + lead
    rounded = value.quantize(Decimal("0.1") if exercise.unit is Unit.SECONDS else Decimal(1))
    return str(Measure(max(rounded, Decimal(1)), exercise.unit))
