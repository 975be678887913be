"""The empty sheet: a visit to nobody, which phones keep and make that of one factory."""

from datetime import datetime

from firesafe.accounts.models import Officer
from firesafe.factories.models import Factory
from firesafe.inspections.bundle import BLANK_ENTRY
from firesafe.inspections.models import Answer, Inspection, InspectionKind, InspectionState
from firesafe.standard.edition import Edition


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
