"""The ways on from a page: what each post finds in its navigation."""

from dataclasses import dataclass

from flask import g, request, url_for
from flask_babel import gettext

from firesafe.core.permissions import Permission


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: where it leads, what it is called, its icon, and who finds it.

    ``also`` names pages and rooms that are reached through it and have no entry of their own;
    whoever holds ``unless`` reaches the page through another entry.
    """

    endpoint: str
    label: str
    icon: str
    permission: Permission
    also: tuple[str, ...] = ()
    unless: Permission | None = None

    @property
    def room(self) -> str:
        """The room whose page it leads to."""
        return self.endpoint.partition(".")[0]


RAISED = "scan"  # this icon stands out of the bar of a phone, in the middle of its five places
MIDDLE = 2


@dataclass(frozen=True, slots=True)
class Link:
    """An entry made ready for the template."""

    href: str
    label: str
    icon: str
    current: bool
    count: int | None = None


def links(entries: tuple[Entry, ...]) -> list[Link]:
    """Return the entries that the signed-in officer's post opens, marking where he is."""
    officer = getattr(g, "officer", None)
    if officer is None:
        return []
    open_to_him = [
        entry
        for entry in entries
        if officer.holds(entry.permission) and not (entry.unless and officer.holds(entry.unless))
    ]
    here = _entry_of(request.endpoint or "", open_to_him)
    return _with_middle(
        [
            Link(url_for(entry.endpoint), gettext(entry.label), entry.icon, entry is here)
            for entry in open_to_him
        ]
    )


def _with_middle(links: list[Link]) -> list[Link]:
    """Return the links with the raised one, if there is one, in the middle of the bar."""
    others = [link for link in links if link.icon != RAISED]
    raised = [link for link in links if link.icon == RAISED]
    return [*others[:MIDDLE], *raised, *others[MIDDLE:]]


def _entry_of(endpoint: str, entries: list[Entry]) -> Entry | None:
    """Return the entry that leads to this page, else one that names it, else one of its room."""
    room = endpoint.partition(".")[0]
    ranks = (
        [entry for entry in entries if entry.endpoint == endpoint],
        [entry for entry in entries if endpoint in entry.also],
        [entry for entry in entries if entry.room == room],
        [entry for entry in entries if room in entry.also],
    )
    return next((entry for rank in ranks for entry in rank), None)
