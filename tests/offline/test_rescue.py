"""The file that a phone saves when it cannot send, and what the desk makes of it."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from firesafe.inspections.models import Answer, AnswerPhoto, Inspection
from firesafe.photos.models import Photo
from tests.offline.visiting import (
    begin_visit,
    connect,
    cut_off,
    fail_checkpoint,
    open_outbox,
    photograph,
    save_file,
    take_in,
)

pytestmark = pytest.mark.browser


def standing(server, inspection: Inspection) -> tuple[int, list[str | None], int, int]:
    """Return how many visits of its factory there are, what was answered, and the photographs."""
    with server.database.reading() as session:
        visits = select(func.count()).where(Inspection.factory_id == inspection.factory_id)
        answers = select(Answer).where(
            Answer.inspection_id == inspection.id, Answer.verdict.is_not(None)
        )
        found = session.scalars(answers).all()
        shots = select(AnswerPhoto.sha256).where(
            AnswerPhoto.answer_id.in_([answer.id for answer in found])
        )
        hashes = session.scalars(shots).all()
        photos = select(func.count()).where(Photo.sha256.in_(hashes))
        return (
            session.scalar(visits),
            [answer.verdict for answer in found],
            len(hashes),
            session.scalar(photos),
        )


def test_a_saved_file_is_taken_in_twice_without_harm(live_server, phone, desk, tmp_path):
    inspection, lead = begin_visit(live_server, phone)
    cut_off(phone)
    fail_checkpoint(phone)
    for _each in range(2):
        photograph(phone)
    open_outbox(live_server, phone)
    file = save_file(phone, tmp_path)
    assert standing(live_server, inspection) == (1, [], 0, 0)

    live_server.sign_in(desk, lead)
    assert set(take_in(live_server, desk, file)) == {"已收进"}
    assert standing(live_server, inspection) == (1, ["fail"], 2, 2)
    assert set(take_in(live_server, desk, file)) == {"早已收到"}

    connect(phone)
    phone.get_by_role("button", name="现在发送").click()
    expect(phone.locator(".photo--received")).to_have_count(2)
    expect(phone.locator("[data-lines] .chip")).to_have_text("目前已送达")
    assert standing(live_server, inspection) == (1, ["fail"], 2, 2)


def test_where_nothing_is_unsent_no_file_is_saved(live_server, phone):
    begin_visit(live_server, phone)
    open_outbox(live_server, phone)

    phone.get_by_role("button", name="没送出的存成一个文件").click()

    expect(phone.locator("[data-said]")).to_have_text("没有未送出的内容。")
