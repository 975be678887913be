"""What phones send in: answers written far from any signal, and the signed visit as a whole."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.core.clock import county_time
from firesafe.core.errors import Refused, RuleBroken, Stale
from firesafe.inspections.actions import NOT_YOURS, check_counts, note_deed, touch
from firesafe.inspections.beginning import FirstAnswer
from firesafe.inspections.closing import account_of, freeze_result
from firesafe.inspections.models import Answer, Inspection, InspectionState
from firesafe.inspections.policy import is_inspector_of, may_fill, may_take_back
from firesafe.inspections.rules import OnPhone, checked_changes
from firesafe.photos.models import PhotoState
from firesafe.photos.queries import photos_by_sha
from firesafe.standard.edition import edition

_NOTHING = object()


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as a phone wrote it.

    ``clock`` counts the changes of this checkpoint as the phone knows them, its own and the
    service's; ``seen`` is the version it last had from here.
    """

    entry: Mapping[str, Any]
    clock: int
    seen: int


@dataclass(frozen=True, slots=True)
class Merged:
    """What stands now, and whether a later answer stands in place of the one that was sent."""

    answer: Answer | FirstAnswer
    is_overtaken: bool = False


def merge_answer(
    session: Session,
    inspection: Inspection,
    answer: Answer | FirstAnswer,
    written: Written,
    *,
    phone: str,
    by: Officer,
    at: datetime,
) -> Merged:
    """Let the later of two answers stand: the one with the higher clock, the first of equals.

    Of two phones that wrote without knowing of each other both values go into the trail.

    Raises:
        Refused: ``by`` is none of the two inspectors, or the visit is closed.
        Stale: it was signed on another phone, or handed in.
        RuleBroken: a value cannot stand there.
    """
    check_open_for(inspection, phone, by)
    return merge_into(session, inspection, answer, written, by=by, at=at)


def merge_into(
    session: Session,
    inspection: Inspection,
    answer: Answer | FirstAnswer,
    written: Written,
    *,
    by: Officer,
    at: datetime,
) -> Merged:
    """Do the same as `merge_answer` for whoever has checked that the visit is open for him.

    Raises:
        RuleBroken: a value cannot stand there.
    """
    standard = edition(inspection.edition_code)
    # Most of what comes stands there already, and needs no checking.
    other = {
        n: value for n, value in written.entry.items() if getattr(answer, n, _NOTHING) != value
    }
    tidy = checked_changes(standard, standard.checkpoint(answer.checkpoint_code), other)
    news = {name: value for name, value in tidy.items() if getattr(answer, name) != value}
    if not news:
        answer.version = max(answer.version, written.clock)
        return Merged(answer)
    is_overtaken = written.clock <= answer.version
    if is_overtaken or written.seen != answer.version:
        _note_both(session, inspection, answer, news, is_overtaken, by, at)
    if is_overtaken:
        return Merged(answer, is_overtaken=True)
    for name, value in news.items():
        setattr(answer, name, value)
    check_counts(answer)
    answer.version = written.clock
    touch(inspection, answer, by, at)
    return Merged(answer)


def check_open_for(inspection: Inspection, phone: str, by: Officer) -> None:
    """Refuse what comes too late for a visit that was signed elsewhere or handed in.

    Raises:
        Stale: it was; the sentence says by whom and when, and that nothing is lost.
        Refused: ``by`` may not fill it in anyway.
    """
    done_at = inspection.handed_in_at or inspection.closed_at
    if is_inspector_of(by, inspection) and not inspection.is_draft and done_at:
        raise Stale(
            "This visit was signed and handed in on %(moment)s by %(name)s. What was written after"
            " that stays on your phone and can be saved as a file.",
            moment=_moment(done_at),
            name=(inspection.handed_in_by or inspection.lead).name,
        )
    if not may_fill(by, inspection):
        raise Refused(NOT_YOURS)
    if inspection.signed_on and inspection.signed_on != phone:
        raise Stale(
            "This visit was signed on another phone on %(moment)s. What was written on this one"
            " since stays here and can be saved as a file.",
            moment=_moment(_signed_at(inspection)),
        )


def _signed_at(inspection: Inspection) -> datetime:
    moments = [each.signed_at for each in inspection.signatures]
    return max([*moments, inspection.refused_at or inspection.opened_at])


def _moment(moment: datetime) -> str:
    return county_time(moment).strftime("%m-%d %H:%M")


def _note_both(
    session: Session,
    inspection: Inspection,
    answer: Answer | FirstAnswer,
    news: Mapping[str, Any],
    is_overtaken: bool,  # noqa: FBT001 — the trail's own fact
    by: Officer,
    at: datetime,
) -> None:
    note_deed(
        session,
        Event.ANSWER_OVERTAKEN,
        inspection,
        by,
        at,
        code=answer.checkpoint_code,
        stands="first" if is_overtaken else "second",
        values={name: {"was": getattr(answer, name), "is": news[name]} for name in news},
        other=answer.changed_by_id,
    )


@dataclass(frozen=True, slots=True)
class HandingIn:
    """A visit that is done: what the factory had to say, and every photograph it has."""

    statement: str
    photos: Collection[str]
    on_phone: OnPhone


def hand_in(
    session: Session, inspection: Inspection, handing: HandingIn, *, by: Officer, at: datetime
) -> None:
    """Take in a signed visit, whose photographs may still be on their way.

    From now on nothing in it changes. It is closed, and its findings are made, by
    `firesafe.findings.handing_in` once its last photograph is readable.

    Raises:
        Refused: ``by`` is none of the two inspectors, or the visit is closed.
        Stale: it was signed on another phone, or handed in before.
        RuleBroken: something is missing; or the phone speaks of photographs not known here.
    """
    check_open_for(inspection, handing.on_phone.phone, by)
    account = account_of(session, inspection)
    if account.gaps or account.unsigned:
        raise RuleBroken(
            "%(count)s things are missing before this visit can be handed in.",
            count=len(account.gaps) + len(account.unsigned),
        )
    known = {photo.sha256 for answer in inspection.answers for photo in answer.photos}
    if not known.issuperset(handing.photos):
        raise RuleBroken("The phone holds photographs that belong to no checkpoint of this visit.")
    inspection.state = InspectionState.HANDED_IN
    inspection.handed_in_at = inspection.changed_at = at
    inspection.handed_in_by_id = by.id
    inspection.statement = handing.statement.strip()
    inspection.closed_on_phone_at = handing.on_phone.shown_at
    inspection.clock_ahead_seconds = handing.on_phone.clock_ahead_seconds
    inspection.phone_device = handing.on_phone.device
    inspection.closed_at = max(handing.on_phone.moment(not_after=at), inspection.opened_at)
    note_deed(session, Event.INSPECTION_HANDED_IN, inspection, by, at, photos=len(known))


def waiting_photos(session: Session, inspection: Inspection) -> list[str]:
    """Return the photographs of a visit that are not readable yet, each by its SHA-256."""
    wanted = {photo.sha256 for answer in inspection.answers for photo in answer.photos}
    here = photos_by_sha(session, wanted)
    return sorted(
        sha for sha in wanted if sha not in here or here[sha].state is not PhotoState.READABLE
    )


def close_handed_in(session: Session, inspection: Inspection, *, at: datetime) -> list[Answer]:
    """Close a visit that was handed in and is whole by now; return its failed answers in order.

    It counts as closed when it was signed, by the phone's clock put right.
    """
    score = account_of(session, inspection).score
    by = inspection.handed_in_by or inspection.lead
    return freeze_result(session, inspection, score, by=by, at=at)


def take_back(
    session: Session, inspection: Inspection, *, reason: str, by: Officer, at: datetime
) -> None:
    """Make a draft again of what was handed in, such as when a photograph cannot be read.

    Signatures have to be collected anew. The reason stands in the trail.

    Raises:
        Refused: ``by`` is none of the two inspectors, or the visit is closed.
        RuleBroken: no reason is given.
    """
    if not may_take_back(by, inspection):
        raise Refused("Only the two inspectors of a visit can open it again, until it is closed.")
    if not reason.strip():
        raise RuleBroken("Write down the reason.")
    inspection.state = InspectionState.DRAFT
    inspection.handed_in_at = inspection.handed_in_by_id = inspection.closed_at = None
    inspection.refused_at, inspection.signed_on = None, ""
    inspection.signatures.clear()
    inspection.changed_at = at
    note_deed(session, Event.INSPECTION_TAKEN_BACK, inspection, by, at, reason=reason.strip())
