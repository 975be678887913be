"""What findings have to say on the pages of rooms below: a factory's page, and today's."""

from flask import g, render_template

from firesafe.accounts.models import Officer
from firesafe.core.clock import county_day, now
from firesafe.factories.models import Factory
from firesafe.findings.models import FindingState
from firesafe.findings.queries import Findings, pressing_findings
from firesafe.findings.rules import days_left
from firesafe.web.doors import reading

MOST_SHOWN = 50


def panel_of_factory(factory: Factory) -> str:
    """Return a factory's findings that are not closed, or nothing if there are none."""
    findings = Findings.visible_to(g.officer).of_factory(factory.id)
    waiting = findings.in_state(FindingState.OPEN, FindingState.ANSWERED).soonest_first()
    rows = reading().scalars(waiting.limit(MOST_SHOWN)).all()
    if not rows:
        return ""
    today = county_day(now())
    return render_template(
        "findings/_of_factory.html",
        findings=rows,
        days_left={each.id: days_left(each.due_on, today) for each in rows},
    )


def panel_of_today(officer: Officer) -> str:
    """Return the factories with findings overdue or due within three days, if there are any."""
    today = county_day(now())
    factories: dict[int, Factory] = {}
    days: dict[int, list[int]] = {}
    for finding in pressing_findings(reading(), officer, today):
        factories[finding.factory_id] = finding.factory
        left = days_left(finding.due_on, today)
        days.setdefault(finding.factory_id, []).append(left or 0)
    if not factories:
        return ""
    return render_template("findings/_of_today.html", factories=factories.values(), days=days)
