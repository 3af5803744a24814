"""Long lists, a page at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

T = TypeVar("T")
PAGE_SIZE = 50
LAST_PAGE = 1_000_000


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """One page of a list: `number` and `pages` count from 1, `first` and `last` are the rows shown."""

    rows: tuple[T, ...]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages the list has; at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """Number of the first row shown."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return self.first + len(self.rows) - 1 if self.rows else 0


def paged(
    session: Session,
    wanted: sa.Select[*tuple[Any, ...]],
    see: Callable[..., T],
    *,
    number: int,
    size: int = PAGE_SIZE,
) -> Paged[T]:
    """Run a query for one page; a number outside the list becomes the nearest one inside."""
    total = session.scalar(sa.select(sa.func.count()).select_from(wanted.order_by(None).subquery())) or 0
    pages = max(1, -(-total // size))
    here = min(max(1, number), pages)
    rows = session.execute(wanted.limit(size).offset((here - 1) * size)).all()
    return Paged(tuple(see(*row) for row in rows), here, size, total)


def page_number(text: str) -> int:
    """Read the number of a page from an address; 1 for anything else than ASCII digits."""
    return min(int(text), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 8 else 1


def paged_list(rows: Sequence[T], *, number: int, size: int = PAGE_SIZE) -> Paged[T]:
    """Return one page of a list that is in memory; a number outside it becomes the nearest one inside."""
    pages = max(1, -(-len(rows) // size))
    here = min(max(1, number), pages)
    return Paged(tuple(rows[(here - 1) * size : here * size]), here, size, len(rows))
