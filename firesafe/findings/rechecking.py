"""Re-checks: the county looks whether what was found is put right, on site or by photograph."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.core.clock import county_day
from firesafe.core.errors import RuleBroken, Stale, require
from firesafe.findings.models import (
    Finding,
    FindingState,
    Manner,
    Occasion,
    Recheck,
    RecheckResult,
    Result,
)
from firesafe.findings.policy import may_recheck
from firesafe.findings.queries import evidence_by_finding, place_in_standard
from firesafe.findings.rules import is_seen_by_photo
from firesafe.findings.trail import record_of
from firesafe.inspections.models import Inspection
from firesafe.inspections.policy import may_go_along

LONGEST_REASON = 300
LONGEST_STATEMENT = 500
MOST_PHOTOS = 20
"""So many photographs of a re-check at one finding; more make the paper unreadable."""

NEED_REASON = frozenset({Result.PARTLY, Result.NOT_PUT_RIGHT})
"""Results that go back to the factory, which has to be told why."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found of one finding. ``version`` is the one that whoever judges has seen."""

    finding_id: int
    version: int
    result: Result
    reason: str = ""
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checking:
    """A re-check as it is handed in; ``client_key`` makes sending twice harmless.

    ``statement`` is what the factory has to say to it, ``second`` who went along.
    """

    client_key: str
    manner: Manner
    occasion: Occasion
    rechecked_at: datetime
    judgements: tuple[Judgement, ...]
    second: Officer | None = None
    statement: str = ""


def record_recheck(
    session: Session, inspection: Inspection, checking: Checking, *, by: Officer, at: datetime
) -> Recheck:
    """Keep a re-check and what follows from it for each finding that was judged.

    What is put right is closed; what is not goes back to be put right, and its failed
    re-checks are counted. A suspected major hazard stays open whatever is seen: only the fire
    service's conclusion ends it. The visit must have been locked, so that of two who decide
    at once the second is told.

    Raises:
        Refused: ``by`` may not re-check here.
        Stale: something changed for a finding since it was shown.
        RuleBroken: see `_check` and `_check_judgement`.
    """
    findings = _locked(session, inspection)
    require(
        all(may_recheck(by, each) for each in findings.values()),
        "You may not re-check this factory.",
    )
    _check(inspection, checking, by=by, at=at)
    recheck = Recheck(
        client_key=checking.client_key,
        inspection_id=inspection.id,
        manner=checking.manner,
        occasion=checking.occasion,
        statement=checking.statement,
        rechecked_at=checking.rechecked_at,
        lead_id=by.id,
        second_id=_second_of(checking),
    )
    judged = {each.finding_id: each for each in checking.judgements}
    for finding in sorted(findings.values(), key=place_in_standard):
        if finding.id in judged:
            judgement = judged.pop(finding.id)
            _check_judgement(finding, judgement, checking.manner)
            recheck.results.append(_result(session, finding, judgement, checking))
            _settle(session, finding, judgement, checking, by=by, at=at)
    if judged:
        raise RuleBroken("A finding of another visit was judged. Open the case again.")
    session.add(recheck)
    session.flush()  # the paper that comes next needs the id
    return recheck


def _second_of(checking: Checking) -> int | None:
    """Return who went along; by photograph nobody goes."""
    is_on_site = checking.manner is Manner.ON_SITE
    return checking.second.id if is_on_site and checking.second else None


def _locked(session: Session, inspection: Inspection) -> Mapping[int, Finding]:
    """Return the visit's findings as they stand now; nobody changes them until this work ends."""
    rows = (
        select(Finding)
        .where(Finding.inspection_id == inspection.id)
        .order_by(Finding.id)
        .with_for_update(of=Finding)
        .execution_options(populate_existing=True)
    )
    return {finding.id: finding for finding in session.scalars(rows)}


def _check(inspection: Inspection, checking: Checking, *, by: Officer, at: datetime) -> None:
    if not checking.judgements:
        raise RuleBroken("Judge at least one finding.")
    if checking.rechecked_at > at:
        raise RuleBroken("A re-check cannot lie in the future. Correct the time.")
    if inspection.closed_at is not None and checking.rechecked_at < inspection.closed_at:
        raise RuleBroken("A re-check cannot lie before the visit. Correct the time.")
    is_alone = checking.second is None or not may_go_along(checking.second, by)
    if checking.manner is Manner.ON_SITE and is_alone:
        raise RuleBroken("On site it takes two officers of the county. Choose the second.")


def _check_judgement(finding: Finding, judgement: Judgement, manner: Manner) -> None:
    code = finding.checkpoint_code
    if finding.state is FindingState.CLOSED:
        raise RuleBroken("Finding %(code)s is closed already.", code=code)
    if finding.version != judgement.version:
        raise Stale(
            "Something changed for finding %(code)s in the meantime. Look again, then decide.",
            code=code,
        )
    if finding.due_on is None:
        raise RuleBroken("No notice stands for finding %(code)s.", code=code)
    if judgement.result in NEED_REASON and not judgement.reason:
        raise RuleBroken("Write what is still missing at %(code)s.", code=code)
    if manner is Manner.BY_PHOTO:
        if not is_seen_by_photo(finding.grade):
            raise RuleBroken("Finding %(code)s is graver: re-check it on site.", code=code)
        if finding.answered_on is None:
            raise RuleBroken("Nothing has been sent for %(code)s that could be seen.", code=code)


def _result(
    session: Session, finding: Finding, judgement: Judgement, checking: Checking
) -> RecheckResult:
    """Return the result with its photographs: the officers' own, else what the manager sent."""
    rounds = evidence_by_finding(session, [finding.id])[finding.id]
    sent = rounds[-1].photos if rounds and finding.answered_on is not None else []
    return RecheckResult(
        finding=finding,
        result=judgement.result,
        reason=judgement.reason,
        photos=list(judgement.photos) or sent,
    )


def _settle(
    session: Session,
    finding: Finding,
    judgement: Judgement,
    checking: Checking,
    *,
    by: Officer,
    at: datetime,
) -> None:
    is_put_right = judgement.result is Result.PUT_RIGHT
    finding.answered_on = None
    finding.rechecked_on = county_day(checking.rechecked_at)
    finding.version += 1
    if is_put_right and finding.awaits_fire_service:
        event, finding.state = Event.FINDING_SEEN_PUT_RIGHT, FindingState.ANSWERED
    elif is_put_right:
        event, finding.state, finding.closed_at = Event.FINDING_CLOSED, FindingState.CLOSED, at
    else:
        event, finding.state = Event.FINDING_SENT_BACK, FindingState.OPEN
        finding.failed_rechecks += 1
    record_of(
        session,
        event,
        finding,
        by=by,
        at=at,
        reason=judgement.reason,
    )
