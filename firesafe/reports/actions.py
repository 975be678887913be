"""What is done with reports: sending one, planning who goes there, saying what came of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.db import take_turns
from firesafe.core.errors import RuleBroken, Stale, require
from firesafe.factories.models import Factory
from firesafe.inspections.models import Inspection
from firesafe.reports.models import HazardReport
from firesafe.reports.policy import may_hand, may_settle
from firesafe.reports.queries import inspectors_for, report_of_key, reports_since, visits_since
from firesafe.reports.rules import SETTLED, ReportState

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """What a stranger tells; ``client_key`` makes sending twice harmless.

    ``phone`` may be empty. ``photos`` are the names of pictures that are kept already.
    """

    client_key: str
    what: str
    place: str
    phone: str = ""
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """How many reports are taken within 24 hours: of one factory, and in all."""

    per_factory: int
    in_all: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a report: how it ended, the sentence for the reporter, the visit if any."""

    state: ReportState
    answer: str
    inspection_id: int | None = None


def check_room(session: Session, factory: Factory, room: Room, *, at: datetime) -> None:
    """Go on if one more report of this factory can be taken.

    Raises:
        RuleBroken: as many came within a day as are taken.
    """
    if reports_since(session, at - DAY, factory.id) >= room.per_factory:
        raise RuleBroken(
            "This factory was reported many times today, and the county knows."
            " If it is urgent, call the county."
        )
    if reports_since(session, at - DAY) >= room.in_all:
        raise RuleBroken("More reports came today than can be taken. Call the county instead.")


def send_report(
    session: Session, factory: Factory, told: Told, room: Room, *, address: str, at: datetime
) -> HazardReport:
    """Keep what a stranger tells of a factory; the county looks into it.

    The same key again changes nothing. Only the trail knows the ``address`` it came from.

    Raises:
        RuleBroken: as many reports came within a day as are taken.
    """
    take_turns(session, "hazard reports")
    known = report_of_key(session, told.client_key)
    if known is not None:
        return known
    check_room(session, factory, room, at=at)
    report = HazardReport(
        client_key=told.client_key,
        factory=factory,
        county_code=factory.county_code,
        what=told.what,
        place=told.place,
        phone=told.phone,
        photos=list(told.photos),
        reported_at=at,
    )
    session.add(report)
    session.flush()
    _record(session, Event.REPORT_RECEIVED, report, by=None, at=at, address=address)
    return report


def hand_report(
    session: Session, report: HazardReport, inspector_id: int, *, by: Officer, at: datetime
) -> Officer:
    """Plan a visit: ask an inspector to go there, and return who goes. It must have been locked.

    Raises:
        Refused: ``by`` is no chief of the place.
        Stale: somebody has dealt with it in the meantime.
        RuleBroken: whoever is to go fills in no visits there.
    """
    require(may_hand(by, report), "Only a chief of the county plans who goes there.")
    _check_open(report)
    found = {each.id: each for each in inspectors_for(session, report)}.get(inspector_id)
    if found is None:
        raise RuleBroken("Choose an inspector of the county.")
    report.inspector, report.state = found, ReportState.HANDED
    _record(session, Event.REPORT_HANDED, report, by=by, at=at, name=found.name)
    return found


def settle_report(
    session: Session, report: HazardReport, outcome: Outcome, *, by: Officer, at: datetime
) -> None:
    """Say what came of a report. It must have been locked.

    Raises:
        Refused: ``by`` is neither a chief of the place nor the inspector who was asked.
        Stale: somebody has dealt with it in the meantime.
        RuleBroken: nothing is said, or the visit is none to this factory since the report.
    """
    require(may_settle(by, report), "Only a chief, or the inspector who was asked, ends a report.")
    _check_open(report)
    if outcome.state not in SETTLED or not outcome.answer:
        raise RuleBroken("Write in a sentence what came of it.")
    if outcome.inspection_id is not None:
        report.inspection = _visit(session, report, outcome.inspection_id)
    report.state, report.answer = outcome.state, outcome.answer
    report.settled_at, report.settled_by = at, by
    is_unfounded = outcome.state is ReportState.UNFOUNDED
    event = Event.REPORT_UNFOUNDED if is_unfounded else Event.REPORT_LOOKED_INTO
    _record(session, event, report, by=by, at=at, answer=outcome.answer)


def _check_open(report: HazardReport) -> None:
    if not report.is_open:
        raise Stale("Somebody has dealt with this report in the meantime.")


def _visit(session: Session, report: HazardReport, inspection_id: int) -> Inspection:
    visits = {each.id: each for each in visits_since(session, report)}
    if inspection_id not in visits:
        raise RuleBroken("Choose a visit to this factory that began after the report.")
    return visits[inspection_id]


def _record(
    session: Session,
    event: Event,
    report: HazardReport,
    *,
    by: Officer | None,
    at: datetime,
    **facts: object,
) -> None:
    record(
        session,
        event,
        by=by.id if by else None,
        subject=f"report:{report.id}",
        at=at,
        county=report.county_code,
        factory=report.factory.name,
        **facts,
    )
