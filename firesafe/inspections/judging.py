"""What a checkpoint still lacks, and which verdict its figures speak for.

The rules stand in ``judging.toml``, so that a phone without signal is sent the very same ones.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from firesafe.inspections.rules import Entry, Gap
from firesafe.standard.checklist import Checkpoint
from firesafe.standard.rules import Sample, share_of
from firesafe.standard.terms import Verdict

_OPERATIONS: dict[str, Callable[[Iterator[Any]], Any]] = {
    "all": all,
    "any": any,
    "not": lambda values: not next(values),
    "known": lambda values: next(values) is not None,
    "at-most": lambda values: (next(values) or 0) <= (next(values) or 0),
    "share": lambda values: -(-(next(values) or 0) * next(values) // next(values)),
    "made": lambda values: sum(each is not None for each in next(values) or []),
}


@cache
def judging() -> dict[str, Any]:
    """Return the rules as phones get them: ``rules`` by name, and ``gaps`` in order."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def gaps_of(checkpoint: Checkpoint, entry: Entry, sample: Sample | None) -> list[Gap]:
    """List what the checkpoint still lacks, in the order in which it is filled in.

    ``sample`` says how many must be asked, for checkpoints that are counted.
    """
    facts = _facts(checkpoint, entry, sample)
    return [Gap(gap["name"]) for gap in judging()["gaps"] if _value(gap["when"], facts)]


def suggested_verdict(
    checkpoint: Checkpoint, entry: Entry, sample: Sample | None
) -> Verdict | None:
    """Return the verdict that the figures speak for, or None while they are not complete."""
    facts = _facts(checkpoint, entry, sample)
    if _value("speaks_for_pass", facts):
        return Verdict.PASS
    return Verdict.FAIL if _value("speaks_for_fail", facts) else None


def asked_of(checkpoint: Checkpoint, sample: Sample | None) -> dict[str, Any]:
    """Return what the standard asks at a checkpoint, by the names that the rules use."""
    drill = checkpoint.drill
    right, of = share_of(checkpoint.counting) if checkpoint.counting else (0, 1)
    return {
        "needs_photo": checkpoint.photo,
        "least": sample.asked if sample else None,
        "right": right,
        "of": of,
        "limit": drill.limit_seconds if drill else None,
        "steps": drill.steps_needed if drill else None,
    }


def _facts(checkpoint: Checkpoint, entry: Entry, sample: Sample | None) -> dict[str, Any]:
    written = {name: getattr(entry, name) for name in Entry.__slots__}
    return {**written, **asked_of(checkpoint, sample)}


def _value(expression: Any, facts: Mapping[str, Any]) -> Any:
    """Work an expression out, no further than its outcome needs."""
    if isinstance(expression, int):
        return expression
    if isinstance(expression, str):
        rule = judging()["rules"].get(expression)
        return facts[expression] if rule is None else _value(rule, facts)
    operation, *parts = expression
    if operation == "is":
        return _value(parts[0], facts) == parts[1]
    return _OPERATIONS[operation](_value(part, facts) for part in parts)
