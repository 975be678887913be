"""Who may change the wording of a finding."""

from firesafe.accounts.models import Officer
from firesafe.core.permissions import Permission
from firesafe.findings.models import Finding


def may_reword(officer: Officer, finding: Finding) -> bool:
    """A chief of the county words its findings."""
    return officer.holds(Permission.FINDING_EDIT) and officer.county_code == finding.county_code
