"""Issuing, withdrawing and keeping the papers of a visit."""

from datetime import datetime

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.errors import Refused, RuleBroken, Stale, require
from firesafe.core.permissions import Permission
from firesafe.core.words import N_
from firesafe.findings.actions import clear_deadlines, set_deadlines
from firesafe.findings.models import Finding, FindingState
from firesafe.findings.queries import findings_of
from firesafe.inspections.models import Inspection, InspectionState
from firesafe.jobs.actions import enqueue
from firesafe.jobs.models import Job
from firesafe.notices import freezing
from firesafe.notices.canonical import from_json
from firesafe.notices.freezing import Terms
from firesafe.notices.issuing import (
    Occasion,
    hold_visit,
    keep_paper,
    ready_photos,
    take_number,
)
from firesafe.notices.kinds import BATCH_JOB, WITHDRAWABLE_KINDS, PaperKind
from firesafe.notices.models import IssueDraft, Issuer, IssuerType, Notice, NoticeState
from firesafe.notices.policy import may_edit_issuer, may_issue, may_withdraw
from firesafe.notices.queries import (
    bodies_at,
    body_of,
    issuer_of,
    mark_is_taken,
    papers_of,
    valid_paper_of,
)
from firesafe.notices.receipt import blank_receipt
from firesafe.notices.record import inspection_record
from firesafe.photos.models import Photo

MOST_IN_BATCH = 300
NOT_TO_WITHDRAW = N_("You may not withdraw this notice.")


def issue_papers(
    session: Session,
    inspection: Inspection,
    terms: Terms,
    *,
    by: Officer,
    at: datetime,
    public_address: str,
) -> list[Notice]:
    """Issue what a closed visit still lacks: its record, and a notice with proof of service.

    The record is numbered once. A notice is made when something found is not put right,
    and there is at most one that has not been withdrawn. The notice counts as received on
    the day it is issued. Everything that is printed is frozen here; the PDFs are made
    afterwards from what was frozen. Runs inside the caller's unit of work.

    Raises:
        Refused: ``by`` may not issue for this visit.
        RuleBroken: the visit is not closed, a photograph is not ready, the issuer's
            particulars are missing, a character cannot be printed, or all is issued.
    """
    hold_visit(session, inspection)
    issuer = _issuer_for(session, inspection, by)
    findings = findings_of(session, inspection)
    taken = [photo["sha256"] for finding in findings for photo in finding.photos]
    pictures = ready_photos(session, taken)
    occasion = Occasion(session, inspection, issuer, by, at, public_address)
    unsettled = [finding for finding in findings if finding.state is not FindingState.CLOSED]
    papers: list[Notice] = []
    if valid_paper_of(session, inspection, PaperKind.INSPECTION_RECORD) is None:
        papers.append(_issue_record(occasion, findings, pictures))
    if unsettled and valid_paper_of(session, inspection, PaperKind.RECTIFICATION_NOTICE) is None:
        notice = _issue_rectification(occasion, unsettled, pictures, terms)
        papers += [notice, _issue_service_receipt(occasion, notice)]
    if not papers:
        raise RuleBroken("The papers of this visit have all been issued already.")
    return papers


def withdraw_notice(
    session: Session,
    notice: Notice,
    reason: str,
    *,
    by: Officer,
    at: datetime,
    public_address: str,
) -> Notice:
    """Take a notice or an order back by a second numbered paper; return that paper.

    The first number stays in the register and is never used again; its proof of service goes
    with it. The findings of a notice lose their last day and wait for a new one; what an order
    named may be ordered anew, and the days that the notice gave it stand.

    Raises:
        Refused: ``by`` may not withdraw it.
        RuleBroken: it is of another kind, or has been withdrawn already.
    """
    require(may_withdraw(by, notice), NOT_TO_WITHDRAW)
    hold_visit(session, notice.inspection)
    session.refresh(notice, ["state"])
    if notice.kind not in WITHDRAWABLE_KINDS:
        raise RuleBroken("Only a rectification notice or an order can be withdrawn.")
    if notice.state is NoticeState.WITHDRAWN:
        raise RuleBroken("This notice has been withdrawn already.")
    if notice.state is NoticeState.CLOSED:
        raise RuleBroken("All of this notice is put right and closed. It cannot be withdrawn.")
    occasion = Occasion(session, notice.inspection, notice.issuer, by, at, public_address)
    numbered = take_number(occasion, PaperKind.WITHDRAWAL)
    withdrawal = freezing.withdrawal(numbered.head, from_json(notice.as_issued), reason)
    paper = keep_paper(occasion, numbered, withdrawal, refers_to=notice)
    _void_with_proof(session, notice)
    if notice.sets_days:
        clear_deadlines(session, notice.inspection)
    record(
        session,
        Event.NOTICE_WITHDRAWN,
        by=by.id,
        county=notice.county_code,
        subject=f"notice:{notice.id}",
        at=at,
        number=notice.number,
        withdrawal=paper.number,
        reason=reason,
    )
    return paper


def _void_with_proof(session: Session, notice: Notice) -> None:
    notice.state = NoticeState.WITHDRAWN
    for other in papers_of(session, notice.inspection):
        if other.kind is PaperKind.SERVICE_RECEIPT and other.refers_to_id == notice.id:
            other.state = NoticeState.WITHDRAWN


def save_terms(session: Session, inspection: Inspection, terms: Terms, *, by: Officer) -> None:
    """Keep what the chief has prepared, until he issues.

    Raises:
        Refused: ``by`` may not issue for this visit.
    """
    _issuer_for(session, inspection, by)
    draft = session.get(IssueDraft, inspection.id) or IssueDraft(inspection_id=inspection.id)
    draft.interim_measures = terms.interim_measures
    draft.copied_to = list(terms.copied_to)
    draft.joined_by = list(terms.joined_by)
    session.add(draft)


def ask_for_batch(
    session: Session, notices: list[Notice], *, key: str, by: Officer, at: datetime
) -> Job:
    """Ask for one PDF of several papers, in the order given.

    ``key`` is made with the form, so that a form sent twice asks once.

    Raises:
        RuleBroken: none or too many papers were ticked.
    """
    if not notices:
        raise RuleBroken("Tick the papers to print first.")
    if len(notices) > MOST_IN_BATCH:
        raise RuleBroken("At most %(most)s papers go into one print job.", most=MOST_IN_BATCH)
    payload = {"notice_ids": [notice.id for notice in notices], "by": by.id}
    job = enqueue(session, BATCH_JOB, f"{BATCH_JOB}:{by.id}:{key}", payload, at=at)
    record(
        session,
        Event.NOTICES_PRINTED,
        by=by.id,
        county=by.county_code,
        subject=f"job:{job.id}",
        at=at,
        count=len(notices),
    )
    return job


def keep_pdf(session: Session, notice_id: int, key: str, sha256: str, page_count: int) -> None:
    """Note where the PDF of a paper is kept, once; a reprint never changes it."""
    notice = session.get_one(Notice, notice_id)
    if notice.pdf_sha256 is None:
        notice.pdf_key, notice.pdf_sha256, notice.page_count = key, sha256, page_count


def edit_issuer(
    session: Session,
    county_code: str,
    particulars: dict[str, str],
    *,
    version: int,
    by: Officer,
    at: datetime,
) -> Issuer:
    """Enter or change the particulars of the body of a county that ``by`` works for.

    ``version`` is the one the form was filled in on, 0 where there was none. The county's
    office stays one, and only the body that may order says which of the two it is.

    Raises:
        Refused: ``by`` may not.
        RuleBroken: another body has this mark in its numbers.
        Stale: somebody changed them in the meantime.
    """
    if not may_edit_issuer(by, county_code):
        raise Refused("You may not change the issuer of this county.")
    issuer = body_of(session, by)
    _check_type(by, particulars.get("type", IssuerType.DEPARTMENT))
    if mark_is_taken(session, particulars["abbreviation"], issuer):
        raise RuleBroken("Another body has this mark in its numbers. Take another one.")
    if (issuer.version if issuer else 0) != version:
        raise Stale("Somebody changed these particulars in the meantime. Look again, then save.")
    if issuer is None:
        issuer = Issuer(county_code=county_code, version=0)
        session.add(issuer)
    for name, value in particulars.items():
        setattr(issuer, name, value)
    issuer.version = version + 1
    session.flush()  # the trail needs the id
    record(
        session,
        Event.ISSUER_EDITED,
        by=by.id,
        county=county_code,
        subject=f"issuer:{issuer.id}",
        at=at,
        **particulars,
    )
    return issuer


def _check_type(by: Officer, kind: str) -> None:
    if by.holds(Permission.ORDER_ISSUE) == (kind == IssuerType.DEPARTMENT):
        raise Refused("Only an officer of the fire service or the police enters such a body.")


def _issuer_for(session: Session, inspection: Inspection, by: Officer) -> Issuer:
    issuer = issuer_of(session, inspection.county_code)
    if issuer is None:
        raise RuleBroken("Enter the issuer's name and mark in the settings first.")
    if not may_issue(by, inspection, issuer):
        raise Refused("You may not issue papers for this visit. Another chief has to.")
    if inspection.state is not InspectionState.CLOSED:
        raise RuleBroken("This visit is not closed yet. Papers are issued after it is.")
    return issuer


def _issue_record(
    occasion: Occasion, findings: list[Finding], pictures: dict[str, Photo]
) -> Notice:
    numbered = take_number(occasion, PaperKind.INSPECTION_RECORD)
    bodies = bodies_at(occasion.session, occasion.inspection)
    paper = inspection_record(numbered.head, occasion.inspection, findings, pictures, bodies)
    return keep_paper(occasion, numbered, paper)


def _issue_rectification(
    occasion: Occasion, findings: list[Finding], pictures: dict[str, Photo], terms: Terms
) -> Notice:
    numbered = take_number(occasion, PaperKind.RECTIFICATION_NOTICE)
    set_deadlines(occasion.session, findings, received_on=numbered.head.issued_on)
    paper = freezing.rectification_notice(
        numbered.head, occasion.inspection, findings, pictures, terms
    )
    last = max((finding.due_on for finding in findings if finding.due_on), default=None)
    return keep_paper(occasion, numbered, paper, due_on=last)


def _issue_service_receipt(occasion: Occasion, notice: Notice) -> Notice:
    numbered = take_number(occasion, PaperKind.SERVICE_RECEIPT)
    paper = blank_receipt(numbered.head, from_json(notice.as_issued))
    return keep_paper(occasion, numbered, paper, refers_to=notice)
