"""Runs the measurements: `python -m bench` all of them, `python -m bench pdf --batch 20` one.

Each module of this folder is one, with ``main(arguments)`` that returns its rows: what was
measured, the figure, the goal, and whether it was reached. A goal that was missed makes
the run fail.
"""

import sys
from importlib import import_module
from pathlib import Path

NAMES = sorted(file.stem for file in Path(__file__).parent.glob("[!_]*.py"))


def main() -> None:
    """Run what was named, print a table of each, and fail if a goal was missed."""
    chosen, arguments = sys.argv[1:2] or NAMES, sys.argv[2:]
    if unknown := set(chosen) - set(NAMES):
        sys.exit(f"There is no measurement {', '.join(unknown)}, only {', '.join(NAMES)}.")
    missed = 0
    for name in chosen:
        print(f"\n{name}\n")
        for what, figure, goal, reached in import_module(f"bench.{name}").main(arguments):
            print(f"{'  ' if reached else '✗ '}{what:<52} {figure:>26}   {goal}", flush=True)
            missed += not reached
    if missed:
        sys.exit(f"\nGoals missed: {missed}.")


if __name__ == "__main__":
    main()
