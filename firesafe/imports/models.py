"""The imports of the register: what was uploaded, how it was read, and what it changed."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from firesafe.accounts.models import Officer
from firesafe.core.columns import Choice, Moment
from firesafe.core.db import Base
from firesafe.core.words import N_


class ImportState(StrEnum):
    """Where an import of the register stands."""

    PREVIEWED = "previewed"
    COMMITTED = "committed"
    UNDONE = "undone"


IMPORT_STATE_NAMES = {
    ImportState.PREVIEWED: N_("Not written yet"),
    ImportState.COMMITTED: N_("Written into the register"),
    ImportState.UNDONE: N_("Taken back"),
}


class RegisterImport(Base):
    """One uploaded table, kept as it was read.

    ``rows`` holds pairs of the line in the file, as a spreadsheet counts them, and its
    cells as text. ``choices`` holds what the officer has decided about it: which column
    is what, which unknown places to make, which doubtful rows are a factory of their own.
    ``undo`` holds what each touched factory was before, and which places were made, so
    that the import can be taken back as long as nobody has changed them since.
    """

    __tablename__ = "register_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_code: Mapped[str] = mapped_column(String(6), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    state: Mapped[ImportState] = mapped_column(Choice(ImportState), default=ImportState.PREVIEWED)
    by_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    header: Mapped[list[str]] = mapped_column(JSON)
    choices: Mapped[dict[str, Any]] = mapped_column(JSON)
    rows: Mapped[list[Any]] = mapped_column(JSON, deferred=True)
    undo: Mapped[dict[str, Any] | None] = mapped_column(JSON, deferred=True)
    row_count: Mapped[int] = mapped_column(default=0)
    new_count: Mapped[int] = mapped_column(default=0)
    changed_count: Mapped[int] = mapped_column(default=0)
    committed_at: Mapped[datetime | None] = mapped_column(Moment)
    by: Mapped[Officer] = relationship(lazy="joined", innerjoin=True)
