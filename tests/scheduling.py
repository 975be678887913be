"""How the tests are shared out to the workers: as xdist does, but what kills one is not rerun."""

from xdist.scheduler import LoadGroupScheduling
from xdist.workermanage import WorkerController


class OnceOnly(LoadGroupScheduling):
    """Gives the next worker what a dead one had left, without the test that it died of.

    xdist would give it that test again, and again, until it gives up with all others not run.
    """

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
