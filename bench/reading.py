"""Measures lists at ten and at a hundred thousand visits, and what the visit page weighs.

Both sizes are asked in turn in the same process, through the whole service but the network,
so their ratio holds on a busy machine. Ten rounds, medians of CPU time.
"""

import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
from flask.testing import FlaskClient
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from bench.photos import Row
from firesafe.accounts.actions import open_sign_in
from firesafe.accounts.models import Officer
from firesafe.accounts.posts import Post
from firesafe.app import create_app, open_services
from firesafe.core.clock import now
from firesafe.core.db import Database
from firesafe.core.settings import Settings
from firesafe.findings.models import Finding, FindingState
from firesafe.inspections.models import Inspection, InspectionKind, InspectionState
from firesafe.migrations.steps import upgrade_database
from firesafe.web.gate import TOKEN_KEY
from tests.makers import make_factory, make_officer, make_open_inspection

SIZES = (10_000, 100_000)
ROUNDS = 10
START = datetime(2024, 1, 1, tzinfo=UTC)
KINDS = list(InspectionKind)
LISTS = {
    "visits, first page": "/inspections",
    "visits, a page in the middle": "/inspections?page=60",
    "visits of one kind and state": "/inspections?kind=random&state=closed",
    "findings, open by last day": "/findings",
    "findings of one grade": "/findings?view=all&grade=serious",
}
DIST = Path(__file__).resolve().parents[1] / "static" / "dist"


def main(_arguments: list[str] | None = None) -> list[Row]:
    """Measure and return the rows; print nothing. There are no arguments."""
    with (
        tempfile.TemporaryDirectory() as folder,
        _county(Path(folder) / "small", SIZES[0]) as small,
        _county(Path(folder) / "large", SIZES[1]) as large,
    ):
        rows = [_ratio(name, address, small, large) for name, address in LISTS.items()]
        return rows + _weights(small)


def _ratio(name: str, address: str, small: FlaskClient, large: FlaskClient) -> Row:
    spent: dict[FlaskClient, list[float]] = {small: [], large: []}
    for lap in range(ROUNDS + 1):
        for client in (small, large):
            started = time.process_time()
            assert client.get(address).status_code == 200
            if lap:
                spent[client].append(time.process_time() - started)
    few, many = (statistics.median(spent[client]) for client in (small, large))
    figure = f"{many / few:.2f} ({few * 1000:.0f} / {many * 1000:.0f} ms)"
    return (f"{name}: 100,000 over 10,000", figure, "<= 1.30", many <= 1.3 * few)


def _weights(client: FlaskClient) -> list[Row]:
    page = client.get("/inspections/1/fill").get_data()
    sent = client.get("/inspections/1/fill", headers={"Accept-Encoding": "br"})
    html = len(sent.get_data())
    names = sorted(set(re.findall(rb'/static/([^"#]+)', page)))
    files = [len(brotli.compress((DIST / name.decode()).read_bytes())) for name in names]
    whole = html + sum(files)
    return [
        ("visit page, HTML compressed, KB", f"{html / 1024:.1f}", "<= 40", html <= 40 * 1024),
        ("visit page and files it names, KB", f"{whole / 1024:.1f}", "<= 75", whole <= 75 * 1024),
    ]


@contextmanager
def _county(folder: Path, visits: int) -> Iterator[FlaskClient]:
    """Yield a client signed in to a county with so many closed visits and findings."""
    settings = Settings(instance=folder, secret_key="b" * 40)
    folder.mkdir()
    upgrade_database(settings.database)
    services = open_services(settings)
    database = services.get(Database)
    with Session(database.writer) as session:
        inspector = make_officer(session, post=Post.SECTION_CHIEF)
        factories = [make_factory(session, name=f"示例{n}厂").id for n in range(600)]
        make_open_inspection(session, lead=inspector)
        _fill(session, inspector, factories, visits)
        token = open_sign_in(session, inspector, device="bench", at=now())
        session.commit()
        session.execute(update(Officer).values(must_change_password=False))
        session.commit()
    client = create_app(settings, services).test_client()
    with client.session_transaction() as cookie:
        cookie[TOKEN_KEY] = token
    try:
        yield client
    finally:
        database.close()


def _fill(session: Session, inspector: Officer, factories: list[int], visits: int) -> None:
    first = 100
    inspections = [_visit(first + n, inspector, factories[n % 600], n) for n in range(visits)]
    session.execute(insert(Inspection), inspections)
    session.execute(insert(Finding), [_finding(visit, n) for n, visit in enumerate(inspections)])


def _visit(visit_id: int, inspector: Officer, factory_id: int, number: int) -> dict[str, object]:
    opened_at = START + timedelta(minutes=13 * number)
    return {
        "id": visit_id,
        "client_key": f"00000000-0000-4000-9000-{visit_id:012d}",
        "factory_id": factory_id,
        "county_code": inspector.county_code,
        "edition_code": "2026",
        "kind": KINDS[number % len(KINDS)],
        "state": InspectionState.CLOSED,
        "lead_id": inspector.id,
        "opened_at": opened_at,
        "changed_at": opened_at,
        "closed_at": opened_at + timedelta(minutes=40),
        "score": 80,
        "mark": "good",
    }


def _finding(visit: dict[str, object], number: int) -> dict[str, object]:
    opened_at = visit["opened_at"]
    assert isinstance(opened_at, datetime)
    return {
        "inspection_id": visit["id"],
        "factory_id": visit["factory_id"],
        "county_code": visit["county_code"],
        "edition_code": "2026",
        "checkpoint_code": "A3-02",
        "wording": "门口堆放纸箱约12只。",
        "grade": "serious" if number % 3 else "general",
        "bases": [],
        "requirement": "立即清除。",
        "grace_days": 7,
        "due_on": (opened_at + timedelta(days=7)).date(),
        "photos": [],
        "state": FindingState.CLOSED if number % 4 else FindingState.OPEN,
        "found_at": opened_at,
    }
