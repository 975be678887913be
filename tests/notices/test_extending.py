"""More time: asked for by the manager, decided by a chief together with its numbered reply."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from firesafe.core.clock import county_day
from firesafe.core.errors import Refused, RuleBroken, Stale
from firesafe.findings.extending import Application, Decision
from firesafe.findings.models import Extension, ExtensionState, FindingState, Result
from firesafe.findings.queries import Findings, undecided_extensions
from firesafe.notices.actions import withdraw_notice
from firesafe.notices.applying import apply_for_time
from firesafe.notices.canonical import from_json
from firesafe.notices.extending import reply_to_extension
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Notice
from firesafe.notices.queries import Notices
from firesafe.notices.rechecking import decide_recheck
from firesafe.photos.store import Store
from tests.makers import HANBIN, make_officer
from tests.notices.cases import ADDRESS, TUESDAY, checking, judged, make_case, new_key, send_proof
from tests.notices.printed import Printed
from tests.notices.urgings import serve
from tests.notices.visits import make_chief

SOON = timedelta(days=3)


@pytest.fixture
def case(session, services):
    return make_case(session, services.get(Store))


def application(case, **more):
    facts = {
        "client_key": new_key(),
        "reason": "配件要从外地发货。",
        "measures": "停用该处，每班专人看守。",
        "wished_on": case.finding.due_on + SOON,
    }
    return Application(**{**facts, **more})


def ask(session, case, *, at=TUESDAY, by=None, **more):
    told = application(case, **more)
    return apply_for_time(session, case.finding, told, by=by or case.manager, at=at)


def decision(extension, **more):
    facts = {
        "due_on": extension.wished_on,
        "grounds": "情况属实，已有防范措施。",
        "required_measures": "每两小时巡查一次并记录。",
    }
    return Decision(**{**facts, **more})


def decide(session, case, extension, *, by=None, at=TUESDAY, **more):
    return reply_to_extension(
        session,
        extension,
        decision(extension, **more),
        by=by or case.chief,
        at=at,
        public_address=ADDRESS,
    )


def replies(session):
    rows = select(Notice).where(Notice.kind == PaperKind.EXTENSION_REPLY)
    return list(session.scalars(rows))


def test_asking_changes_nothing_until_it_is_decided(session, case):
    last_day = case.finding.due_on

    extension = ask(session, case)

    assert extension.state is ExtensionState.ASKED
    assert case.finding.due_on == last_day
    assert list(session.scalars(undecided_extensions(case.chief))) == [extension]
    other = make_chief(session, county=HANBIN)
    assert list(session.scalars(undecided_extensions(other))) == []


def test_the_same_form_twice_is_one_application(session, case):
    key = new_key()

    first, again = ask(session, case, client_key=key), ask(session, case, client_key=key)

    assert first is again
    with pytest.raises(RuleBroken, match="once only"):
        ask(session, case)


def test_only_the_factory_s_manager_asks(session, case):
    with pytest.raises(Refused):
        ask(session, case, by=case.chief)


def test_after_the_last_day_it_is_too_late(session, case):
    with pytest.raises(RuleBroken, match="last day has passed"):
        ask(session, case, at=TUESDAY + timedelta(days=30))


@pytest.mark.parametrize(("days", "sentence"), [(0, "must lie after"), (8, "at the latest")])
def test_the_day_wished_for_has_its_bounds(session, case, days, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        ask(session, case, wished_on=case.finding.due_on + timedelta(days=days))


def test_a_reason_and_measures_are_needed(session, case):
    with pytest.raises(RuleBroken, match="Write the reason"):
        ask(session, case, measures="")


def test_granting_and_its_numbered_reply_are_one_act(session, case):
    extension = ask(session, case)

    paper = decide(session, case, extension)

    assert paper.number == "示例26消延〔2026〕第0001号"
    assert paper.refers_to_id == case.notice.id
    assert extension.state is ExtensionState.GRANTED
    assert case.finding.due_on == extension.wished_on == paper.due_on
    assert case.finding.state is FindingState.OPEN
    assert Findings.visible_to(case.chief).put_off().count(session) == 1
    assert paper in session.scalars(Notices.of_manager(case.manager).newest_first()).all()


def test_denying_leaves_the_last_day(session, case):
    last_day = case.finding.due_on
    extension = ask(session, case)

    paper = decide(session, case, extension, due_on=None, grounds="可以按期完成。")

    assert extension.state is ExtensionState.DENIED
    assert case.finding.due_on == last_day
    assert from_json(paper.as_issued).answer == "不同意延期整改"
    assert Findings.visible_to(case.chief).put_off().count(session) == 0


def test_of_two_chiefs_the_second_is_told(session, case):
    extension = ask(session, case)
    decide(session, case, extension)

    with pytest.raises(Stale, match="decided already"):
        decide(session, case, extension, by=make_chief(session), due_on=None)

    assert len(replies(session)) == 1


@pytest.mark.parametrize("who", ["inspector", "elsewhere"])
def test_only_a_chief_of_the_county_decides(session, case, who):
    extension = ask(session, case)
    by = make_officer(session) if who == "inspector" else make_chief(session, county=HANBIN)

    with pytest.raises(Refused):
        decide(session, case, extension, by=by)


def test_when_the_notice_was_withdrawn_there_is_nothing_to_put_off(session, case):
    extension = ask(session, case)
    withdraw_notice(session, case.notice, "有误", by=case.chief, at=TUESDAY, public_address=ADDRESS)

    with pytest.raises(RuleBroken, match="No notice stands"):
        decide(session, case, extension)

    assert list(session.scalars(undecided_extensions(case.chief))) == []
    assert replies(session) == []


def test_what_is_granted_has_its_bounds_and_its_terms(session, case):
    extension = ask(session, case)
    last_day = case.finding.due_on

    with pytest.raises(RuleBroken, match="at the latest"):
        decide(session, case, extension, due_on=last_day + timedelta(days=8))
    with pytest.raises(RuleBroken, match="keeps people safe"):
        decide(session, case, extension, required_measures="")
    with pytest.raises(RuleBroken, match="Write the reason"):
        decide(session, case, extension, grounds="")

    assert extension.state is ExtensionState.ASKED


def test_a_decision_may_come_after_the_last_day_but_gives_no_day_that_has_passed(session, case):
    extension = ask(session, case)
    late = TUESDAY + timedelta(days=8)

    with pytest.raises(RuleBroken, match="must lie after"):
        decide(session, case, extension, at=late, due_on=county_day(late))
    decide(session, case, extension, at=late)

    assert case.finding.due_on == extension.wished_on


def test_every_field_of_the_form_is_printed(session, case, press):
    extension = ask(session, case)
    paper = from_json(decide(session, case, extension).as_issued)

    text = Printed(press.paper_pdf(paper, {})).text.replace("\n", "").replace(" ", "")

    for field in (
        paper.head.number,
        paper.addressee,
        paper.notice_number,
        case.finding.wording,
        extension.reason,
        extension.measures,
        "√同意延期整改",
        "情况属实，已有防范措施。",
        "每两小时巡查一次并记录。",
        f"{extension.due_on.month}月{extension.due_on.day}日",
        case.manager.name,
        "平利县示例部门",
    ):
        assert field in text, field


def test_a_reply_that_denies_says_that_the_last_day_stays(session, case, press):
    paper = from_json(decide(session, case, ask(session, case), due_on=None).as_issued)

    text = Printed(press.paper_pdf(replace(paper, attached=2), {})).text.replace("\n", "")

    assert "√不同意延期整改" in text.replace(" ", "")
    assert "仍按原整改期限整改" in text
    assert "照片2张" in text


def test_the_re_check_opinion_says_until_when_it_was_put_off(session, services, case):
    extension = ask(session, case)
    decide(session, case, extension)
    send_proof(session, services.get(Store), case)

    told = checking(judged(case.finding, Result.PARTLY, "还差一处。"))
    opinion = from_json(
        decide_recheck(
            session,
            case.visit,
            told,
            by=make_officer(session),
            at=TUESDAY,
            public_address=ADDRESS,
        ).as_issued
    )

    assert opinion.put_off_to == extension.due_on


def test_a_re_check_after_the_day_it_was_put_off_to_names_none(session, services, case):
    extension = ask(session, case)
    decide(session, case, extension)
    late = TUESDAY + timedelta(days=30)
    send_proof(session, services.get(Store), case, at=late)

    told = checking(judged(case.finding, Result.PARTLY, "还差一处。"), rechecked_at=late)
    by = make_officer(session)
    paper = decide_recheck(session, case.visit, told, by=by, at=late, public_address=ADDRESS)

    assert from_json(paper.as_issued).put_off_to is None


def test_a_wish_that_waits_is_counted_from_the_day_that_receipt_sets(session, case):
    extension = ask(session, case, wished_on=case.finding.due_on + timedelta(days=5))

    serve(session, case, at=TUESDAY + timedelta(days=1))
    paper = decide(session, case, extension, at=TUESDAY + timedelta(days=1))

    assert extension.was_due_on == from_json(paper.as_issued).was_due_on
    assert extension.was_due_on == county_day(TUESDAY) + timedelta(days=8)
    assert case.finding.due_on == extension.wished_on


def test_a_wish_that_receipt_has_fulfilled_is_not_granted_but_decided(session, case):
    extension = ask(session, case, wished_on=case.finding.due_on + timedelta(days=1))
    served_at = TUESDAY + timedelta(days=1)
    serve(session, case, at=served_at)

    with pytest.raises(RuleBroken, match="must lie after"):
        decide(session, case, extension, at=served_at)
    decide(session, case, extension, at=served_at, due_on=None, grounds="期限已从收到之日起算。")

    assert case.finding.due_on == extension.was_due_on > extension.wished_on


def test_one_application_stands_for_one_finding(session, case):
    ask(session, case)

    assert session.scalars(select(Extension.finding_id)).all() == [case.finding.id]
