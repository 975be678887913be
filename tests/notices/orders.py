"""Visits of the fire service, and the orders that one of its officers issues."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.accounts.posts import Post
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Issuer, IssuerType, Notice
from firesafe.notices.offences import offences, usual_offence
from firesafe.notices.ordering import Breach, Order, issue_order, orderable
from firesafe.notices.snapshot import DatedOrder, ImmediateOrder
from firesafe.photos.store import Store
from tests.makers import PINGLI, make_officer
from tests.notices.cases import ADDRESS, Case, make_case
from tests.notices.samples import make_head

IMMEDIATE, DATED = PaperKind.IMMEDIATE_ORDER, PaperKind.DATED_ORDER
LAST_DAY = date(2026, 11, 30)


def make_brigade(
    session: Session, *, county: str = PINGLI, kind: IssuerType = IssuerType.FIRE_SERVICE
) -> Issuer:
    """Make the particulars of the county's body that may order, unless they are there."""
    rows = select(Issuer).where(Issuer.county_code == county, Issuer.type == kind)
    issuer = session.scalar(rows) or Issuer(
        county_code=county,
        type=kind,
        name="平利县示例消防救援大队",
        abbreviation=f"示例{county[-2:]}队消",
        contact="冯测试",
        phone="0915-0000009",
        address="示例路9号",
    )
    session.add(issuer)
    session.flush()
    return issuer


def make_fire_officer(session: Session, *, county: str = PINGLI) -> Officer:
    return make_officer(session, post=Post.FIRE_OFFICER, county=county, name="冯测试")


def make_raid(
    session: Session, store: Store, *, failed: object = ("A3-02", "P2-01"), **more: object
) -> Case:
    """Make a case whose visit an officer of the fire service led; he stands as its chief."""
    officer = make_fire_officer(session)
    make_brigade(session)
    case = make_case(session, store, failed=failed, lead=officer, **more)
    return replace(case, chief=officer)


def told(session: Session, case: Case, *, due_on: date | None = None) -> Order:
    """Return an order of all that may be ordered, with the usual boxes, else the last one."""
    found = orderable(session, case.visit)
    breaches = tuple(
        Breach(each.id, usual_offence(each.checkpoint_code) or "other", each.wording)
        for each in found
    )
    return Order(DATED if due_on else IMMEDIATE, breaches, due_on)


def order(
    session: Session, case: Case, *, at: datetime, due_on: date | None = None, by=None, what=None
) -> Notice:
    """Issue the order as the officer does."""
    return issue_order(
        session,
        case.visit,
        what or told(session, case, due_on=due_on),
        by=by or case.chief,
        at=at,
        public_address=ADDRESS,
    )


_WORDS = {
    "addressee": "示例县示例玩具一厂",
    "organ": "我大队",
    "inspected_on": date(2026, 11, 23),
    "authority": "《中华人民共和国消防法》第五十三条",
    "offences": tuple(box.text for box in offences().values()),
    "chosen": ("占用、堵塞、封闭疏散通道、安全出口", "其他"),
    "problems": ("1层东侧安全出口上锁。", "未设疏散示意图。"),
}


def make_immediate_order(**changes: object) -> ImmediateOrder:
    made = ImmediateOrder(head=make_head(number="示例消即字〔2026〕第0001号"), **_WORDS)
    return replace(made, **changes)


def make_dated_order(**changes: object) -> DatedOrder:
    head = make_head(number="示例消限字〔2026〕第0001号")
    return replace(DatedOrder(head=head, **_WORDS, due_on=date(2026, 11, 30)), **changes)
