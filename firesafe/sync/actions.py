"""Taking a parcel: once, whole or not at all, and answered the same ever after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.core.db import table_of, take_turns
from firesafe.core.errors import Refused, Stale, require
from firesafe.core.permissions import Permission
from firesafe.core.straight import straight_insert
from firesafe.inspections.beginning import FirstAnswer
from firesafe.inspections.bundle import answer_state, brief_entry
from firesafe.inspections.models import Answer, Inspection
from firesafe.sync.deeds import Work, do_deeds
from firesafe.sync.described import SentParcel
from firesafe.sync.models import Parcel
from firesafe.sync.queries import parcel_of_key
from firesafe.sync.rules import clock_ahead, kept_moment

_ENTER = straight_insert(
    table_of(Parcel),
    *("key", "visit_key", "officer_id", "phone", "device", "sha256"),
    *("written_at", "sent_at", "received_at", "outcome"),
)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A parcel as it came: its key, what is in it, and the SHA-256 of its bytes.

    ``sent_at`` is by the phone's clock; ``device`` is what a person calls the phone.
    """

    key: str
    sha256: str
    parcel: SentParcel
    sent_at: datetime
    device: str


def take_parcel(
    session: Session,
    arrived: Arrived,
    *,
    inks: Mapping[str, str],
    by: Officer,
    at: datetime,
    public_address: str,
) -> Parcel:
    """Do what a parcel says, and keep the answer; the same parcel again is only answered.

    Runs inside the caller's unit of work: a refusal takes back everything, so that the parcel
    may be sent again. Of equal parcels that arrive at once one does the
    work, and the others wait for its row. ``inks`` maps the pictures of signatures to their
    names in the store, which has them already; ``public_address`` goes onto papers.

    Raises:
        Refused: ``by`` may not do what the parcel says, or sent no such parcel.
        Stale: the key came with other bytes, or the visit is signed or handed in elsewhere.
        NotFound: what the parcel is about is not there, or out of sight.
        RuleBroken: a deed breaks a rule.
    """
    require(by.holds(Permission.PARCEL_SEND), "Your post sends in nothing from a phone.")
    take_turns(session, f"parcel:{arrived.key}")
    known = parcel_of_key(session, arrived.key)
    if known is not None:
        return same_parcel(known, arrived, by)
    work = Work(
        session,
        visit_key=str(arrived.parcel.visit),
        phone=str(arrived.parcel.phone),
        device=arrived.device,
        clock_ahead_seconds=clock_ahead(arrived.sent_at, at),
        inks=inks,
        by=by,
        at=at,
        public_address=public_address,
    )
    row = _row(arrived, _outcome(work, do_deeds(work, arrived.parcel.deeds)), by, at)
    session.flush()
    _ENTER.run(session.connection(), row)
    return Parcel(**row)


def same_parcel(known: Parcel, arrived: Arrived, by: Officer) -> Parcel:
    """Return the parcel that was taken under this key, if it is the same.

    Raises:
        Refused: somebody else sent it.
        Stale: its bytes were others.
    """
    if known.officer_id != by.id:
        raise Refused("This was sent in by somebody else already.")
    if known.sha256 != arrived.sha256:
        raise Stale("Something else was sent in under the same key. Nothing was changed.")
    return known


def _row(arrived: Arrived, outcome: dict[str, Any], by: Officer, at: datetime) -> dict[str, Any]:
    return {
        "key": arrived.key,
        "visit_key": str(arrived.parcel.visit),
        "officer_id": by.id,
        "phone": str(arrived.parcel.phone),
        "device": arrived.device[:200],
        "sha256": arrived.sha256,
        "written_at": kept_moment(arrived.parcel.written_at),
        "sent_at": kept_moment(arrived.sent_at),
        "received_at": at,
        "outcome": outcome,
    }


def _outcome(work: Work, inspection: Inspection) -> dict[str, Any]:
    """Return how the visit stands now; the answers are those that the parcel touched."""
    opinion = work.opinion
    return {
        "visit": inspection.client_key,
        "inspection_id": inspection.id,
        "state": inspection.state.value,
        "answers": {
            code: _kept_answer(work.answers[code], is_overtaken)
            for code, is_overtaken in work.touched.items()
        },
        **({"opinion": {"id": opinion.id, "number": opinion.number}} if opinion else {}),
    }


def _kept_answer(answer: Answer | FirstAnswer, is_overtaken: bool) -> dict[str, Any]:  # noqa: FBT001 — a fact
    state = answer_state(answer)
    entry = brief_entry(state["entry"])
    return {"entry": entry, "version": state["version"], "overtaken": is_overtaken}
