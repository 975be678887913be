"""What reminders have to say on the pages of rooms below."""

from flask import render_template

from firesafe.accounts.models import Officer
from firesafe.reminders.queries import unread_count
from firesafe.web.doors import reading


def panel_of_reminders(officer: Officer) -> str:
    """Return how many reminders the officer has not read, or nothing if there are none."""
    count = unread_count(reading(), officer)
    return render_template("reminders/_unread.html", count=count) if count else ""
