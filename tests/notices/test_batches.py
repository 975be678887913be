"""One print job takes any kind of paper, and a proof of service as it is filled in."""

import pytest
from sqlalchemy import select

from firesafe.core.clock import now
from firesafe.jobs.worker import run_due_jobs
from firesafe.notices.actions import ask_for_batch, withdraw_notice
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Notice
from firesafe.notices.queries import service_of
from firesafe.notices.rechecking import decide_recheck
from firesafe.photos.store import Store
from tests.makers import MONDAY, make_factory
from tests.notices.cases import ADDRESS, TUESDAY, checking, judged, make_case, send_proof
from tests.notices.orders import LAST_DAY, make_raid, order
from tests.notices.printed import Printed
from tests.notices.referrals import HAZARD, refer
from tests.notices.test_extending import ask, decide
from tests.notices.urgings import serve, urge

TRACKED = "EX123456789CN"
"""What `serve` enters: it stands on a proof once that is filled in."""


@pytest.fixture
def case(session, services):
    return make_case(session, services.get(Store), failed=(HAZARD, "P2-01"))


def print_them(session, services, case, papers):
    """Print these in one job and return the text of its pages."""
    job = ask_for_batch(session, papers, key="batch", by=case.chief, at=TUESDAY)
    session.commit()
    run_due_jobs(services, at=now())
    session.refresh(job)
    joined = services.get(Store).get(job.result["key"])
    return Printed(joined).text.replace("\n", "").replace(" ", "")


def receipt_for(session, notice):
    rows = select(Notice).where(Notice.refers_to_id == notice.id)
    return session.scalars(rows.where(Notice.kind == PaperKind.SERVICE_RECEIPT)).one()


def issue_every_kind(session, services, case):
    """Issue all that can be issued for a visit, and for a second one what the first excludes."""
    store = services.get(Store)
    refer(session, case, at=TUESDAY)
    serve(session, case)
    case.findings["P2-01"].due_on = MONDAY.date()
    urge(session, case, at=TUESDAY)
    send_proof(session, store, case, case.findings["P2-01"])
    by = {"by": case.chief, "at": TUESDAY, "public_address": ADDRESS}
    decide_recheck(session, case.visit, checking(judged(case.findings["P2-01"])), **by)
    other = make_case(session, store, factory=make_factory(session, name="示例玩具二厂"))
    decide(session, other, ask(session, other))
    withdraw_notice(session, other.notice, "部位写错。", **by)
    for due_on in (None, LAST_DAY):
        made = make_raid(session, store, factory=make_factory(session, name=f"示例玩具{due_on}厂"))
        order(session, made, at=TUESDAY, due_on=due_on)
    return list(session.scalars(select(Notice).order_by(Notice.id)))


def test_every_kind_of_paper_goes_into_one_job(session, services, case):
    papers = issue_every_kind(session, services, case)
    assert {paper.kind for paper in papers} == set(PaperKind)

    text = print_them(session, services, case, papers)

    assert [paper.number for paper in papers if paper.number not in text] == []


def test_a_proof_of_service_goes_in_as_it_is_filled_in(session, services, case):
    receipt = receipt_for(session, case.notice)
    serve(session, case)

    text = print_them(session, services, case, [receipt])

    assert receipt.number in text
    assert TRACKED in text
    session.expire_all()
    assert service_of(session, receipt).pdf_key is not None


def test_a_proof_of_service_that_is_not_filled_in_goes_in_blank(session, services, case):
    receipt = receipt_for(session, case.notice)

    text = print_them(session, services, case, [receipt])

    assert receipt.number in text
    assert TRACKED not in text


def test_the_register_finds_the_proofs_that_are_filled_in(session, sign_in, case):
    receipt = receipt_for(session, case.notice)
    chief = sign_in(case.chief)
    address = "/notices?kind=service-receipt&standing=filled-in"
    assert receipt.number not in chief.get(address).text

    serve(session, case)
    session.commit()

    assert receipt.number in chief.get(address).text
