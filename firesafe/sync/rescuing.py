"""Taking in what a phone saved as a file: by the same actions as what it sends by itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from flask import g
from pydantic import ValidationError
from werkzeug.datastructures import Headers

from firesafe.core.clock import now
from firesafe.core.errors import DomainError, Refused, RuleBroken
from firesafe.core.settings import Settings
from firesafe.core.words import N_
from firesafe.findings.queries import recheck_of_key
from firesafe.inspections.queries import Inspections
from firesafe.photos.actions import enter_photo
from firesafe.photos.intake import MEGABYTE, take_in
from firesafe.photos.models import PhotoState
from firesafe.photos.queries import find_photo
from firesafe.photos.rules import ORIGINAL, photo_key
from firesafe.photos.said import said_with
from firesafe.photos.store import Store
from firesafe.sync.actions import Arrived
from firesafe.sync.described import Open, Recheck, SentParcel
from firesafe.sync.queries import parcel_of_key
from firesafe.sync.receiving import fingerprint_of, receive
from firesafe.sync.rescue import (
    DAMAGED,
    Manifest,
    SavedFile,
    SavedParcel,
    SavedPhoto,
    SavedRecheck,
    Undecided,
)
from firesafe.sync.rules import rescued_sent_at
from firesafe.web.doors import reading, service, unit_of_work
from firesafe.web.errors import sentence_of


class Fate(StrEnum):
    """What became of a part of the file."""

    TAKEN = "taken"
    KNOWN = "known"
    OPEN = "open"
    REFUSED = "refused"


FATE_NAMES = {
    Fate.TAKEN: N_("Taken in"),
    Fate.KNOWN: N_("Was here already"),
    Fate.OPEN: N_("Not handed in yet"),
    Fate.REFUSED: N_("Not taken"),
}


class Kind(StrEnum):
    """What a part of the file is, in the order in which they are listed."""

    PARCEL = "parcel"
    RECHECK = "recheck"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Line:
    """One part of the file: its number, what became of it, why, and which visit it is about.

    ``undecided`` is a re-check that is still to be handed in.
    """

    kind: Kind
    number: int
    fate: Fate = Fate.REFUSED
    sentence: str = ""
    inspection_id: int | None = None
    undecided: Undecided | None = None


def take_saved(saved: SavedFile, device: str) -> Iterator[Line]:
    """Take every part in for the signed-in officer, and yield a line about each.

    Each part is taken by itself: what is refused holds up nothing else, and doing it all
    again does no harm. Photographs go first, for a re-check's paper is made with them.
    ``device`` says where it was taken in. A re-check that was not handed in decides nothing:
    it is given back, for its officer to go on with.
    """
    for number, photo in enumerate(saved.manifest.photos, 1):
        line = Line(Kind.PHOTO, number)
        yield _told(partial(_take_photo, saved, photo, line), line)
    for number, parcel in enumerate(saved.manifest.parcels, 1):
        line = Line(Kind.PARCEL, number)
        yield _told(partial(_take_parcel, saved, parcel, device, line), line)
    for number, recheck in enumerate(saved.manifest.rechecks, 1):
        line = Line(Kind.RECHECK, number)
        yield _told(partial(_give_back, saved, recheck, line), line)


def _told(take: Callable[[], Line], line: Line) -> Line:
    try:
        return take()
    except DomainError as fault:
        return replace(line, sentence=sentence_of(fault))


def _take_parcel(saved: SavedFile, part: SavedParcel, device: str, line: Line) -> Line:
    body = saved.part(part)
    sha256 = fingerprint_of(body)
    known = parcel_of_key(reading(), part.key)
    if known is not None and known.sha256 == sha256:
        return replace(line, fate=Fate.KNOWN, inspection_id=known.outcome["inspection_id"])
    parcel = _parcel(body)
    _check_owner(saved.manifest, parcel)
    sent_at = rescued_sent_at(saved.manifest.saved_at, now())
    taken = receive(Arrived(part.key, sha256, parcel, sent_at, device))
    return replace(line, fate=Fate.TAKEN, inspection_id=taken.outcome["inspection_id"])


def _parcel(body: bytes) -> SentParcel:
    try:
        return SentParcel.model_validate_json(body, strict=True)
    except ValidationError as fault:
        raise RuleBroken(DAMAGED) from fault


def _check_owner(manifest: Manifest, parcel: SentParcel) -> None:
    """Let nobody begin a visit, or re-check, in the place of whoever did."""
    if any(isinstance(deed, Recheck) for deed in parcel.deeds):
        _check_rechecker(manifest)
    if manifest.officer.id == g.officer.id:
        return
    if any(isinstance(deed, Open) for deed in parcel.deeds):
        raise Refused(
            "%(name)s began this visit, so it is taken in only when %(name)s has signed in.",
            name=manifest.officer.name,
        )


def _check_rechecker(manifest: Manifest) -> None:
    if manifest.officer.id != g.officer.id:
        raise Refused(
            "%(name)s re-checked, so it is taken in only when %(name)s has signed in.",
            name=manifest.officer.name,
        )


def _give_back(saved: SavedFile, part: SavedRecheck, line: Line) -> Line:
    try:
        undecided = Undecided.model_validate_json(saved.part(part), strict=True)
    except ValidationError as fault:
        raise RuleBroken(DAMAGED) from fault
    _check_rechecker(saved.manifest)
    visit = Inspections.visible_to(g.officer).one(reading(), undecided.inspection_id)
    if (str(undecided.key), str(undecided.visit)) != (part.key, visit.client_key):
        raise RuleBroken(DAMAGED)
    if recheck_of_key(reading(), part.key) is not None:
        return replace(line, fate=Fate.KNOWN, inspection_id=visit.id)
    return replace(line, fate=Fate.OPEN, inspection_id=visit.id, undecided=undecided)


def _take_photo(saved: SavedFile, part: SavedPhoto, line: Line) -> Line:
    store, photo = service(Store), find_photo(reading(), part.sha256)
    is_here = photo is not None and photo.state is not PhotoState.UNREADABLE
    if is_here and store.exists(photo_key(part.sha256, ORIGINAL)):
        return replace(line, fate=Fate.KNOWN)
    with saved.photo(part) as pieces:
        arrived = take_in(
            store,
            pieces,
            byte_count=None,
            sha256=part.sha256,
            max_bytes=service(Settings).upload_limit_mb * MEGABYTE,
        )
    said = said_with(Headers(part.headers))
    with unit_of_work() as session:
        enter_photo(session, arrived, by=g.officer, at=now(), said=said)
    return replace(line, fate=Fate.TAKEN)
