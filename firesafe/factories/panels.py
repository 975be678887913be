"""What the register has to say on pages of rooms above it."""

from flask import g, render_template

from firesafe.core.permissions import Permission
from firesafe.factories.models import Factory


def panel_of_factory(factory: Factory) -> str:
    """Return the way to give somebody of the factory a code, for whoever may give one."""
    if not g.officer.holds(Permission.DOOR_PASS_GIVE):
        return ""
    return render_template("factories/_way_to_passes.html", factory=factory)
