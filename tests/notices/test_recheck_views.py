"""The county's re-checks: what falls due, one case before and after, and the decision."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from firesafe.accounts.posts import Post
from firesafe.core.clock import now
from firesafe.findings.models import FindingState, Recheck
from firesafe.findings.queries import Findings, results_of
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Notice, NoticeState
from firesafe.photos.store import Store
from tests.makers import HANBIN, make_officer
from tests.notices.cases import make_case, new_key, send_proof
from tests.notices.visits import make_chief
from tests.photos.pictures import jpeg

DUE = "/rechecks"
GRAVE = "A1-04"


@pytest.fixture
def store(services):
    return services.get(Store)


@pytest.fixture
def case(session, store):
    made = make_case(session, store)
    send_proof(session, store, made, at=now() - timedelta(hours=1))
    return made


@pytest.fixture
def grave(session, store):
    made = make_case(session, store, failed=(GRAVE,))
    send_proof(session, store, made, at=now() - timedelta(hours=1))
    return made


def address(case):
    return f"{DUE}/{case.visit.id}"


def told(case, result="put_right", *, manner="by_photo", **more):
    finding = case.finding
    fields = {
        "client_key": new_key(),
        "manner": manner,
        "occasion": "asked",
        f"finding-{finding.id}-version": finding.version,
        f"finding-{finding.id}-result": result,
    }
    return {**fields, **more}


def on_site(case, second, result="put_right", **more):
    more = {"second_id": second.id, "rechecked_at": "2026-11-24T10:30", "statement": "", **more}
    return told(case, result, manner="on_site", **more)


def as_it_is(session, case):
    session.expire_all()
    return Findings.visible_to(case.chief).one(session, case.finding.id)


def opinions(session):
    rows = select(Notice).where(Notice.kind == PaperKind.RECHECK_OPINION)
    return list(session.scalars(rows))


def test_the_list_shows_what_awaits_its_re_check_and_how(case, grave, sign_in):
    page = sign_in(case.chief).get(DUE).text

    assert address(case) in page
    assert address(grave) in page
    assert "看照片复查" in page
    assert "到现场" in page
    assert page.count("已交证据") == 2


def test_an_inspector_of_the_county_re_checks_too_but_no_other_county_sees_it(
    session, case, sign_in
):
    own = sign_in(make_officer(session))
    other = sign_in(make_chief(session, county=HANBIN))

    assert address(case) in own.get(DUE).text
    assert address(case) not in other.get(DUE).text
    assert other.get(address(case)).status_code == 404
    assert other.post(address(case), data=told(case)).status_code == 404


def test_a_case_stands_before_and_after_with_what_the_manager_wrote(case, sign_in):
    page = sign_in(case.chief).get(address(case)).text

    assert page.count('class="compare__side"') == 2
    assert "东西已搬走。" in page
    assert "下结论，出复查意见书" in page


def test_what_is_put_right_is_closed_with_its_numbered_opinion(session, case, sign_in):
    client = sign_in(case.chief)

    answer = client.post(address(case), data=told(case))

    assert client.get(f"{answer.location}/pdf").data.startswith(b"%PDF-")
    (paper,) = opinions(session)
    assert answer.location == f"/notices/{paper.id}"
    assert as_it_is(session, case).state is FindingState.CLOSED
    assert session.get(Notice, case.notice.id).state is NoticeState.CLOSED
    assert address(case) not in client.get(DUE).text


def test_the_same_form_twice_is_one_re_check(session, case, sign_in):
    client, form = sign_in(case.chief), told(case)

    first, again = client.post(address(case), data=form), client.post(address(case), data=form)

    assert first.location == again.location
    assert len(session.scalars(select(Recheck)).all()) == 1


def test_sending_back_needs_a_reason_and_keeps_what_was_filled_in(session, case, sign_in):
    client = sign_in(case.chief)
    photos = f"finding-{case.finding.id}-photos"
    form = told(case, "partly", steps="report", **{photos: (BytesIO(jpeg()), "now.jpg")})

    page = client.post(address(case), data=form)

    assert page.status_code == 422
    assert "写明 P2-01 还差什么" in page.text
    assert "1 张照片已传到" in page.text
    reason = f"finding-{case.finding.id}-reason"
    kept = re.findall(rf'name="finding-{case.finding.id}-arrived" value="(\w+)"', page.text)
    again = told(
        case, "partly", **{reason: "还有两箱没搬。", f"finding-{case.finding.id}-arrived": kept}
    )
    assert client.post(address(case), data=again).status_code == 302
    finding = as_it_is(session, case)
    assert (finding.state, finding.failed_rechecks) == (FindingState.OPEN, 1)
    assert results_of(session, finding)[0].photos == kept


def test_the_second_of_two_chiefs_is_told_and_sees_the_case_as_it_is(session, store, case, sign_in):
    client, form = sign_in(case.chief), told(case)
    send_proof(session, store, case, at=now())
    session.commit()

    page = client.post(address(case), data=form)

    assert page.status_code == 409
    assert "P2-01 刚才有变化" in page.text
    version = as_it_is(session, case).version
    assert f'name="finding-{case.finding.id}-version" type="hidden" value="{version}"' in page.text
    assert opinions(session) == []


def test_a_grave_finding_is_re_checked_on_site_by_two(session, grave, sign_in):
    second = make_officer(session, name="李测试")
    client = sign_in(grave.chief)
    assert "第二名复查人员" in client.get(address(grave)).text

    by_photo = client.post(address(grave), data=told(grave))
    assert by_photo.status_code == 422
    answer = client.post(address(grave), data=on_site(grave, second))

    assert answer.status_code == 302
    assert as_it_is(session, grave).state is FindingState.CLOSED
    assert session.scalars(select(Recheck)).one().second_id == second.id


def test_where_nothing_is_judged_by_photograph_the_way_leads_there_by_two(grave, sign_in):
    client = sign_in(grave.chief)
    assert "manner=by_photo" not in client.get(address(grave)).text

    answer = client.get(f"{address(grave)}?manner=by_photo")

    assert answer.location == f"{address(grave)}?manner=on_site"
    assert "请两人到现场复查" in client.get(answer.location).text


def test_a_form_that_was_tampered_with_is_no_fault_of_ours(case, sign_in):
    client = sign_in(case.chief)

    for wrong in ({"manner": "by_mail"}, {"occasion": "mood"}, {"rechecked_at": "soon"}):
        form = {**told(case, manner="on_site"), **wrong}
        assert client.post(address(case), data=form).status_code == 422


def test_nothing_left_to_re_check_leads_back_to_the_list(case, sign_in):
    client = sign_in(case.chief)
    client.post(address(case), data=told(case))

    assert client.get(address(case)).location == DUE


@pytest.mark.parametrize("post", [Post.INSPECTOR, Post.CITY_SUPERVISOR])
def test_a_finding_tells_its_story_to_the_county_and_the_city(session, case, sign_in, post):
    county = None if post is Post.CITY_SUPERVISOR else "610926"
    client = sign_in(make_officer(session, post=post, county=county))

    page = client.get(f"/findings/{case.finding.id}").text

    assert case.notice.number in page
    assert "报送整改照片 1 张" in page
    photo = case.finding.photos[0]["sha256"]
    assert client.get(f"/findings/{case.finding.id}/photos/{photo}/320").status_code == 200
    assert client.get(f"/findings/{case.finding.id}/photos/{'0' * 64}/320").status_code == 404


def test_today_names_the_cases_that_have_waited_longest(session, case, sign_in):
    page = sign_in(make_officer(session)).get("/today").text

    assert address(case) in page
    assert "到期复查" in page
