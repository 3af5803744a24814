"""Forms of a test: assembled from the active pool by blueprint and seed, sealed before the day."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from exam.errors import NotFoundError, RefusedError
from exam.services.actors import Actor
from exam.services.bank.form_building import Plan, try_forms
from exam.services.bank.form_keeping import store_assembly
from exam.services.bank.item_content import from_content
from exam.services.journaling import record
from exam.services.local_days import day_of
from exam.storage.tables import Campaign, Form, FormItem
from question_bank.assembly_model import no_time_passes
from question_bank.blueprint import Blueprint, blueprint_from_table, shipped_blueprints
from question_bank.sealing import form_digest


def find_blueprint(code: str) -> Blueprint:
    """Return a shipped blueprint, or raise NotFoundError."""
    found = shipped_blueprints().get(code)
    if found is None:
        raise NotFoundError("blueprint")
    return found


def assemble_forms(
    session: Session,
    campaign: Campaign,
    blueprint: Blueprint,
    *,
    count: int,
    seed: int,
    by: Actor | str,
    at: datetime,
) -> list[Form]:
    """Assemble parallel forms from what may be asked on the day; items that were used are spared.

    Raises
    ------
    RefusedError
        ``forms-infeasible`` with the constraints that stand in the way, or ``forms-unfinished``.
    """
    plan = Plan(campaign.code, blueprint, count, seed, day_of(at))
    trial = try_forms(session, plan, elapsed=no_time_passes)
    return store_assembly(
        session, campaign, blueprint, trial.assembly, trial.versions, day=plan.day, by=by, at=at
    )


def blueprints_of(session: Session, campaign: Campaign) -> dict[str, Blueprint]:
    """Return the shipped blueprints and those that forms of a campaign were made by, by code."""
    tables = session.scalars(
        sa.select(Form.certificate).where(Form.campaign_id == campaign.id).order_by(Form.id)
    )
    own = (blueprint_from_table(told["blueprint"]) for told in tables if "blueprint" in told)
    return shipped_blueprints() | {each.code: each for each in own}


def seal(session: Session, form_id: int, *, by: Actor | str, at: datetime) -> Form:
    """Seal a form: recompute its digest from the stored versions and freeze it.

    Raises
    ------
    RefusedError
        ``sealed-already`` or ``digest-differs``.
    """
    form = session.get(Form, form_id, options=[selectinload(Form.items).selectinload(FormItem.version)])
    if form is None:
        raise NotFoundError("form")
    if form.sealed_at is not None:
        raise RefusedError("sealed-already")
    versions = [from_content(item.version.content) for item in form.items]
    if form_digest(form.blueprint, versions) != form.digest:
        raise RefusedError("digest-differs")
    form.sealed_at = at
    session.flush()
    record(session, "form:sealed", by=by, at=at, form=form.id, digest=form.digest)
    return form


def list_forms(session: Session, campaign: Campaign) -> Sequence[Form]:
    """Return the forms of a campaign by part and number."""
    wanted = sa.select(Form).where(Form.campaign_id == campaign.id).options(selectinload(Form.items))
    return session.scalars(wanted.order_by(Form.part, Form.number)).all()
