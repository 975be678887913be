"""The ways on from a page: what each post finds in its navigation."""

from dataclasses import dataclass

from flask import g, request, url_for
from flask_babel import gettext

from firesafe.core.permissions import Permission


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: where it leads, what it is called, its icon, and who finds it."""

    endpoint: str
    label: str
    icon: str
    permission: Permission


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
    room = (request.endpoint or "").split(".")[0]
    return [
        Link(url_for(e.endpoint), gettext(e.label), e.icon, _is_current(e, room))
        for e in entries
        if officer.holds(e.permission)
    ]


def _is_current(entry: Entry, room: str) -> bool:
    return request.endpoint == entry.endpoint or entry.endpoint.split(".")[0] == room
