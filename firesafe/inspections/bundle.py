"""How a visit stands, as plain data for a phone."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from firesafe.inspections.beginning import FirstAnswer
from firesafe.inspections.models import Answer, Inspection
from firesafe.inspections.rules import FIELDS, Entry

BLANK_ENTRY = {name: value for name, value in asdict(Entry()).items() if name in FIELDS}


def state_of(inspection: Inspection) -> dict[str, Any]:
    """Return all that a phone needs to go on with a visit; its answers must have been loaded.

    ``answers`` maps codes to ``{"entry", "version"}``, ``photos`` lists what belongs to which
    checkpoint. Moments are ISO 8601 in UTC.
    """
    second = inspection.second
    return {
        "key": inspection.client_key,
        "inspection_id": inspection.id,
        "edition": inspection.edition_code,
        "state": inspection.state.value,
        "kind": inspection.kind.value,
        "factory": {"id": inspection.factory_id, "name": inspection.factory.name},
        "second": {"id": second.id, "name": second.name} if second else None,
        "workers_on_shift": inspection.workers_on_shift,
        "cards_shown": inspection.cards_shown,
        "opened_at": inspection.opened_at.isoformat(),
        "answers": {answer.checkpoint_code: answer_state(answer) for answer in inspection.answers},
        "photos": [
            {"sha256": photo.sha256, "code": answer.checkpoint_code, "moment": photo.moment.value}
            for answer in inspection.answers
            for photo in answer.photos
        ],
        "signed": [signature.role.value for signature in inspection.signatures],
        "refused": inspection.refused_at is not None,
    }


def answer_state(answer: Answer | FirstAnswer) -> dict[str, Any]:
    """Return what stands at one checkpoint, and its version."""
    return {
        "entry": {name: getattr(answer, name) for name in FIELDS},
        "version": answer.version,
    }


def brief_state_of(inspection: Inspection) -> dict[str, Any]:
    """Return the same without the fields that stand empty, which a page need not carry."""
    state = state_of(inspection)
    for answer in state["answers"].values():
        answer["entry"] = brief_entry(answer["entry"])
    return state


def brief_entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands at a checkpoint without the fields that stand empty."""
    return {name: value for name, value in entry.items() if value != BLANK_ENTRY[name]}


def whole_entry(brief: Mapping[str, Any]) -> dict[str, Any]:
    """Return all fields of a checkpoint of which `brief_entry` has left some out."""
    return {**BLANK_ENTRY, **brief}
