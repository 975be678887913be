"""A real server: killed between receiving and answering, and held up by slow phones."""

import http.client
import json
import socket
import time
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import func, select

from firesafe.accounts.upload_tokens import issue_upload_token
from firesafe.core.clock import now
from firesafe.inspections.models import Inspection
from firesafe.sync.models import Parcel
from tests.makers import make_factory, make_officer
from tests.phones import ANDROID, PHONE
from tests.serving import Service
from tests.sync.sent import a_key, a_parcel, answer, bytes_of, opening

SLOW_PHONES = 120  # more than the server would take without being told
PHOTO_BYTES = 300_000
WAIT_SECONDS = 30


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    made = Service.made_in(tmp_path_factory.mktemp("killed"))
    made.start()
    yield made
    made.close()


@pytest.fixture
def team(service):
    with service.database.writing() as session:
        lead, second = make_officer(session), make_officer(session)
        factory = make_factory(session)
        token = issue_upload_token(session, lead, phone=PHONE, device=ANDROID, at=now())
    return lead, second, factory, token


@pytest.fixture
def sent(team):
    """A parcel that begins a visit: its visit, its key, its bytes, and who sends it."""
    _lead, second, factory, token = team
    visit = a_key()
    body = bytes_of(a_parcel(visit, opening(factory, second), answer("A3-02", verdict="pass")))
    return visit, a_key(), body, token


def headers_of(body, token):
    return {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Parcel-Sent-At": now().isoformat(),
    }


def put(service, key, body, token):
    """Send a parcel and return the answer's status and JSON."""
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=WAIT_SECONDS)
    with closing(connection):
        connection.request("PUT", f"/sync/parcels/{key}", body, headers_of(body, token))
        told = connection.getresponse()
        return told.status, json.loads(told.read())


def sent_off(service, path, body, token, *, length=None):
    """Send a request, or its first ``length`` bytes, and read no answer."""
    said = "".join(f"{name}: {value}\r\n" for name, value in headers_of(body, token).items())
    line = socket.create_connection(("127.0.0.1", service.port), timeout=WAIT_SECONDS)
    line.sendall(f"PUT {path} HTTP/1.1\r\nHost: x\r\n{said}\r\n".encode())
    line.sendall(body[:length])
    return line


def kept(service, visit, key):
    """Return how many visits and parcels there are of these keys."""
    with service.database.reading() as session:
        return (
            session.scalar(
                select(func.count()).select_from(Inspection).where(Inspection.client_key == visit)
            ),
            session.scalar(select(func.count()).select_from(Parcel).where(Parcel.key == key)),
        )


def wait_until(is_so):
    """Return once something is so, and say so if it never becomes so."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.005)


def unread_bytes(service, line):
    """Return how much of what a line brought the server has not read yet, as its kernel knows."""
    ends = (f"0100007F:{service.port:04X}", f"0100007F:{line.getsockname()[1]:04X}")
    for row in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = row.split()
        if (fields[1], fields[2]) == ends:
            return int(fields[4].partition(":")[2], 16)
    return None


def test_a_reply_that_was_lost_is_given_again(service, sent):
    visit, key, body, token = sent
    sent_off(service, f"/sync/parcels/{key}", body, token).close()
    wait_until(lambda: kept(service, visit, key) == (1, 1))

    status, receipt = put(service, key, body, token)

    assert (status, receipt["sha256"]) == (200, sha256(body).hexdigest())
    assert kept(service, visit, key) == (1, 1)


def test_a_server_killed_before_it_kept_a_parcel_gets_it_once_when_it_comes_again(service, sent):
    """The parcel has arrived, and waits for the database, when the power is cut."""
    visit, key, body, token = sent
    with service.database.writing() as session:
        session.connection()  # from here on nobody else writes on SQLite; not from `begin` on
        line = sent_off(service, f"/sync/parcels/{key}", body, token)
        wait_until(lambda: unread_bytes(service, line) == 0)
        service.kill()
    line.close()
    assert kept(service, visit, key) == (0, 0)
    service.start()

    status, receipt = put(service, key, body, token)

    assert (status, receipt["sha256"]) == (200, sha256(body).hexdigest())
    assert kept(service, visit, key) == (1, 1)


def test_a_server_killed_after_it_kept_a_parcel_knows_it_when_it_comes_again(service, sent):
    """Nobody has read the answer when the power is cut."""
    visit, key, body, token = sent
    line = sent_off(service, f"/sync/parcels/{key}", body, token)
    wait_until(lambda: kept(service, visit, key) == (1, 1))
    service.kill()
    line.close()
    service.start()

    status, receipt = put(service, key, body, token)

    assert (status, receipt["parcel"]) == (200, key)
    assert kept(service, visit, key) == (1, 1)


@pytest.mark.parametrize("seconds", [0.003, 0.01, 0.03])
def test_a_server_killed_at_any_moment_has_it_exactly_once_in_the_end(service, sent, seconds):
    visit, key, body, token = sent
    line = sent_off(service, f"/sync/parcels/{key}", body, token)
    time.sleep(seconds)
    service.kill()
    line.close()
    before = kept(service, visit, key)
    service.start()

    assert put(service, key, body, token)[0] == 200
    assert before in ((0, 0), (1, 1))
    assert kept(service, visit, key) == (1, 1)


def test_slow_phones_hold_nobody_up(service, sent):
    """Many have begun to send and hang; others are answered, and the slow ones finish."""
    _visit, key, body, token = sent
    slow = body + b" " * PHOTO_BYTES
    lines = [
        sent_off(service, f"/sync/parcels/{a_key()}", slow, token, length=1024)
        for _ in range(SLOW_PHONES)
    ]

    answered = [put(service, key, body, token)[0] for _ in range(3)]

    assert answered == [200] * 3
    lines[0].sendall(slow[1024:])
    assert lines[0].recv(12) == b"HTTP/1.1 200"
    for line in lines:
        line.close()
