"""The answers with which a visit begins, before they are written.

A phone that comes back to signal has the beginning of a visit and most of its answers in one
parcel. So they are changed first, as plain values, and then written all at once: a tenth of
the work of writing sixty-seven blanks and changing sixty of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.core.db import table_of
from firesafe.core.straight import straight_insert
from firesafe.factories.models import Factory
from firesafe.inspections.models import Answer, AnswerPhoto, Inspection
from firesafe.inspections.rules import FIELDS
from firesafe.standard.edition import Edition
from firesafe.standard.rules import not_applicable
from firesafe.standard.terms import Verdict

_PHOTOS = straight_insert(table_of(AnswerPhoto), "answer_id", "sha256", "moment", "added_at")


@dataclass(slots=True)
class FirstAnswer:
    """Stands for an `Answer` until it is written; its fields mean the same."""

    checkpoint_code: str
    verdict: Verdict | None
    not_applicable_reason: str
    is_preset: bool
    changed_at: datetime
    changed_by_id: int
    version: int = 1
    seen: str = ""
    place: str = ""
    grade: str | None = None
    escalated: bool = False
    grace_days: int | None = None
    requirement: str = ""
    put_right_on_the_spot: bool = False
    asked_count: int | None = None
    correct_count: int | None = None
    drill_seconds: int | None = None
    drill_steps: list[int | None] | None = None
    remark: str = ""
    photos: list[AnswerPhoto] = field(default_factory=list)


_COLUMNS = (*FIELDS, "checkpoint_code", "is_preset", "changed_at", "changed_by_id", "version")
_VALUES = attrgetter(*_COLUMNS)
_ANSWERS = straight_insert(table_of(Answer), "inspection_id", *_COLUMNS)


def first_answers(
    standard: Edition, factory: Factory, workers: int, by: Officer, at: datetime
) -> list[FirstAnswer]:
    """Return an empty answer for every checkpoint, those that do not apply preset to that."""
    reasons = not_applicable(standard, {**factory.facts, "workers_on_shift": workers})
    return [
        FirstAnswer(
            checkpoint_code=checkpoint.code,
            verdict=Verdict.NOT_APPLICABLE if checkpoint.code in reasons else None,
            not_applicable_reason=reasons[checkpoint.code].zh if checkpoint.code in reasons else "",
            is_preset=checkpoint.code in reasons,
            changed_at=at,
            changed_by_id=by.id,
        )
        for checkpoint in standard.checkpoints
    ]


def write_answers(session: Session, inspection: Inspection, answers: Sequence[FirstAnswer]) -> None:
    """Write the first answers of a visit, with their photographs.

    They are not kept in the session: whoever needs them next reads them.
    """
    _ANSWERS.run_each(session.connection(), [_row(answer, inspection.id) for answer in answers])
    with_photos = {each.checkpoint_code: each.photos for each in answers if each.photos}
    if with_photos:
        ids = select(Answer.checkpoint_code, Answer.id).where(
            Answer.inspection_id == inspection.id, Answer.checkpoint_code.in_(with_photos)
        )
        _PHOTOS.run_each(
            session.connection(),
            [
                {
                    "answer_id": answer_id,
                    "sha256": photo.sha256,
                    "moment": photo.moment,
                    "added_at": photo.added_at,
                }
                for code, answer_id in session.execute(ids)
                for photo in with_photos[code]
            ],
        )


def _row(answer: FirstAnswer, inspection_id: int) -> dict[str, Any]:
    return {"inspection_id": inspection_id, **dict(zip(_COLUMNS, _VALUES(answer), strict=True))}
