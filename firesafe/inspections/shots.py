"""The photographs of a visit as pages show them: whether they are here, and where they were taken.

All of it informs and nothing of it refuses: a phone indoors may be off by a street.
"""

from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from firesafe.factories.models import Factory
from firesafe.inspections.models import Inspection
from firesafe.photos.models import Photo, PhotoState
from firesafe.photos.queries import photos_by_sha
from firesafe.photos.rules import BadPhotograph, is_far, metres_between, unreadable

KILOMETRES_FROM_M = 999.5  # what is rounded to a thousand metres is told as a kilometre


@dataclass(frozen=True, slots=True)
class Shot:
    """A photograph of a visit; there is no ``photo`` while it is still on the phone.

    ``metres`` is how far it was taken from the factory's place on the map, None where the
    photograph says no place or the factory has none.
    """

    photo: Photo | None
    is_factory_on_map: bool = False
    metres: float | None = None

    @property
    def is_far(self) -> bool:
        """Whether it was taken elsewhere."""
        return self.metres is not None and is_far(self.metres, self.accuracy_m)

    @property
    def is_near(self) -> bool:
        """Whether it was taken at the factory, as far as the phone can tell."""
        return self.metres is not None and not is_far(self.metres, 0)

    @property
    def lacks_place(self) -> bool:
        """Whether nobody can tell, because the photograph says nothing."""
        return self.photo is not None and self.is_factory_on_map and self.metres is None

    @property
    def accuracy_m(self) -> float | None:
        """How sure the phone was of its place."""
        return self.photo.accuracy_m if self.photo else None

    @property
    def refusal(self) -> BadPhotograph | None:
        """Why it cannot be read, if so."""
        if self.photo is None or self.photo.state is not PhotoState.UNREADABLE:
            return None
        return unreadable(self.photo.fault) if self.photo.fault else None


def shots_of(session: Session, inspection: Inspection) -> dict[str, Shot]:
    """Return every photograph of a visit by its SHA-256; its answers must have been loaded."""
    sha256s = {photo.sha256 for answer in inspection.answers for photo in answer.photos}
    return shots_among(session, inspection.factory, sha256s)


def shots_among(session: Session, factory: Factory, sha256s: Collection[str]) -> dict[str, Shot]:
    """Return these photographs of a factory by their SHA-256, in one query."""
    photos = photos_by_sha(session, sha256s) if sha256s else {}
    return {sha256: shot_at(photos.get(sha256), factory) for sha256 in sha256s}


def shot_at(photo: Photo | None, factory: Factory) -> Shot:
    """Return the photograph as one of this factory."""
    if factory.latitude is None or factory.longitude is None:
        return Shot(photo)
    if photo is None or photo.latitude is None or photo.longitude is None:
        return Shot(photo, is_factory_on_map=True)
    home = float(factory.latitude), float(factory.longitude)
    metres = metres_between((photo.latitude, photo.longitude), home)
    return Shot(photo, is_factory_on_map=True, metres=metres)


def distance_words(shot: Shot) -> str:
    """Say how far from the factory it was taken, and how sure the phone was of its place.

    Empty where nobody can tell.
    """
    if shot.metres is None:
        return ""
    length: str = _("%(metres)s m", metres=round(shot.metres))
    if shot.metres >= KILOMETRES_FROM_M:
        length = _("%(km)s km", km=f"{shot.metres / 1000:.1f}")
    if shot.accuracy_m:
        length = _("%(length)s ± %(metres)s m", length=length, metres=round(shot.accuracy_m))
    words: str = _("%(distance)s from the factory", distance=length)
    if shot.is_far:
        words = _("%(distance)s away", distance=length)
    return words
