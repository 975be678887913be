"""A suspected major hazard is referred: the findings and the letter, form F7, in one act."""

from datetime import datetime

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.core.errors import RuleBroken
from firesafe.findings.models import Referral, ReferralState, ReferralStep
from firesafe.findings.referring import Advance, advance_referral, refer_hazard
from firesafe.notices.issuing import Occasion, hold_visit, keep_paper, ready_photos, take_number
from firesafe.notices.kinds import PaperKind
from firesafe.notices.letter import Covering, referral_letter
from firesafe.notices.models import Notice, NoticeState
from firesafe.notices.queries import letter_of, valid_paper_of
from firesafe.notices.rechecking import close_if_settled


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
    record = valid_paper_of(session, inspection, PaperKind.INSPECTION_RECORD)
    if record is None:
        raise RuleBroken("Issue the papers of the visit first; the letter names their numbers.")
    if not (covering.addressee and covering.measures):
        raise RuleBroken("Write to whom the letter goes, and what was done already.")
    notice = valid_paper_of(session, inspection, PaperKind.RECTIFICATION_NOTICE)
    pictures = ready_photos(session, [taken["sha256"] for f in findings for taken in f.photos])
    occasion = Occasion(session, inspection, record.issuer, by, at, public_address)
    numbered = take_number(occasion, PaperKind.REFERRAL)
    papers = [paper for paper in (record, notice) if paper]
    letter = referral_letter(numbered.head, referral, findings, pictures, papers, covering)
    return keep_paper(occasion, numbered, letter, refers_to=record, referral_id=referral.id)


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
    step = advance_referral(session, referral, advance, by=by, at=at)
    letter = letter_of(session, referral.id)
    if letter is not None and step.state is ReferralState.RECEIVED:
        letter.state = NoticeState.SERVED
    notice = valid_paper_of(session, referral.inspection, PaperKind.RECTIFICATION_NOTICE)
    if referral.is_over and notice is not None and notice.state is not NoticeState.CLOSED:
        close_if_settled(session, notice, by=by, at=at)
    return step
