"""The fire service or the police orders a factory to correct what breaks the law (责令改正)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.core.clock import county_day
from firesafe.core.errors import Refused, RuleBroken, Stale
from firesafe.core.permissions import Permission
from firesafe.findings.calendar import is_working_day
from firesafe.findings.models import Finding, FindingState
from firesafe.findings.queries import findings_of
from firesafe.findings.rules import working_days_after
from firesafe.inspections.models import Inspection, InspectionState
from firesafe.notices import snapshot
from firesafe.notices.freezing import as_closed, unnumbered_head
from firesafe.notices.issuing import (
    Occasion,
    hold_visit,
    keep_paper,
    require_characters,
    take_number,
)
from firesafe.notices.kinds import ORDER_KINDS, PaperKind
from firesafe.notices.models import Issuer, Notice, NoticeState, OrderedFinding
from firesafe.notices.offences import offences
from firesafe.notices.policy import may_order
from firesafe.notices.queries import ordering_issuer_of, orders_naming
from firesafe.notices.rules import LONGEST_GRACE
from firesafe.notices.snapshot import DatedOrder, Head, ImmediateOrder
from firesafe.notices.wording import wording

ORDER_DAYS = 3
"""A dated order is made and served within so many working days of the visit (公安部令第120号)."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One finding that is ordered to be corrected: which box it falls under, and what was seen."""

    finding_id: int
    offence: str
    problem: str


@dataclass(frozen=True, slots=True)
class Order:
    """What an officer orders; ``due_on`` is the last day of a dated order, else none."""

    kind: PaperKind
    breaches: tuple[Breach, ...]
    due_on: date | None = None


def issue_order(
    session: Session,
    inspection: Inspection,
    order: Order,
    *,
    by: Officer,
    at: datetime,
    public_address: str,
) -> Notice:
    """Number and issue an order for what was found on a visit; the findings' own days stand.

    Runs inside the caller's unit of work.

    Raises:
        Refused: ``by`` is not of the fire service or the police of the county.
        Stale: something that is ordered was put right or ordered meanwhile.
        RuleBroken: the body's particulars are missing, the visit is not closed or nobody of
            the body was there, nothing is ordered, or the last day is none.
    """
    hold_visit(session, inspection)
    issuer = _issuer_for(session, inspection, by)
    _check(order, county_day(at))
    _require_orderable(session, inspection, [each.finding_id for each in order.breaches])
    occasion = Occasion(session, inspection, issuer, by, at, public_address)
    numbered = take_number(occasion, order.kind)
    paper = _frozen(numbered.head, inspection, issuer, order)
    notice = keep_paper(occasion, numbered, paper, due_on=order.due_on)
    session.add_all(
        OrderedFinding(notice=notice, finding_id=each.finding_id, offence=each.offence)
        for each in order.breaches
    )
    return notice


def preview_order(
    session: Session, inspection: Inspection, order: Order, *, by: Officer, today: date
) -> snapshot.Paper:
    """Return the order that issuing today would make, without a number; nothing is kept of it.

    Raises:
        Refused, Stale, RuleBroken: see `issue_order`; or a character of it is in no typeface.
    """
    issuer = _issuer_for(session, inspection, by)
    _check(order, today)
    _require_orderable(session, inspection, [each.finding_id for each in order.breaches])
    paper = _frozen(unnumbered_head(issuer, today), inspection, issuer, order)
    require_characters(paper)
    return paper


def orderable(session: Session, inspection: Inspection) -> list[Finding]:
    """Return what an order may name: not put right, and not ordered yet."""
    findings = findings_of(session, inspection)
    named = orders_naming(session, [each.id for each in findings])
    ordered = {e.finding_id for e in named if e.notice.state is not NoticeState.WITHDRAWN}
    return [
        each
        for each in findings
        if each.state is not FindingState.CLOSED and each.id not in ordered
    ]


def took_part(inspection: Inspection) -> bool:
    """Tell whether somebody of the fire service or the police made the visit: 派员检查."""
    people = (inspection.lead, inspection.second)
    return any(each.holds(Permission.ORDER_ISSUE) for each in people if each)


def last_day_to_order(inspection: Inspection) -> date:
    """Return the working day, `ORDER_DAYS` after the visit, to make and serve a dated order by.

    Raises:
        ValueError: the visit is not closed.
    """
    if inspection.closed_at is None:
        raise ValueError("A visit that is not closed has no order.")
    return working_days_after(county_day(inspection.closed_at), ORDER_DAYS, is_working_day)


def is_late(kind: PaperKind, inspection: Inspection, today: date) -> bool:
    """Tell whether the term is over: the day of the visit itself, or `ORDER_DAYS` after.

    It is told to the officer and stops nothing, for a breach does not lapse with the term.
    """
    if kind is PaperKind.DATED_ORDER:
        return today > last_day_to_order(inspection)
    return inspection.closed_at is not None and today > county_day(inspection.closed_at)


def _issuer_for(session: Session, inspection: Inspection, by: Officer) -> Issuer:
    if not may_order(by, inspection):
        raise Refused(
            "Only the fire service and the police issue orders (责令), in their own name."
        )
    issuer = ordering_issuer_of(session, inspection.county_code)
    if issuer is None:
        raise RuleBroken("Enter the issuer's name and mark in the settings first.")
    if inspection.state is not InspectionState.CLOSED:
        raise RuleBroken("This visit is not closed yet. Papers are issued after it is.")
    if not took_part(inspection):
        raise RuleBroken("Nobody of your body made this visit. An order tells of your own.")
    return issuer


def _check(order: Order, today: date) -> None:
    if order.kind not in ORDER_KINDS:
        raise RuleBroken("Choose whether it is to be corrected at once or by a day.")
    if not order.breaches:
        raise RuleBroken("Say at least of one finding what it breaks.")
    if not all(each.problem and each.offence in offences() for each in order.breaches):
        raise RuleBroken("Write of each what was found.")
    if order.kind is PaperKind.IMMEDIATE_ORDER:
        if order.due_on is not None:
            raise RuleBroken("What is to be corrected at once has no last day.")
    elif order.due_on is None or not 0 < (order.due_on - today).days <= LONGEST_GRACE:
        raise RuleBroken(
            "Choose a last day after today, at most %(days)s days ahead.", days=LONGEST_GRACE
        )


def _require_orderable(
    session: Session, inspection: Inspection, finding_ids: Collection[int]
) -> None:
    known = {each.id for each in orderable(session, inspection)}
    if not known.issuperset(finding_ids):
        raise Stale("Something of this has changed in the meantime. Look again, then issue.")


def _frozen(
    head: Head, inspection: Inspection, issuer: Issuer, order: Order
) -> ImmediateOrder | DatedOrder:
    words, boxes = wording().orders, offences()
    ticked = {each.offence for each in order.breaches}
    common = {
        "head": head,
        "addressee": as_closed(inspection)["factory"]["name"],
        "organ": words[issuer.type.value],
        "inspected_on": county_day(inspection.opened_at),
        "authority": words["authority"],
        "offences": tuple(box.text for box in boxes.values()),
        "chosen": tuple(box.text for box in boxes.values() if box.code in ticked),
        "problems": tuple(each.problem for each in order.breaches),
    }
    if order.due_on is None:
        return ImmediateOrder(**common)
    return DatedOrder(**common, due_on=order.due_on)
