"""How things stand, told to the phone that holds them: what it may forget, what it must keep."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from firesafe.accounts.models import Officer
from firesafe.findings.handing_in import settle
from firesafe.inspections.models import Inspection, InspectionState
from firesafe.inspections.queries import Inspections
from firesafe.inspections.shots import Shot, distance_words
from firesafe.photos.queries import Standing, standings_of
from firesafe.sync.described import Asked, PhotoStanding, Standings, VisitStanding
from firesafe.sync.queries import Awaited, awaited_by, taken_at_visits, visits_of_keys
from firesafe.web.doors import reading, unit_of_work
from firesafe.web.errors import sentence_of

NOTHING = Awaited(missing=0, unreadable=0)


def standings_for(asked: Asked, officer: Officer, *, at: datetime) -> Standings:
    """Say how each photograph and visit stands that was asked for.

    A visit whose last photograph has become readable is closed on this occasion, should
    nobody else have done it.
    """
    keys = [str(key) for key in asked.visits]
    _settle_those_whole(keys, officer, at)
    visits = visits_of_keys(reading(), officer, keys) if keys else {}
    awaited = awaited_by(reading(), [each.id for each in visits.values()]) if visits else {}
    photos = standings_of(reading(), asked.photos) if asked.photos else {}
    shots = taken_at_visits(reading(), officer, asked.photos) if asked.photos else {}
    return Standings(
        photos={sha256: _photo(standing, shots.get(sha256)) for sha256, standing in photos.items()},
        visits={key: _visit(visits.get(key), awaited) for key in keys},
    )


def _settle_those_whole(keys: list[str], officer: Officer, at: datetime) -> None:
    visits = visits_of_keys(reading(), officer, keys).values() if keys else ()
    handed_in = [each for each in visits if each.state is InspectionState.HANDED_IN]
    if not handed_in:
        return
    awaited = awaited_by(reading(), [each.id for each in handed_in])
    for visit in handed_in:
        if visit.id not in awaited:
            with unit_of_work() as session:
                found = Inspections.visible_to(officer).of_key(session, visit.client_key)
                settle(session, found, at=at)


def _photo(standing: Standing, shot: Shot | None) -> PhotoStanding:
    refusal = standing.refusal
    return PhotoStanding(
        state=standing.word,
        sentence=sentence_of(refusal) if refusal else None,
        distance=(distance_words(shot) or None) if shot else None,
        is_far=shot is not None and shot.is_far,
    )


def _visit(visit: Inspection | None, awaited: dict[int, Awaited]) -> VisitStanding:
    if visit is None:
        return VisitStanding(state="absent")
    waits = awaited.get(visit.id, NOTHING)
    return VisitStanding(
        state=visit.state.value,
        inspection_id=visit.id,
        address=url_for("inspections.show", inspection_id=visit.id),
        waiting_photos=waits.missing + waits.unreadable,
        sentence=_("A photograph cannot be read. Open the visit again and take it once more.")
        if waits.unreadable
        else None,
    )
