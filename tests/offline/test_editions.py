"""A draft that was begun in an older edition of the standard stays readable and sendable."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from firesafe.inspections.models import Answer, Inspection
from tests.offline.visiting import begin_visit, fail_checkpoint
from tests.serving import ROOT

# What the doors make of it is shown on both databases in tests/sync; here it is the phone.
pytestmark = [pytest.mark.browser, pytest.mark.on_sqlite]


def with_a_newer_edition(folder: Path) -> Path:
    """Return a checkout of the service as it is now, but for one more edition."""
    for name in ("templates", "static"):
        (folder / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "firesafe", folder / "firesafe")
    editions = folder / "firesafe" / "standard" / "editions"
    text = (editions / "2026.toml").read_text(encoding="utf-8")
    newer = text.replace('code = "2026"', 'code = "2027"', 1)
    (editions / "2027.toml").write_text(newer, encoding="utf-8")
    return folder


def test_a_draft_is_finished_in_the_edition_it_was_begun_in(own_server, pocket_phone, tmp_path):
    page = pocket_phone.start()
    inspection, _lead = begin_visit(own_server, page)
    own_server.kill()
    fail_checkpoint(page)
    expect(page.locator("[data-saved-words]")).to_contain_text("已存本机")

    own_server.root = with_a_newer_edition(tmp_path)
    own_server.start()
    page.goto(f"{own_server.address}/inspections/{inspection.id}/fill#checkpoint-a3-02")

    row = page.locator("#checkpoint-a3-02")
    expect(row.locator(".verdict__input--fail")).to_be_checked()
    expect(page.locator("[data-behaviour=visit]")).to_have_attribute("data-edition", "2026")
    expect(page.locator("[data-saved-words]")).to_contain_text("已送达")
    page.goto(f"{own_server.address}/visit/2027")
    expect(page.locator("[data-behaviour=visit]")).to_have_attribute("data-edition", "2027")
    with own_server.database.reading() as session:
        answers = select(Answer.verdict).where(
            Answer.inspection_id == inspection.id, Answer.checkpoint_code == "A3-02"
        )
        assert session.scalars(answers).one() == "fail"
        assert session.get_one(Inspection, inspection.id).edition_code == "2026"
