"""Who may deal with what strangers report."""

from firesafe.accounts.models import Officer
from firesafe.core.permissions import Permission
from firesafe.reports.models import HazardReport


def may_hand(officer: Officer, report: HazardReport) -> bool:
    """A chief plans who goes there, within his county, or within his town if he has one."""
    return officer.holds(Permission.REPORT_HAND) and officer.sees(
        report.county_code, report.factory.town_id
    )


def may_settle(officer: Officer, report: HazardReport) -> bool:
    """A chief says what came of it, or the inspector who was asked to go there."""
    is_asked = officer.holds(Permission.REPORT_READ) and report.inspector_id == officer.id
    return is_asked or may_hand(officer, report)
