"""How a visit ends: signed or refused, closed, corrected."""

import pytest
from sqlalchemy import select

from firesafe.accounts.posts import Post
from firesafe.audit.models import AuditEntry
from firesafe.core.errors import Refused, RuleBroken
from firesafe.findings.actions import record_findings
from firesafe.findings.queries import findings_of
from firesafe.inspections.actions import attach_photo
from firesafe.inspections.closing import (
    Correcting,
    account_of,
    close_inspection,
    correct_inspection,
    refuse_signature,
    sign_inspection,
)
from firesafe.inspections.models import InspectionState, PhotoMoment, SignatureRole
from firesafe.inspections.rules import Gap
from firesafe.photos.models import PhotoState
from firesafe.photos.queries import find_photo
from tests.makers import (
    MONDAY,
    answer_all,
    make_closed_inspection,
    make_officer,
    make_open_inspection,
    make_photo,
    sign_all,
)

FAILED = {"verdict": "fail", "seen": "门口堆放纸箱约12只。"}


@pytest.fixture
def visit(session):
    return make_open_inspection(session)


def close(session, visit, **more):
    return close_inspection(session, visit, by=visit.lead, at=MONDAY, **more)


def test_a_whole_visit_is_closed_with_its_scores(session):
    visit = make_closed_inspection(session, failed=("A3-02",))

    assert (visit.state, visit.closed_at) == (InspectionState.CLOSED, MONDAY)
    assert (visit.score, visit.mark) == (98, "excellent")
    assert visit.item_scores["A3"] == {"score": 60, "failed": 1, "answered": 6}
    assert visit.item_scores["A1"] == {"score": 100, "failed": 0, "answered": 6}


def test_what_the_record_needs_is_frozen(session):
    visit = make_closed_inspection(session)
    visit.factory.name, visit.lead.name = "改了名的厂", "改了名的人"

    frozen = visit.as_closed

    assert (frozen["county"], frozen["factory"]["name"]) == ("平利县", "示例玩具一厂")
    assert [person["name"] for person in frozen["inspectors"]] == ["王测试", "李测试"]


def test_what_is_missing_is_listed_and_keeps_the_visit_open(session, visit):
    answer_all(session, visit, failed={"A3-02": FAILED, "P2-01": {"verdict": "fail"}})

    account = account_of(session, visit)

    gaps = [(point.code, gap) for point, gap in account.gaps]
    assert gaps == [("A3-02", Gap.PHOTO), ("P2-01", Gap.SEEN), ("P2-01", Gap.PHOTO)]
    assert len(account.unsigned) == 3
    with pytest.raises(RuleBroken) as broken:
        close(session, visit)
    assert broken.value.words == {"count": 6}
    assert visit.state is InspectionState.DRAFT


def test_a_photograph_that_cannot_be_read_must_be_taken_again(session, visit):
    answer_all(session, visit, failed={"A3-02": FAILED})
    sha256 = make_photo(session, by=visit.lead)
    attach_photo(session, visit, "A3-02", sha256, PhotoMoment.FOUND, by=visit.lead, at=MONDAY)
    find_photo(session, sha256).state = PhotoState.UNREADABLE
    sign_all(session, visit)

    assert [point.code for point in account_of(session, visit).unreadable] == ["A3-02"]
    with pytest.raises(RuleBroken):
        close(session, visit)


def test_a_refusal_stands_for_the_factory_s_signature(session, visit):
    answer_all(session, visit)
    for role in (SignatureRole.LEAD, SignatureRole.SECOND):
        sign_inspection(session, visit, role, name="", sha256="5" * 64, by=visit.lead, at=MONDAY)

    refuse_signature(
        session, visit, reason="说要问老板", witness="社区干事 刘某", by=visit.lead, at=MONDAY
    )
    close(session, visit, statement="  没有意见 ")

    assert (visit.refusal_reason, visit.refusal_witness) == ("说要问老板", "社区干事 刘某")
    assert visit.statement == "没有意见"


def test_a_refusal_needs_a_reason_and_a_witness(session, visit):
    for words in ({"reason": "", "witness": "刘某"}, {"reason": "不肯", "witness": " "}):
        with pytest.raises(RuleBroken):
            refuse_signature(session, visit, **words, by=visit.lead, at=MONDAY)


def test_signing_after_all_takes_a_refusal_back(session, visit):
    refuse_signature(session, visit, reason="不肯", witness="刘某", by=visit.lead, at=MONDAY)

    sign_all(session, visit)

    assert visit.refused_at is None
    assert account_of(session, visit).unsigned == []


def test_a_refusal_takes_the_factory_s_signature_back(session, visit):
    sign_all(session, visit)

    refuse_signature(session, visit, reason="反悔了", witness="刘某", by=visit.lead, at=MONDAY)

    assert {signature.role for signature in visit.signatures} == {"lead", "second"}


def test_inspectors_sign_with_their_own_names_and_only_once(session, visit):
    for sha256 in ("5" * 64, "6" * 64):
        sign_inspection(
            session,
            visit,
            SignatureRole.LEAD,
            name="别人",
            sha256=sha256,
            by=visit.second,
            at=MONDAY,
        )

    assert [(s.name, s.sha256) for s in visit.signatures] == [(visit.lead.name, "6" * 64)]


def test_who_signs_for_the_factory_has_a_name(session, visit):
    with pytest.raises(RuleBroken):
        sign_inspection(
            session,
            visit,
            SignatureRole.FACTORY,
            name=" ",
            sha256="5" * 64,
            by=visit.lead,
            at=MONDAY,
        )


def test_a_visit_without_a_second_inspector_is_not_closed(session, visit):
    answer_all(session, visit)
    sign_all(session, visit)
    visit.second_id = None

    assert len(account_of(session, visit).unsigned) == 1


def test_nobody_else_closes_it_and_nobody_twice(session):
    visit = make_closed_inspection(session)
    draft = make_open_inspection(session)

    with pytest.raises(Refused):
        close(session, visit)
    with pytest.raises(Refused):
        close_inspection(session, draft, by=make_officer(session), at=MONDAY)


def test_failures_become_findings(session):
    failed = {
        "A3-02": {"escalated": True, "put_right_on_the_spot": True, "place": "2层北侧"},
        "A2-03": {"put_right_on_the_spot": True},
        "P2-01": {"grace_days": 15, "requirement": "一周内补上示意图。"},
    }
    visit = make_closed_inspection(session, failed=failed)

    found = {finding.checkpoint_code: finding for finding in findings_of(session, visit)}

    major, spot, later = found["A3-02"], found["A2-03"], found["P2-01"]
    assert major.wording == "2层北侧：门口堆放纸箱约12只。"
    assert (major.state, major.is_suspected_major) == ("open", True)
    assert (spot.state, spot.closed_at) == ("closed", MONDAY)
    assert [photo["moment"] for photo in spot.photos] == ["found", "put_right"]
    assert (later.grace_days, later.requirement) == (15, "一周内补上示意图。")
    assert all("消防法" in finding.bases[0] for finding in found.values())


def test_findings_and_closing_stand_or_fall_together(session, visit, database):
    answer_all(session, visit)
    sign_all(session, visit)
    session.commit()

    with pytest.raises(ZeroDivisionError), database.writing() as writing:
        again = writing.get_one(type(visit), visit.id)
        record_findings(writing, again, close(writing, again), at=MONDAY)
        _nothing = 1 / 0

    with database.reading() as reading:
        assert reading.get_one(type(visit), visit.id).state is InspectionState.DRAFT


def test_a_correction_stands_beside_the_record(session):
    visit = make_closed_inspection(session)
    chief = make_officer(session, post=Post.SECTION_CHIEF)
    correcting = Correcting("A3-02", "约12只", "约20只", "数错了")

    correction = correct_inspection(session, visit, correcting, by=chief, at=MONDAY)

    assert (correction.was, correction.should_be) == ("约12只", "约20只")
    last = session.scalars(select(AuditEntry.event).order_by(AuditEntry.id.desc())).first()
    assert last == "inspections:inspection:corrected"


def test_a_correction_is_whole_and_says_something_new(session):
    visit = make_closed_inspection(session)

    for parts in (("A3-02", "", "b", "c"), ("A3-02", "same", " same ", "why")):
        with pytest.raises(RuleBroken):
            correct_inspection(session, visit, Correcting(*parts), by=visit.lead, at=MONDAY)


def test_a_draft_is_not_corrected(session, visit):
    with pytest.raises(Refused):
        correct_inspection(
            session, visit, Correcting("A3-02", "a", "b", "c"), by=visit.lead, at=MONDAY
        )
