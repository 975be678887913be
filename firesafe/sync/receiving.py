"""How a parcel comes in, by the phone's own door or out of a saved file: the way is the same."""

from collections.abc import Iterable
from hashlib import sha256

from flask import g
from sqlalchemy.orm import Session

from firesafe.core.clock import now
from firesafe.core.settings import Settings
from firesafe.inspections.ink import keep_ink
from firesafe.photos.models import PhotoState
from firesafe.photos.queries import find_photo
from firesafe.photos.receiving import developed
from firesafe.photos.store import Store
from firesafe.sync.actions import Arrived, same_parcel, take_parcel
from firesafe.sync.described import HandIn, Recheck, Refuse, Sign, Void
from firesafe.sync.models import Parcel
from firesafe.sync.queries import parcel_of_key
from firesafe.web.doors import reading, service, unit_of_work, write_together

_APART = (Sign, Refuse, HandIn, Void, Recheck)
"""What may close a visit or number a paper keeps a transaction to itself."""


def receive(arrived: Arrived) -> Parcel:
    """Take a parcel in for the officer who sends it.

    When this returns, what it brought outlives a power cut. Pictures of signatures are made
    small and kept before the unit of work begins, and photographs of a re-check developed, so
    that nobody waits for them.
    """
    signed = [deed for deed in arrived.parcel.deeds if isinstance(deed, Sign)]
    rechecked = [deed for deed in arrived.parcel.deeds if isinstance(deed, Recheck)]
    known = parcel_of_key(reading(), arrived.key) if signed or rechecked else None
    if known is not None:
        return same_parcel(known, arrived, g.officer)
    store = service(Store)
    inks = {deed.picture: keep_ink(store, deed.ink) for deed in signed}
    for deed in rechecked:
        _develop(name for judged in deed.judgements for name in judged.photos)
    by, public_address = g.officer, service(Settings).public_address

    def take(session: Session) -> Parcel:
        at = now()
        return take_parcel(session, arrived, inks=inks, by=by, at=at, public_address=public_address)

    if any(isinstance(deed, _APART) for deed in arrived.parcel.deeds):
        with unit_of_work() as session:
            return take(session)
    return write_together(take)


def _develop(names: Iterable[str]) -> None:
    """Develop at once what has arrived: a re-check's paper is made with its photographs."""
    for name in names:
        photo = find_photo(reading(), name)
        if photo is not None and photo.state is PhotoState.RECEIVED:
            developed(photo)


def fingerprint_of(body: bytes) -> str:
    """Return the SHA-256 of a parcel's bytes, by which it is known again."""
    return sha256(body).hexdigest()
