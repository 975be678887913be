"""Handing proof in, with script and without."""

import hashlib
from io import BytesIO

import pytest

from firesafe.findings.models import FindingState
from firesafe.findings.queries import Findings, evidence_by_finding
from firesafe.photos.store import Store
from tests.makers import make_factory
from tests.notices.cases import make_case, make_manager, new_key
from tests.photos.pictures import jpeg

JSON = {"Accept": "application/json"}


@pytest.fixture
def case(session, services):
    return make_case(session, services.get(Store))


def address(case):
    return f"/my-factory/findings/{case.finding.id}/evidence"


def form(*pictures, **more):
    files = [(BytesIO(each), f"{place}.jpg") for place, each in enumerate(pictures)]
    return {"client_key": new_key(), "note": "东西已搬走。", "photos": files, **more}


def sent(session, case):
    session.expire_all()
    return evidence_by_finding(session, [case.finding.id])[case.finding.id]


def state(session, case):
    session.expire_all()
    return Findings.of_manager(case.manager).one(session, case.finding.id).state


def test_without_script_a_form_brings_photographs_and_words(session, case, sign_in):
    client = sign_in(case.manager)
    assert "怎么改" in client.get(address(case)).text

    answer = client.post(address(case), data=form(jpeg(), jpeg(seed=2)))

    assert answer.location == f"/my-factory/findings/{case.finding.id}"
    (evidence,) = sent(session, case)
    assert len(evidence.photos) == 2
    assert evidence.note == "东西已搬走。"
    assert state(session, case) is FindingState.ANSWERED
    shown = f"/my-factory/findings/{case.finding.id}/photos/{evidence.photos[0]}/320"
    assert client.get(shown).mimetype == "image/jpeg"


def test_the_same_form_twice_is_one_round(session, case, sign_in):
    client, told = sign_in(case.manager), form(jpeg())
    again = {**told, "photos": [(BytesIO(jpeg()), "0.jpg")]}

    assert client.post(address(case), data=told).status_code == 302
    assert client.post(address(case), data=again).status_code == 302
    assert len(sent(session, case)) == 1


def test_a_form_without_a_photograph_says_so(session, case, sign_in):
    answer = sign_in(case.manager).post(address(case), data=form())

    assert answer.status_code == 422
    assert "至少拍一张现在的样子。" in answer.text
    assert "东西已搬走。" in answer.text
    assert sent(session, case) == []


def test_a_photograph_that_cannot_be_read_says_so_at_once(session, case, sign_in):
    whole = jpeg()

    answer = sign_in(case.manager).post(address(case), data=form(whole[: len(whole) // 2]))

    assert answer.status_code == 422
    assert "重拍" in answer.text or "重新拍" in answer.text or "再拍" in answer.text
    assert sent(session, case) == []


def test_what_has_arrived_need_not_be_chosen_again(session, case, sign_in):
    client = sign_in(case.manager)
    sha256 = hashlib.sha256(jpeg()).hexdigest()
    page = client.post(address(case), data=form(jpeg(), note="长" * 301))
    assert page.status_code == 422

    put = client.put(f"{address(case)}/{sha256}", data=jpeg(), headers=JSON)
    assert put.json == {"sha256": sha256, "state": "readable"}
    told = {"client_key": new_key(), "note": "", "arrived": [sha256]}
    answer = client.post(address(case), data=told, headers=JSON)

    assert answer.json == {"address": f"/my-factory/findings/{case.finding.id}"}
    assert sent(session, case)[0].photos == [sha256]


def test_a_script_is_told_in_one_sentence_what_is_refused(session, case, sign_in):
    client = sign_in(case.manager)
    cut = jpeg()[:9000]

    put = client.put(f"{address(case)}/{hashlib.sha256(cut).hexdigest()}", data=cut, headers=JSON)
    empty = client.post(address(case), data={"client_key": new_key()}, headers=JSON)

    assert put.json["state"] == "unreadable"
    assert put.json["sentence"]
    assert empty.status_code == 422
    assert empty.json == {"sentence": "至少拍一张现在的样子。"}


def test_nothing_is_received_for_somebody_elses_factory(session, case, sign_in):
    stranger = sign_in(make_manager(session, make_factory(session, name="示例二厂")))
    sha256 = hashlib.sha256(jpeg()).hexdigest()

    assert stranger.get(address(case)).status_code == 404
    assert stranger.post(address(case), data=form(jpeg())).status_code == 404
    assert stranger.put(f"{address(case)}/{sha256}", data=jpeg(), headers=JSON).status_code == 404
    assert sent(session, case) == []
