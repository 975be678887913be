"""The checklist as the visit page shows it: groups, items and checkpoints, each with its state."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from firesafe.inspections.forms import AnswerForm, answer_form
from firesafe.inspections.judging import gaps_of
from firesafe.inspections.models import Answer, Inspection
from firesafe.inspections.rules import (
    Gap,
    days_of,
    grade_of,
    item_states,
    requirement_of,
    sample_of,
    wording_of,
)
from firesafe.standard.checklist import Checkpoint, Edition, Group, Item
from firesafe.standard.edition import edition
from firesafe.standard.rules import Sample
from firesafe.standard.terms import Grade, Verdict

_OF_A_FINDING = (
    "seen",
    "place",
    "escalated",
    "grade",
    "grace_days",
    "requirement",
    "put_right_on_the_spot",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One checkpoint: the standard's words, what stands there, and what it lacks.

    ``form`` is there where it is filled in on the page; ``wrong`` is a sentence when what came in
    could not be kept.
    """

    checkpoint: Checkpoint
    answer: Answer
    sample: Sample | None
    gaps: list[Gap]
    form: AnswerForm | None = None
    wrong: str = ""

    @property
    def grade(self) -> Grade:
        """How grave a failure here is."""
        return grade_of(self.checkpoint, self.answer.entry)

    @property
    def days(self) -> int:
        """How many days of grace a failure here has."""
        return days_of(self.checkpoint, self.answer.entry)

    @property
    def requirement(self) -> str:
        """What is to be done about a failure here."""
        return requirement_of(self.checkpoint, self.answer.entry)

    @property
    def wording(self) -> str:
        """The facts of a failure here, as they are printed."""
        return wording_of(self.answer.entry)

    @property
    def is_unfound(self) -> bool:
        """Whether nothing is written or photographed below it: so it looks alike in all."""
        if self.form is None or self.answer.photos:
            return False
        written = {name: self.form[name].data for name in _OF_A_FINDING if name in self.form}
        usual = {"requirement": self.checkpoint.rectify}
        return all(
            text in (None, "", usual.get(name)) or text is False for name, text in written.items()
        )

    @property
    def is_settled(self) -> bool:
        """Whether it may be shown as a single line: answered, whole, and nothing wrong."""
        verdict = self.answer.verdict
        return verdict not in (None, Verdict.FAIL) and not self.gaps and not self.wrong


@dataclass(frozen=True, slots=True)
class Part:
    """An item or a group with the lines in it, and how far they have come."""

    of: Item | Group
    lines: list[Line] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many checkpoints it has."""
        return len(self.lines)

    @property
    def done(self) -> int:
        """How many of them have a verdict."""
        return sum(line.answer.verdict is not None for line in self.lines)

    @property
    def failed(self) -> int:
        """How many of them failed."""
        return sum(line.answer.verdict is Verdict.FAIL for line in self.lines)


@dataclass(frozen=True, slots=True)
class Checklist:
    """The whole of it, in the order of the standard."""

    edition: Edition
    groups: list[Part]
    items: list[Part]
    lines: list[Line]

    @property
    def done(self) -> int:
        """How many checkpoints have a verdict."""
        return sum(line.answer.verdict is not None for line in self.lines)

    @property
    def failed(self) -> list[Line]:
        """The checkpoints that failed."""
        return [line for line in self.lines if line.answer.verdict is Verdict.FAIL]

    @property
    def next_open(self) -> Line | None:
        """The first checkpoint without a verdict, if there is one."""
        return next((line for line in self.lines if line.answer.verdict is None), None)

    @property
    def current_item(self) -> str:
        """The code of the first item with work left, or of the first of all."""
        return (self.next_open or self.lines[0]).checkpoint.item_code

    @property
    def not_applicable_count(self) -> int:
        """How many checkpoints do not apply."""
        return sum(line.answer.verdict is Verdict.NOT_APPLICABLE for line in self.lines)


def record_of(inspection: Inspection) -> Checklist:
    """Lay a visit out for reading; its answers must have been loaded."""
    standard = edition(inspection.edition_code)
    answers = {answer.checkpoint_code: answer for answer in inspection.answers}
    return _arranged(
        standard,
        [
            _line(standard, each, answers[each.code], inspection.workers_on_shift)
            for each in standard.checkpoints
        ],
    )


def checklist_of(
    inspection: Inspection,
    sent: Mapping[str, Any] | None = None,
    wrong: Mapping[str, str] | None = None,
    *,
    is_whole: bool = True,
) -> Checklist:
    """Lay a visit out for filling in, with a form for each checkpoint.

    ``sent`` is what came in and could not be kept, shown in place of what stands; ``wrong``
    says why, by the code of the checkpoint. Unless it is whole, only the current item has forms.
    """
    bare = record_of(inspection)
    current = bare.current_item

    def with_form(line: Line) -> Line:
        code = line.checkpoint.code
        if not is_whole and line.checkpoint.item_code != current:
            return line
        came_in = sent if sent is not None and f"{code}-version" in sent else None
        form = answer_form(bare.edition, line.checkpoint, line.answer, line.sample, came_in)
        return replace(line, form=form, wrong=(wrong or {}).get(code, ""))

    return _arranged(bare.edition, [with_form(line) for line in bare.lines])


def _line(standard: Edition, checkpoint: Checkpoint, answer: Answer, workers: int) -> Line:
    sample = sample_of(standard, checkpoint, workers)
    return Line(checkpoint, answer, sample, gaps_of(checkpoint, answer.entry, sample))


def _arranged(standard: Edition, lines: list[Line]) -> Checklist:
    items = [
        Part(item, [line for line in lines if line.checkpoint.item_code == item.code])
        for item in standard.items
    ]
    groups = [
        Part(group, [line for line in lines if line.checkpoint.code.startswith(group.code)])
        for group in standard.groups
    ]
    return Checklist(standard, groups, items, lines)


def group_tabs_of(checklist: Checklist, language: str) -> list[dict[str, Any]]:
    """Return the tabs of the four groups, for the macro; the one with work left is current."""
    return [
        {
            **_counted(part),
            "name": _tab_name(part.of, language),
            "href": f"#item-{part.lines[0].checkpoint.item_code}",
            "current": checklist.current_item.startswith(part.of.code),
        }
        for part in checklist.groups
    ]


def _tab_name(group: Item | Group, language: str) -> str:
    """Return what stands on a tab: English is too long for a phone but for its short form."""
    return group.short.en if language.startswith("en") else group.name.zh


def item_chips_of(checklist: Checklist, language: str) -> list[dict[str, Any]]:
    """Return the chips of the sixteen items, for the macro."""
    return [
        {
            **_counted(part),
            "name": part.of.short.in_language(language),
            "href": f"#item-{part.of.code}",
            "current": part.of.code == checklist.current_item,
        }
        for part in checklist.items
    ]


def _counted(part: Part) -> dict[str, Any]:
    return {"code": part.of.code, "done": part.done, "total": part.total, "failed": part.failed}


def squares_of(
    checklist: Checklist, language: str, *, link: str | None = None
) -> list[dict[str, Any]]:
    """Return the sixteen squares of a visit that may still be open, for the macro.

    ``link`` is where a square leads, with ``{code}`` for its item.
    """
    states = {part.of.code: _state_of(part) for part in checklist.items}
    if link:
        for code, state in states.items():
            state["href"] = link.format(code=code)
    return squares(checklist.edition, states, language)


def closed_squares_of(inspection: Inspection, language: str) -> list[dict[str, Any]]:
    """Return the sixteen squares of a closed visit from its kept scores alone."""
    kept = inspection.item_scores or {}
    states = {
        code: {"state": state, "failed": kept[code]["failed"]}
        for code, state in item_states(kept).items()
    }
    return squares(edition(inspection.edition_code), states, language)


def failed_count(inspection: Inspection) -> int:
    """Return how many checkpoints failed on a closed visit, from its kept scores alone."""
    return sum(kept["failed"] for kept in (inspection.item_scores or {}).values())


def squares(
    standard: Edition, states: Mapping[str, dict[str, Any]], language: str
) -> list[dict[str, Any]]:
    """Return four rows of four cells, each with its code, its short name and its state."""
    nothing = {"state": "open", "failed": 0, "done": 0, "total": 0}
    return [
        {
            "name": group.short.in_language(language),
            "cells": [
                {
                    "code": item.code,
                    "name": item.short.in_language(language),
                    "href": None,
                    **nothing,
                    **states.get(item.code, {}),
                }
                for item in standard.items_of(group.code)
            ],
        }
        for group in standard.groups
    ]


def _state_of(part: Part) -> dict[str, Any]:
    verdicts = {line.answer.verdict for line in part.lines}
    state = "pass"
    if part.failed:
        state = "fail"
    elif part.done < part.total:
        state = "open"
    elif verdicts == {Verdict.NOT_APPLICABLE}:
        state = "none"
    return {"state": state, "failed": part.failed, "done": part.done, "total": part.total}
