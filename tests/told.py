"""Whatever a test does: each deed that it leaves in the trail can be told without a gap."""

import re

from sqlalchemy import event

from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.audit.sentences import sentence_of


def places_of(what: Event) -> set[str]:
    """Return the names of the facts that the event's sentence needs."""
    return set(re.findall(r"%\((\w+)\)s", sentence_of(what)))


@event.listens_for(AuditEntry, "before_insert")
def can_be_told(_mapper: object, _connection: object, entry: AuditEntry) -> None:
    missing = places_of(entry.event) - set(entry.facts)
    assert not missing, f"{entry.event} is recorded without {missing}, which its sentence tells"
