"""Who may send photographs."""

from firesafe.accounts.models import Officer
from firesafe.core.permissions import Permission


def may_send_photo(officer: Officer) -> bool:
    """Those who fill in visits, put right what was found, or enter how papers were served.

    To whom a photograph is shown is decided by what it belongs to.
    """
    sending = (
        Permission.PHOTO_UPLOAD,
        Permission.OWN_EVIDENCE_SEND,
        Permission.NOTICE_SERVE,
    )
    return any(officer.holds(permission) for permission in sending)
