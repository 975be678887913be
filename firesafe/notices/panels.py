"""What papers have to say on the pages of rooms below.

On today's page the re-checks that fall due; on a factory's, its agreement to electronic service.
"""

from flask import g, render_template

from firesafe.accounts.models import Officer
from firesafe.core.clock import county_day, now
from firesafe.core.permissions import Permission
from firesafe.core.settings import Settings
from firesafe.factories.models import Factory
from firesafe.findings.queries import Findings, findings_by_inspection
from firesafe.notices.queries import consents_of
from firesafe.notices.recheck_desk import days_to_recheck
from firesafe.web.doors import reading, service

MOST_SHOWN = 3


def panel_of_rechecks(officer: Officer) -> str:
    """Return the cases that have waited longest for their re-check, or nothing if none waits."""
    if not officer.holds(Permission.FINDING_RECHECK):
        return ""
    today = county_day(now())
    due = Findings.visible_to(officer).awaiting_recheck(today).by_case()
    visits = reading().scalars(due.limit(MOST_SHOWN)).all()
    if not visits:
        return ""
    working_days = service(Settings).recheck_working_days
    found = findings_by_inspection(reading(), [visit.id for visit in visits])
    waiting = {
        visit: [e for e in all_of if e.awaits_recheck(today)] for visit, all_of in found.items()
    }
    return render_template(
        "notices/_rechecks_of_today.html",
        visits=visits,
        days_left={
            visit: days_to_recheck(findings, today, working_days)
            for visit, findings in waiting.items()
        },
    )


def panel_of_factory(factory: Factory) -> str:
    """Return whether the factory agreed to electronic service, and the ways to its confirmation."""
    if not g.officer.holds(Permission.NOTICE_READ):
        return ""
    given = consents_of(reading(), factory.id)
    return render_template("notices/_consents.html", factory=factory, consents=given)
