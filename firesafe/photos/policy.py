"""Who may send photographs."""

from firesafe.accounts.models import Officer
from firesafe.core.permissions import Permission


def may_send_photo(officer: Officer) -> bool:
    """Those who fill in visits. To whom a photograph is shown is decided by what it belongs to."""
    return officer.holds(Permission.PHOTO_UPLOAD)
