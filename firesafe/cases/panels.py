"""The way to a case from the pages of rooms below: those of a factory and of a visit."""

from flask import g, render_template, url_for

from firesafe.cases.policy import may_take
from firesafe.factories.models import Factory
from firesafe.inspections.models import Inspection, InspectionState


def panel_of_factory(factory: Factory) -> str:
    """Return the way to the whole case of a factory, for whoever may take it."""
    return _way(factory)


def panel_of_inspection(inspection: Inspection) -> str:
    """Return the way to the case of one closed visit, for whoever may take it."""
    is_closed = inspection.state is InspectionState.CLOSED
    return _way(inspection.factory, inspection) if is_closed else ""


def _way(factory: Factory, visit: Inspection | None = None) -> str:
    if not may_take(g.officer, factory):
        return ""
    visit_id = visit.id if visit else None
    address = url_for("cases.show", factory_id=factory.id, visit=visit_id)
    return render_template("cases/_way.html", address=address, is_whole=visit is None)
