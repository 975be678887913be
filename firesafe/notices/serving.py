"""Serving a paper: how it came to its factory, entered once; from that day deadlines count."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.clock import county_day
from firesafe.core.errors import RuleBroken, require
from firesafe.core.permissions import Permission
from firesafe.factories.queries import manager_of
from firesafe.findings.actions import count_from_receipt
from firesafe.jobs.actions import enqueue
from firesafe.notices.canonical import from_json, to_json
from firesafe.notices.issuing import (
    Occasion,
    hold_visit,
    keep_paper,
    require_characters,
    take_number,
)
from firesafe.notices.kinds import FILLED_JOB, SERVED_KINDS, PaperKind
from firesafe.notices.models import Consent, Notice, NoticeState, Service, ServiceManner
from firesafe.notices.policy import may_serve
from firesafe.notices.queries import consent_covering, receipt_of, service_of, standing_consent
from firesafe.notices.receipt import blank_receipt, filled_receipt
from firesafe.notices.rules import check_receipt, check_servers
from firesafe.notices.snapshot import ServiceReceipt
from firesafe.notices.wording import wording


@dataclass(frozen=True, slots=True)
class Handing:
    """How a paper came to its factory, as whoever was there tells it.

    ``received_at`` is none where only the day is known. ``photos`` are SHA-256 of photographs
    that have been entered, ``ink_sha256`` names a signature that is in the store.
    """

    manner: ServiceManner
    received_on: date
    received_at: datetime | None = None
    place: str = ""
    receiver: str = ""
    relation: str = ""
    ink_sha256: str = ""
    photos: tuple[str, ...] = ()
    refusal: str = ""
    witness: str = ""
    tracking_number: str = ""
    servers: tuple[str, ...] = ()
    remark: str = ""


def record_service(
    session: Session,
    notice: Notice,
    handing: Handing,
    *,
    by: Officer,
    at: datetime,
    public_address: str,
) -> Service:
    """Enter how a paper was served, and count its deadlines from the day of receipt.

    Electronic service is not told but known: it happened when the paper came up on the page
    of a factory that had agreed to that.

    Raises:
        Refused: ``by`` may not.
        RuleBroken: the paper is not to be served, was served or withdrawn before, something
            is missing, or it cannot have been received then.
    """
    require(may_serve(by, notice), "You may not enter the service of this paper.")
    if handing.manner is ServiceManner.ELECTRONIC:
        consent = consent_covering(session, notice)
        if consent is None:
            raise RuleBroken("The factory has not agreed to electronic service.")
        reached_at = max(notice.issued_at, consent.given_at)
        reached = _on_page(notice, consent.officer, reached_at)
        handing = replace(reached, remark=handing.remark)
    else:
        consent = None
        _check_told(handing)
    return _enter(session, notice, handing, consent, by=by, at=at, public_address=public_address)


def confirm_receipt(
    session: Session, notice: Notice, *, by: Officer, at: datetime, public_address: str
) -> Service:
    """Let the factory's manager confirm on his page that he has received a paper.

    Raises:
        Refused: ``by`` has not the post of a manager.
        NotFound: he does not manage this factory.
        RuleBroken: the factory has not agreed to electronic service, or see `record_service`.
    """
    require(by.holds(Permission.OWN_NOTICE_RECEIVE), "Only the factory's manager confirms this.")
    manager_of(session, notice.inspection.factory, by.id)
    consent = standing_consent(session, notice.inspection.factory_id)
    if consent is None:
        raise RuleBroken("Agree to electronic service first.")
    handing = _on_page(notice, by, at)
    return _enter(session, notice, handing, consent, by=by, at=at, public_address=public_address)


def _on_page(notice: Notice, receiver: Officer, at: datetime) -> Handing:
    return Handing(
        ServiceManner.ELECTRONIC,
        received_on=county_day(at),
        received_at=at,
        place=wording().service.electronic_place,
        receiver=receiver.name,
        servers=(notice.issued_by.name,),
    )


def _check_told(handing: Handing) -> None:
    """Go on if what the manner of service needs has been told.

    Raises:
        RuleBroken: something is missing.
    """
    if handing.manner is ServiceManner.POST:
        if not handing.tracking_number:
            raise RuleBroken("Write the tracking number of the letter.")
        return
    check_servers(handing.servers)
    if handing.manner is ServiceManner.LEFT:
        if not handing.refusal:
            raise RuleBroken("Write why they would not take it.")
        if not (handing.witness or handing.photos):
            raise RuleBroken("Name the witness, or add photographs of leaving it there.")
    elif not handing.receiver:
        raise RuleBroken("Write who received it.")
    elif not (handing.ink_sha256 or handing.photos):
        raise RuleBroken("Let the receiver sign, or add a picture of the signed paper.")


def _enter(
    session: Session,
    notice: Notice,
    handing: Handing,
    consent: Consent | None,
    *,
    by: Officer,
    at: datetime,
    public_address: str,
) -> Service:
    _check_open(session, notice)
    issued_on = notice.issued_on
    check_receipt(
        handing.received_on,
        handing.received_at,
        issued_at=notice.issued_at,
        issued_on=issued_on,
        at=at,
        today=county_day(at),
    )
    occasion = Occasion(session, notice.inspection, notice.issuer, by, at, public_address)
    receipt = receipt_of(session, notice) or _issue_receipt(occasion, notice)
    service = _keep(occasion, notice, receipt, handing, consent)
    if notice.state is NoticeState.ISSUED:
        notice.state = NoticeState.SERVED
    if notice.sets_days:
        received_on = handing.received_on
        days = {"issued_on": issued_on, "received_on": received_on}
        last = count_from_receipt(session, notice.inspection, **days, by=by, at=at)
        notice.due_on = last or notice.due_on
    return service


def _check_open(session: Session, notice: Notice) -> None:
    """Let nobody else serve or withdraw the paper from now on, and go on if it may be served."""
    hold_visit(session, notice.inspection)
    session.refresh(notice, ["state"])
    if notice.kind not in SERVED_KINDS:
        raise RuleBroken("A paper of this kind is not served.")
    if notice.state is NoticeState.WITHDRAWN:
        raise RuleBroken("This paper has been withdrawn. Serve the one that takes its place.")
    if service_of(session, notice) is not None:
        raise RuleBroken("The service of this paper is on record already.")


def _issue_receipt(occasion: Occasion, notice: Notice) -> Notice:
    """Number a proof of service for a paper that was issued without one."""
    numbered = take_number(occasion, PaperKind.SERVICE_RECEIPT)
    paper = blank_receipt(numbered.head, from_json(notice.as_issued))
    return keep_paper(occasion, numbered, paper, refers_to=notice)


def _keep(
    occasion: Occasion, notice: Notice, receipt: Notice, handing: Handing, consent: Consent | None
) -> Service:
    service = Service(
        notice_id=notice.id,
        receipt=receipt,
        consent_id=consent.id if consent else None,
        recorded_at=occasion.at,
        recorded_by_id=occasion.by.id,
        **{**asdict(handing), "photos": list(handing.photos), "servers": list(handing.servers)},
    )
    blank = from_json(receipt.as_issued)
    if not isinstance(blank, ServiceReceipt):
        raise TypeError("Only a proof of service is filled in.")
    filled = filled_receipt(blank, service, consent)
    require_characters(filled)
    service.as_filled = to_json(filled)
    occasion.session.add(service)
    occasion.session.flush()  # the job needs the id
    payload = {"service_id": service.id}
    key = f"{FILLED_JOB}:{service.id}"
    enqueue(occasion.session, FILLED_JOB, key, payload, at=occasion.at)
    record(
        occasion.session,
        Event.NOTICE_SERVED,
        by=occasion.by.id,
        county=notice.county_code,
        subject=f"notice:{notice.id}",
        at=occasion.at,
        number=notice.number,
        manner=service.manner.value,
        received_on=service.received_on.isoformat(),
        receipt=receipt.number,
    )
    return service


def keep_filled_pdf(session: Session, service_id: int, key: str, sha256: str) -> None:
    """Note where the PDF of a filled-in proof is kept, once; a reprint never changes it."""
    service = session.get_one(Service, service_id)
    if service.pdf_sha256 is None:
        service.pdf_key, service.pdf_sha256 = key, sha256
