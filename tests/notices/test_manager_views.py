"""The manager's home and the page of one finding: what they say, weigh and ask."""

from datetime import timedelta

import brotli
import pytest

from firesafe.app import folder
from firesafe.findings.models import Result
from firesafe.notices.rechecking import decide_recheck
from firesafe.photos.store import Store
from tests.house.test_queries import counted
from tests.makers import make_factory
from tests.notices.cases import (
    ADDRESS,
    TUESDAY,
    checking,
    judged,
    link,
    make_case,
    make_manager,
    send_proof,
)

HOME = "/my-factory"
MOST_KILOBYTES, MOST_QUERIES = 40, 6
MANY = ("A1-01", "A1-02", "A1-04", "A1-05", "A2-03", "A3-02", "P1-01", "P2-01", "P3-02", "P4-02")


@pytest.fixture
def store(services):
    return services.get(Store)


@pytest.fixture
def case(session, store):
    return make_case(session, store)


def send_back(session, case, finding=None):
    told = checking(judged(finding or case.finding, Result.PARTLY, "还有两箱没搬。"))
    return decide_recheck(
        session, case.visit, told, by=case.chief, at=TUESDAY, public_address=ADDRESS
    )


def test_the_home_says_what_is_wrong_what_to_do_until_when_and_whom_to_call(case, sign_in):
    page = sign_in(case.manager).get(HOME).text

    assert "还有 1 件要改" in page
    assert "门口堆放纸箱约12只。" in page
    assert "怎么改" in page
    assert "11月30日前改完" in page
    assert 'href="tel:0915-0000000"' in page
    assert f"/my-factory/findings/{case.finding.id}/evidence" in page


def test_what_was_handed_in_stands_before_and_after_side_by_side(session, store, case, sign_in):
    sent = send_proof(session, store, case)

    page = sign_in(case.manager).get(HOME).text

    assert "全部改好了" in page or "都改好了" in page
    for sha256 in (case.finding.photos[0]["sha256"], sent.photos[0]):
        assert f"/photos/{sha256}/320" in page


def test_what_came_back_says_what_is_missing(session, store, case, sign_in):
    send_proof(session, store, case)
    send_back(session, case)

    assert "还有两箱没搬。" in sign_in(case.manager).get(HOME).text


def test_the_factories_of_one_manager_stand_together(session, store, case, sign_in):
    other = make_case(session, store, factory=make_factory(session, name="示例二厂"))
    link(session, other.visit.factory, case.manager)

    page = sign_in(case.manager).get(HOME).text

    assert "还有 2 件要改" in page
    assert "示例二厂" in page


def test_every_manager_of_a_factory_sees_the_same(session, case, sign_in):
    second = make_manager(session, case.visit.factory, name="钱测试")

    assert "还有 1 件要改" in sign_in(second).get(HOME).text


def test_the_home_stays_light_and_asks_little(session, store, database, sign_in):
    case = make_case(session, store, failed=MANY)
    findings = list(case.findings.values())
    for finding in findings[:4]:
        send_proof(session, store, case, finding)
    send_back(session, case, case.findings["A1-01"])
    client = sign_in(case.manager)

    with counted(database) as statements:
        page = client.get(HOME)

    asked = [each for each in statements if not each.startswith(("BEGIN", "PRAGMA"))]
    assert len(asked) <= MOST_QUERIES
    kept = (folder("static") / "dist").glob("main-*.*.br")
    weight = len(brotli.compress(page.data)) + sum(file.stat().st_size for file in kept)
    assert weight <= MOST_KILOBYTES * 1024


def test_the_page_of_a_finding_tells_its_story_latest_first(session, store, case, sign_in):
    send_proof(session, store, case)
    opinion = send_back(session, case)
    send_proof(session, store, case, at=TUESDAY + timedelta(hours=3), note="都搬完了。")

    page = sign_in(case.manager).get(f"/my-factory/findings/{case.finding.id}").text

    story = [
        "都搬完了。",
        "部分整改",
        "还有两箱没搬。",
        "东西已搬走。",
        case.notice.number,
        "检查时发现",
    ]
    told = page.partition('class="timeline"')[2]
    places = [told.find(each) for each in story]
    assert -1 not in places
    assert places == sorted(places)
    assert opinion.number in told
    assert "平利县示例部门" in page


def test_a_closed_finding_shows_that_it_is_closed_and_asks_for_nothing(
    session, store, case, sign_in
):
    send_proof(session, store, case)
    told = checking(judged(case.finding))
    decide_recheck(session, case.visit, told, by=case.chief, at=TUESDAY, public_address=ADDRESS)

    page = sign_in(case.manager).get(f"/my-factory/findings/{case.finding.id}").text

    assert "/evidence" not in page
    assert "复查：已整改" in page


def test_the_page_and_photographs_of_somebody_elses_factory_are_not_there(
    session, store, case, sign_in
):
    sent = send_proof(session, store, case)
    stranger = make_manager(session, make_factory(session, name="示例二厂"))
    own, other = sign_in(case.manager), sign_in(stranger)

    for address in (
        f"/my-factory/findings/{case.finding.id}",
        f"/my-factory/findings/{case.finding.id}/photos/{sent.photos[0]}/320",
    ):
        assert own.get(address).status_code == 200
        assert other.get(address).status_code == 404
