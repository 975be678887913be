"""Reading imports, and what they are compared with."""

from collections.abc import Iterable
from typing import Any, Self

from sqlalchemy import Select, Table, select
from sqlalchemy.orm import Session, undefer

from firesafe.accounts.models import Officer
from firesafe.core.db import Base
from firesafe.core.errors import NotFound
from firesafe.districts.queries import towns_of
from firesafe.factories.entry import FIELDS, RegisterEntry
from firesafe.factories.models import Factory
from firesafe.factories.queries import Factories
from firesafe.imports.models import RegisterImport
from firesafe.imports.places import Atlas, Place
from firesafe.imports.plan import Choices, Judgement, Plan, Planner
from firesafe.imports.policy import may_make_places
from firesafe.imports.register import Known, Register
from firesafe.imports.tables import Row


class Imports:
    """A narrowing list of imports, run only when asked for rows."""

    def __init__(self, rows: Select[Any]) -> None:
        self._rows = rows

    @classmethod
    def visible_to(cls, officer: Officer) -> Self:
        """Start from those of the officer's county."""
        rows = select(RegisterImport)
        return cls(rows.where(RegisterImport.county_code == officer.county_code))

    def newest_first(self) -> Select[Any]:
        """Return the list, the latest upload first."""
        return self._rows.order_by(RegisterImport.at.desc(), RegisterImport.id.desc())

    def one(self, session: Session, import_id: int) -> RegisterImport:
        """Return one import with its rows.

        Raises:
            NotFound: there is none, or it is another county's.
        """
        row = self._rows.where(RegisterImport.id == import_id)
        found: RegisterImport | None = session.scalar(row.options(undefer(RegisterImport.rows)))
        if found is None:
            raise NotFound("There is no such import in your county.")
        return found


def plan_of(session: Session, upload: RegisterImport, officer: Officer) -> Plan:
    """Work out what an import will do to the register as it is now.

    Two questions to the database, however many rows there are.
    """
    choices = choices_of(upload)
    planner = Planner(
        upload.county_code,
        Register(_known_to(session, officer)),
        _atlas(session, upload, officer, choices),
        choices,
    )
    return planner.plan(Row(line, cells) for line, cells in upload.rows)


def choices_of(upload: RegisterImport) -> Choices:
    """Return what the officer has decided about the table so far."""
    judgements = upload.choices.get("judgements", {})
    return Choices(
        columns=upload.choices["columns"],
        places=frozenset(upload.choices.get("places", ())),
        judgements={int(line): Judgement(judgement) for line, judgement in judgements.items()},
    )


def factories_in_use(session: Session, ids: Iterable[int]) -> set[int]:
    """Return which factories some other record speaks of: a visit, a manager, whatever comes."""
    wanted = list(ids)
    used: set[int] = set()
    for table, column in _columns_pointing_at(Factory.__table__):
        rows = select(table.c[column]).where(table.c[column].in_(wanted)).distinct()
        used.update(session.scalars(rows))
    return used


def _known_to(session: Session, officer: Officer) -> Iterable[Known]:
    columns = (Factory.id, Factory.version, *(getattr(Factory, name) for name in FIELDS))
    rows = Factories.visible_to(officer).by_name().with_only_columns(*columns)
    for factory_id, version, *values in session.execute(rows):
        entry = RegisterEntry(**dict(zip(FIELDS, values, strict=True)))
        yield Known(factory_id, version, entry)


def _atlas(session: Session, upload: RegisterImport, officer: Officer, choices: Choices) -> Atlas:
    places = []
    for town in towns_of(session, upload.county_code):
        if officer.town_id in (None, town.id):
            places.append(Place(town.id, town.name))
            places.extend(Place(c.id, c.name, town.id) for c in town.communities)
    return Atlas(places, choices.places if may_make_places(officer) else ())


def _columns_pointing_at(table: Any) -> list[tuple[Table, str]]:
    """Return the columns of all rooms' tables that name a row of ``table``."""
    return [
        (key.parent.table, key.parent.name)
        for other in Base.metadata.tables.values()
        for key in other.foreign_keys
        if key.column.table is table
    ]
