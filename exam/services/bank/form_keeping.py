"""Forms that were looked at become forms of a campaign, exactly as they were shown.

What was shown travels through the browser under the service's signature: keeping it solves nothing anew, and
nobody slips in a question of his choice.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.orm import Session

from exam.errors import RefusedError
from exam.services.actors import Actor
from exam.services.bank.form_building import Plan, Trial, figures_for
from exam.services.bank.reading import pool
from exam.services.campaign.campaigns import find_campaign
from exam.services.journaling import record
from exam.storage.tables import Campaign, FormItem
from exam.storage.tables import Form as FormRow
from question_bank.assembly import Assembly
from question_bank.blueprint import Blueprint, as_table, blueprint_from_table
from question_bank.equivalence import Form, certify, form_of


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a plan: the campaign and how many forms it has gained."""

    campaign: str
    count: int


def wrapped(trial: Trial, secret: bytes, *, by: Actor) -> str:
    """Return what was shown to an actor as signed text."""
    plan, assembly = trial.plan, trial.assembly
    return _serializer(secret, by).dumps(
        {
            "campaign": plan.campaign,
            "blueprint": as_table(plan.blueprint),
            "seed": plan.seed,
            "day": plan.day.isoformat(),
            "gap": assembly.gap,
            "indirect": assembly.indirect_enemies,
            "forms": trial.versions,
        }
    )


def _serializer(secret: bytes, by: Actor) -> URLSafeSerializer:
    return URLSafeSerializer(
        secret, salt=f"synaq assembled forms {by.id}", signer_kwargs={"digest_method": hashlib.sha256}
    )


def keep(session: Session, parcel: str, *, secret: bytes, by: Actor, at: datetime) -> Kept:
    """Keep the forms of a parcel that `wrapped` made for the same actor.

    Raises
    ------
    RefusedError
        ``forms-not-shown`` if the parcel is not this actor's, ``forms-changed`` if a question of it has left
        the pool since, or ``forms-kept-already``.
    """
    try:
        told = _serializer(secret, by).loads(parcel)
    except BadData as error:
        raise RefusedError("forms-not-shown") from error
    campaign = find_campaign(session, told["campaign"])
    blueprint = blueprint_from_table(told["blueprint"])
    plan = Plan(campaign.code, blueprint, len(told["forms"]), told["seed"], date.fromisoformat(told["day"]))
    made = _made_again(session, plan, told)
    _refuse_twins(session, campaign, blueprint, made.forms)
    versions = tuple(tuple(form) for form in told["forms"])
    store_assembly(session, campaign, blueprint, made, versions, day=plan.day, by=by, at=at)
    return Kept(campaign.code, plan.count)


def _made_again(session: Session, plan: Plan, told: dict[str, Any]) -> Assembly:
    """Draw up forms and certificate anew from what the bank holds now."""
    items = pool(session, plan.blueprint.part, plan.day)
    by_version = {version_id: item for item, version_id in items.items()}
    if not all(version_id in by_version for form in told["forms"] for version_id in form):
        raise RefusedError("forms-changed")
    figures = figures_for(session, plan, items)
    forms = tuple(
        form_of(plan.blueprint, [by_version[each] for each in form], figures) for form in told["forms"]
    )
    certificate = certify(plan.blueprint, forms)
    if certificate.faults:
        raise RefusedError("forms-changed")
    return Assembly(plan.blueprint.code, plan.seed, forms, told["gap"], certificate, told["indirect"])


def _refuse_twins(
    session: Session, campaign: Campaign, blueprint: Blueprint, forms: tuple[Form, ...]
) -> None:
    same = sa.select(FormRow.id).where(
        FormRow.campaign_id == campaign.id,
        FormRow.part == blueprint.part.value,
        FormRow.digest.in_([form.digest for form in forms]),
    )
    if session.scalar(same.limit(1)) is not None:
        raise RefusedError("forms-kept-already")


def store_assembly(
    session: Session,
    campaign: Campaign,
    blueprint: Blueprint,
    assembly: Assembly,
    versions: tuple[tuple[int, ...], ...],
    *,
    day: date,
    by: Actor | str,
    at: datetime,
) -> list[FormRow]:
    """Store forms with their certificate and their blueprint, numbered after those of the campaign."""
    same_part = FormRow.campaign_id == campaign.id, FormRow.part == blueprint.part.value
    last = session.scalar(sa.select(sa.func.max(FormRow.number)).where(*same_part)) or 0
    certificate = assembly.certificate.as_plain() | {
        "gap": assembly.gap,
        "indirect_enemies": assembly.indirect_enemies,
        "day": day.isoformat(),
        "blueprint": as_table(blueprint),
    }
    forms = [
        FormRow(
            campaign_id=campaign.id,
            part=blueprint.part.value,
            number=number,
            blueprint=assembly.blueprint,
            seed=assembly.seed,
            digest=made.digest,
            certificate=certificate | {"expected_score": str(made.expected_score)},
            assembled_by=by.id if isinstance(by, Actor) else None,
            assembled_at=at,
            items=[FormItem(position=place, item_version_id=each) for place, each in enumerate(held)],
        )
        for number, (made, held) in enumerate(zip(assembly.forms, versions, strict=True), start=last + 1)
    ]
    session.add_all(forms)
    session.flush()
    record(
        session,
        "form:assembled",
        by=by,
        at=at,
        campaign=campaign.code,
        part=blueprint.part.value,
        blueprint=assembly.blueprint,
        seed=assembly.seed,
        digests=[form.digest for form in forms],
    )
    return forms
