"""Who may issue, order, serve and withdraw, and who keeps a body's particulars."""

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


def may_order(officer: Officer, inspection: Inspection) -> bool:
    """An officer of the county's fire service or police orders, on his own visit too.

    《消防法》53条 gives it to nobody else; an order to correct at once is made on the spot, by
    those who are there.
    """
    return officer.holds(Permission.ORDER_ISSUE) and officer.county_code == inspection.county_code


def acts_for(officer: Officer, issuer: Issuer) -> bool:
    """Tell whether an officer works for the body: the county's office, or the one that orders."""
    is_of_county = officer.county_code == issuer.county_code
    return is_of_county and officer.holds(Permission.ORDER_ISSUE) == issuer.may_order


def may_withdraw(officer: Officer, notice: Notice) -> bool:
    """A chief withdraws what his county's office issued, a fire officer what his body did."""
    return officer.holds(Permission.NOTICE_WITHDRAW) and acts_for(officer, notice.issuer)


def may_read_views(officer: Officer, notice: Notice) -> bool:
    """Whoever decides for the body that issued it notes that the factory's views were read."""
    return officer.holds(Permission.VIEW_READ) and acts_for(officer, notice.issuer)


def may_serve(officer: Officer, notice: Notice) -> bool:
    """Whoever serves for the body that issued it enters how a paper was served."""
    return officer.holds(Permission.NOTICE_SERVE) and acts_for(officer, notice.issuer)


def may_edit_issuer(officer: Officer, county_code: str) -> bool:
    """A chief keeps the particulars of his county's office, a fire officer those of his body."""
    return officer.holds(Permission.ISSUER_EDIT) and officer.county_code == county_code
