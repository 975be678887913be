"""Whatever a test does: each deed that it leaves in the trail can be told without a gap."""

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
    if getattr(statement, "table", None) is not AuditEntry.__table__ or not statement.is_insert:
        return
    for row in several or [one]:
        missing = places_of(row["event"]) - set(row["facts"])
        assert not missing, (
            f"{row['event']} is recorded without {missing}, which its sentence tells"
        )
