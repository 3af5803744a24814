"""A sealed form as values: its item versions in their places."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.services.bank.item_content import from_content
from exam.storage.tables import FormItem, ItemRow, ItemVersionRow
from question_bank.items import ItemVersion


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """One place of a form; `position` counts from 0, whatever the candidate's order."""

    position: int
    area: str
    version: ItemVersion


def read_form(session: Session, form_id: int) -> tuple[FormQuestion, ...]:
    """Return the questions of a form in their order, keys included."""
    rows = session.execute(
        sa.select(ItemRow.area, ItemVersionRow.content)
        .join(ItemVersionRow, ItemVersionRow.item_id == ItemRow.id)
        .join(FormItem, FormItem.item_version_id == ItemVersionRow.id)
        .where(FormItem.form_id == form_id)
        .order_by(FormItem.position)
    )
    return tuple(
        FormQuestion(position, row.area, from_content(row.content)) for position, row in enumerate(rows)
    )
