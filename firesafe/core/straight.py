"""Statements that go to the database with every photograph, made ready once.

SQLAlchemy settles anew each time how a statement reads and what becomes of each value, and that
takes longer than the database does. Here both are settled at the first use, by SQLAlchemy too,
so columns keep their types on both databases.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Select, Table, insert
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Values = Mapping[str, Any]
_Process = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement as one kind of database reads it; what values turn into, and what rows do."""

    text: str
    is_positional: bool
    binds: tuple[tuple[str, _Process], ...]
    results: tuple[_Process, ...]

    def bound(self, values: Values) -> Any:
        """Return the values as the driver wants them."""
        if self.is_positional:
            return tuple(
                [process(values[name]) if process else values[name] for name, process in self.binds]
            )
        return {
            name: process(values[name]) if process else values[name] for name, process in self.binds
        }

    def told(self, row: Sequence[Any]) -> tuple[Any, ...]:
        """Return a row as its columns mean it."""
        return tuple(
            process(value) if process else value
            for value, process in zip(row, self.results, strict=True)
        )


class Straight:
    """A statement whose values are all named when it is made; put past the ORM and its caches."""

    def __init__(self, statement: Insert | Select[*tuple[Any, ...]], names: Iterable[str]) -> None:
        self._statement = statement
        self._names = tuple(names)
        self._ready: dict[str, _Ready] = {}  # by the database's name: nothing else tells in it

    def run(self, connection: Connection, values: Values) -> None:
        """Do it once."""
        ready = self._ready_for(connection.dialect)
        connection.exec_driver_sql(ready.text, ready.bound(values))

    def run_each(self, connection: Connection, rows: Iterable[Values]) -> None:
        """Do it for each of the rows, of which there is at least one."""
        ready = self._ready_for(connection.dialect)
        connection.exec_driver_sql(ready.text, [ready.bound(values) for values in rows])

    def first(self, connection: Connection, values: Values) -> tuple[Any, ...] | None:
        """Return the first row that it finds, or None."""
        ready = self._ready_for(connection.dialect)
        row = connection.exec_driver_sql(ready.text, ready.bound(values)).first()
        return None if row is None else ready.told(row)

    def _ready_for(self, dialect: Dialect) -> _Ready:
        ready = self._ready.get(dialect.name)
        if ready is None:
            ready = self._ready[dialect.name] = self._made_ready(dialect)
        return ready

    def _made_ready(self, dialect: Dialect) -> _Ready:
        """Have the statement written.

        Raises:
            ValueError: it needs other values than were named, as for a column with a default.
        """
        compiled = self._statement.compile(dialect=dialect, column_keys=list(self._names))
        assert isinstance(compiled, SQLCompiler)  # noqa: S101 — a statement is compiled by nothing else
        if set(compiled.binds) != set(self._names):
            raise ValueError(f"It needs {sorted(compiled.binds)}, not {sorted(self._names)}.")
        order = compiled.positiontup if compiled.positional else self._names
        binds = tuple((name, _bind(compiled.binds[name].type, dialect)) for name in order or ())
        results: tuple[_Process, ...] = ()
        if isinstance(self._statement, Select):
            columns = self._statement.selected_columns
            results = tuple(_result(column.type, dialect) for column in columns)
        return _Ready(str(compiled), compiled.positional, binds, results)


def straight_insert(table: Table, *names: str) -> Straight:
    """Return what enters a row of which these columns are said."""
    return Straight(insert(table).inline(), names)  # inline: no word comes back of the new id


def _bind(kind: TypeEngine[Any], dialect: Dialect) -> _Process:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _result(kind: TypeEngine[Any], dialect: Dialect) -> _Process:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
