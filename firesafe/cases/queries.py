"""Reading a case: every row of the lower rooms that hangs on the visits it is about.

Which tables hang on a visit is told by their foreign keys, so a table that joins one of the
rooms later comes along by itself.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.core.db import Base, table_of
from firesafe.core.errors import NotFound
from firesafe.factories.models import Factory
from firesafe.inspections.models import Inspection, InspectionState
from firesafe.inspections.queries import Inspections
from firesafe.photos.models import Photo

Rows = list[dict[str, Any]]

AT_ONCE = 500  # photographs or people asked for by name; SQLite takes few thousand variables
_ROOMS = tuple(f"firesafe.{room}." for room in ("inspections", "findings", "notices"))
_ONLY_PREPARED = {"issue_drafts"}
_OF_NO_USE = ("search_text", "fingerprint", "band_1", "band_2", "band_3", "band_4")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a case is about: all closed visits of a factory, those begun on some days, or one.

    ``first`` and ``last`` are included; None leaves that end open.
    """

    factory_id: int
    first: date | None = None
    last: date | None = None
    inspection_id: int | None = None

    def visits(self, officer: Officer) -> Inspections:
        """Return its visits, as far as the officer may see them."""
        closed = Inspections.visible_to(officer).in_state(InspectionState.CLOSED)
        visits = closed.of_factory(self.factory_id).only(self.inspection_id)
        return visits.opened_between(self.first, self.last)


def tables_of(session: Session, officer: Officer, scope: Scope) -> dict[str, Rows]:
    """Return the rows of a case by the names of their tables, those that others hang on first.

    Frozen papers are left out, for their PDFs say the same. One query for each table.

    Raises:
        NotFound: one visit is asked for, and it is not a closed one of the factory.
    """
    ids = scope.visits(officer).ids()
    factories, inspections = table_of(Factory), table_of(Inspection)
    factory_id = select(factories.c.id).where(factories.c.id == scope.factory_id)
    chosen: dict[str, Select[int]] = {"factories": factory_id, "inspections": ids}
    found = {
        "factories": _rows(session, factories, factories.c.id == scope.factory_id),
        "inspections": _rows(session, inspections, inspections.c.id.in_(ids)),
    }
    if scope.inspection_id is not None and not found["inspections"]:
        raise NotFound("There is no such closed visit to this factory.")
    for table in _hanging_tables():
        column = _hangs_by(table, chosen)
        if column is not None:
            narrowed = column.in_(chosen[_target(column)])
            found[table.name] = _rows(session, table, narrowed)
            if "id" in table.c:
                chosen[table.name] = select(table.c.id).where(narrowed)
    return found


def photo_rows(session: Session, sha256s: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return what is known of photographs, by SHA-256, with those that were drawn on for them."""
    found: dict[str, dict[str, Any]] = {}
    wanted = set(sha256s)
    while wanted:
        rows = _among(session, table_of(Photo).c.sha256, wanted)
        found |= {row["sha256"]: row for row in rows}
        wanted = {row["drawn_over_sha256"] for row in rows} - found.keys() - {None}
    return found


def people_rows(session: Session, tables: dict[str, Rows]) -> Rows:
    """Return name and post of everyone that the rows name by id."""
    ids = {
        row[column]
        for name, rows in tables.items()
        for column in _columns_to_officers(name)
        for row in rows
    } - {None}
    people = _among(session, table_of(Officer).c.id, ids)
    return [{key: row[key] for key in ("id", "name", "post")} for row in people]


def _hanging_tables() -> list[Table]:
    """Return the tables of the rooms, those that others hang on first."""
    ours = {
        mapper.local_table: mapper
        for mapper in Base.registry.mappers
        if mapper.class_.__module__.startswith(_ROOMS)
    }
    skipped = {*_ONLY_PREPARED, Inspection.__tablename__}
    return [
        table for table in Base.metadata.sorted_tables
        if table in ours and table.name not in skipped
    ]  # fmt: skip


def _hangs_by(table: Table, chosen: Collection[str]) -> Column[Any] | None:
    """Return the column by which each row of a table hangs on a row of the case, if there is one.

    What hangs on nothing else hangs on the factory, whatever the days.
    """
    needed = [each for each in table.columns if each.foreign_keys and not each.nullable]
    hanging = [column for column in needed if _target(column) in chosen]
    return min(hanging, key=lambda column: _target(column) == "factories", default=None)


def _target(column: Column[Any]) -> str:
    return next(iter(column.foreign_keys)).column.table.name


def _columns_to_officers(name: str) -> list[str]:
    columns = Base.metadata.tables[name].columns
    return [each.name for each in columns if each.foreign_keys and _target(each) == "officers"]


def _among(session: Session, column: Column[Any], values: Collection[Any]) -> Rows:
    wanted = sorted(values)
    some = (wanted[place : place + AT_ONCE] for place in range(0, len(wanted), AT_ONCE))
    return [row for each in some for row in _rows(session, column.table, column.in_(each))]


def _rows(session: Session, table: Any, condition: ColumnElement[bool]) -> Rows:
    columns = [column for column in table.columns if column.name not in _left_out(table)]
    query = select(*columns).where(condition).order_by(*table.primary_key.columns)
    return [dict(row) for row in session.execute(query).mappings()]


def _left_out(table: Table) -> set[str]:
    """Return the columns that serve the service alone, and frozen papers."""
    mapper = next(each for each in Base.registry.mappers if each.local_table is table)
    deferred = {each.key for each in mapper.column_attrs if each.deferred}
    return {*deferred, *_OF_NO_USE}
