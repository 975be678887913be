"""Who may take the case of a factory."""

from firesafe.accounts.models import Officer
from firesafe.core.permissions import Permission
from firesafe.factories.models import Factory


def may_take(officer: Officer, factory: Factory) -> bool:
    """A chief may in his county, the city in all of them."""
    return officer.holds(Permission.CASE_TAKE) and (
        officer.is_city_wide or officer.county_code == factory.county_code
    )
