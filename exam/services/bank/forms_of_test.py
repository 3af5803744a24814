"""Forms of a test: assembled from the active pool by blueprint and seed, sealed before the day."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from exam.errors import NotFoundError, RefusedError
from exam.services.actors import Actor
from exam.services.bank.item_content import from_content
from exam.services.bank.reading import pool
from exam.services.journaling import record
from exam.services.local_days import day_of
from exam.storage.tables import Campaign, Form, FormItem
from question_bank.assembly import Assembly, assemble
from question_bank.blueprint import Blueprint, shipped_blueprints
from question_bank.errors import InfeasibleError, UnfinishedError
from question_bank.items import Item, Part
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
    """Assemble parallel forms from what may be asked on the day; the same seed gives the same forms.

    Raises
    ------
    RefusedError
        ``forms-infeasible`` with the constraints that stand in the way, or ``forms-unfinished``.
    """
    part = Part(blueprint.part)
    items = pool(session, part, day_of(at))
    try:
        assembly = assemble(blueprint, items, forms=count, seed=seed)
    except InfeasibleError as error:
        raise RefusedError("forms-infeasible", why=str(error)) from error
    except UnfinishedError as error:
        raise RefusedError("forms-unfinished") from error
    first = 1 + (
        session.scalar(
            sa.select(sa.func.max(Form.number)).where(
                Form.campaign_id == campaign.id, Form.part == part.value
            )
        )
        or 0
    )
    forms = _store(session, campaign, assembly, part, items, first=first, by=by, at=at)
    record(
        session,
        "form:assembled",
        by=by,
        at=at,
        campaign=campaign.code,
        part=part.value,
        blueprint=assembly.blueprint,
        seed=seed,
        digests=[form.digest for form in forms],
    )
    return forms


def _store(
    session: Session,
    campaign: Campaign,
    assembly: Assembly,
    part: Part,
    items: Mapping[Item, int],
    *,
    first: int,
    by: Actor | str,
    at: datetime,
) -> list[Form]:
    certificate = assembly.certificate.as_plain() | {"gap": assembly.gap}
    forms = []
    for number, made in enumerate(assembly.forms, start=first):
        form = Form(
            campaign_id=campaign.id,
            part=part.value,
            number=number,
            blueprint=assembly.blueprint,
            seed=assembly.seed,
            digest=made.digest,
            certificate=certificate | {"expected_score": str(made.expected_score)},
            assembled_by=by.id if isinstance(by, Actor) else None,
            assembled_at=at,
        )
        form.items = [
            FormItem(position=place, item_version_id=items[item]) for place, item in enumerate(made.items)
        ]
        forms.append(form)
    session.add_all(forms)
    session.flush()
    return forms


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
