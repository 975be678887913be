"""What the standard says of plain values: how many to ask, what applies, what is printed.

Facts about a factory come as a mapping from the edition's fact keys to values; None or a
missing key means that nobody knows, and what nobody knows never lets a factory off.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from firesafe.core.errors import RuleBroken
from firesafe.standard.checklist import (
    Applicability,
    Basis,
    Checkpoint,
    Citation,
    Condition,
    Counting,
    Edition,
    FactValue,
    Law,
    Sampling,
    Trigger,
    Words,
)
from firesafe.standard.citation import Reference, clauses, in_figures, references, written_out
from firesafe.standard.terms import CountingKind, Grade, LawKind, Operator

Facts = Mapping[str, FactValue | None]


@dataclass(frozen=True, slots=True)
class Sample:
    """How many people are asked, and how many of them must be right."""

    asked: int
    needed: int


def sample_size(sampling: Sampling, on_shift: int) -> int:
    """Return how many of the people on shift are asked: by the table, or all if fewer.

    Raises:
        ValueError: ``on_shift`` is negative.
    """
    if on_shift < 0:
        raise ValueError(f"{on_shift} people cannot be on shift")
    by_table = next((row.ask for row in sampling.rows if on_shift <= row.up_to), sampling.ask_above)
    return min(by_table, on_shift)


def sample_for(edition: Edition, counting: Counting, on_shift: int) -> Sample:
    """Return the sample that a counting proposes for the people on shift.

    A fixed number shrinks to those who are there. Where all present are counted, the
    people on shift are the proposal and the inspector puts in who took part.
    """
    asked = on_shift
    if counting.kind is CountingKind.TABLE:
        asked = sample_size(edition.sampling, on_shift)
    if counting.kind is CountingKind.FIXED:
        asked = min(counting.asked, on_shift)
    return Sample(asked, needed_for(counting, asked))


def share_of(counting: Counting) -> tuple[int, int]:
    """Return how many of how many asked must be right."""
    if counting.kind is CountingKind.FIXED:
        return counting.needed, counting.asked
    return counting.percent, 100


def needed_for(counting: Counting, asked: int) -> int:
    """Return how many of ``asked`` must be right: the share is kept, rounded up."""
    right, of = share_of(counting)
    return -(-asked * right // of)


def not_applicable(edition: Edition, facts: Facts) -> dict[str, Words]:
    """Return the checkpoints preset to "not applicable", each with its reason."""
    return {
        checkpoint.code: checkpoint.not_applicable.reason
        for checkpoint in edition.checkpoints
        if checkpoint.not_applicable and _is_met(checkpoint.not_applicable, facts)
    }


def triggers_for(edition: Edition, facts: Facts) -> tuple[Trigger, ...]:
    """Return the prompts and referrals that the facts call for, in the edition's order."""
    return tuple(trigger for trigger in edition.triggers if _is_met(trigger, facts))


def _is_met(group: Applicability | Trigger, facts: Facts) -> bool:
    any_of = not group.any_of or any(_holds(condition, facts) for condition in group.any_of)
    return any_of and all(_holds(condition, facts) for condition in group.all_of)


def _holds(condition: Condition, facts: Facts) -> bool:
    fact, value = facts.get(condition.fact), condition.value
    if fact is None:
        return False
    if isinstance(value, tuple):
        return fact in value
    if condition.op is Operator.IS:
        return fact == value
    return _compares(condition.op, float(fact), float(value))


def _compares(op: Operator, fact: float, value: float) -> bool:
    if op is Operator.ABOVE:
        return fact > value
    if op is Operator.AT_LEAST:
        return fact >= value
    return fact <= value


def grade_of(checkpoint: Checkpoint, *, escalated: bool) -> Grade:
    """Return the grade of a failure; ``escalated`` answers the one question that decides.

    Raises:
        RuleBroken: the checkpoint has no graver grade.
    """
    if not escalated:
        return checkpoint.grade
    if checkpoint.escalation is None:
        raise RuleBroken("%(code)s has no graver grade.", code=checkpoint.code)
    return checkpoint.escalation.grade


def days_of(checkpoint: Checkpoint, exception: str = "") -> int:
    """Return the calendar days to put a failure right; 0 means on the spot.

    ``exception`` is the key of one of the checkpoint's exceptions, or empty for the usual
    days. The day of receipt does not count.

    Raises:
        RuleBroken: the checkpoint has no such exception.
    """
    if not exception:
        return checkpoint.days
    for other in checkpoint.exceptions:
        if other.key == exception:
            return other.days
    raise RuleBroken(
        "%(code)s has no other days under %(exception)s.",
        code=checkpoint.code,
        exception=exception,
    )


def printed_bases(
    edition: Edition,
    subject: Checkpoint | Trigger,
    *,
    key_unit: bool,
    high_rise: bool = False,
) -> tuple[str, ...]:
    """Return the legal bases as a paper prints them, one text for each law.

    Only what was checked or confirmed is printed (V, V2), nothing that serves for screening.
    Articles that bind key units alone are swapped for the general ones when the factory is
    none, and the rules for high-rise buildings stand only where there is one.
    """
    cited = _cited(edition, subject.bases, key_unit=key_unit, high_rise=high_rise)
    return tuple(law.name + _places(law, places, written_out) for law, places in cited)


def brief_bases(
    edition: Edition,
    subject: Checkpoint | Trigger,
    *,
    key_unit: bool,
    high_rise: bool = False,
) -> tuple[str, ...]:
    """Return the same bases in short for a list on the screen: 消防法第27条第2款."""
    cited = _cited(edition, subject.bases, key_unit=key_unit, high_rise=high_rise)
    return tuple(_brief(law, places) for law, places in cited)


def unverified_names(edition: Edition, subject: Checkpoint | Trigger) -> tuple[str, ...]:
    """Return the names of the sources still to be checked, without any article."""
    keys = {basis.law for basis in subject.bases if not basis.mark.is_printable}
    return tuple(law.name for law in edition.laws if law.key in keys)


def _cited(
    edition: Edition, bases: Iterable[Basis], *, key_unit: bool, high_rise: bool
) -> list[tuple[Law, list[Citation]]]:
    """Return what may be printed, law by law in the order of the edition's list of laws."""
    found: dict[str, list[Citation]] = {}
    for basis in bases:
        hidden = basis.screening_only or (basis.high_rise_only and not high_rise)
        if hidden or not basis.mark.is_printable:
            continue
        swapped = None if key_unit else basis.instead
        citation = swapped or Citation(basis.law, basis.article)
        found.setdefault(citation.law, []).append(citation)
    return [(law, found[law.key]) for law in edition.laws if law.key in found]


def _brief(law: Law, places: Iterable[Citation]) -> str:
    """Join the short name of a law and the places in it; Chinese names need no blank."""
    blank = " " if law.kind is LawKind.STANDARD else ""
    return f"{law.key}{blank}{_places(law, places, in_figures)}".rstrip()


def _places(
    law: Law, places: Iterable[Citation], write: Callable[[Iterable[Reference]], str]
) -> str:
    """Write the places cited in one law; a source known by its name alone has none."""
    cited = [place for place in places if place.article]
    if law.kind is LawKind.ACT:
        return write(r for place in cited for r in references(place.article, place.words))
    return "、".join(dict.fromkeys(clauses(place.article) for place in cited))
