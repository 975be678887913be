"""The re-checks that go along for a day without signal: their pages, and what is seen on them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.core.permissions import Permission
from firesafe.findings.models import Finding, FindingState, Manner
from firesafe.findings.queries import Findings, findings_by_inspection, latest_evidence
from firesafe.notices.recheck_desk import usual_manner

MOST_CASES = 20
"""So many cases go along, those that have waited longest: more than two officers see in a day."""

SMALL = 320
"""Pixels of the pictures that go along; the large ones would take a poor line for minutes."""


@dataclass(frozen=True, slots=True)
class KeptCase:
    """A visit with findings to be re-checked, and the SHA-256 of what each is seen by."""

    inspection_id: int
    manner: Manner
    shown: dict[int, list[str]]


def kept_cases(session: Session, officer: Officer, today: date) -> list[KeptCase]:
    """Return the cases that await their re-check within the officer's sight, longest first.

    The number of queries does not grow with them.
    """
    if not officer.holds(Permission.FINDING_RECHECK):
        return []
    due = Findings.visible_to(officer).awaiting_recheck(today).by_case().limit(MOST_CASES)
    ids = [visit.id for visit in session.scalars(due)]
    if not ids:
        return []
    found = findings_by_inspection(session, ids)
    still = {visit: [each for each in found[visit] if _is_open(each)] for visit in ids}
    sent = latest_evidence(session, [each.id for findings in still.values() for each in findings])
    return [
        KeptCase(
            visit,
            usual_manner(findings),
            {
                each.id: [
                    *(taken["sha256"] for taken in each.photos[:1]),
                    *(sent[each.id].photos if each.id in sent else ()),
                ]
                for each in findings
            },
        )
        for visit, findings in still.items()
    ]


def _is_open(finding: Finding) -> bool:
    return finding.due_on is not None and finding.state is not FindingState.CLOSED


def pages_of(cases: Collection[KeptCase]) -> Iterator[str]:
    """Yield the list and the page of each case: as it opens, and in each manner that is likely."""
    if cases:
        yield url_for("rechecks.due")
    for case in cases:
        yield url_for("rechecks.case", inspection_id=case.inspection_id)
        for manner in dict.fromkeys((Manner.ON_SITE, case.manner)):
            yield url_for("rechecks.case", inspection_id=case.inspection_id, manner=manner.value)


def pictures_of(cases: Collection[KeptCase]) -> list[str]:
    """Return where the small pictures of what is shown on these pages lie."""
    return [
        url_for("finding.photo", finding_id=finding, sha256=sha256, size=SMALL)
        for case in cases
        for finding, shown in case.shown.items()
        for sha256 in shown
    ]
