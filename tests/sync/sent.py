"""What a phone would send: deeds, parcels, whole visits; and a phone that sends them."""

import base64
import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from itertools import count
from typing import Any

from flask.testing import FlaskClient
from PIL import Image, ImageDraw
from werkzeug.test import TestResponse

from firesafe.accounts.models import Officer
from firesafe.core.clock import now
from firesafe.factories.models import Factory
from firesafe.findings.models import Finding
from firesafe.standard.edition import current_edition
from tests.makers import figures_of
from tests.phones import PHONE

OTHER_PHONE = "6f2c1a52-6e0d-4a0e-9f0b-000000000002"
_numbers = count(1)

EMPTY: dict[str, Any] = {
    "verdict": None,
    "not_applicable_reason": "",
    "seen": "",
    "place": "",
    "grade": None,
    "escalated": False,
    "grace_days": None,
    "requirement": "",
    "put_right_on_the_spot": False,
    "asked_count": None,
    "correct_count": None,
    "drill_seconds": None,
    "drill_steps": None,
    "remark": "",
}


def a_key() -> str:
    """Return a key as a phone makes one, another each time."""
    return f"5e4d3c2b-0000-4000-8000-{next(_numbers):012d}"


def opening(factory: Factory, second: Officer, **more: object) -> dict[str, Any]:
    """Begin a visit."""
    return {
        "deed": "open",
        "factory_id": factory.id,
        "kind": "planned",
        "second_id": second.id,
        "workers_on_shift": 46,
        "cards_shown": True,
        "edition_code": "2026",
        "opened_at": now().isoformat(),
        **more,
    }


def answer(code: str, clock: int = 2, knew: int = 1, **fields: object) -> dict[str, Any]:
    """Answer a checkpoint; what is not named is empty."""
    entry = {**EMPTY, **fields}
    return {"deed": "answer", "code": code, "entry": entry, "clock": clock, "seen": knew}


def attaching(code: str, sha256: str, moment: str = "found") -> dict[str, Any]:
    """Let a photograph belong to a checkpoint."""
    return {"deed": "attach", "code": code, "moment": moment, "sha256": sha256}


def detaching(code: str, sha256: str, moment: str = "found") -> dict[str, Any]:
    """Take a photograph out again."""
    return {"deed": "detach", "code": code, "moment": moment, "sha256": sha256}


def signing(role: str, name: str = "张测试", **more: object) -> dict[str, Any]:
    """Sign."""
    return {"deed": "sign", "role": role, "name": name, "picture": ink(), **more}


def handing_in(photos: Iterable[str] = (), at: datetime | None = None) -> dict[str, Any]:
    """Hand the visit in."""
    return {
        "deed": "hand_in",
        "statement": "",
        "photos": list(photos),
        "closed_at": (at or now()).isoformat(),
    }


def rechecking(*findings: Finding, second: Officer, **more: object) -> dict[str, Any]:
    """Re-check on site, and find everything put right."""
    return {
        "deed": "recheck",
        "key": a_key(),
        "manner": "on_site",
        "occasion": "expired",
        "second_id": second.id,
        "statement": "",
        "rechecked_at": now().isoformat(),
        "steps": [],
        "judgements": [judging(finding) for finding in findings],
        **more,
    }


def judging(finding: Finding, result: str = "put_right", **more: object) -> dict[str, Any]:
    """Judge a finding as it stands."""
    return {
        "finding_id": finding.id,
        "version": finding.version,
        "result": result,
        "reason": "",
        "photos": [],
        **more,
    }


def all_answers(
    failed: Mapping[str, Mapping[str, object]] = {}, workers: int = 46
) -> list[dict[str, Any]]:
    """Pass every checkpoint but the ``failed`` ones, whose further fields are given by code."""
    standard = current_edition()
    deeds = []
    for checkpoint in standard.checkpoints:
        code, passes = checkpoint.code, checkpoint.code not in failed
        figures = figures_of(standard, checkpoint, workers, passes=passes)
        told = {"verdict": "pass"} if passes else {"verdict": "fail", "seen": "门口堆放纸箱。"}
        deeds.append(answer(code, **{**figures, **told, **failed.get(code, {})}))
    return deeds


def all_signatures() -> list[dict[str, Any]]:
    """Let all three sign."""
    return [signing(role) for role in ("lead", "second", "factory")]


def a_parcel(visit: str, *deeds: Mapping[str, Any], phone: str = PHONE) -> dict[str, Any]:
    """Wrap deeds into a parcel."""
    written_at = now().isoformat()
    return {"visit": visit, "phone": phone, "written_at": written_at, "deeds": list(deeds)}


def bytes_of(parcel: Mapping[str, Any]) -> bytes:
    """Return a parcel as it goes over the line."""
    return json.dumps(parcel, ensure_ascii=False).encode()


def put(
    phone: FlaskClient,
    parcel: Mapping[str, Any] | bytes,
    *,
    key: str | None = None,
    ahead: timedelta = timedelta(),
) -> TestResponse:
    """Send a parcel from a phone whose clock is ahead by so much."""
    body = parcel if isinstance(parcel, bytes) else bytes_of(parcel)
    headers = {"Parcel-Sent-At": (now() + ahead).isoformat()}
    address = f"/sync/parcels/{key or a_key()}"
    return phone.put(address, data=body, content_type="application/json", headers=headers)


@cache
def ink() -> str:
    """Return a signature as a phone sends it."""
    picture = Image.new("RGB", (300, 120), "white")
    ImageDraw.Draw(picture).line((20, 100, 150, 20, 280, 100), fill="black", width=6)
    file = BytesIO()
    picture.save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()
