"""Reporting at the door, by whoever comes past: good ones, clumsy ones and hostile ones."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from firesafe.core.clock import now
from firesafe.core.settings import Settings
from firesafe.photos.rules import LARGE
from firesafe.photos.store import Store
from firesafe.reports.models import HazardReport
from firesafe.reports.pictures import picture
from tests.makers import make_factory, make_officer
from tests.photos.pictures import jpeg
from tests.reports.reports import make_report

KEY = "22222222-2222-4222-8222-222222222222"
POSITION = b"Exif\x00\x00"


@pytest.fixture
def factory(session):
    made = make_factory(session, name="示例竹木厂")
    session.commit()
    return made


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def send(client, factory):
    """Return a function that fills in the form and sends it with these files."""

    def sending(*files, **fields):
        told = {"client_key": KEY, "what": "后门上了锁。", "place": "二楼", "phone": "", **fields}
        photos = [(BytesIO(data), f"{place}.jpg") for place, data in enumerate(files)]
        address = f"/doors/{factory.door_code}/report"
        answer = client.post(address, data={**told, "photos": photos})
        answer.request.environ["wsgi.input"].close()  # a large body lies in a file of the client
        return answer

    return sending


def reports(session):
    session.rollback()
    return session.scalars(select(HazardReport)).all()


def stored(settings):
    return [each for each in (settings.instance / "store").rglob("reports/**/*") if each.is_file()]


def test_the_door_leads_to_the_form_and_shows_the_four_prompts(client, factory):
    page = client.get(f"/doors/{factory.door_code}").text

    assert f'href="/doors/{factory.door_code}/report"' in page
    assert "提示厂区内严禁明火" in page
    form = client.get(f"/doors/{factory.door_code}/report").text
    assert "再打 119" in form
    assert "90 天后删除" in form
    assert 'data-text="large"' in form


def test_a_report_with_a_picture_arrives_and_its_answer_is_read_by_its_key(
    client, session, services, factory, send
):
    answer = send(jpeg(), phone="138 0000 1234")

    report = reports(session)[0]
    assert answer.location == f"/doors/{factory.door_code}/reports/{KEY}"
    assert (report.what, report.place, report.phone) == ("后门上了锁。", "二楼", "13800001234")
    assert len(report.photos) == 1
    page = client.get(answer.location).text
    assert "举报已收到" in page
    assert "13800001234" not in page
    assert picture(services.get(Store), KEY, report.photos[0], LARGE)


def test_nothing_is_kept_of_the_upload_but_the_picture(session, services, settings, send):
    exif = Image.Exif()
    exif[0x010E] = "taken by somebody"
    send(jpeg(2000, 1500, exif=exif))

    report = reports(session)[0]
    kept = picture(services.get(Store), KEY, report.photos[0], LARGE)
    assert POSITION not in kept
    assert b"somebody" not in kept
    assert Image.open(BytesIO(kept)).size == (1600, 1200)
    assert len(stored(settings)) == 2
    assert not list((settings.instance / "store").rglob("*.orig"))


def test_sent_twice_it_is_one_report(session, settings, send):
    first, second = send(jpeg()), send(jpeg(seed=2))

    assert first.location == second.location
    assert len(reports(session)) == 1
    assert len(stored(settings)) == 2


def test_nobody_reads_the_reports_of_others(client, session, factory, send):
    other = make_report(session, factory=make_factory(session))
    session.commit()
    send()

    assert client.get(f"/doors/{factory.door_code}/reports/{other.client_key}").status_code == 404
    door = client.get(f"/doors/{factory.door_code}").text
    assert "后门上了锁" not in door


def test_a_code_that_no_door_bears_is_a_sentence(client, send):
    for address in ("/doors/abcdefghijklmnop/report",):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "没有一扇门" in answer.text or "门码" in answer.text or "扫" in answer.text
    assert client.post("/doors/abcdefghijklmnop/report", data={"what": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "空的"),
        (b"<html><script>alert(1)</script></html>", "不是照片"),
        (jpeg()[:2000], "照片"),
    ],
)
def test_what_is_no_picture_is_told_and_nothing_stays(session, settings, send, data, sentence):
    answer = send(data)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "后门上了锁。" in answer.text
    assert reports(session) == []
    assert stored(settings) == []


def test_one_bad_picture_keeps_none_of_the_others(settings, send):
    assert send(jpeg(), b"nothing").status_code == 422
    assert stored(settings) == []


def test_a_picture_of_eleven_megabytes_is_too_large(send):
    answer = send(jpeg() + bytes(11 * 1024 * 1024))

    assert answer.status_code == 422
    assert "10 MB" in answer.text


def test_thirty_megabytes_are_not_even_read(session, settings, send):
    answer = send(bytes(30 * 1024 * 1024))

    assert answer.status_code == 413
    assert reports(session) == []


def test_four_pictures_are_too_many(session, send):
    answer = send(*(jpeg(seed=seed) for seed in range(4)))

    assert answer.status_code == 422
    assert reports(session) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"what": "  "},
        {"what": "长" * 501},
        {"place": "长" * 101},
        {"phone": "12345"},
        {"client_key": "../../etc"},
        {"client_key": ""},
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(session, send, fields):
    assert send(**fields).status_code == 422
    assert reports(session) == []


def test_one_address_is_stopped_after_ten_reports_in_an_hour(services, send):
    limit = services.get(Settings).reports_per_address_per_hour

    answers = [send(client_key=f"{n:08d}-2222-4222-8222-222222222222") for n in range(limit + 1)]

    assert [each.status_code for each in answers] == [302] * limit + [429]


def test_a_full_day_takes_no_more_and_develops_nothing(session, services, settings, factory, send):
    for _each in range(services.get(Settings).reports_per_factory_per_day):
        make_report(session, factory=factory, at=now() - timedelta(hours=1))
    session.commit()

    answer = send(jpeg())

    assert answer.status_code == 422
    assert "今天对这家工厂的举报已有很多" in answer.text
    assert stored(settings) == []
    session.rollback()
    count = session.scalar(select(func.count()).select_from(HazardReport))
    assert count == services.get(Settings).reports_per_factory_per_day


def test_an_officer_may_report_too(session, sign_in, factory):
    officer = sign_in(make_officer(session))

    assert officer.get(f"/doors/{factory.door_code}/report").status_code == 200


def test_the_page_speaks_english_too(client, factory):
    client.set_cookie("language", "en")

    assert re.search("Report a hazard", client.get(f"/doors/{factory.door_code}/report").text)
