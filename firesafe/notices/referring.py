"""A suspected major hazard is referred: the findings and the letter, form F7, in one act."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.errors import RuleBroken, Stale
from firesafe.findings.correcting import correct_step
from firesafe.findings.models import Finding, Referral, ReferralState, ReferralStep
from firesafe.findings.queries import findings_referred, standing_steps
from firesafe.findings.referring import Advance, advance_referral, refer_hazard
from firesafe.inspections.models import Inspection
from firesafe.notices.freezing import unnumbered_head
from firesafe.notices.issuing import (
    Occasion,
    hold_visit,
    keep_paper,
    ready_photos,
    require_characters,
    take_number,
)
from firesafe.notices.kinds import PaperKind
from firesafe.notices.letter import Covering, referral_letter
from firesafe.notices.models import Notice, NoticeState
from firesafe.notices.queries import bodies_at, letter_of, service_of, valid_paper_of
from firesafe.notices.rechecking import close_if_settled
from firesafe.notices.snapshot import ReferralLetter
from firesafe.photos.queries import photos_by_sha


def issue_referral(
    session: Session,
    referral: Referral,
    covering: Covering,
    *,
    by: Officer,
    at: datetime,
    public_address: str,
) -> Notice:
    """Refer what is suspected to the fire service and issue the letter; both, or neither.

    The letter names the visit's record, which must have been issued, and its notice if one
    stands. Runs inside the caller's unit of work.

    Raises:
        Refused, Stale: see `refer_hazard`.
        RuleBroken: the record has no number yet, something was left empty, or a photograph is
            not readable yet.
    """
    inspection = referral.inspection
    hold_visit(session, inspection)
    findings = refer_hazard(session, referral, by=by, at=at)
    record, *notices = _papers_named(session, inspection, covering)
    pictures = ready_photos(session, _pictured(findings))
    occasion = Occasion(session, inspection, record.issuer, by, at, public_address)
    numbered = take_number(occasion, PaperKind.REFERRAL)
    papers = [record, *notices]
    bodies = bodies_at(session, inspection)
    letter = referral_letter(numbered.head, referral, findings, pictures, papers, covering, bodies)
    return keep_paper(occasion, numbered, letter, refers_to=record, referral_id=referral.id)


def preview_referral(
    session: Session, referral: Referral, covering: Covering, today: date
) -> ReferralLetter:
    """Return the letter that referring today would make, with words in place of its number.

    Nothing is kept of it. A photograph that has not arrived yet is left out.

    Raises:
        Stale: it has been referred already.
        RuleBroken: see `issue_referral`; or a character of it is in no typeface.
    """
    if referral.referred_at is not None:
        raise Stale("This has been referred already. Look at the letter.")
    papers = _papers_named(session, referral.inspection, covering)
    findings = findings_referred(session, referral)
    pictures = photos_by_sha(session, _pictured(findings))
    head = unnumbered_head(papers[0].issuer, today)
    bodies = bodies_at(session, referral.inspection)
    letter = referral_letter(head, referral, findings, pictures, papers, covering, bodies)
    require_characters(letter)
    return letter


def _papers_named(session: Session, inspection: Inspection, covering: Covering) -> list[Notice]:
    """Return the papers that the letter names: the visit's record, and its notice if one stands.

    Raises:
        RuleBroken: the record has no number yet, or something was left empty.
    """
    record = valid_paper_of(session, inspection, PaperKind.INSPECTION_RECORD)
    if record is None:
        raise RuleBroken("Issue the papers of the visit first; the letter names their numbers.")
    if not (covering.addressee and covering.measures):
        raise RuleBroken("Write to whom the letter goes, and what was done already.")
    notice = valid_paper_of(session, inspection, PaperKind.RECTIFICATION_NOTICE)
    return [paper for paper in (record, notice) if paper]


def _pictured(findings: list[Finding]) -> list[str]:
    return [taken["sha256"] for finding in findings for taken in finding.photos]


def enter_reply(
    session: Session, referral: Referral, advance: Advance, *, by: Officer, at: datetime
) -> ReferralStep:
    """Enter what came of a referral, and what follows for its papers.

    Once the fire service has signed for the letter it counts as served; its conclusion closes
    the notice if that was all that kept it open.

    Raises:
        Refused, Stale, RuleBroken: see `advance_referral`.
    """
    hold_visit(session, referral.inspection)
    was_over = referral.is_over
    step = advance_referral(session, referral, advance, by=by, at=at)
    _let_papers_follow(session, referral, was_over=was_over, by=by, at=at)
    return step


def correct_reply(
    session: Session,
    referral: Referral,
    step_id: int,
    advance: Advance,
    reason: str,
    *,
    by: Officer,
    at: datetime,
) -> ReferralStep:
    """Correct what was entered of a referral, and what follows for its papers.

    Raises:
        Refused, Stale, RuleBroken: see `correct_step`.
    """
    hold_visit(session, referral.inspection)
    was_over = referral.is_over
    step = correct_step(session, referral, step_id, advance, reason, by=by, at=at)
    _let_papers_follow(session, referral, was_over=was_over, by=by, at=at)
    return step


def _let_papers_follow(
    session: Session, referral: Referral, *, was_over: bool, by: Officer, at: datetime
) -> None:
    letter = letter_of(session, referral.id)
    if letter is not None:
        told = {step.state for step in standing_steps(session, referral)}
        is_received = ReferralState.RECEIVED in told
        letter.state = NoticeState.SERVED if is_received else NoticeState.ISSUED
    notice = valid_paper_of(session, referral.inspection, PaperKind.RECTIFICATION_NOTICE)
    if notice is None:
        return
    if notice.state is not NoticeState.CLOSED and referral.is_over and not was_over:
        close_if_settled(session, notice, by=by, at=at)
    elif notice.state is NoticeState.CLOSED and not referral.is_over:
        _open_again(session, notice, by=by, at=at)


def _open_again(session: Session, notice: Notice, *, by: Officer, at: datetime) -> None:
    """Open a notice that was closed by a conclusion which was none."""
    is_served = service_of(session, notice) is not None
    notice.state = NoticeState.SERVED if is_served else NoticeState.ISSUED
    record(
        session,
        Event.NOTICE_OPENED_AGAIN,
        by=by.id,
        county=notice.county_code,
        subject=f"notice:{notice.id}",
        at=at,
        number=notice.number,
    )
