"""What is said about phones on the pages of rooms below."""

from datetime import timedelta

from flask import render_template, url_for
from flask_babel import format_timedelta
from flask_babel import gettext as _

from firesafe.accounts.models import Officer
from firesafe.inspections.models import Inspection
from firesafe.sync.outbox_words import banner_words
from firesafe.sync.rules import is_clock_wrong


def panel_of_inspection(inspection: Inspection) -> str:
    """Return how wrong the clock was of the phone that made the visit, if a chief should know."""
    ahead = inspection.clock_ahead_seconds
    if ahead is None or not is_clock_wrong(ahead):
        return ""
    wrong_by = format_timedelta(timedelta(seconds=abs(ahead)), threshold=2)
    return render_template(
        "sync/_clock.html", inspection=inspection, wrong_by=wrong_by, is_ahead=ahead > 0
    )


def banner_of_today(_officer: Officer) -> str:
    """Return where the officer's work is, for his phone to say what is so."""
    return render_template("sync/_banner.html", words=banner_words(), href=url_for("outbox.show"))


def hint_of_today(_officer: Officer) -> str:
    """Return how the service comes onto the home screen, for the phone to show when it fits."""
    return render_template("sync/_install_hint.html")


def readiness_of_today(_officer: Officer) -> str:
    """Return whether the day can be worked without signal, for the phone to say and to change."""
    words = {
        "signed-out": _("Sign in first, then make the phone ready."),
        "no-signal": _("There is no signal. What was kept before is still here."),
        "no-room": _("This phone has no room left for it."),
        "partly": _("Some pages did not come. Try again where the signal is better."),
    }
    return render_template("sync/_ready.html", words=words)


def drafts_of_today(_officer: Officer) -> str:
    """Return an empty list for the drafts that only the phone knows."""
    return render_template("sync/_drafts_here.html")
