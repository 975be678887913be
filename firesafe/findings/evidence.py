"""Proof that a finding is put right: photographs and a few words, in as many rounds as it takes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.core.clock import county_day
from firesafe.core.errors import RuleBroken, require
from firesafe.core.permissions import Permission
from firesafe.factories.queries import check_in_hands
from firesafe.findings.models import Evidence, Finding, FindingState
from firesafe.findings.queries import evidence_by_finding, evidence_of_key
from firesafe.findings.trail import record_of
from firesafe.photos.models import PhotoState
from firesafe.photos.queries import standings_of

MOST_PHOTOS = 6
LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Proof:
    """One round as it comes from the manager; ``client_key`` makes sending twice harmless."""

    client_key: str
    note: str
    photos: tuple[str, ...]


def send_evidence(
    session: Session, finding: Finding, proof: Proof, *, by: Officer, at: datetime
) -> Evidence:
    """Keep what a manager sends for a finding, which then waits for its re-check.

    The same key again changes nothing. More may be sent while a round waits; the clock of the
    re-check runs from the first that nobody has looked at. The finding must have been locked.

    Raises:
        Refused: ``by`` has not the post of a manager.
        NotFound: he does not manage this factory.
        RuleBroken: the finding is closed or stands in no notice, nothing was photographed, or
            a photograph has not arrived, cannot be read or shows what was found.
    """
    require(by.holds(Permission.OWN_EVIDENCE_SEND), "Only the factory's manager sends proof.")
    check_in_hands(session, finding.factory, by)
    known = evidence_of_key(session, proof.client_key)
    if known is not None and known.finding_id == finding.id:
        return known
    _check_finding(finding)
    _check_photos(session, finding, proof.photos)
    earlier = evidence_by_finding(session, [finding.id])[finding.id]
    evidence = Evidence(
        client_key=proof.client_key,
        finding_id=finding.id,
        round=len(earlier) + 1,
        note=proof.note,
        photos=list(proof.photos),
        sent_at=at,
        sent_by_id=by.id,
    )
    session.add(evidence)
    finding.state = FindingState.ANSWERED
    finding.answered_on = finding.answered_on or county_day(at)
    finding.version += 1
    record_of(
        session,
        Event.EVIDENCE_SENT,
        finding,
        by=by,
        at=at,
        photos=len(proof.photos),
    )
    return evidence


def _check_finding(finding: Finding) -> None:
    if finding.state is FindingState.CLOSED:
        raise RuleBroken("This is closed already. Nothing more has to be sent for it.")
    if finding.due_on is None:
        raise RuleBroken("No notice stands for this any more. Wait for the new one.")


def _check_photos(session: Session, finding: Finding, photos: tuple[str, ...]) -> None:
    if not photos:
        raise RuleBroken("Take at least one photograph of how it looks now.")
    if len(photos) > MOST_PHOTOS:
        raise RuleBroken("At most %(most)s photographs at a time.", most=MOST_PHOTOS)
    if {taken["sha256"] for taken in finding.photos} & set(photos):
        raise RuleBroken("This is the photograph of what was found. Take one of how it looks now.")
    require_readable(session, photos)


def require_readable(session: Session, photos: tuple[str, ...]) -> None:
    """Go on if every photograph is there and can be read.

    Raises:
        RuleBroken: one has not arrived, or cannot be read.
    """
    for standing in standings_of(session, photos).values():
        if standing.refusal is not None:
            raise standing.refusal
        if standing.state is not PhotoState.READABLE:
            raise RuleBroken("A photograph has not arrived yet. Send it again.")
