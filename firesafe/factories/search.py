"""Finding factories by words: full text on SQLite, the same phrases with LIKE elsewhere.

SQLite keeps an FTS5 index over ``factories.search_text``, in step by triggers. Its trigram
tokenizer finds no word of two characters, so the text has a blank between Chinese
characters (`rules.spaced`), and a word is looked for as a phrase.
"""

from typing import Any

from sqlalchemy import DDL, ColumnElement, event, literal, select, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.orm.attributes import get_history
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from firesafe.core.db import Base
from firesafe.districts.models import Community, Town
from firesafe.factories.models import Factory
from firesafe.factories.rules import is_chinese, search_phrases, spaced

# What SQLite needs beside the table; a migration that makes the table anew repeats it.
INDEX_DDL = (
    "CREATE VIRTUAL TABLE factory_search USING fts5(search_text, content='factories',"
    " content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER factory_search_added AFTER INSERT ON factories BEGIN"
    " INSERT INTO factory_search (rowid, search_text) VALUES (new.id, new.search_text); END",
    "CREATE TRIGGER factory_search_removed AFTER DELETE ON factories BEGIN"
    " INSERT INTO factory_search (factory_search, rowid, search_text)"
    " VALUES ('delete', old.id, old.search_text); END",
    "CREATE TRIGGER factory_search_changed AFTER UPDATE OF search_text ON factories"
    " WHEN old.search_text IS NOT new.search_text BEGIN"
    " INSERT INTO factory_search (factory_search, rowid, search_text)"
    " VALUES ('delete', old.id, old.search_text);"
    " INSERT INTO factory_search (rowid, search_text) VALUES (new.id, new.search_text); END",
)
DROP_DDL = "DROP TABLE IF EXISTS factory_search"


def _on_sqlite(moment: str, statement: str) -> None:
    ddl = DDL(statement)  # type: ignore[no-untyped-call]  # so in the library
    event.listen(Base.metadata.tables["factories"], moment, ddl.execute_if(dialect="sqlite"))


for statement in INDEX_DDL:
    _on_sqlite("after_create", statement)
_on_sqlite("before_drop", DROP_DDL)


class _Found(FunctionElement[Any]):
    """Whether a factory is found; its clauses are key, text, full-text query, LIKE patterns.

    It does not call itself a Boolean, or SQLite would be asked whether it equals 1, and
    could no longer begin with what the index finds.
    """

    inherit_cache = True


@compiles(_Found, "sqlite")
def _in_the_index(element: _Found, compiler: SQLCompiler, **more: Any) -> str:
    key, _text, query, *_patterns = element.clauses
    wanted = compiler.process(query, **more)  # a bound parameter, so nothing can be slipped in
    index = f"(SELECT rowid FROM factory_search WHERE factory_search MATCH {wanted})"  # noqa: S608
    return f"{compiler.process(key, **more)} IN {index}"


@compiles(_Found)
def _in_the_text(element: _Found, compiler: SQLCompiler, **more: Any) -> str:
    _key, text, _query, *patterns = element.clauses
    padded = f"(' ' || {compiler.process(text, **more)})"
    parts = (f"{padded} LIKE {compiler.process(pattern, **more)}" for pattern in patterns)
    return f"({' AND '.join(parts)})"


class Unindexed(FunctionElement[Any]):
    """A column for which SQLite looks into no index.

    It cannot guess how few a word will find, and would rather walk through the county in
    the order of an index and ask about each factory than begin with those that are found.
    """

    inherit_cache = True

    def __init__(self, column: InstrumentedAttribute[Any]) -> None:
        super().__init__(column)
        self.type = column.type


@compiles(Unindexed)
def _as_it_is(element: Unindexed, compiler: SQLCompiler, **more: Any) -> str:
    (column,) = element.clauses
    return compiler.process(column, **more)


@compiles(Unindexed, "sqlite")
def _behind_a_plus(element: Unindexed, compiler: SQLCompiler, **more: Any) -> str:
    (column,) = element.clauses
    return f"+{compiler.process(column, **more)}"


def found_by(text: str) -> ColumnElement[Any]:
    """Return the condition that all words of ``text`` occur, each as a phrase.

    A word in Chinese is found anywhere, one in letters or digits from its beginning.
    Without a word everything is found.
    """
    phrases = search_phrases(text)
    if not phrases:
        return true()
    patterns = (literal(f"% {phrase}%") for phrase in phrases)
    query = " ".join(map(_quoted, phrases))
    return _Found(Factory.id, Factory.search_text, literal(query), *patterns)


def search_text_of(factory: Factory) -> str:
    """Return what a factory can be found by: its name, place, people, numbers."""
    parts = (
        factory.name,
        factory.place,
        factory.trade,
        factory.responsible_name,
        factory.responsible_phone,
        factory.fire_manager_name,
        factory.fire_manager_phone,
        factory.point_number,
        factory.credit_code or "",
    )
    return spaced(" ".join(parts))


@event.listens_for(Session, "before_flush")
def respell_places(session: Session, _context: object, _instances: object) -> None:
    """Let factories be found by the new name of a town or community that gets another one."""
    for place in list(session.dirty):
        if isinstance(place, Town | Community) and get_history(place, "name").has_changes():
            lies_in = Factory.town_id if isinstance(place, Town) else Factory.community_id
            for factory in session.scalars(select(Factory).where(lies_in == place.id)):
                factory.search_text = search_text_of(factory)


def _quoted(phrase: str) -> str:
    # A Chinese character is a token of its own and cannot be the beginning of another.
    return f'"{phrase}"' if is_chinese(phrase[-1]) else f'"{phrase}"*'
