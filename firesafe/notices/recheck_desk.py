"""A case that awaits its re-check, as the officer who decides sees it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.findings.calendar import is_working_day
from firesafe.findings.models import Evidence, Finding, FindingState, Manner, Occasion
from firesafe.findings.queries import (
    evidence_by_finding,
    findings_of,
    latest_reasons,
)
from firesafe.findings.rules import is_seen_by_photo, working_days_after
from firesafe.inspections.models import Inspection
from firesafe.inspections.queries import second_inspectors
from firesafe.inspections.shots import Shot, shots_among
from firesafe.notices.desk import LIKENESS_BITS
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Notice
from firesafe.notices.queries import valid_paper_of
from firesafe.photos.queries import seen_before


@dataclass(frozen=True, slots=True)
class RecheckDesk:
    """A visit whose findings are to be re-checked in one manner.

    ``rounds`` holds what was sent by finding, ``missed`` what the last re-check missed,
    ``shots`` every photograph shown, ``seen_before`` those that look like an earlier one.
    """

    inspection: Inspection
    notice: Notice | None
    manner: Manner
    findings: list[Finding]
    elsewhere: int
    has_by_photo: bool
    rounds: dict[int, list[Evidence]]
    missed: dict[int, str]
    shots: dict[str, Shot]
    seen_before: set[str]
    seconds: list[Officer]

    @property
    def occasion(self) -> Occasion:
        """Why it is probably re-checked: because something was sent, else because time is up."""
        is_asked = any(finding.answered_on for finding in self.findings)
        return Occasion.ASKED if is_asked else Occasion.EXPIRED

    def latest(self, finding: Finding) -> Evidence | None:
        """Return what was sent last for a finding, if anything was."""
        rounds = self.rounds[finding.id]
        return rounds[-1] if rounds else None


def recheck_desk(
    session: Session, inspection: Inspection, officer: Officer, manner: Manner | None
) -> RecheckDesk:
    """Gather a visit's open findings for a re-check in this manner, or in the likelier one."""
    open_ones = [
        finding
        for finding in findings_of(session, inspection)
        if finding.due_on is not None and finding.state is not FindingState.CLOSED
    ]
    by_photo = [finding for finding in open_ones if is_judged_by_photo(finding)]
    manner = manner or usual_manner(open_ones)
    shown = by_photo if manner is Manner.BY_PHOTO else open_ones
    rounds = evidence_by_finding(session, [finding.id for finding in shown])
    found = {taken["sha256"] for finding in shown for taken in finding.photos}
    sent = {sha256 for each in rounds.values() for proof in each for sha256 in proof.photos}
    return RecheckDesk(
        inspection=inspection,
        notice=valid_paper_of(session, inspection, PaperKind.RECTIFICATION_NOTICE),
        manner=manner,
        findings=shown,
        elsewhere=len(open_ones) - len(shown),
        has_by_photo=bool(by_photo),
        rounds=rounds,
        missed=latest_reasons(session, [each.id for each in shown if each.failed_rechecks]),
        shots=shots_among(session, inspection.factory, found | sent),
        seen_before=seen_before(session, sent, within=LIKENESS_BITS),
        seconds=second_inspectors(session, officer),
    )


def is_judged_by_photo(finding: Finding) -> bool:
    """Tell whether a finding may be judged by what was sent for it, without going there."""
    return is_seen_by_photo(finding.grade) and finding.answered_on is not None


def usual_manner(findings: list[Finding]) -> Manner:
    """Return how findings are re-checked: by photograph if all that waits may be."""
    waiting = [finding for finding in findings if finding.answered_on is not None]
    is_enough = bool(waiting) and all(is_judged_by_photo(finding) for finding in waiting)
    return Manner.BY_PHOTO if is_enough else Manner.ON_SITE


def days_to_recheck(findings: list[Finding], today: date, working_days: int) -> int:
    """Return days until the re-check is due: the given number of working days after it was asked.

    Of several findings the first counts. Negative is overdue.
    """
    began = min((each.waits_since for each in findings if each.waits_since), default=today)
    return (working_days_after(began, working_days, is_working_day) - today).days
