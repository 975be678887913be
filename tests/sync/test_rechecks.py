"""Re-checks made on a phone: decided when they arrive, once, or refused with nothing changed."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from sqlalchemy import func, select

from firesafe.core.clock import now
from firesafe.findings.models import Finding, FindingState, Recheck
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Notice, NoticeState
from firesafe.photos.queries import find_photo
from firesafe.photos.store import Store
from tests.makers import HANBIN, make_officer
from tests.notices.cases import make_case, send_proof
from tests.phones import sending_phone
from tests.photos.pictures import saved as as_jpeg
from tests.photos.pictures import scene
from tests.sync.saved import saved_file
from tests.sync.sent import a_key, a_parcel, bytes_of, judging, put, rechecking

PICTURE = as_jpeg(scene())
SHA = sha256(PICTURE).hexdigest()


@pytest.fixture
def case(session, services):
    """Two findings under notice, and nothing sent for them."""
    return make_case(session, services.get(Store), failed=("P2-01", "P3-02"))


@pytest.fixture
def people(session, case):
    """Two inspectors of the county."""
    county = case.visit.county_code
    return [make_officer(session, county=county, name=name) for name in ("王测试", "李测试")]


@pytest.fixture
def phone(app, session, people):
    return sending_phone(app, session, people[0])


@pytest.fixture
def opinions(database):
    def read():
        rows = select(Notice).where(Notice.kind == PaperKind.RECHECK_OPINION)
        with database.reading() as session:
            return list(session.scalars(rows))

    return read


@pytest.fixture
def rechecks(database):
    def read():
        with database.reading() as session:
            return session.scalar(select(func.count()).select_from(Recheck))

    return read


@pytest.fixture
def state_of(database):
    def read(finding):
        with database.reading() as session:
            return session.get(Finding, finding.id).state

    return read


def sent(case, *deeds):
    return a_parcel(case.visit.client_key, *deeds)


def test_a_re_check_is_decided_and_numbered_when_it_arrives(case, people, phone, opinions):
    first, second = case.findings.values()
    missing = judging(second, "partly", reason="还差一个。")
    deed = rechecking(second=people[1], judgements=[judging(first), missing])

    told = put(phone, sent(case, deed))

    (paper,) = opinions()
    assert told.status_code == 200
    assert told.json["outcome"]["opinion"] == {
        "number": paper.number,
        "address": f"/notices/{paper.id}",
    }
    assert told.json["outcome"]["visit"] == case.visit.client_key


def test_each_finding_becomes_what_was_found_of_it(session, case, people, phone, state_of):
    first, second = case.findings.values()
    missing = judging(second, "partly", reason=" 还差一个。 ")
    deed = rechecking(second=people[1], statement="已尽力。", judgements=[judging(first), missing])

    put(phone, sent(case, deed))

    kept = session.scalars(select(Recheck)).one()
    assert (kept.client_key, kept.statement) == (deed["key"], "已尽力。")
    assert (kept.lead_id, kept.second_id) == (people[0].id, people[1].id)
    assert [each.reason for each in kept.results] == ["", "还差一个。"]
    assert state_of(first) is FindingState.CLOSED
    assert state_of(second) is FindingState.OPEN


def test_the_last_finding_closes_the_notice(database, case, people, phone):
    put(phone, sent(case, rechecking(*case.findings.values(), second=people[1])))

    with database.reading() as session:
        assert session.get(Notice, case.notice.id).state is NoticeState.CLOSED


def test_sent_twice_it_is_one_re_check_with_one_paper(case, people, phone, rechecks, opinions):
    key = a_key()
    body = bytes_of(sent(case, rechecking(case.finding, second=people[1])))

    first, again = put(phone, body, key=key), put(phone, body, key=key)

    assert first.status_code == again.status_code == 200
    assert first.json == again.json
    assert (rechecks(), len(opinions())) == (1, 1)


def test_in_another_parcel_too_it_is_the_same_re_check(case, people, phone, rechecks, opinions):
    deed = rechecking(case.finding, second=people[1])

    first, again = put(phone, sent(case, deed)), put(phone, sent(case, deed))

    assert first.json["outcome"]["opinion"] == again.json["outcome"]["opinion"]
    assert (rechecks(), len(opinions())) == (1, 1)


def test_a_photograph_that_has_just_arrived_is_printed(session, case, people, phone):
    assert phone.put(f"/photos/{SHA}", data=PICTURE).status_code == 200
    judged = judging(case.finding, photos=[SHA, SHA])

    told = put(phone, sent(case, rechecking(second=people[1], judgements=[judged])))

    assert told.status_code == 200
    assert session.scalars(select(Recheck)).one().results[0].photos == [SHA]


def test_without_its_photograph_nothing_is_decided_and_it_may_come_again(
    case, people, phone, rechecks
):
    judged = judging(case.finding, photos=[SHA])
    parcel, key = sent(case, rechecking(second=people[1], judgements=[judged])), a_key()
    refused = put(phone, parcel, key=key)
    phone.put(f"/photos/{SHA}", data=PICTURE)

    again = put(phone, parcel, key=key)

    assert refused.status_code == 409
    assert "1" in refused.json["detail"]
    assert (again.status_code, rechecks()) == (200, 1)


def test_what_a_colleague_has_closed_meanwhile_is_refused_whole(case, people, phone, state_of):
    first, second = case.findings.values()
    parcel = sent(case, rechecking(first, second, second=people[1]))
    put(phone, sent(case, rechecking(first, second=people[1])))

    told = put(phone, parcel)

    assert told.status_code == 409
    assert first.checkpoint_code in told.json["detail"]
    assert state_of(second) is FindingState.OPEN


def test_what_has_changed_since_it_was_seen_is_refused(session, services, case, people, phone):
    parcel = sent(case, rechecking(case.finding, second=people[1]))
    send_proof(session, services.get(Store), case)
    session.commit()

    told = put(phone, parcel)

    assert told.status_code == 409
    assert case.finding.checkpoint_code in told.json["detail"]


def test_another_county_knows_of_no_such_case(app, session, case, people, rechecks):
    stranger = make_officer(session, county=HANBIN)
    phone = sending_phone(app, session, stranger)

    told = put(phone, sent(case, rechecking(case.finding, second=people[1])))

    assert (told.status_code, rechecks()) == (404, 0)


def test_a_wrong_clock_is_put_right(session, case, people, phone):
    ahead = timedelta(hours=5)
    at = (now() + ahead - timedelta(minutes=30)).isoformat()

    told = put(
        phone, sent(case, rechecking(case.finding, second=people[1], rechecked_at=at)), ahead=ahead
    )

    kept = session.scalars(select(Recheck)).one()
    assert told.status_code == 200
    assert timedelta(minutes=29) < now() - kept.rechecked_at < timedelta(minutes=31)


def test_a_saved_file_brings_a_re_check_with_its_photographs(
    case, people, phone, sign_in, rechecks
):
    judged = judging(case.finding, photos=[SHA])
    parcel = sent(case, rechecking(second=people[1], judgements=[judged]))
    file = saved_file(people[0], [(a_key(), parcel)], [PICTURE])

    page = sign_in(people[0]).post("/sync/rescue", data={"file": (BytesIO(file), "f.zip")})

    assert (page.status_code, rechecks()) == (200, 1)


def test_nobody_takes_in_a_re_check_for_a_colleague(case, people, phone, sign_in, rechecks):
    parcel = sent(case, rechecking(case.finding, second=people[1]))
    file = saved_file(people[0], [(a_key(), parcel)])

    page = sign_in(people[1]).post("/sync/rescue", data={"file": (BytesIO(file), "f.zip")})

    assert people[0].name in page.text
    assert rechecks() == 0


def undecided(case, **more):
    """Return a re-check that was not handed in: one finding judged, the other only written of."""
    first, second = case.findings.values()
    about = {"version": 1, "photos": []}
    moment = now().isoformat()
    return {
        "key": a_key(),
        "visit": case.visit.client_key,
        "inspection_id": case.visit.id,
        "manner": "on_site",
        "occasion": "expired",
        "second_id": None,
        "statement": "没有意见。",
        "rechecked_at": None,
        "steps": [],
        "judgements": [
            {"finding_id": first.id, "code": first.checkpoint_code, "result": "partly"}
            | {"reason": "还差一个。", **about, "photos": [SHA]},
            {"finding_id": second.id, "code": second.checkpoint_code, "result": None}
            | {"reason": "门后还没看。", **about},
        ],
        "begun_at": moment,
        "changed_at": moment,
        **more,
    }


@pytest.fixture
def take(sign_in):
    """Return a function that takes a saved file in at an officer's desk, and gives the page."""

    def taken(officer, file):
        answer = sign_in(officer).post("/sync/rescue", data={"file": (BytesIO(file), "f.zip")})
        assert answer.status_code == 200
        return answer.text

    return taken


def test_one_that_was_not_handed_in_is_given_back_and_decides_nothing(
    session, case, people, take, rechecks
):
    file = saved_file(people[0], photos=[PICTURE], rechecks=[undecided(case)])

    for _each in range(2):
        page = take(people[0], file)
        assert "还没交出" in page
        assert "P2-01 部分整改 · 还差一个。" in page
        assert "门后还没看。" in page
        assert f"/rechecks/{case.visit.id}?manner=on_site" in page
    assert rechecks() == 0
    assert find_photo(session, SHA) is not None


def test_one_that_was_decided_meanwhile_is_known(case, people, phone, take, rechecks):
    waiting = undecided(case)
    decided = rechecking(case.finding, second=people[1], key=waiting["key"])
    assert put(phone, sent(case, decided)).status_code == 200

    page = take(people[0], saved_file(people[0], rechecks=[waiting]))

    assert "早已收到" in page
    assert "take-recheck" not in page
    assert rechecks() == 1


def test_nobody_is_given_a_colleague_s_nor_one_out_of_sight(session, case, people, take):
    stranger = make_officer(session, county=HANBIN)
    waiting = undecided(case)

    assert people[0].name in take(people[1], saved_file(people[0], rechecks=[waiting]))
    for officer in (people[1], stranger):
        assert "take-recheck" not in take(officer, saved_file(people[0], rechecks=[waiting]))
    assert "还差一个。" not in take(stranger, saved_file(stranger, rechecks=[waiting]))


@pytest.mark.parametrize("change", [{"visit": a_key()}, {"manner": "by_telephone"}, {"more": 1}])
def test_one_that_is_damaged_is_not_taken(case, people, take, change):
    page = take(people[0], saved_file(people[0], rechecks=[undecided(case, **change)]))

    assert "坏了" in page
    assert "take-recheck" not in page
