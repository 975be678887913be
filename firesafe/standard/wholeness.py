"""What makes an edition whole, beyond the right fields: each part fits the others."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from firesafe.standard.checklist import (
    FULL,
    Applicability,
    Basis,
    Checkpoint,
    Citation,
    Condition,
    Counting,
    Edition,
    Trigger,
)
from firesafe.standard.citation import clauses, references
from firesafe.standard.terms import CountingKind, FactKind, LawKind, Method, Operator

GROUPS = "APKC"
ITEMS_IN_GROUP = 4
LONGEST_SHORT_NAME = 8
LONGEST_PHRASE_LABEL = 8
PHRASES = range(3, 6)

_CODE = re.compile(r"[APKC][1-4]-\d\d")
_NUMERIC = (Operator.ABOVE, Operator.AT_LEAST, Operator.AT_MOST)


def faults_of(edition: Edition) -> list[str]:
    """Return every fault as ``code: field: what is wrong``, or nothing if it is whole."""
    found = [*_frame(edition), *_sampling(edition), *_scoring(edition)]
    for trigger in edition.triggers:
        found += (f"trigger {trigger.code}: {fault}" for fault in _trigger(edition, trigger))
    for checkpoint in edition.checkpoints:
        for judge in _JUDGES:
            found += (f"{checkpoint.code}: {fault}" for fault in judge(edition, checkpoint))
    return found


def _frame(edition: Edition) -> Iterator[str]:
    groups = [group.code for group in edition.groups]
    if groups != list(GROUPS):
        yield f"groups: {', '.join(groups)} are not {', '.join(GROUPS)}"
    items = [item.code for item in edition.items]
    expected = [f"{group}{n}" for group in GROUPS for n in range(1, ITEMS_IN_GROUP + 1)]
    if items != expected:
        yield f"items: {', '.join(items)} are not {', '.join(expected)}"
    yield from _doubled("checkpoints", (c.code for c in edition.checkpoints))
    yield from _doubled("laws", (law.key for law in edition.laws))
    yield from _doubled("facts", (fact.key for fact in edition.facts))
    yield from _doubled("triggers", (trigger.code for trigger in edition.triggers))
    for item in edition.items:
        codes = [c.code for c in edition.checkpoints_of(item.code)]
        if not codes or codes != [f"{item.code}-{n:02}" for n in range(1, len(codes) + 1)]:
            yield f"{item.code}: checkpoints are not numbered from 01 without a gap: {codes}"


def _doubled(field: str, names: Iterable[str]) -> Iterator[str]:
    for name, times in Counter(names).items():
        if times > 1:
            yield f"{field}: {name} stands {times} times"


def _sampling(edition: Edition) -> Iterator[str]:
    sampling = edition.sampling
    limits = [row.up_to for row in sampling.rows]
    asked = [*(row.ask for row in sampling.rows), sampling.ask_above]
    if not limits or limits != sorted(set(limits)) or asked != sorted(asked) or asked[0] < 1:
        yield "sampling: rows do not rise"
    if not 1 <= sampling.percent <= 100:
        yield f"sampling: percent: {sampling.percent} is not between 1 and 100"


def _scoring(edition: Edition) -> Iterator[str]:
    scoring = edition.scoring
    if not 0 < scoring.pass_from < scoring.good_from < scoring.excellent_from <= FULL:
        yield f"scoring: marks do not rise from 1 to {FULL}"
    if not 0 <= scoring.serious_cap <= FULL:
        yield f"scoring: serious_cap: {scoring.serious_cap} is not between 0 and {FULL}"


def _trigger(edition: Edition, trigger: Trigger) -> Iterator[str]:
    known = {checkpoint.code for checkpoint in edition.checkpoints}
    for code in trigger.checkpoints:
        if code not in known:
            yield f"checkpoints: {code} does not exist"
    yield from _conditions(edition, trigger)
    for basis in trigger.bases:
        yield from _basis(edition, basis)


def _code(edition: Edition, checkpoint: Checkpoint) -> Iterator[str]:
    items = {item.code for item in edition.items}
    if not _CODE.fullmatch(checkpoint.code) or checkpoint.item_code not in items:
        yield "code: is not that of an item with two figures, such as A3-02"


def _texts(_edition: Edition, checkpoint: Checkpoint) -> Iterator[str]:
    for field in ("title", "short", "rule", "requirement", "fix"):
        words = getattr(checkpoint, field)
        for language in ("zh", "en"):
            yield from _text(f"{field}: {language}", getattr(words, language))
    for field in ("procedure", "criterion", "rectify"):
        yield from _text(field, getattr(checkpoint, field))
    if len(checkpoint.short.zh) > LONGEST_SHORT_NAME:
        yield f"short: zh: {checkpoint.short.zh} is longer than {LONGEST_SHORT_NAME} characters"


def _text(field: str, text: str) -> Iterator[str]:
    if not text.strip():
        yield f"{field}: is empty"
    elif text != text.strip():
        yield f"{field}: has blanks around it"


def _phrases(_edition: Edition, checkpoint: Checkpoint) -> Iterator[str]:
    if len(checkpoint.phrases) not in PHRASES:
        yield f"phrases: {len(checkpoint.phrases)} are not 3 to 5"
    yield from _doubled("phrases", (phrase.label for phrase in checkpoint.phrases))
    for phrase in checkpoint.phrases:
        yield from _text("phrases: label", phrase.label)
        if len(phrase.label) > LONGEST_PHRASE_LABEL:
            yield f"phrases: {phrase.label} is longer than {LONGEST_PHRASE_LABEL} characters"
        if not phrase.text.endswith("。"):
            yield f"phrases: {phrase.label}: text is no whole sentence"


def _methods(_edition: Edition, checkpoint: Checkpoint) -> Iterator[str]:
    if not checkpoint.methods:
        yield "methods: none is named"
    yield from _doubled("methods", checkpoint.methods)
    if (Method.DRILL in checkpoint.methods) != (checkpoint.drill is not None):
        yield "drill: stands exactly where a drill is among the methods"


def _grade(_edition: Edition, checkpoint: Checkpoint) -> Iterator[str]:
    escalation = checkpoint.escalation
    if escalation and escalation.grade.rank <= checkpoint.grade.rank:
        yield f"escalation: grade: {escalation.grade} is not graver than {checkpoint.grade}"


def _days(edition: Edition, checkpoint: Checkpoint) -> Iterator[str]:
    allowed = ", ".join(map(str, edition.days_allowed))
    if checkpoint.days not in edition.days_allowed:
        yield f"days: {checkpoint.days} is none of {allowed}"
    yield from _doubled("exceptions", (exception.key for exception in checkpoint.exceptions))
    for exception in checkpoint.exceptions:
        if exception.days not in edition.days_allowed:
            yield f"exceptions: {exception.key}: days: {exception.days} is none of {allowed}"
        if exception.days == checkpoint.days:
            yield f"exceptions: {exception.key}: days: are the usual {checkpoint.days}"


def _applicability(edition: Edition, checkpoint: Checkpoint) -> Iterator[str]:
    if checkpoint.not_applicable:
        for fault in _conditions(edition, checkpoint.not_applicable):
            yield f"not_applicable: {fault}"


def _conditions(edition: Edition, group: Applicability | Trigger) -> Iterator[str]:
    conditions = (*group.all_of, *group.any_of)
    if not conditions:
        yield "all_of: neither this nor any_of has a condition"
    for condition in conditions:
        yield from _condition(edition, condition)


def _condition(edition: Edition, condition: Condition) -> Iterator[str]:
    fact = next((fact for fact in edition.facts if fact.key == condition.fact), None)
    if fact is None:
        yield f"fact: {condition.fact} is not among the facts"
        return
    value = condition.value
    fits = {
        FactKind.YES_NO: condition.op is Operator.IS and isinstance(value, bool),
        FactKind.NUMBER: condition.op in _NUMERIC and type(value) in (int, float),
        FactKind.CHOICE: (condition.op is Operator.IS and value in fact.choices)
        or (condition.op is Operator.ONE_OF and _are_choices(value, fact.choices)),
    }
    if not fits[fact.kind]:
        yield f"value: {fact.key} {condition.op} {value!r} cannot be asked of a {fact.kind} fact"


def _are_choices(value: object, choices: tuple[str, ...]) -> bool:
    return isinstance(value, tuple) and bool(value) and set(value) <= set(choices)


def _counting(_edition: Edition, checkpoint: Checkpoint) -> Iterator[str]:
    counting = checkpoint.counting
    if counting is None:
        return
    if not _has_its_figures(counting):
        yield f"counting: a {counting.kind} counting has not the figures it needs"
    if not 0 <= counting.points_needed <= len(counting.points):
        yield f"counting: points_needed: {counting.points_needed} of {len(counting.points)}"
    if bool(counting.points) != bool(counting.points_needed):
        yield "counting: points and points_needed stand together"


def _has_its_figures(counting: Counting) -> bool:
    if counting.kind is CountingKind.FIXED:
        return 1 <= counting.needed <= counting.asked and not counting.percent
    return 1 <= counting.percent <= 100 and not counting.asked and not counting.needed


def _drill(_edition: Edition, checkpoint: Checkpoint) -> Iterator[str]:
    drill = checkpoint.drill
    if drill and not 1 <= drill.steps_needed <= len(drill.steps):
        yield f"drill: steps_needed: {drill.steps_needed} of {len(drill.steps)}"
    if drill and drill.limit_seconds < 0:
        yield f"drill: limit_seconds: {drill.limit_seconds} is less than none"


def _questions(_edition: Edition, checkpoint: Checkpoint) -> Iterator[str]:
    if checkpoint.code.startswith("K") and not checkpoint.questions:
        yield "questions: none to ask"
    for question in checkpoint.questions:
        yield from _text("questions: ask", question.ask)
        yield from _text("questions: answer", question.answer)


def _bases(edition: Edition, checkpoint: Checkpoint) -> Iterator[str]:
    for basis in checkpoint.bases:
        for fault in _basis(edition, basis):
            yield f"bases: {fault}"
    if not any(_stands_for_all(basis) for basis in checkpoint.bases):
        yield "bases: none may be printed for a factory that is no key unit"


def _stands_for_all(basis: Basis) -> bool:
    return basis.mark.is_printable and not basis.high_rise_only and not basis.screening_only


def _basis(edition: Edition, basis: Basis) -> Iterator[str]:
    yield from _citation(edition, Citation(basis.law, basis.article))
    if basis.key_unit_only != (basis.instead is not None):
        yield f"{basis.law} {basis.article}: key_unit_only and instead stand together"
    if basis.instead:
        yield from _citation(edition, basis.instead)


def _citation(edition: Edition, citation: Citation) -> Iterator[str]:
    law = next((law for law in edition.laws if law.key == citation.law), None)
    if law is None:
        yield f"law: {citation.law} is not among the laws"
        return
    if not citation.article:
        return
    try:
        _READERS[law.kind](citation.article)
    except ValueError as fault:
        yield f"article: {law.key}: {fault}"


def _no_places(text: str) -> None:
    raise ValueError(f"{text!r} cannot be a place in a paper cited by its name alone")


_READERS: dict[LawKind, Callable[[str], object]] = {
    LawKind.ACT: references,
    LawKind.STANDARD: clauses,
    LawKind.PAPER: _no_places,
}

_JUDGES: tuple[Callable[[Edition, Checkpoint], Iterator[str]], ...] = (
    _code,
    _texts,
    _phrases,
    _methods,
    _grade,
    _days,
    _applicability,
    _counting,
    _drill,
    _questions,
    _bases,
)
