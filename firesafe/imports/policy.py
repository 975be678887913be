"""Who may take a table into the register."""

from firesafe.accounts.models import Officer
from firesafe.core.permissions import Permission
from firesafe.imports.models import RegisterImport


def may_import(officer: Officer, county_code: str | None) -> bool:
    """A chief or clerk of the county imports; one who has a town only brings in that town's."""
    return officer.holds(Permission.FACTORY_IMPORT) and officer.county_code == county_code


def may_make_places(officer: Officer) -> bool:
    """Whoever keeps the whole county's places may let an import make new ones."""
    return officer.holds(Permission.COMMUNITY_EDIT) and officer.town_id is None


def may_change(officer: Officer, upload: RegisterImport) -> bool:
    """Whoever may import into its county goes on with an import that a colleague has begun."""
    return may_import(officer, upload.county_code)
