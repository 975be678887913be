"""Whatever a test does: each deed that it leaves in the trail can be told without a gap."""

import json
import re

from sqlalchemy import Engine, event

from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.audit.sentences import sentence_of


def places_of(what: Event) -> set[str]:
    """Return the names of the facts that the event's sentence needs."""
    return set(re.findall(r"%\((\w+)\)s", sentence_of(what)))


@event.listens_for(Engine, "before_execute")
def can_be_told(_connection, statement, several, one, _options) -> None:
    if getattr(statement, "table", None) is AuditEntry.__table__ and statement.is_insert:
        for row in several or [one]:
            check(row["event"], row["facts"])


@event.listens_for(Engine, "before_cursor_execute")
def can_be_told_too(_connection, _cursor, statement, values, context, is_many) -> None:
    """Look at what was made ready before, and is known by its words alone."""
    into = re.match(rf"INSERT INTO {AuditEntry.__tablename__} \(([^)]*)\)", statement)
    if into is None or context.compiled is not None:
        return
    names = into[1].split(", ")
    for each in values if is_many else [values]:
        row = each if isinstance(each, dict) else dict(zip(names, each, strict=True))
        facts = row["facts"]
        check(Event(row["event"]), json.loads(facts) if isinstance(facts, str) else facts.obj)


def check(what: Event, facts: dict[str, object]) -> None:
    missing = places_of(what) - set(facts)
    assert not missing, f"{what} is recorded without {missing}, which its sentence tells"
