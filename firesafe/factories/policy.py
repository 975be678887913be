"""Who may do what with the register."""

from firesafe.accounts.models import Officer
from firesafe.core.permissions import Permission
from firesafe.factories.models import Factory


def may_keep(officer: Officer, county_code: str, town_id: int) -> bool:
    """A chief or clerk keeps the register of his county, or of his town if he has one."""
    return (
        officer.holds(Permission.FACTORY_EDIT)
        and officer.county_code == county_code
        and officer.town_id in (None, town_id)
    )


def may_edit(officer: Officer, factory: Factory) -> bool:
    """Whoever keeps the register of its place edits a factory and looks after its managers."""
    return may_keep(officer, factory.county_code, factory.town_id)


def may_link(officer: Officer, manager: Officer, factory: Factory) -> bool:
    """A manager takes a factory over himself, by invitation; else its keeper gives it to him."""
    return officer.id == manager.id or may_edit(officer, factory)


def may_export_clear(officer: Officer) -> bool:
    """Phones in clear are for whoever keeps a register (Personal Information Protection Law 6)."""
    return officer.holds(Permission.FACTORY_EDIT)
