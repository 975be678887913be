"""Who may issue, serve and withdraw the papers of a county, and receive those of a factory."""

from firesafe.accounts.models import Officer
from firesafe.core.permissions import Permission
from firesafe.inspections.models import Inspection
from firesafe.notices.models import Issuer, Notice


def may_issue(officer: Officer, inspection: Inspection, issuer: Issuer) -> bool:
    """A chief of the same county issues, and never on a visit of his own.

    A county may set its issuer so that the two inspectors themselves issue on the spot;
    then being one of them is no bar, but the permission is still needed.
    """
    is_own_visit = officer.id in (inspection.lead_id, inspection.second_id)
    return (
        officer.holds(Permission.NOTICE_ISSUE)
        and officer.county_code == inspection.county_code
        and (issuer.issues_on_the_spot or not is_own_visit)
    )


def may_withdraw(officer: Officer, notice: Notice) -> bool:
    """A chief of the county that issued it withdraws."""
    return officer.holds(Permission.NOTICE_ISSUE) and officer.county_code == notice.county_code


def may_read_views(officer: Officer, notice: Notice) -> bool:
    """A chief of the county that issued it notes that the factory's views on it were read."""
    return officer.holds(Permission.NOTICE_ISSUE) and officer.county_code == notice.county_code


def may_serve(officer: Officer, notice: Notice) -> bool:
    """A chief or clerk of the county that issued it enters how a paper was served."""
    return officer.holds(Permission.NOTICE_SERVE) and officer.county_code == notice.county_code


def may_edit_issuer(officer: Officer, county_code: str) -> bool:
    """A chief keeps the particulars of his own county's issuer."""
    return officer.holds(Permission.ISSUER_EDIT) and officer.county_code == county_code
