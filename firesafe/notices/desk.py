"""What lies on the chief's desk for one visit: findings, terms, and what to check first."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.core.clock import county_day, now
from firesafe.core.errors import RuleBroken
from firesafe.core.words import N_
from firesafe.findings.calendar import is_published, is_working_day
from firesafe.findings.models import Finding, FindingState
from firesafe.findings.queries import findings_of
from firesafe.findings.rules import working_days_after
from firesafe.inspections.models import Inspection
from firesafe.inspections.reuse import reused_photos
from firesafe.notices import freezing
from firesafe.notices.fonts import fallback_characters, missing_characters
from firesafe.notices.freezing import Terms
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import IssueDraft, Issuer, Notice, NoticeState
from firesafe.notices.policy import may_issue
from firesafe.notices.queries import Notices, bodies_at, issuer_of, papers_of
from firesafe.notices.record import inspection_record
from firesafe.notices.rules import last_late_day
from firesafe.notices.snapshot import Paper
from firesafe.notices.wording import wording
from firesafe.photos.models import PhotoState
from firesafe.photos.queries import photos_by_sha
from firesafe.standard.edition import edition
from firesafe.standard.rules import printed_bases

ISSUE_DAYS = 3
"""Papers go out within three working days of the visit: the county's own figure (管理值)."""

LIKENESS_BITS = 4
"""Photographs that differ in at most so many of 64 bits are told to the chief."""


class Weight(StrEnum):
    """Whether a check is passed, is a warning to read, or stands in the way."""

    PASSED = "passed"
    WARNING = "warning"
    BAR = "bar"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checks before issuing; ``words`` fill the sentence's places."""

    weight: Weight
    sentence: str
    words: dict[str, object]


@dataclass(frozen=True, slots=True)
class Desk:
    """A visit on the chief's desk, ready to be shown."""

    inspection: Inspection
    issuer: Issuer | None
    findings: list[Finding]
    papers: list[Notice]
    terms: Terms
    checks: list[Check]

    @property
    def to_issue(self) -> list[Finding]:
        """The findings that the notice to be issued will hold; none if one stands already."""
        return [] if PaperKind.RECTIFICATION_NOTICE in self.standing else self.unsettled

    @property
    def standing(self) -> dict[PaperKind, Notice]:
        """The papers that have been issued and not withdrawn, by their kind."""
        return {
            paper.kind: paper for paper in self.papers if paper.state is not NoticeState.WITHDRAWN
        }

    @property
    def whole(self) -> Notice | None:
        """The paper to be looked at when all have been issued: the notice, else the record."""
        record = self.standing.get(PaperKind.INSPECTION_RECORD)
        if record is None or self.to_issue:
            return None
        return self.standing.get(PaperKind.RECTIFICATION_NOTICE, record)

    @property
    def unsettled(self) -> list[Finding]:
        """The findings that are not put right yet."""
        return [each for each in self.findings if each.state is not FindingState.CLOSED]

    @property
    def may_issue(self) -> bool:
        """Whether nothing stands in the way."""
        return all(check.weight is not Weight.BAR for check in self.checks)


def desk_of(session: Session, inspection: Inspection, officer: Officer) -> Desk:
    """Gather what the chief needs to see before issuing for ``inspection``."""
    findings = findings_of(session, inspection)
    issuer = issuer_of(session, inspection.county_code)
    terms = terms_of(session, inspection)
    checks = [
        _issuer_check(officer, inspection, issuer),
        _photo_check(session, findings),
        _basis_check(findings),
        *_character_checks(inspection, findings, terms),
        *_warnings(session, inspection, findings),
    ]
    return Desk(inspection, issuer, findings, papers_of(session, inspection), terms, checks)


def preview(session: Session, desk: Desk, today: date) -> Paper:
    """Return the paper that issuing today would make, with words in place of its number.

    Raises:
        RuleBroken: the county has no issuer yet.
    """
    if desk.issuer is None:
        raise RuleBroken("Enter the issuer's name and mark in the settings first.")
    unnumbered = freezing.unnumbered_head(desk.issuer, today)
    shas = [photo["sha256"] for finding in desk.findings for photo in finding.photos]
    pictures = photos_by_sha(session, shas)
    if desk.to_issue:
        return freezing.rectification_notice(
            unnumbered, desk.inspection, desk.to_issue, pictures, desk.terms
        )
    bodies = bodies_at(session, desk.inspection)
    return inspection_record(unnumbered, desk.inspection, desk.findings, pictures, bodies)


def printable_bases(inspection: Inspection, finding: Finding) -> list[str]:
    """Return the articles a finding may cite, with those it cites already."""
    factory = inspection.factory
    standard = edition(finding.edition_code)
    offered = printed_bases(
        standard,
        standard.checkpoint(finding.checkpoint_code),
        key_unit=factory.is_key_unit,
        high_rise=factory.is_high_rise,
    )
    return list(dict.fromkeys((*offered, *finding.bases)))


def days_until_issue(inspection: Inspection, today: date) -> int:
    """Return days until the third working day after the visit, by which papers go out.

    Three working days is the county's own figure (管理值).
    """
    if inspection.closed_at is None:
        return 0
    last = working_days_after(county_day(inspection.closed_at), ISSUE_DAYS, is_working_day)
    return (last - today).days


def late_and_unread(session: Session, officer: Officer, late_day: date) -> dict[str, int]:
    """Return how many papers of the officer's body are late to be served or have unread views."""
    own = Notices.visible_to(officer).acted_on_by(officer)
    late = own.to_be_served().issued_by_end_of(late_day)
    unread = own.with_unread_views()
    return {"late_count": late.count(session), "unread_count": unread.count(session)}


def late_to_serve(today: date, days: int) -> date:
    """Return the last day of issue on which a paper that is not served yet is late.

    ``days`` are working days; that of issue does not count.
    """
    return last_late_day(today, days, is_working_day)


def terms_of(session: Session, inspection: Inspection) -> Terms:
    """Return the prepared terms of a visit, or the usual ones."""
    draft = session.get(IssueDraft, inspection.id)
    if draft is None:
        return Terms(wording().interim_measures, wording().copies)
    return Terms(draft.interim_measures, tuple(draft.copied_to), tuple(draft.joined_by))


def _issuer_check(officer: Officer, inspection: Inspection, issuer: Issuer | None) -> Check:
    if issuer is None:
        return Check(Weight.BAR, N_("Enter the issuer's name and mark in the settings first."), {})
    if not may_issue(officer, inspection, issuer):
        return Check(Weight.BAR, N_("You made this visit yourself; another chief issues."), {})
    return Check(Weight.PASSED, N_("The number follows the last one, without a gap."), {})


def _photo_check(session: Session, findings: list[Finding]) -> Check:
    wanted = {photo["sha256"] for finding in findings for photo in finding.photos}
    known = photos_by_sha(session, list(wanted)).values()
    ready = sum(photo.state is PhotoState.READABLE for photo in known)
    words: dict[str, object] = {"ready": ready, "all": len(wanted)}
    if ready < len(wanted):
        return Check(Weight.BAR, N_("Photographs arrived: %(ready)s of %(all)s."), words)
    return Check(Weight.PASSED, N_("All photographs have arrived: %(ready)s of %(all)s."), words)


def _basis_check(findings: list[Finding]) -> Check:
    without = [each.checkpoint_code for each in findings if not each.bases]
    if without:
        sentence = N_("No article that may be printed: %(codes)s.")
        return Check(Weight.WARNING, sentence, {"codes": " ".join(without)})
    return Check(Weight.PASSED, N_("Every basis has been checked against its law."), {})


def _character_checks(inspection: Inspection, findings: list[Finding], terms: Terms) -> list[Check]:
    parts = [inspection.factory.name, inspection.lead.name, terms.interim_measures]
    parts += [f"{each.wording}{each.requirement}" for each in findings]
    text = "\n".join(parts)
    if missing := missing_characters(text):
        sentence = N_("No typeface has the characters %(characters)s. Write them in another way.")
        return [Check(Weight.BAR, sentence, {"characters": " ".join(missing)})]
    if rare := fallback_characters(text):
        sentence = N_("Rare characters are printed in a second typeface: %(characters)s.")
        return [Check(Weight.WARNING, sentence, {"characters": " ".join(rare)})]
    return []


def _warnings(session: Session, inspection: Inspection, findings: list[Finding]) -> list[Check]:
    checks = []
    if any(each.is_suspected_major for each in findings):
        sentence = N_("A suspected major hazard: refer it to the fire service today.")
        checks.append(Check(Weight.WARNING, sentence, {}))
    for reuse in reused_photos(session, inspection, within=LIKENESS_BITS):
        sentence = N_("A photograph of %(code)s looks like one from another visit to %(factory)s.")
        words: dict[str, object] = {"code": reuse.checkpoint_code, "factory": reuse.factory_name}
        checks.append(Check(Weight.WARNING, sentence, words))
    longest = max((each.grace_days for each in findings), default=0)
    last_year = (county_day(now()) + timedelta(days=longest)).year
    if not is_published(last_year):
        sentence = N_("The holidays of %(year)s are not known yet; look at the last days yourself.")
        checks.append(Check(Weight.WARNING, sentence, {"year": last_year}))
    return checks
