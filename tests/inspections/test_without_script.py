"""A whole visit by plain forms: begin, fill in, photograph, sign, close, read."""

import io
import re

import pytest
from PIL import Image
from sqlalchemy import select

from firesafe.findings.models import Finding
from firesafe.inspections.models import Inspection
from firesafe.standard.edition import current_edition
from tests.inspections.forms import fields_of
from tests.makers import make_factory, make_officer


def picture(grey: int = 40) -> io.BytesIO:
    file = io.BytesIO()
    Image.effect_noise((400, 300), grey).save(file, "JPEG")
    file.seek(0)
    return file


@pytest.fixture
def inspector(session):
    return make_officer(session)


@pytest.fixture
def client(session, inspector, sign_in):
    return sign_in(inspector)


@pytest.fixture
def visit(session, inspector, client):
    """Begin a visit by the form, and return its address."""
    factory, second = make_factory(session), make_officer(session, name="李测试")
    session.commit()
    page = client.get(f"/inspections/new?factory={factory.id}")
    key = re.search(r'name="client_key"[^>]*value="([^"]+)"', page.text)[1]
    start = {
        "client_key": key,
        "kind": "planned",
        "second_id": second.id,
        "workers_on_shift": 46,
        "cards_shown": "y",
    }
    answer = client.post(f"/inspections/new?factory={factory.id}", data=start)
    return answer.location.removesuffix("/fill")


def passing(fields: dict[str, object], item: str) -> dict[str, object]:
    """Pass every checkpoint of the item: by the radio, or by figures that are enough."""
    filled = dict(fields)
    for point in current_edition().checkpoints_of(item):
        filled.setdefault(f"{point.code}-verdict", "pass")
        if point.counting:
            filled[f"{point.code}-correct_count"] = filled[f"{point.code}-asked_count"]
        if point.drill and point.drill.limit_seconds:
            filled[f"{point.code}-drill_seconds"] = "30"
    return filled


def test_a_visit_needs_no_script(client, visit, session):
    for item in current_edition().items:
        fields = passing(fields_of(client.get(f"{visit}/fill?whole=1").text, item.code), item.code)
        if item.code == "A3":
            fields |= {
                "A3-02-verdict": "fail",
                "A3-02-seen": "北侧安全出口门前堆放纸箱约12只。",
                "A3-02-photos_found": (picture(), "door.jpg"),
            }
        answer = client.post(
            f"{visit}/items/{item.code}", data=fields, content_type="multipart/form-data"
        )
        assert answer.status_code == 302, re.findall(r"errors__link[^>]*>([^<]+)", answer.text)
    for role in ("lead", "second", "factory"):
        signed = {"role": role, "name": "张测试", "picture": (picture(120), "paper.jpg")}
        assert client.post(f"{visit}/signatures", data=signed).status_code == 302
    assert client.post(f"{visit}/close").location == visit

    inspection = session.scalars(select(Inspection)).one()
    finding = session.scalars(select(Finding)).one()
    assert (inspection.state, inspection.score) == ("closed", 98)
    assert (finding.checkpoint_code, len(finding.photos)) == ("A3-02", 1)
    assert "北侧安全出口" in client.get(visit).text
