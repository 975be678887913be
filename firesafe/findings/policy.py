"""Who may word a finding, re-check it, give more time for it, and refer a major hazard."""

from firesafe.accounts.models import Officer
from firesafe.core.permissions import Permission
from firesafe.findings.models import Finding, Referral
from firesafe.inspections.models import Inspection


def may_reword(officer: Officer, finding: Finding) -> bool:
    """A chief of the county words its findings."""
    return officer.holds(Permission.FINDING_EDIT) and officer.county_code == finding.county_code


def may_recheck(officer: Officer, finding: Finding) -> bool:
    """Those who make visits re-check in their own county, or town if they have one."""
    return (
        officer.holds(Permission.FINDING_RECHECK)
        and officer.county_code == finding.county_code
        and officer.town_id in (None, finding.factory.town_id)
    )


def may_extend(officer: Officer, finding: Finding) -> bool:
    """A chief of the county decides on more time."""
    return officer.holds(Permission.EXTENSION_DECIDE) and officer.county_code == finding.county_code


def may_urge(officer: Officer, inspection: Inspection) -> bool:
    """A chief of the county urges a factory that is overdue."""
    return officer.holds(Permission.OVERDUE_URGE) and officer.county_code == inspection.county_code


def may_refer(officer: Officer, referral: Referral) -> bool:
    """A chief of the county refers to the fire service, and enters what that replies."""
    return officer.holds(Permission.HAZARD_REFER) and officer.county_code == referral.county_code
