"""Filling in: what scripts send, what forms send, what is refused and how."""

import io
import json
import re

import brotli
import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from firesafe.inspections.actions import answer_checkpoint
from firesafe.inspections.models import Answer, PhotoMoment
from firesafe.photos.models import Photo
from firesafe.standard.edition import current_edition
from tests.inspections.forms import fields_of
from tests.makers import (
    HANBIN,
    MONDAY,
    answer_all,
    make_officer,
    make_open_inspection,
)

PAGE_BYTES = 16 * 1024
WITH_ROWS_BYTES = 38 * 1024  # what the page weighs on a phone that opens its first one


def picture(kind="JPEG"):
    file = io.BytesIO()
    Image.effect_noise((400, 300), 60).save(file, kind)
    file.seek(0)
    return file


@pytest.fixture
def visit(session):
    return make_open_inspection(session)


@pytest.fixture
def client(sign_in, visit):
    return sign_in(visit.lead)


@pytest.fixture
def kept(database, visit):
    """Return a function that reads what the service has kept at a checkpoint."""

    def read(code):
        found = select(Answer).where(
            Answer.inspection_id == visit.id, Answer.checkpoint_code == code
        )
        with database.reading() as session:
            return session.scalars(found.options(selectinload(Answer.photos))).one()

    return read


def test_only_the_two_inspectors_fill_it_in(session, sign_in, visit):
    colleague, stranger = make_officer(session), make_officer(session, county=HANBIN)

    assert sign_in(colleague).get(f"/inspections/{visit.id}/fill").status_code == 302
    assert sign_in(stranger).get(f"/inspections/{visit.id}/fill").status_code == 404


def test_every_field_for_photographs_asks_for_pictures(client, visit):
    """What is built into WeChat offers neither camera nor album where a field asks for files."""
    page = client.get(f"/inspections/{visit.id}/fill").get_data(as_text=True)

    fields = re.findall(r'<input class="photo__input"[^>]*>', page)
    assert fields
    assert all('type="file"' in each and 'accept="image/*"' in each for each in fields)
    assert not any("multiple" in each for each in fields)


def test_the_page_says_how_the_visit_stands(client, visit):
    page = client.get(f"/inspections/{visit.id}/fill").get_data(as_text=True)
    state = json.loads(re.search(r"data-visit-state>(.*?)</script>", page).group(1))

    assert (state["key"], state["inspection_id"]) == (visit.client_key, visit.id)
    assert state["answers"]["A1-01"] == {"entry": {}, "version": 1}


def rows_of(client, page, **asked):
    """Return the answer with the rows that a page names."""
    return client.get(re.search(r'data-rows="([^"]+)"', page).group(1), **asked)


def test_the_page_brings_one_item_and_names_the_rows_of_the_others(client, visit):
    page = client.get(f"/inspections/{visit.id}/fill").text
    rows = rows_of(client, page)

    assert set(re.findall(r'data-code="(\w\d)-', page)) == {"A1"}
    assert re.findall(r"<!--(\w\d)-->", rows.text) == [i.code for i in current_edition().items]
    assert "immutable" in rows.headers["Cache-Control"]


def test_rows_are_alike_for_everybody_and_hold_nobodys_secret(session, sign_in, client, visit):
    other = make_officer(session, county=HANBIN)
    page = client.get(f"/inspections/{visit.id}/fill").text

    assert rows_of(sign_in(other), page).text == rows_of(client, page).text
    assert "Accept-Encoding" in rows_of(client, page).headers["Vary"]
    assert "csrf_token" not in rows_of(client, page).text


def test_rows_of_another_version_are_not_kept_under_its_name(client):
    assert client.get("/visit/2026/rows/abc").headers["Cache-Control"] == "no-store"
    assert client.get("/visit/1999/rows/abc").status_code == 404


def test_without_script_one_is_led_to_the_whole_page(client, visit):
    page = client.get(f"/inspections/{visit.id}/fill").text
    whole = re.search(r'<noscript><meta http-equiv="refresh" content="0; url=([^"]+)"', page)[1]

    assert client.get(whole).text.count("data-code=") == 67
    assert 'http-equiv="refresh"' not in client.get(whole).text


def test_what_the_rows_do_not_say_of_a_visit_comes_with_its_page(session, client, visit):
    visit.factory.is_key_unit, visit.workers_on_shift = True, 46
    preset = visit.answers[-1]
    preset.is_preset = True
    session.commit()

    page = client.get(f"/inspections/{visit.id}/fill").text
    told = json.loads(re.search(r"data-points>(.*?)</script>", page).group(1))
    points = {point["code"]: point for point in told}

    assert {each["sample"]["workers"] for each in told if "sample" in each} == {46}
    assert points[preset.checkpoint_code]["is_preset"]
    assert points["A1-01"]["bases"].startswith("消防法")


def test_the_sheet_is_empty_and_of_its_edition(client):
    page = client.get("/visit/2026").get_data(as_text=True)

    assert rows_of(client, page).text.count("data-code=") == 67
    assert "data-visit-state>null</script>" in page
    assert client.get("/visit/1999").status_code == 404


def test_the_sheet_shows_no_rows_before_it_is_that_of_a_visit(client, visit):
    sheet = client.get("/visit/2026").text
    page = client.get(f"/inspections/{visit.id}/fill").text

    tags = [re.search(r'<div class="visit"[^>]*>', each).group() for each in (sheet, page)]

    assert [" hidden" in tag for tag in tags] == [True, False]


def test_the_sheet_is_drawn_once_its_script_has_filled_it_in(client, visit):
    sheet = client.get("/visit/2026").text
    page = client.get(f"/inspections/{visit.id}/fill").text

    assert 'blocking="render" src="/static/' in sheet
    assert 'blocking="render" src="/static/' not in page


def form_of(client, visit, item):
    """Return what a browser would send back of an item's form, untouched."""
    return fields_of(client.get(f"/inspections/{visit.id}/fill?whole=1").text, item)


def save(client, visit, item, fields):
    address = f"/inspections/{visit.id}/items/{item}"
    return client.post(address, data=fields, content_type="multipart/form-data")


def test_an_item_is_kept_whole_or_not_at_all(client, visit, kept):
    fields = form_of(client, visit, "A1") | {
        "A1-01-verdict": "pass",
        "A1-02-verdict": "fail",
        "A1-02-seen": "长" * 501,
    }

    answer = save(client, visit, "A1", fields)

    assert answer.status_code == 422
    assert "checkpoint-a1-02-error" in answer.text
    assert kept("A1-01").verdict is None


def test_a_form_left_open_is_stale_where_somebody_wrote(session, client, visit, kept):
    fields = form_of(client, visit, "A1") | {"A1-01-verdict": "pass"}
    changes = {"verdict": "fail", "seen": "没有记录。"}
    answer_checkpoint(session, visit, "A1-01", changes, version=1, by=visit.second, at=MONDAY)
    session.commit()

    answer = save(client, visit, "A1", fields)

    assert answer.status_code == 409
    assert "李测试" in answer.text
    assert kept("A1-01").verdict == "fail"


def test_a_bad_file_is_named_and_nothing_is_kept(session, client, visit, kept):
    fields = form_of(client, visit, "A3") | {
        "A3-02-verdict": "fail",
        "A3-02-seen": "堆着纸箱。",
        "A3-02-photos_found": (io.BytesIO(b"<svg/>"), "door.jpg"),
    }

    answer = save(client, visit, "A3", fields)

    assert answer.status_code == 422
    assert kept("A3-02").verdict is None
    assert session.scalars(select(Photo)).all() == []


def test_a_photograph_is_taken_out_by_its_button(client, visit, kept):
    fields = form_of(client, visit, "A3") | {"A3-02-photos_found": (picture(), "door.jpg")}
    save(client, visit, "A3", fields)
    sha256 = kept("A3-02").photos[0].sha256

    fields = form_of(client, visit, "A3") | {"remove": f"A3-02:{PhotoMoment.FOUND}:{sha256}"}
    assert save(client, visit, "A3", fields).status_code == 302

    assert kept("A3-02").photos == []


def test_the_page_is_light_enough_for_a_phone(session, client, visit):
    answer_all(session, visit, failed={"A3-02": {"verdict": "fail", "seen": "堆着纸箱。"}})
    session.commit()

    page = client.get(f"/inspections/{visit.id}/fill").text
    rows = rows_of(client, page, headers={"Accept-Encoding": "br"}).data

    level = client.application.config["COMPRESS_BR_LEVEL"]
    weight = len(brotli.compress(page.encode(), quality=level))
    assert weight <= PAGE_BYTES
    assert weight + len(rows) <= WITH_ROWS_BYTES


def written(session, visit, code, **changes):
    answer_checkpoint(session, visit, code, changes, version=1, by=visit.lead, at=MONDAY)
    session.commit()


def test_the_end_lists_what_is_missing_with_links(session, client, visit):
    written(session, visit, "A3-02", verdict="fail")

    page = client.get(f"/inspections/{visit.id}/finish").text

    assert page.count("errors__link") == 66 - sum(a.is_preset for a in visit.answers) + 2
    assert f"/inspections/{visit.id}/fill?whole=1#checkpoint-a3-02" in page


def test_the_end_counts_what_does_not_apply(session, client, visit):
    written(session, visit, "A1-03", verdict="na", not_applicable_reason="租的房子，房东管。")

    page = client.get(f"/inspections/{visit.id}/finish").text

    counted = 1 + sum(answer.is_preset for answer in visit.answers)
    assert f'不适用</dt><dd class="figure">{counted}</dd>' in page


def test_a_signature_that_is_none_is_refused(client, visit):
    address = f"/inspections/{visit.id}/signatures"

    assert client.post(address, data={"role": "lead"}).status_code == 422
    empty = {"role": "lead", "picture": (io.BytesIO(b"nothing"), "a.png")}
    assert client.post(address, data=empty).status_code == 422
    wrong = {"role": "king", "picture": (picture("PNG"), "a.png")}
    assert client.post(address, data=wrong).status_code == 422


def test_a_refusal_is_noted(client, visit):
    address = f"/inspections/{visit.id}/refusal"

    assert client.post(address, data={"reason": "不肯"}).status_code == 422
    noted = {"reason": "要问老板", "witness": "社区 刘某"}
    assert client.post(address, data=noted).status_code == 302
    assert "要问老板" in client.get(f"/inspections/{visit.id}/finish").text


def test_whoever_opens_a_signed_visit_is_told_what_a_change_costs(client, visit):
    address = f"/inspections/{visit.id}/fill"
    assert "签名作废" not in client.get(address).text

    noted = {"reason": "要问老板", "witness": "社区 刘某"}
    client.post(f"/inspections/{visit.id}/refusal", data=noted)

    assert "签名作废" in client.get(address).text


def test_an_unfinished_visit_is_not_closed(client, visit):
    assert client.post(f"/inspections/{visit.id}/close").status_code == 422


@pytest.mark.parametrize(
    "changes",
    [
        {"seen": "堆着纸箱。"},
        {"place": "二楼东侧楼梯"},
        {"escalated": True},
        {"grade": "general"},
        {"grace_days": 3},
        {"requirement": "当天清走。"},
        {"put_right_on_the_spot": True},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_is_written_below_a_failure_stands_in_its_own_visit_alone(
    session, sign_in, client, visit, changes
):
    other = make_open_inspection(session, lead=visit.lead)
    answer_checkpoint(session, visit, "A3-02", changes, version=1, by=visit.lead, at=MONDAY)
    session.commit()

    def fields(of):
        return {
            name: value
            for name, value in form_of(client, of, "A3").items()
            if name.startswith("A3-02") and not name.endswith(("version", "was"))
        }

    before, own, after = fields(other), fields(visit), fields(other)

    assert own != before
    assert after == before
