"""How the tests are shared out to the workers, and that what kills one is not run again."""

from functools import cache
from pathlib import Path

from xdist.scheduler import LoadGroupScheduling
from xdist.workermanage import WorkerController

ROOT = Path(__file__).resolve().parent.parent

MADE_ONCE = ("tests/demo/", "tests/packaging/")
"""Folders whose tests look at one thing that takes long to make: the demo counties, the wheel."""

IN_A_BROWSER = "pytest.mark.browser"
"""What stands in a module whose tests share a service. To make one takes three seconds of CPU."""


class OnceOnly(LoadGroupScheduling):
    """Lets one worker run what shares something that takes long to make.

    What a dead worker had left the next one gets, without the test that it died of: xdist would
    give it that test again, and again, until it gives up with all others not run.
    """

    def _split_scope(self, nodeid: str) -> str:
        # Marks of xdist's groups do not come here: pytest 9.2 lets nobody change a test's name.
        module, _, _ = nodeid.partition("::")
        alone = module if is_in_a_browser(module) else nodeid
        return next((folder for folder in MADE_ONCE if nodeid.startswith(folder)), alone)

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


@cache
def is_in_a_browser(module: str) -> bool:
    return IN_A_BROWSER in (ROOT / module).read_text(encoding="utf-8")
