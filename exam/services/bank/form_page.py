"""Forms of a campaign as their pages show them: what they hold, how alike they are, how often used."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from exam.errors import NotFoundError
from exam.services.bank.item_content import from_content
from exam.storage.tables import (
    Account,
    Admission,
    Attempt,
    Campaign,
    Form,
    FormItem,
    ItemRow,
    ItemVersionRow,
)
from question_bank.blueprint import Blueprint, blueprint_from_table, property_of, shipped_blueprints
from question_bank.equivalence import PRIOR_DIFFICULTY
from question_bank.items import Item, ItemVersion, Kind, Part, State, Text


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form in the list of its campaign; `sittings` and `attempts` count its exposure."""

    id: int
    part: Part
    number: int
    blueprint: str
    seed: int
    digest: str
    questions: int
    expected_score: Decimal
    by: str
    assembled_at: datetime
    sealed_at: datetime | None
    sittings: int
    attempts: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a form; `item_id` leads to its item in the bank."""

    item_id: int
    code: str
    number: int
    area: str
    level: int
    kind: Kind
    act: str
    stem: Text


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """A quota of the blueprint and what the form holds of it."""

    dimension: str
    value: str
    least: int
    most: int
    found: int


@dataclass(frozen=True, slots=True)
class Sibling:
    """A form of the same assembly: what makes it equal to the others."""

    id: int
    number: int
    expected_score: Decimal
    words_kk: int
    words_ru: int
    shared: int


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form with its certificate; `siblings` are the forms of its assembly, itself among them."""

    line: FormLine
    campaign: str
    campaign_names: Mapping[str, str]
    blueprint: Blueprint | None
    certificate: Mapping[str, Any]
    questions: tuple[Question, ...]
    quotas: tuple[QuotaLine, ...]
    siblings: tuple[Sibling, ...]


def list_forms(session: Session, campaign: Campaign) -> tuple[FormLine, ...]:
    """Return the forms of a campaign by part and number."""
    return tuple(_line(*row) for row in session.execute(_lines().where(Form.campaign_id == campaign.id)))


def _lines() -> sa.Select[Form, str | None, int, int, int]:
    held = sa.select(sa.func.count()).where(FormItem.form_id == Form.id)
    attempts = sa.select(sa.func.count()).where(Attempt.form_id == Form.id)
    sittings = (
        sa.select(sa.func.count(sa.distinct(Admission.sitting_id)))
        .join(Attempt, Attempt.admission_id == Admission.id)
        .where(Attempt.form_id == Form.id)
    )
    counts = [each.correlate(Form).scalar_subquery() for each in (held, sittings, attempts)]
    wanted = sa.select(Form, Account.full_name, *counts).outerjoin(Account, Account.id == Form.assembled_by)
    return wanted.order_by(Form.part, Form.number)


def _line(form: Form, by: str | None, questions: int, sittings: int, attempts: int) -> FormLine:
    return FormLine(
        id=form.id,
        part=Part(form.part),
        number=form.number,
        blueprint=form.blueprint,
        seed=form.seed,
        digest=form.digest,
        questions=questions,
        expected_score=Decimal(form.certificate.get("expected_score", "0")),
        by=by or "",
        assembled_at=form.assembled_at,
        sealed_at=form.sealed_at,
        sittings=sittings,
        attempts=attempts,
    )


def read_page(session: Session, form_id: int) -> FormPage:
    """Return a form with its questions and its certificate.

    Raises
    ------
    NotFoundError
        If there is no such form.
    """
    row = session.execute(_lines().where(Form.id == form_id)).one_or_none()
    if row is None:
        raise NotFoundError("form")
    form: Form = row[0]
    blueprint = _blueprint(form)
    items = _items(session, form_id)
    campaign = session.get_one(Campaign, form.campaign_id)
    return FormPage(
        line=_line(*row),
        campaign=campaign.code,
        campaign_names={"kk": campaign.name_kk, "ru": campaign.name_ru},
        blueprint=blueprint,
        certificate=form.certificate,
        questions=tuple(_question(item_id, item) for item_id, item in items),
        quotas=_quotas(blueprint, [item for _, item in items]),
        siblings=_siblings(session, form),
    )


def _blueprint(form: Form) -> Blueprint | None:
    """The blueprint that was kept with the form; of older forms the shipped one of its code."""
    kept = form.certificate.get("blueprint")
    return blueprint_from_table(kept) if kept else shipped_blueprints().get(form.blueprint)


def _items(session: Session, form_id: int) -> list[tuple[int, Item]]:
    rows = session.execute(
        sa.select(ItemRow, ItemVersionRow)
        .join(ItemVersionRow, ItemVersionRow.item_id == ItemRow.id)
        .join(FormItem, FormItem.item_version_id == ItemVersionRow.id)
        .where(FormItem.form_id == form_id)
        .order_by(FormItem.position)
    )
    return [(row.id, _item(row, version)) for row, version in rows]


def _item(row: ItemRow, version: ItemVersionRow) -> Item:
    return Item(
        code=row.code,
        part=Part(row.part),
        area=row.area,
        level=version.level,
        state=State(row.state),
        version=from_content(version.content),
        topic=row.topic,
    )


def _question(item_id: int, item: Item) -> Question:
    version = item.version
    return Question(
        item_id, item.code, version.number, item.area, item.level, version.kind, item.act, version.stem
    )


def _quotas(blueprint: Blueprint | None, items: list[Item]) -> tuple[QuotaLine, ...]:
    return tuple(
        QuotaLine(
            quota.dimension,
            quota.value,
            quota.least,
            min(quota.most, blueprint.questions),
            sum(property_of(item, quota.dimension) == quota.value for item in items),
        )
        for quota in (blueprint.quotas if blueprint else ())
        if blueprint
    )


def _siblings(session: Session, form: Form) -> tuple[Sibling, ...]:
    rows = session.scalars(
        sa.select(Form)
        .where(
            Form.campaign_id == form.campaign_id,
            Form.part == form.part,
            Form.blueprint == form.blueprint,
            Form.seed == form.seed,
            Form.assembled_at == form.assembled_at,
        )
        .options(selectinload(Form.items).selectinload(FormItem.version))
        .order_by(Form.number)
    ).all()
    own = {item.item_version_id for item in form.items}
    return tuple(_sibling(each, own) for each in rows)


def _sibling(form: Form, own: set[int]) -> Sibling:
    versions = [from_content(item.version.content) for item in form.items]
    kk, ru = (_words(versions, language) for language in ("kk", "ru"))
    return Sibling(
        id=form.id,
        number=form.number,
        expected_score=Decimal(form.certificate.get("expected_score", "0")),
        words_kk=kk,
        words_ru=ru,
        shared=sum(item.item_version_id in own for item in form.items),
    )


def _words(versions: list[ItemVersion], language: str) -> int:
    return sum(len(text.in_language(language).split()) for version in versions for text in version.texts)


def difficulty_shape(questions: tuple[Question, ...]) -> Mapping[int, int]:
    """Return how many questions a form has of each intended level."""
    counts = Counter(question.level for question in questions)
    return {level: counts[level] for level in PRIOR_DIFFICULTY}
