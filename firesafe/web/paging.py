"""Lists cut into pages, with a count that does not grow with the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Integer, Select, func, literal_column, select
from sqlalchemy.orm import Session

PAGE_SIZE = 50
MOST_COUNTED = 10_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; ``count`` stops at `MOST_COUNTED`, and then ``is_more`` is true."""

    rows: list[T]
    number: int
    count: int
    is_more: bool
    size: int = PAGE_SIZE

    @property
    def page_count(self) -> int:
        """How many pages can be leafed through, at least one."""
        return max(1, -(-self.count // self.size))


def page_of(
    session: Session, rows: Select[Any], number: int, *, size: int = PAGE_SIZE
) -> Page[Any]:
    """Return one page of ``rows``, which must have an order; pages count from one.

    Counting stops at ten thousand and leafing with it, so that a list of a hundred
    thousand costs what a list of ten thousand does; whoever needs the rest filters.
    A number out of range gives the nearest page.
    """
    one = literal_column("1", Integer)  # so that an index alone can answer
    few = rows.with_only_columns(one, maintain_column_froms=True).order_by(None)
    few = few.limit(MOST_COUNTED + 1)
    count = session.scalar(select(func.count()).select_from(few.subquery())) or 0
    is_more, count = count > MOST_COUNTED, min(count, MOST_COUNTED)
    number = min(max(1, number), max(1, -(-count // size)))
    found = session.scalars(rows.limit(size).offset((number - 1) * size)).unique().all()
    return Page(list(found), number, count, is_more, size)


def cut(rows: Sequence[T], number: int, *, size: int = PAGE_SIZE) -> Page[T]:
    """Return one page of rows that are all at hand; a number out of range gives the nearest."""
    number = min(max(1, number), max(1, -(-len(rows) // size)))
    shown = list(rows[(number - 1) * size : number * size])
    return Page(shown, number, count=len(rows), is_more=False, size=size)
