"""The empty sheet: a visit to nobody, which phones keep and make that of one factory."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from firesafe.accounts.models import Officer
from firesafe.factories.models import Factory
from firesafe.inspections.bundle import BLANK_ENTRY
from firesafe.inspections.checklist import Checklist, Line
from firesafe.inspections.judging import asked_of
from firesafe.inspections.models import Answer, Inspection, InspectionKind, InspectionState
from firesafe.standard.edition import Checkpoint, Edition
from firesafe.standard.rules import brief_bases


def blank_inspection(standard: Edition, *, by: Officer, at: datetime) -> Inspection:
    """Return a visit that stands in no table: no factory, every checkpoint empty.

    It is no key unit, so the general articles are shown; the papers cite by the register.
    """
    return Inspection(
        edition_code=standard.code,
        state=InspectionState.DRAFT,
        kind=InspectionKind.PLANNED,
        factory=Factory(name="", is_key_unit=False, is_high_rise=False),
        lead=by,
        workers_on_shift=0,
        changed_at=at,
        signatures=[],
        answers=[
            Answer(checkpoint_code=each.code, version=1, is_preset=False, photos=[], **BLANK_ENTRY)
            for each in standard.checkpoints
        ],
    )


def points_of(inspection: Inspection, checklist: Checklist, language: str) -> list[dict[str, Any]]:
    """Return the checkpoints for the scripts, in the order of the standard.

    Each with what it asks, and what stands there on this visit and not on the empty sheet, whose
    rows the scripts draw up.
    """
    return [
        {
            "code": line.checkpoint.code,
            "title": line.checkpoint.short.in_language(language),
            "asked": asked_of(line.checkpoint, line.sample),
            **(_own_words(inspection, checklist.edition, line) if inspection.id else {}),
        }
        for line in checklist.lines
    ]


def _own_words(inspection: Inspection, standard: Edition, line: Line) -> dict[str, Any]:
    words: dict[str, Any] = {}
    if line.sample:
        words["sample"] = {**asdict(line.sample), "workers": inspection.workers_on_shift}
    factory = inspection.factory
    if factory.is_key_unit or factory.is_high_rise:
        words["bases"] = bases_of(standard, line.checkpoint, factory)
    if line.answer.is_preset:
        words["is_preset"] = True
    return words


def bases_of(standard: Edition, checkpoint: Checkpoint, factory: Factory) -> str:
    """Return the articles that a failure at a factory is against, in short."""
    cited = brief_bases(
        standard, checkpoint, key_unit=factory.is_key_unit, high_rise=factory.is_high_rise
    )
    return " ".join(cited)
