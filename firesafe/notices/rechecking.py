"""A re-check is decided: its results, its numbered opinion, and the notice's end, in one act."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.clock import county_day
from firesafe.core.errors import RuleBroken
from firesafe.findings.models import FindingState, Recheck, Result
from firesafe.findings.queries import findings_of, granted_extensions, recheck_of_key
from firesafe.findings.rechecking import Checking, record_recheck
from firesafe.inspections.models import Inspection
from firesafe.notices.issuing import (
    Occasion,
    hold_visit,
    keep_paper,
    notice_as_issued,
    ready_photos,
    take_number,
)
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Notice, NoticeState
from firesafe.notices.opinion import Follows, Step, ordinals_of, recheck_opinion
from firesafe.notices.queries import opinion_of, service_of, valid_paper_of


def decide_recheck(
    session: Session,
    inspection: Inspection,
    checking: Checking,
    steps: tuple[Step, ...] = (),
    *,
    by: Officer,
    at: datetime,
    public_address: str,
) -> Notice:
    """Record a re-check, issue its opinion, and close the notice if all of it is put right.

    Whoever may re-check also decides: the opinion bears the names of those who looked, and
    the county's seal. The same key again returns the paper that it led to. Runs inside the
    caller's unit of work.

    Raises:
        Refused, Stale, RuleBroken: see `record_recheck`; also if no notice stands for the
            visit, or a photograph that is to be printed is not readable yet.
    """
    hold_visit(session, inspection)
    known = recheck_of_key(session, checking.client_key)
    paper = opinion_of(session, known.id) if known else None
    if paper is not None:
        return paper
    notice = valid_paper_of(session, inspection, PaperKind.RECTIFICATION_NOTICE)
    if notice is None:
        raise RuleBroken("No notice stands for this visit, so there is nothing to re-check.")
    recheck = record_recheck(session, inspection, checking, by=by, at=at)
    occasion = Occasion(session, inspection, notice.issuer, by, at, public_address)
    is_settled = close_if_settled(session, notice, by=by, at=at)
    follows = Follows(is_settled, steps, _put_off_to(session, recheck))
    return _issue_opinion(occasion, recheck, notice, follows)


def _put_off_to(session: Session, recheck: Recheck) -> date | None:
    """Return the latest last day given to what was not put right, if it has not passed yet."""
    missing = [each.finding_id for each in recheck.results if each.result is not Result.PUT_RIGHT]
    today = county_day(recheck.rechecked_at)
    granted = [each.due_on for each in granted_extensions(session, missing) if each.due_on]
    return max((day for day in granted if day >= today), default=None)


def close_if_settled(session: Session, notice: Notice, *, by: Officer, at: datetime) -> bool:
    """Close a notice whose findings are all closed; tell whether they are.

    A suspected major hazard that waits for the fire service keeps it open.
    """
    findings = findings_of(session, notice.inspection)
    if any(finding.state is not FindingState.CLOSED for finding in findings):
        return False
    notice.state = NoticeState.CLOSED
    record(
        session,
        Event.NOTICE_CLOSED,
        by=by.id,
        county=notice.county_code,
        subject=f"notice:{notice.id}",
        at=at,
        number=notice.number,
    )
    return True


def _issue_opinion(
    occasion: Occasion, recheck: Recheck, notice: Notice, follows: Follows
) -> Notice:
    findings = findings_of(occasion.session, occasion.inspection)
    shown = [taken["sha256"] for each in recheck.results for taken in each.finding.photos]
    shown += [sha256 for each in recheck.results for sha256 in each.photos]
    pictures = ready_photos(occasion.session, shown)
    numbered = take_number(occasion, PaperKind.RECHECK_OPINION)
    ordinals = ordinals_of(findings, notice.issued_at)
    proof = service_of(occasion.session, notice)
    paper = recheck_opinion(
        numbered.head,
        recheck,
        notice_as_issued(notice),
        ordinals,
        pictures,
        follows,
        served_on=proof.received_on if proof else None,
    )
    return keep_paper(occasion, numbered, paper, refers_to=notice, recheck_id=recheck.id)
