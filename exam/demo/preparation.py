"""The campaign of the demonstration before its first sitting: settings, officers, forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.demo.cast import Player
from exam.demo.staff_list import workbook
from exam.services import spreadsheets
from exam.services.actors import Actor
from exam.services.bank import forms_of_test
from exam.services.bank.loading import load_shipped_bank
from exam.services.campaign import campaigns, schedules, thresholds
from exam.services.campaign.thresholds import Proposal
from exam.services.commission import characteristics
from exam.services.commission.characteristics import FOR_HEADS_ONLY, SECTIONS, Characterisation
from exam.services.local_days import day_of
from exam.services.officers import people
from exam.storage.tables import Campaign, Officer, Schedule
from scoring.outcome import PartKind

SAMPLE_SOURCE = (
    "Үлгі: мемлекеттік қызметшілерді тестілеудің ашық қағидалары бойынша "
    "(нақты шекті мәндер қбпү актісінде) / "
    "Образец: по открытым правилам тестирования госслужащих (действительные пороги устанавливает акт ДСП)"
)
CODE = "DEMO"
FORMS = 2
APPROVER = ("А. Б. Үлгібаев", "Қазақстан Республикасының Ішкі істер министрі", "№ 125, үлгі")
PLACES = {
    "AST": "Астана қаласы, Полиция академиясы",
    "ALA": "Алматы қаласы, Полиция академиясы",
    "CENTRE": "Астана қаласы, Ішкі істер министрлігі",
}
OPINION = (
    "Қызметтік міндеттерін адал әрі тиянақты орындайды, заңдылықты сақтайды, "
    "азаматтармен сыпайы жұмыс істейді."
)


@dataclass(slots=True)
class Stage:
    """What the later scenes need: the campaign and the schedules by stage and region."""

    campaign_id: int
    schedules: dict[tuple[str, str], int]


def prepare(
    session: Session, players: Sequence[Player], actors: dict[str, Actor], *, seed: int, at: datetime
) -> Stage:
    """Set everything up to the morning of the norms."""
    today = day_of(at)
    campaign = campaigns.open_campaign(
        session,
        code=CODE,
        regime_code="decree-490",
        name_kk="Кезектен тыс аттестаттау (үлгі науқан)",
        name_ru="Внеочередная аттестация (образец кампании)",
        order="Президенттің 2024 жылғы 28 ақпандағы № 490 Жарлығы",
        starts_on=today - timedelta(days=60),
        ends_on=today + timedelta(days=120),
        norms_edition="mia-870-2016",
        by=actors["hr"],
        at=at,
    )
    people.import_officers(session, spreadsheets.read_sheet(workbook(players)), by=actors["hr"], at=at)
    _set_thresholds(session, campaign, actors, at)
    _enrol(session, campaign, actors["hr"], at)
    load_shipped_bank(session, by="demo", at=at)
    _make_forms(session, campaign, actors["psychometrician"], seed, at)
    return Stage(campaign.id, _make_schedules(session, campaign, actors["hr"], at))


def _set_thresholds(session: Session, campaign: Campaign, actors: dict[str, Actor], at: datetime) -> None:
    shapes = (
        (PartKind.LEGISLATION, 60, 60, 36, {"service": 5, "offences": 5}, "legislation-60"),
        (PartKind.LOGIC, 30, 40, 15, {}, "logic-30"),
    )
    for part, questions, minutes, points, by_area, blueprint in shapes:
        proposal = Proposal(
            part=part,
            questions=questions,
            minutes=minutes,
            points=points,
            minimum_by_area=by_area,
            blueprint=blueprint,
            source=SAMPLE_SOURCE,
            sample=True,
            valid_from=campaign.starts_on,
        )
        row = thresholds.propose(session, campaign, proposal, by=actors["psychometrician"], at=at)
        for approver in ("chair-centre", "hr"):
            thresholds.approve(session, row.id, by=actors[approver], at=at)


def _enrol(session: Session, campaign: Campaign, hr: Actor, at: datetime) -> None:
    for officer in session.scalars(sa.select(Officer).order_by(Officer.id)).all():
        enrolment = campaigns.enrol(session, campaign, officer, by=hr, at=at)
        campaigns.notify(session, enrolment, on=campaign.starts_on - timedelta(days=35), by=hr, at=at)
        campaigns.finish_preparation(session, enrolment, by=hr, at=at)
        characteristics.enter_characteristic(session, enrolment.id, _characteristic(at), by=hr, at=at)


def _characteristic(at: datetime) -> Characterisation:
    today = day_of(at)
    return Characterisation(
        author_name="Бекмұхамедов Қ. С.",
        author_post="басқарма бастығы",
        author_rank="полиция полковнигі",
        signed_on=today - timedelta(days=30),
        acquainted_on=today - timedelta(days=28),
        received_on=today - timedelta(days=25),
        sections={name: OPINION for name in SECTIONS if name != FOR_HEADS_ONLY},
    )


def _make_forms(session: Session, campaign: Campaign, by: Actor, seed: int, at: datetime) -> None:
    for code in ("legislation-60", "logic-30"):
        blueprint = forms_of_test.find_blueprint(code)
        for form in forms_of_test.assemble_forms(
            session, campaign, blueprint, count=FORMS, seed=seed, by=by, at=at
        ):
            forms_of_test.seal(session, form.id, by=by, at=at)


def _make_schedules(
    session: Session, campaign: Campaign, hr: Actor, at: datetime
) -> dict[tuple[str, str], int]:
    made: dict[tuple[str, str], Schedule] = {}
    for region, place in PLACES.items():
        for stage in schedules.STAGES:
            row = schedules.draw_up(
                session,
                campaign,
                stage=stage,
                region=region,
                place=place,
                starts_at=at - timedelta(hours=2),
                ends_at=at + timedelta(days=5),
                by=hr,
                at=at,
            )
            name, post, order = APPROVER
            schedules.enter_approval(session, row.id, name=name, post=post, order=order, by=hr, at=at)
            made[stage, region] = row
    return {key: row.id for key, row in made.items()}
