"""More time is granted or denied: the decision and its numbered reply, form F6, in one act."""

from datetime import datetime

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.core.clock import county_day
from firesafe.core.errors import RuleBroken
from firesafe.findings.extending import Decision, decide_extension
from firesafe.findings.models import Extension, ExtensionState
from firesafe.findings.queries import findings_of
from firesafe.notices import snapshot
from firesafe.notices.issuing import (
    Occasion,
    hold_visit,
    keep_paper,
    notice_as_issued,
    take_number,
)
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Notice
from firesafe.notices.opinion import ordinals_of
from firesafe.notices.queries import valid_paper_of
from firesafe.notices.snapshot import Head, RectificationNotice
from firesafe.notices.wording import wording


def reply_to_extension(
    session: Session,
    extension: Extension,
    decision: Decision,
    *,
    by: Officer,
    at: datetime,
    public_address: str,
) -> Notice:
    """Decide on an application for more time and issue the reply; both, or neither.

    Runs inside the caller's unit of work.

    Raises:
        Refused, Stale, RuleBroken: see `decide_extension`; also if no notice stands for the
            visit any more.
    """
    inspection = extension.finding.inspection
    hold_visit(session, inspection)
    notice = valid_paper_of(session, inspection, PaperKind.RECTIFICATION_NOTICE)
    if notice is None:
        raise RuleBroken("No notice stands for this any more. Wait for the new one.")
    decide_extension(session, extension, decision, by=by, at=at)
    occasion = Occasion(session, inspection, notice.issuer, by, at, public_address)
    numbered = take_number(occasion, PaperKind.EXTENSION_REPLY)
    ordinals = ordinals_of(findings_of(session, inspection), notice.issued_at)
    paper = notice_as_issued(notice)
    reply = _reply(numbered.head, extension, paper, ordinals[extension.finding_id])
    return keep_paper(
        occasion, numbered, reply, refers_to=notice, due_on=reply.due_on, extension_id=extension.id
    )


def _reply(
    paper_head: Head, extension: Extension, notice: RectificationNotice, ordinal: int
) -> snapshot.ExtensionReply:
    words = wording()
    answers = {
        ExtensionState.GRANTED: words.extension["granted"],
        ExtensionState.DENIED: words.extension["denied"],
    }
    return snapshot.ExtensionReply(
        head=paper_head,
        addressee=notice.addressee,
        notice_title=words.titles[notice.kind],
        notice_number=notice.head.number,
        ordinal=ordinal,
        fact=extension.finding.wording,
        requirement=extension.finding.requirement,
        was_due_on=extension.was_due_on,
        asked_on=county_day(extension.asked_at),
        asked_by=extension.asked_by.name,
        asked_reason=extension.reason,
        asked_measures=extension.measures,
        wished_on=extension.wished_on,
        attached=len(extension.photos),
        answers=tuple(answers.values()),
        answer=answers[extension.state],
        grounds=extension.grounds,
        due_on=extension.due_on,
        required_measures=extension.required_measures,
        copied_to=notice.copied_to,
    )
