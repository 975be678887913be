"""Photographs that look like those of another visit: told to the chief, who judges."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.factories.models import Factory
from firesafe.inspections.models import Answer, AnswerPhoto, Inspection
from firesafe.photos.models import Photo
from firesafe.photos.queries import ids_alike
from firesafe.photos.rules import distance

MOST_CANDIDATES = 500


@dataclass(frozen=True, slots=True)
class Reuse:
    """A photograph of one checkpoint that was used, or nearly so, on another visit."""

    checkpoint_code: str
    factory_name: str
    other_inspection_id: int
    is_same: bool


def reused_photos(session: Session, inspection: Inspection, *, within: int) -> list[Reuse]:
    """Return which photographs of a visit differ in at most ``within`` of 64 bits from others'.

    Two queries, whatever the number of photographs; of more than 500 candidates the newest
    are looked at.
    """
    own = _fingerprints(session, inspection)
    if not own:
        return []
    found: dict[tuple[str, int], Reuse] = {}
    for photo, other_id, factory_name in _candidates(session, inspection, list(own)):
        for fingerprint, codes in own.items():
            if distance(fingerprint, photo.fingerprint or "") > within:
                continue
            is_same = photo.fingerprint == fingerprint
            for code in codes:
                reuse = Reuse(code, factory_name, other_id, is_same)
                found.setdefault((code, other_id), reuse)
    return sorted(found.values(), key=lambda reuse: (reuse.checkpoint_code, reuse.factory_name))


def _fingerprints(session: Session, inspection: Inspection) -> dict[str, set[str]]:
    """Return the checkpoints that each look of photograph belongs to."""
    rows = session.execute(
        select(Photo.fingerprint, Answer.checkpoint_code)
        .join(AnswerPhoto, AnswerPhoto.sha256 == Photo.sha256)
        .join(Answer, Answer.id == AnswerPhoto.answer_id)
        .where(Answer.inspection_id == inspection.id, Photo.fingerprint.is_not(None))
    )
    codes: dict[str, set[str]] = defaultdict(set)
    for fingerprint, code in rows:
        codes[fingerprint or ""].add(code)
    return codes


def _candidates(
    session: Session, inspection: Inspection, fingerprints: list[str]
) -> list[tuple[Photo, int, str]]:
    """Return photographs of other visits that share a band, or nearly, with one of these."""
    rows = session.execute(
        select(Photo, Inspection.id, Factory.name)
        .join(AnswerPhoto, AnswerPhoto.sha256 == Photo.sha256)
        .join(Answer, Answer.id == AnswerPhoto.answer_id)
        .join(Inspection, Inspection.id == Answer.inspection_id)
        .join(Factory, Factory.id == Inspection.factory_id)
        .where(
            Inspection.id != inspection.id,
            Inspection.county_code == inspection.county_code,  # nobody learns of another's visits
            Photo.id.in_(ids_alike(fingerprints)),
        )
        .order_by(Photo.id.desc())
        .limit(MOST_CANDIDATES)
    )
    return [(photo, other_id, name) for photo, other_id, name in rows]
