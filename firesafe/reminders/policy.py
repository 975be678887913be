"""Who may see what was sent, and have it sent again."""

from firesafe.accounts.models import Officer
from firesafe.core.permissions import Permission
from firesafe.reminders.models import Message


def may_send_again(officer: Officer, message: Message) -> bool:
    """A chief may, for the messages of his county."""
    return officer.holds(Permission.MESSAGE_READ) and officer.county_code == message.county_code
