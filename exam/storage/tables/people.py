"""Regions and officers."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exam.storage.base import Row, one_of


class Region(Row):
    """A region, city of republican significance, the capital, or the centre."""

    __tablename__ = "region"

    code: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    name_kk: Mapped[str]
    name_ru: Mapped[str]


class Officer(Row):
    """An officer as the personnel list gives him."""

    __tablename__ = "officer"
    __table_args__ = (
        one_of("sex", ("M", "F")),
        one_of("test_language", ("kk", "ru")),
        sa.CheckConstraint("length(iin) = 12", name="iin_length"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    iin: Mapped[str] = mapped_column(sa.String(12), unique=True)
    full_name: Mapped[str] = mapped_column(index=True)
    birth_date: Mapped[date]
    sex: Mapped[str] = mapped_column(sa.String(1))
    rank: Mapped[str]
    post: Mapped[str]
    post_category: Mapped[str] = mapped_column(sa.String(16), index=True)
    unit: Mapped[str]
    region_code: Mapped[str] = mapped_column(sa.ForeignKey("region.code"), index=True)
    appointed_on: Mapped[date]
    education: Mapped[str]
    speciality: Mapped[str]
    test_language: Mapped[str] = mapped_column(sa.String(2))

    region: Mapped[Region] = relationship()
