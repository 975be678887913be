"""A factory's application for more time, form F6: sent and frozen as its paper in one act."""

from datetime import datetime

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.core.clock import county_day
from firesafe.core.errors import RuleBroken
from firesafe.findings.extending import Application, ask_for_extension
from firesafe.findings.models import Extension, Finding
from firesafe.findings.putting_off import NO_NOTICE
from firesafe.findings.queries import findings_of
from firesafe.jobs.actions import enqueue
from firesafe.notices.canonical import to_json
from firesafe.notices.freezing import head_without_number
from firesafe.notices.issuing import notice_as_issued, require_characters
from firesafe.notices.kinds import APPLICATION_JOB, PaperKind
from firesafe.notices.models import ApplicationPaper, Notice
from firesafe.notices.opinion import ordinals_of
from firesafe.notices.queries import valid_paper_of
from firesafe.notices.unnumbered import ExtensionApplication
from firesafe.notices.wording import wording


def apply_for_time(
    session: Session, finding: Finding, application: Application, *, by: Officer, at: datetime
) -> Extension:
    """Keep that a manager asks for more time, freeze his application, and ask for its PDF.

    The same key again changes nothing.

    Raises:
        Refused, NotFound, RuleBroken: see `ask_for_extension`; also if no notice stands any
            more, or a character is in no typeface.
    """
    extension = ask_for_extension(session, finding, application, by=by, at=at)
    if session.get(ApplicationPaper, extension.id) is not None:
        return extension
    notice = valid_paper_of(session, finding.inspection, PaperKind.RECTIFICATION_NOTICE)
    if notice is None:
        raise RuleBroken(NO_NOTICE)
    paper = _application(session, extension, notice, by)
    require_characters(paper)
    session.add(ApplicationPaper(extension_id=extension.id, as_given=to_json(paper)))
    asked, key = {"extension_id": extension.id}, f"{APPLICATION_JOB}:{extension.id}"
    enqueue(session, APPLICATION_JOB, key, asked, at=at)
    return extension


def _application(
    session: Session, extension: Extension, notice: Notice, by: Officer
) -> ExtensionApplication:
    finding, issued = extension.finding, notice_as_issued(notice)
    ordinals = ordinals_of(findings_of(session, finding.inspection), notice.issued_at)
    return ExtensionApplication(
        head=head_without_number(notice.issuer, county_day(extension.asked_at)),
        unit=issued.addressee,
        notice_title=wording().titles[issued.kind],
        notice_number=notice.number,
        ordinal=ordinals[finding.id],
        fact=finding.wording,
        requirement=finding.requirement,
        was_due_on=extension.was_due_on,
        reason=extension.reason,
        measures=extension.measures,
        wished_on=extension.wished_on,
        attached=len(extension.photos),
        asked_by=by.name,
        asked_at=extension.asked_at,
    )
