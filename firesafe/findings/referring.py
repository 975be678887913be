"""A suspected major hazard is referred to the fire service, whose conclusion alone ends it."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.clock import county_day
from firesafe.core.errors import RuleBroken, Stale, require
from firesafe.core.words import N_
from firesafe.findings.models import (
    Finding,
    FindingState,
    Referral,
    ReferralState,
    ReferralStep,
)
from firesafe.findings.policy import may_refer
from firesafe.findings.queries import findings_referred, standing_steps, step_of_key
from firesafe.findings.trail import record_of
from firesafe.inspections.models import Inspection

LONGEST_NOTE = 300
PROVEN = (ReferralState.MAJOR, ReferralState.NOT_MAJOR, ReferralState.ENDED)
"""What is entered only from a paper of the fire service: with its number and a scan of it."""

_JUDGED = (ReferralState.UNDECIDED, ReferralState.MAJOR, ReferralState.NOT_MAJOR)
_AFTER_MAJOR = (
    ReferralState.SUPERVISED,
    ReferralState.PLANNED,
    ReferralState.RECHECKED,
    ReferralState.ENDED,
)
FOLLOWERS: dict[ReferralState, tuple[ReferralState, ...]] = {
    ReferralState.SUSPECTED: (),
    ReferralState.REFERRED: (ReferralState.RECEIVED, *_JUDGED),
    ReferralState.RECEIVED: _JUDGED,
    ReferralState.UNDECIDED: _JUDGED,
    ReferralState.MAJOR: _AFTER_MAJOR,
    ReferralState.SUPERVISED: _AFTER_MAJOR[1:],
    ReferralState.PLANNED: _AFTER_MAJOR[2:],
    ReferralState.RECHECKED: _AFTER_MAJOR[2:],
    ReferralState.ENDED: (),
    ReferralState.NOT_MAJOR: (),
}
"""What may come after each state; the county is not told of every one on the way."""

STATE_NAMES = {
    ReferralState.SUSPECTED: N_("Suspected, to be referred"),
    ReferralState.REFERRED: N_("Referred"),
    ReferralState.RECEIVED: N_("Received by the fire service"),
    ReferralState.UNDECIDED: N_("Not decided yet"),
    ReferralState.MAJOR: N_("Judged a major hazard"),
    ReferralState.NOT_MAJOR: N_("Judged no major hazard"),
    ReferralState.SUPERVISED: N_("Listed for supervision"),
    ReferralState.PLANNED: N_("Plan handed in"),
    ReferralState.RECHECKED: N_("Re-checked by the fire service"),
    ReferralState.ENDED: N_("Ended by the fire service"),
}

_EVENTS = {
    ReferralState.RECEIVED: Event.REFERRAL_RECEIVED,
    ReferralState.UNDECIDED: Event.REFERRAL_UNDECIDED,
    ReferralState.MAJOR: Event.REFERRAL_MAJOR,
    ReferralState.NOT_MAJOR: Event.REFERRAL_NOT_MAJOR,
    ReferralState.SUPERVISED: Event.REFERRAL_SUPERVISED,
    ReferralState.PLANNED: Event.REFERRAL_PLANNED,
    ReferralState.RECHECKED: Event.REFERRAL_RECHECKED,
    ReferralState.ENDED: Event.REFERRAL_ENDED,
}


@dataclass(frozen=True, slots=True)
class Advance:
    """What a chief enters of a referral; ``client_key`` makes sending twice harmless.

    ``version`` is the one he has seen. ``scan_key`` is where the store keeps the paper.
    """

    client_key: str
    version: int
    state: ReferralState
    happened_on: date
    document_number: str = ""
    receiver: str = ""
    note: str = ""
    scan_key: str | None = None


def flag_suspected(
    session: Session, inspection: Inspection, findings: Collection[Finding], *, at: datetime
) -> None:
    """Enter what may be a major hazard in the register of what is to be referred that day.

    What is not suspected or is in the register already is passed over. What turns out to be
    suspected after a referral has gone out becomes a referral of its own.
    """
    suspected = [each for each in findings if each.is_suspected_major and each.referral is None]
    if not suspected:
        return
    rows = select(Referral).where(
        Referral.inspection_id == inspection.id, Referral.state == ReferralState.SUSPECTED
    )
    referral = session.scalar(rows) or Referral(
        inspection=inspection,
        county_code=inspection.county_code,
        state=ReferralState.SUSPECTED,
        flagged_at=at,
    )
    session.add(referral)
    for finding in suspected:
        finding.referral = referral
    session.flush()


def refer_hazard(
    session: Session, referral: Referral, *, by: Officer, at: datetime
) -> list[Finding]:
    """Note that a suspected major hazard goes to the fire service; return its findings.

    Whoever calls issues the letter in the same unit of work.

    Raises:
        Refused: ``by`` may not refer here.
        Stale: it has been referred already.
    """
    require(may_refer(by, referral), "You may not refer hazards of this factory.")
    hold_referral(session, referral)
    if referral.state is not ReferralState.SUSPECTED:
        raise Stale("This has been referred already. Look at the letter.")
    referral.state = ReferralState.REFERRED
    referral.referred_at, referral.referred_by_id = at, by.id
    referral.version += 1
    findings = findings_referred(session, referral)
    for finding in findings:
        finding.referred_at = at
        record_of(session, Event.FINDING_REFERRED, finding, by=by, at=at)
    return findings


def advance_referral(
    session: Session, referral: Referral, advance: Advance, *, by: Officer, at: datetime
) -> ReferralStep:
    """Enter what the fire service or the government did; a conclusion settles the findings.

    Once a major hazard has ended, its findings are closed. One that was found to be none goes
    on as any other finding, and is closed if the county has seen it put right already. The same
    key again changes nothing.

    Raises:
        Refused: ``by`` may not enter it.
        Stale: somebody entered something since it was shown.
        RuleBroken: see `_check` and `check_proof`.
    """
    require(may_refer(by, referral), "You may not enter replies to this referral.")
    hold_referral(session, referral)
    known = step_of_key(session, advance.client_key)
    if known is not None:
        return known
    _check(session, referral, advance, county_day(at))
    check_proof(advance)
    step = enter_step(session, referral, advance, by=by, at=at)
    referral.state = advance.state
    if referral.is_over:
        conclude(session, referral, advance, by=by, at=at)
    session.flush()
    return step


def enter_step(
    session: Session, referral: Referral, advance: Advance, *, by: Officer, at: datetime
) -> ReferralStep:
    """Keep what was entered of a referral and note it in the trail; nothing is checked here."""
    told = {name: value for name, value in asdict(advance).items() if name != "version"}
    step = ReferralStep(**told, referral=referral, recorded_at=at, recorded_by_id=by.id)
    session.add(step)
    referral.version += 1
    record(
        session,
        _EVENTS[advance.state],
        by=by.id,
        county=referral.county_code,
        subject=f"referral:{referral.id}",
        at=at,
        day=advance.happened_on.isoformat(),
        document=advance.document_number,
        receiver=advance.receiver,
    )
    return step


def hold_referral(session: Session, referral: Referral) -> None:
    """Read the referral as it stands now; nobody changes it until this work ends."""
    rows = select(Referral).where(Referral.id == referral.id).with_for_update(of=Referral)
    session.scalars(rows.execution_options(populate_existing=True)).one()


def _check(session: Session, referral: Referral, advance: Advance, today: date) -> None:
    """Go on if this may be entered next, and on that day.

    Raises:
        RuleBroken: it was never referred, or is over; the one does not follow from the other;
            or the day lies in the future, or before what is entered already.
        Stale: somebody entered something in the meantime.
    """
    if referral.referred_at is None:
        raise RuleBroken("This has not been referred yet. Issue the letter first.")
    if referral.is_over:
        raise RuleBroken("The fire service's conclusion has been entered already.")
    if referral.version != advance.version:
        raise Stale("Somebody entered something in the meantime. Look again, then enter yours.")
    if advance.state not in FOLLOWERS[referral.state]:
        raise RuleBroken("This cannot come next. Choose what the fire service has told you.")
    if advance.happened_on > today:
        raise RuleBroken("This day lies in the future. Correct it.")
    days = [each.happened_on for each in standing_steps(session, referral)]
    earliest = max([county_day(referral.referred_at), *days])
    if advance.happened_on < earliest:
        raise RuleBroken("It cannot lie before %(day)s. Correct the day.", day=earliest.isoformat())


def check_proof(advance: Advance) -> None:
    """Go on if what the step needs is there.

    Raises:
        RuleBroken: a conclusion has no number or no scan; or nobody is named who received it.
    """
    if advance.state is ReferralState.RECEIVED and not advance.receiver:
        raise RuleBroken("Write who received the letter at the fire service.")
    if advance.state not in PROVEN:
        return
    if not advance.document_number:
        raise RuleBroken("Enter the number of the fire service's paper.")
    if advance.scan_key is None:
        raise RuleBroken("Attach the fire service's paper, as PDF or as a photograph.")


def conclude(
    session: Session, referral: Referral, advance: Advance, *, by: Officer, at: datetime
) -> None:
    """Settle the findings of a referral by the conclusion that was just entered."""
    is_ended = advance.state is ReferralState.ENDED
    for finding in findings_referred(session, referral):
        is_seen = finding.state is FindingState.ANSWERED and finding.answered_on is None
        finding.concluded_at = at
        finding.version += 1
        if is_ended or is_seen:
            finding.state, finding.closed_at, finding.answered_on = FindingState.CLOSED, at, None
            facts = {"document": advance.document_number}
            record_of(session, Event.FINDING_ENDED, finding, by=by, at=at, **facts)
