"""Who keeps the towns and communities of a county."""

from firesafe.core.permissions import Holder, Permission


def may_edit_places(officer: Holder, county_code: str) -> bool:
    """Let whoever keeps communities keep those of his own county."""
    return officer.holds(Permission.COMMUNITY_EDIT) and officer.county_code == county_code
