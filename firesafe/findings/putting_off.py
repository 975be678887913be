"""Which findings may be given more time, how much at most, and the sentence why not."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from firesafe.core.words import N_
from firesafe.findings.models import Finding, FindingState

CLOSED = N_("This is closed. It needs no more time.")
NO_NOTICE = N_("No notice stands for this any more. Wait for the new one.")

_FILE = Path(__file__).with_name("put_off.toml")


@dataclass(frozen=True, slots=True)
class Limits:
    """The most days by which anything is put off, and what never is, by edition."""

    longest_days: int
    never: dict[str, frozenset[str]]


@cache
def limits() -> Limits:
    """Return the limits as their data file has them."""
    data: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    never = {code: frozenset(reasons) for code, reasons in data["never"].items()}
    return Limits(data["longest_days"], never)


def why_never(finding: Finding) -> str:
    """Return the sentence why this finding can never be put off, or nothing if it can."""
    if finding.is_suspected_major:
        return N_("This may be a major hazard. It cannot be put off.")
    if finding.grace_days == 0:
        return N_("This is to be put right at once. It cannot be put off.")
    if finding.checkpoint_code in limits().never.get(finding.edition_code, ()):
        return N_(
            "Locked or blocked exits, people sleeping on the premises and flammable goods "
            "cannot be put off."
        )
    return ""


def why_not(finding: Finding, today: date, *, was_asked: bool) -> str:
    """Return the sentence why nobody may ask for more time now, or nothing if he may.

    The last day itself still counts as before the end of the time.
    """
    if finding.state is FindingState.CLOSED:
        return CLOSED
    if finding.due_on is None:
        return NO_NOTICE
    if finding.state is FindingState.ANSWERED:
        return N_("Proof has been sent for this. It is looked at first.")
    if was_asked:
        return N_("More time can be asked for once only, and for this it was.")
    if finding.due_on < today:
        return N_("The last day has passed. More time had to be asked for before.")
    return why_never(finding)


def latest_day(due_on: date, grace_days: int) -> date:
    """Return the last day that can be given: at most the days there were, and the limit."""
    return due_on + timedelta(days=min(grace_days, limits().longest_days))
