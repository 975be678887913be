from datetime import timedelta

import pytest
from sqlalchemy import select

from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.clock import county_day
from firesafe.core.errors import NotFound, Refused, RuleBroken
from firesafe.findings.evidence import MOST_PHOTOS, Proof, send_evidence
from firesafe.findings.models import Evidence, FindingState
from firesafe.findings.queries import Findings, evidence_by_finding
from firesafe.notices.actions import withdraw_notice
from firesafe.photos.models import Photo, PhotoState
from firesafe.photos.rules import BadPhotograph, Fault
from firesafe.photos.store import Store
from tests.makers import make_factory, make_officer, make_photo
from tests.notices.cases import (
    ADDRESS,
    TUESDAY,
    make_case,
    make_manager,
    new_key,
    send_proof,
)
from tests.notices.visits import arrive_all


@pytest.fixture
def store(services):
    return services.get(Store)


@pytest.fixture
def case(session, store):
    return make_case(session, store)


def readable(session, store, case):
    sha256 = make_photo(session, by=case.manager)
    arrive_all(session, store)
    return sha256


def send(session, case, *photos, key=None, by=None, at=TUESDAY):
    proof = Proof(key or new_key(), "", photos)
    return send_evidence(session, case.finding, proof, by=by or case.manager, at=at)


def test_what_a_manager_sends_lets_the_finding_wait_for_its_re_check(session, store, case):
    evidence = send_proof(session, store, case)

    assert evidence.round == 1
    assert evidence.note == "东西已搬走。"
    assert case.finding.state is FindingState.ANSWERED
    assert case.finding.answered_on == county_day(TUESDAY)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == Event.EVIDENCE_SENT)).one()
    assert entry.facts["code"] == "P2-01"


def test_the_clock_of_the_re_check_runs_from_the_first_round_nobody_has_seen(session, store, case):
    send_proof(session, store, case)
    second = send_proof(session, store, case, at=TUESDAY + timedelta(days=2))

    assert second.round == 2
    assert case.finding.answered_on == county_day(TUESDAY)


def test_the_same_key_twice_is_one_round(session, store, case):
    sha256, key = readable(session, store, case), new_key()

    first = send(session, case, sha256, key=key)
    again = send(session, case, sha256, key=key)

    assert first.id == again.id
    assert len(evidence_by_finding(session, [case.finding.id])[case.finding.id]) == 1


def test_each_of_several_managers_may_send(session, store, case):
    other = make_manager(session, case.visit.factory, name="钱测试")

    sent = send(session, case, readable(session, store, case), by=other)

    assert sent.sent_by_id == other.id


def test_somebody_elses_factory_is_not_there(session, store, case):
    stranger = make_manager(session, make_factory(session, name="示例二厂"))

    with pytest.raises(NotFound):
        send(session, case, readable(session, store, case), by=stranger)
    with pytest.raises(NotFound):
        Findings.of_manager(stranger).to_change(session, case.finding.id)


def test_an_officer_sends_no_proof(session, store, case):
    with pytest.raises(Refused):
        send(session, case, readable(session, store, case), by=make_officer(session))


def test_nothing_is_sent_for_what_is_closed(session, store, case):
    case.finding.state = FindingState.CLOSED

    with pytest.raises(RuleBroken, match="closed already"):
        send(session, case, readable(session, store, case))


def test_nothing_is_sent_for_what_no_notice_asks_for(session, store, case):
    withdraw_notice(
        session, case.notice, "期限有误", by=case.chief, at=TUESDAY, public_address=ADDRESS
    )

    with pytest.raises(RuleBroken, match="No notice"):
        send(session, case, readable(session, store, case))


def test_proof_without_a_photograph_is_none(session, case):
    with pytest.raises(RuleBroken, match="at least one"):
        send(session, case)


def test_too_many_photographs_are_refused(session, store, case):
    photos = [readable(session, store, case) for _ in range(MOST_PHOTOS + 1)]

    with pytest.raises(RuleBroken, match="At most 6"):
        send(session, case, *photos)


def test_the_photograph_of_what_was_found_proves_nothing(session, case):
    with pytest.raises(RuleBroken, match="what was found"):
        send(session, case, case.finding.photos[0]["sha256"])


def test_a_photograph_that_has_not_arrived_is_asked_for(session, case):
    with pytest.raises(RuleBroken, match="not arrived"):
        send(session, case, "a" * 64)


def test_a_photograph_that_cannot_be_read_says_why(session, case):
    sha256 = make_photo(session, by=case.manager)
    photo = session.scalars(select(Photo).where(Photo.sha256 == sha256)).one()
    photo.state, photo.fault = PhotoState.UNREADABLE, Fault.CUT_SHORT

    with pytest.raises(BadPhotograph, match="end of this photograph"):
        send(session, case, sha256)
    assert session.scalars(select(Evidence)).all() == []
