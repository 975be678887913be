"""Who may do what with a visit."""

from firesafe.accounts.models import Officer
from firesafe.core.permissions import Permission
from firesafe.factories.models import Factory
from firesafe.inspections.models import Inspection, InspectionState


def may_open(officer: Officer, factory: Factory) -> bool:
    """Tell whether the factory is in the officer's own county, or own town if he has one."""
    return (
        officer.holds(Permission.INSPECTION_FILL)
        and officer.county_code == factory.county_code
        and officer.town_id in (None, factory.town_id)
    )


def may_go_along(second: Officer, lead: Officer) -> bool:
    """Tell whether the second inspector is another one of the same county."""
    return (
        second.id != lead.id
        and second.disabled_at is None
        and second.holds(Permission.INSPECTION_FILL)
        and second.county_code == lead.county_code
    )


def may_fill(officer: Officer, inspection: Inspection) -> bool:
    """Let the two inspectors of a draft fill it in, as long as they serve in its county."""
    return (
        inspection.is_draft
        and officer.holds(Permission.INSPECTION_FILL)
        and officer.county_code == inspection.county_code
        and is_inspector_of(officer, inspection)
    )


def may_take_back(officer: Officer, inspection: Inspection) -> bool:
    """Let what was handed in be opened again by its inspectors, until it is closed."""
    return (
        inspection.state is InspectionState.HANDED_IN
        and officer.holds(Permission.INSPECTION_FILL)
        and officer.county_code == inspection.county_code
        and is_inspector_of(officer, inspection)
    )


def may_close(officer: Officer, inspection: Inspection) -> bool:
    """Let whoever may fill a visit in close it; what it lacks is for the rules to say."""
    return may_fill(officer, inspection)


def may_void(officer: Officer, inspection: Inspection) -> bool:
    """Let a draft be given up by its inspectors or by a chief of the county."""
    is_chief = officer.holds(Permission.NOTICE_ISSUE)
    return (
        inspection.is_draft
        and officer.county_code == inspection.county_code
        and (is_chief or may_fill(officer, inspection))
    )


def may_correct(officer: Officer, inspection: Inspection) -> bool:
    """Let a closed visit be corrected by its inspectors or by a chief of the county."""
    is_chief = officer.holds(Permission.NOTICE_ISSUE)
    return (
        inspection.state is InspectionState.CLOSED
        and officer.holds(Permission.INSPECTION_CORRECT)
        and officer.county_code == inspection.county_code
        and (is_chief or is_inspector_of(officer, inspection))
    )


def is_inspector_of(officer: Officer, inspection: Inspection) -> bool:
    """Tell whether the officer made this visit, as the first or the second inspector."""
    return officer.id in (inspection.lead_id, inspection.second_id)
