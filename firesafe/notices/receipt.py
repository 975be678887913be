"""The proof of service, form F5: blank when its paper is issued, and filled in under its number."""

from collections.abc import Iterable
from dataclasses import replace

from firesafe.core.clock import county_day
from firesafe.notices.models import Consent, Service, ServiceManner
from firesafe.notices.snapshot import (
    DatedOrder,
    ExtensionReply,
    Head,
    ImmediateOrder,
    Paper,
    RecheckOpinion,
    RectificationNotice,
    ServiceReceipt,
    SupervisionLetter,
    Withdrawal,
)
from firesafe.notices.wording import wording

Served = (
    RectificationNotice
    | Withdrawal
    | RecheckOpinion
    | ExtensionReply
    | SupervisionLetter
    | ImmediateOrder
    | DatedOrder
)

SHORT_CODE = 8
"""So many digits of a photograph's checksum tell it apart on the form."""


def blank_receipt(paper_head: Head, served: Paper) -> ServiceReceipt:
    """Freeze the proof of service of a paper, with blanks for what is filled in by hand.

    Raises:
        TypeError: ``served`` is addressed to nobody.
    """
    if not isinstance(served, Served):
        raise TypeError("Only what is addressed to a factory is served.")
    words = wording()
    return ServiceReceipt(
        head=paper_head,
        cause=words.cause,
        served_title=words.titles[served.kind],
        served_number=served.head.number,
        addressee=served.addressee,
        place="",
        methods=tuple(words.service.manners.values()),
        method="",
        served_at=None,
        receiver="",
        relation="",
        refusal="",
        witness="",
        recordings="",
        servers=(),
        remark="",
    )


def filled_receipt(
    blank: ServiceReceipt, service: Service, consent: Consent | None
) -> ServiceReceipt:
    """Return the form with what was entered; its number and everything printed on it stay."""
    return replace(
        blank,
        place=service.place,
        method=wording().service.manners[service.manner.value],
        served_at=service.received_at,
        served_on=None if service.received_at else service.received_on,
        receiver=service.receiver,
        relation=service.relation,
        ink_sha256=service.ink_sha256,
        refusal=service.refusal,
        witness=service.witness,
        recordings=_recordings(service.photos),
        servers=tuple(service.servers),
        remark=_remark(service, consent),
    )


def _recordings(photos: Iterable[str]) -> str:
    words = wording().service
    return "、".join(
        words.photo.format(number=number, code=sha256[:SHORT_CODE])
        for number, sha256 in enumerate(photos, start=1)
    )


def _remark(service: Service, consent: Consent | None) -> str:
    words, parts = wording().service, []
    if service.manner is ServiceManner.POST:
        parts.append(words.tracking.format(number=service.tracking_number))
    if consent is not None:
        day = county_day(consent.given_at)
        parts.append(words.consent.format(day=day, phone=consent.phone))
    return "".join((*parts, service.remark))
