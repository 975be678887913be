"""How the tests are shared out to the workers, and that what kills one is not rerun."""

from xdist.scheduler import LoadGroupScheduling
from xdist.workermanage import WorkerController

MADE_ONCE = ("tests/demo/", "tests/packaging/")
"""Folders whose tests look at one thing that takes long to make: the demo counties, the wheel."""


class OnceOnly(LoadGroupScheduling):
    """Gives the next worker what a dead one had left, without the test that it died of.

    xdist would give it that test again, and again, until it gives up with all others not run.
    """

    def _split_scope(self, nodeid: str) -> str:
        # Marks of xdist's groups do not come here: pytest 9.2 lets nobody change a test's name.
        return next((folder for folder in MADE_ONCE if nodeid.startswith(folder)), nodeid)

    def remove_node(self, node: WorkerController) -> str | None:
        """Return the test that the worker died of, and share out what it had left."""
        units = self.assigned_work[node]
        died_of = next((name for unit in units.values() for name in unit if not unit[name]), None)
        for unit in units.values():
            if died_of in unit:
                unit[died_of] = True
        self.assigned_work[node] = {
            scope: unit for scope, unit in units.items() if not all(unit.values())
        }
        super().remove_node(node)
        return died_of
