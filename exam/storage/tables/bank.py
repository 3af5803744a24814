"""Items, their versions and moves, and sealed forms."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exam.storage.base import Facts, Row, one_of

ITEM_STATES = ("draft", "in_review", "approved", "active", "suspended", "retired")


class ItemRow(Row):
    """A question through all its versions, and where it stands in its life."""

    __tablename__ = "item"
    __table_args__ = (one_of("state", ITEM_STATES), one_of("part", ("legislation", "logic")))

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    part: Mapped[str] = mapped_column(sa.String(16), default="legislation")
    state: Mapped[str] = mapped_column(sa.String(12), index=True)
    area: Mapped[str] = mapped_column(sa.String(40), index=True)
    topic: Mapped[str] = mapped_column(sa.String(40), index=True)
    act: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    fact: Mapped[str] = mapped_column(sa.String(16), default="")
    grade: Mapped[str] = mapped_column(sa.String(2), default="")
    enemies: Mapped[Any] = mapped_column(Facts, default=list)
    created_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    versions: Mapped[list["ItemVersionRow"]] = relationship(
        order_by="ItemVersionRow.number", back_populates="item"
    )


class ItemVersionRow(Row):
    """What was asked, exactly: text, options, key, source. Never changed, only followed by another."""

    __tablename__ = "item_version"
    __table_args__ = (sa.UniqueConstraint("item_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("item.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(12))
    level: Mapped[int]
    content: Mapped[Any] = mapped_column(Facts)
    digest: Mapped[str] = mapped_column(sa.String(64))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    written_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    written_at: Mapped[datetime]

    item: Mapped[ItemRow] = relationship(back_populates="versions")


class ItemPicture(Row):
    """A picture that item versions name by its content, so that a sealed form shows what was sealed."""

    __tablename__ = "item_picture"

    name: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    png: Mapped[bytes] = mapped_column(sa.LargeBinary)
    kept_at: Mapped[datetime]


class ItemMove(Row):
    """A move in the life of an item version, with its note."""

    __tablename__ = "item_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("item.id"), index=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("item_version.id"))
    from_state: Mapped[str] = mapped_column(sa.String(12))
    to_state: Mapped[str] = mapped_column(sa.String(12))
    note: Mapped[str]
    by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime]


class AmendmentRow(Row):
    """A change of an act from a day on; what stands on the touched articles leaves the pool that day."""

    __tablename__ = "amendment"

    id: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[str] = mapped_column(sa.String(64), index=True)
    in_force: Mapped[date]
    articles: Mapped[Any] = mapped_column(Facts, default=list)
    repeals: Mapped[bool] = mapped_column(default=False)
    ground: Mapped[str]
    recorded_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    recorded_at: Mapped[datetime]


class Form(Row):
    """An assembled paper; once sealed it is frozen."""

    __tablename__ = "form"
    __table_args__ = (
        sa.UniqueConstraint("campaign_id", "part", "number"),
        one_of("part", ("legislation", "logic")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"), index=True)
    part: Mapped[str] = mapped_column(sa.String(16))
    number: Mapped[int]
    blueprint: Mapped[str] = mapped_column(sa.String(64))
    seed: Mapped[int]
    digest: Mapped[str] = mapped_column(sa.String(64))
    certificate: Mapped[Any] = mapped_column(Facts)
    assembled_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    assembled_at: Mapped[datetime]
    sealed_at: Mapped[datetime | None]

    items: Mapped[list["FormItem"]] = relationship(order_by="FormItem.position")


class FormItem(Row):
    """An item version at its place in a form."""

    __tablename__ = "form_item"
    __table_args__ = (sa.UniqueConstraint("form_id", "item_version_id"),)

    form_id: Mapped[int] = mapped_column(sa.ForeignKey("form.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    item_version_id: Mapped[int] = mapped_column(sa.ForeignKey("item_version.id"), index=True)

    version: Mapped[ItemVersionRow] = relationship()
