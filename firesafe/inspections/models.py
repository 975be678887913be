"""The record of a visit: its answers, their photographs, its signatures, its corrections."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from firesafe.accounts.models import Officer
from firesafe.core.columns import Choice, Moment
from firesafe.core.db import Base
from firesafe.core.words import N_
from firesafe.factories.models import Factory
from firesafe.inspections.rules import FIELDS, Entry
from firesafe.standard.terms import Verdict


class InspectionKind(StrEnum):
    """Why the visit was made."""

    PLANNED = "planned"
    RANDOM = "random"
    SPECIAL = "special"
    RECHECK = "recheck"
    COMPLAINT = "complaint"


KIND_NAMES = {
    InspectionKind.PLANNED: N_("Planned inspection"),
    InspectionKind.RANDOM: N_("Random inspection"),
    InspectionKind.SPECIAL: N_("Special inspection"),
    InspectionKind.RECHECK: N_("Re-check"),
    InspectionKind.COMPLAINT: N_("After a report"),
}


class InspectionState(StrEnum):
    """A draft can be changed; a closed one only by a recorded correction (更正).

    Handed in means signed, while photographs are still on their way from the phone.
    """

    DRAFT = "draft"
    HANDED_IN = "handed_in"
    CLOSED = "closed"
    VOID = "void"


STATE_NAMES = {
    InspectionState.DRAFT: N_("Being filled in"),
    InspectionState.HANDED_IN: N_("Signed, photographs on their way"),
    InspectionState.CLOSED: N_("Signed and closed"),
    InspectionState.VOID: N_("Given up"),
}


class PhotoMoment(StrEnum):
    """Whether a photograph shows what was found, or how it was put right on the spot."""

    FOUND = "found"
    PUT_RIGHT = "put_right"


class SignatureRole(StrEnum):
    """Who signs a visit: two inspectors and the factory."""

    LEAD = "lead"
    SECOND = "second"
    FACTORY = "factory"


class Inspection(Base):
    """One visit to one factory, read for ever in the edition of the standard it began with.

    ``client_key`` is made where the visit begins, so that the same visit sent twice is one.
    ``as_closed`` freezes what the printed record needs of factory and people at closing.
    Scores are out of 100 and empty until the visit is closed. ``item_scores`` holds per item
    ``{"score", "failed", "answered"}``. ``cards_shown`` says that the inspectors showed
    their inspection cards; ``refused_at`` is empty unless the factory would not sign.

    A visit made on a phone without signal is ``handed_in_at`` when its signatures have
    arrived and closed when its last photograph has. ``…_on_phone_at`` are moments by the
    phone's own clock, which was ``clock_ahead_seconds`` ahead of ours (negative: behind).
    ``signed_on`` is the key of the phone that holds the signatures; another one's answers
    come too late from then on.
    """

    __tablename__ = "inspections"
    __table_args__ = (
        # Lists are in the order of beginning; each index lets one filter keep that order.
        Index("ix_inspections_county_code_opened_at", "county_code", "opened_at", "id"),
        Index(
            "ix_inspections_county_code_state_opened_at", "county_code", "state", "opened_at", "id"
        ),
        Index(
            "ix_inspections_county_code_kind_opened_at",
            *("county_code", "kind", "opened_at", "id", "state"),
        ),
        Index("ix_inspections_factory_id_closed_at", "factory_id", "closed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_key: Mapped[str] = mapped_column(String(36), unique=True)
    factory_id: Mapped[int] = mapped_column(ForeignKey("factories.id"))
    county_code: Mapped[str] = mapped_column(String(6))
    edition_code: Mapped[str] = mapped_column(String(12))
    kind: Mapped[InspectionKind] = mapped_column(Choice(InspectionKind))
    state: Mapped[InspectionState] = mapped_column(
        Choice(InspectionState), default=InspectionState.DRAFT
    )
    lead_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), index=True)
    second_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"), index=True)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    handed_in_at: Mapped[datetime | None] = mapped_column(Moment)
    handed_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    opened_on_phone_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_on_phone_at: Mapped[datetime | None] = mapped_column(Moment)
    clock_ahead_seconds: Mapped[int | None] = mapped_column()
    signed_on: Mapped[str] = mapped_column(String(36), default="", server_default="")
    phone_device: Mapped[str] = mapped_column(String(200), default="", server_default="")
    workers_on_shift: Mapped[int] = mapped_column(default=0)
    cards_shown: Mapped[bool] = mapped_column(default=False)
    refusal_reason: Mapped[str] = mapped_column(Text, default="")
    refusal_witness: Mapped[str] = mapped_column(String(80), default="")
    refused_at: Mapped[datetime | None] = mapped_column(Moment)
    statement: Mapped[str] = mapped_column(Text, default="")
    void_reason: Mapped[str] = mapped_column(Text, default="")
    score: Mapped[int | None] = mapped_column()
    mark: Mapped[str | None] = mapped_column(String(20))
    item_scores: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    as_closed: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    factory: Mapped[Factory] = relationship(lazy="joined")
    lead: Mapped[Officer] = relationship(foreign_keys=[lead_id], lazy="joined")
    second: Mapped[Officer | None] = relationship(foreign_keys=[second_id], lazy="joined")
    handed_in_by: Mapped[Officer | None] = relationship(foreign_keys=[handed_in_by_id])
    answers: Mapped[list["Answer"]] = relationship(
        back_populates="inspection", order_by="Answer.checkpoint_code"
    )
    signatures: Mapped[list["Signature"]] = relationship(
        order_by="Signature.role", cascade="all, delete-orphan"
    )
    corrections: Mapped[list["Correction"]] = relationship(order_by="Correction.id")

    @property
    def is_draft(self) -> bool:
        """Whether it can still be filled in."""
        return self.state is InspectionState.DRAFT


class Answer(Base):
    """What was found at one checkpoint; ``is_preset`` until somebody has looked himself.

    ``asked_count``, ``correct_count`` and ``drill_seconds`` are figures of questions and
    drills; no name of a worker is ever kept (Personal Information Protection Law art. 6).
    ``escalated`` answers the checkpoint's one deciding question for a graver grade.
    ``grade``, ``grace_days`` and ``requirement`` are empty as long as the standard's own
    apply. ``drill_steps`` holds at which second each step of a drill was made, in their
    order. ``version`` counts the changes, so that nobody overwrites what he has not seen.
    """

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("inspection_id", "checkpoint_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    checkpoint_code: Mapped[str] = mapped_column(String(8))
    verdict: Mapped[Verdict | None] = mapped_column(Choice(Verdict))
    is_preset: Mapped[bool] = mapped_column(default=False)
    not_applicable_reason: Mapped[str] = mapped_column(Text, default="")
    seen: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(String(80), default="")
    grade: Mapped[str | None] = mapped_column(String(20))
    escalated: Mapped[bool] = mapped_column(default=False)
    grace_days: Mapped[int | None] = mapped_column()
    requirement: Mapped[str] = mapped_column(Text, default="")
    put_right_on_the_spot: Mapped[bool] = mapped_column(default=False)
    asked_count: Mapped[int | None] = mapped_column()
    correct_count: Mapped[int | None] = mapped_column()
    drill_seconds: Mapped[int | None] = mapped_column()
    drill_steps: Mapped[list[int | None] | None] = mapped_column(JSON(none_as_null=True))
    remark: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    version: Mapped[int] = mapped_column(default=1)

    inspection: Mapped[Inspection] = relationship(back_populates="answers")
    changed_by: Mapped[Officer] = relationship()
    photos: Mapped[list["AnswerPhoto"]] = relationship(
        order_by="AnswerPhoto.id", cascade="all, delete-orphan"
    )

    @property
    def entry(self) -> Entry:
        """What stands here, as the plain values that the rules judge."""
        moments = [photo.moment for photo in self.photos]
        return Entry(
            **{name: getattr(self, name) for name in FIELDS},
            photos_found=moments.count(PhotoMoment.FOUND),
            photos_put_right=moments.count(PhotoMoment.PUT_RIGHT),
        )


class AnswerPhoto(Base):
    """That a photograph belongs to an answer; the photograph itself is known by its hash."""

    __tablename__ = "answer_photos"
    __table_args__ = (UniqueConstraint("answer_id", "sha256", "moment"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    moment: Mapped[PhotoMoment] = mapped_column(Choice(PhotoMoment))
    added_at: Mapped[datetime] = mapped_column(Moment)


class Signature(Base):
    """A name written on the screen or on paper, kept as a picture known by its hash."""

    __tablename__ = "signatures"
    __table_args__ = (UniqueConstraint("inspection_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    role: Mapped[SignatureRole] = mapped_column(Choice(SignatureRole))
    name: Mapped[str] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64))
    signed_at: Mapped[datetime] = mapped_column(Moment)
    is_later: Mapped[bool] = mapped_column(default=False)


class Correction(Base):
    """A recorded correction (更正) of a closed inspection; the record itself stays."""

    __tablename__ = "corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    subject: Mapped[str] = mapped_column(String(80))
    was: Mapped[str] = mapped_column(Text)
    should_be: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[Officer] = relationship(lazy="joined")
