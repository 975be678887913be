"""What reports have to say on the pages of rooms below: at the door, in the inbox, today."""

from flask import g, render_template

from firesafe.accounts.models import Officer
from firesafe.core.permissions import Permission
from firesafe.factories.models import Factory
from firesafe.reports.queries import Reports
from firesafe.reports.rules import ReportState
from firesafe.web.doors import reading

MOST_SHOWN = 10


def panel_of_door(factory: Factory) -> str:
    """Return the way to report a hazard, for whoever stands at the door."""
    return render_template("reports/_at_door.html", factory=factory)


def panel_of_count(officer: Officer) -> str:
    """Return how many reports nobody has looked at, for a chief, or nothing if there are none."""
    if not officer.holds(Permission.REPORT_HAND):
        return ""
    count = Reports.visible_to(officer).in_state(ReportState.NEW).count(reading())
    return render_template("reports/_waiting.html", count=count) if count else ""


def panel_of_today(officer: Officer) -> str:
    """Return what the officer was asked to look into, the longest waiting first, if anything."""
    handed = Reports.visible_to(g.officer).handed_to(officer).in_state(ReportState.HANDED)
    rows = reading().scalars(handed.oldest_first().limit(MOST_SHOWN)).all()
    return render_template("reports/_of_today.html", reports=rows) if rows else ""
