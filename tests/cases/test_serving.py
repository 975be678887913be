"""A large case from a running service, to a reader that goes away and to one that stays."""

import hashlib
import os
import re
import socket
from http.client import HTTPConnection
from pathlib import Path

import pytest
from sqlalchemy import select

from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.settings import read_settings
from firesafe.findings.models import Evidence
from firesafe.photos.actions import enter_photo
from firesafe.photos.intake import Arrived
from firesafe.photos.rules import ORIGINAL, MediaType, photo_key
from firesafe.photos.store import open_store
from tests.cases.whole import unpacked
from tests.notices.cases import TUESDAY, make_case, new_key

MEGABYTE = 1024 * 1024
PHOTO_BYTES, PHOTOS = 4 * MEGABYTE, 30
MOST_GROWTH_MB = 50  # the server keeps 16 MB for a slow reader, here mostly on the disk


@pytest.fixture
def large(live_server):
    """A case of 120 MB: a manager sent large photographs in one round."""
    store = open_store(read_settings(live_server.instance).store)
    with live_server.writing() as session:
        case = make_case(session, store)
        sent = []
        for _ in range(PHOTOS):
            content = os.urandom(PHOTO_BYTES)
            sent.append(hashlib.sha256(content).hexdigest())
            store.put(photo_key(sent[-1], ORIGINAL), content)
            arrived = Arrived(sent[-1], MediaType.JPEG, PHOTO_BYTES)
            enter_photo(session, arrived, by=case.manager, at=TUESDAY)
        evidence = Evidence(client_key=new_key(), finding_id=case.finding.id, round=1, note="",
                            photos=sent, sent_at=TUESDAY, sent_by_id=case.manager.id)  # fmt: skip
        session.add(evidence)
    return case


def asked(server, case):
    """Ask for the case as its page does, and return the connection with the answer to come."""
    address = f"/factories/{case.visit.factory_id}/case"
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {"Cookie": f"session={server.cookie_of(case.chief)}"}
    connection.request("GET", address, headers=headers)
    page = connection.getresponse()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.read().decode())[1]
    headers |= {
        "Cookie": page.getheader("Set-Cookie").partition(";")[0],
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", address, f"csrf_token={token}", headers)
    return connection


def events(server):
    with server.database.reading() as session:
        taking = (Event.CASE_TAKEN, Event.CASE_WRITTEN)
        rows = select(AuditEntry.event).where(AuditEntry.event.in_(taking))
        return list(session.scalars(rows.order_by(AuditEntry.id)))


def most_memory_mb(server):
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def test_a_large_case_is_streamed_and_who_goes_away_leaves_nothing(live_server, large):
    spool = open_store(read_settings(live_server.instance).store).spool_folder
    before, left = most_memory_mb(live_server), asked(live_server, large)
    left.sock.recv(MEGABYTE)
    left.sock.shutdown(socket.SHUT_RDWR)
    left.close()

    stays = asked(live_server, large).getresponse()
    found = unpacked(stays.read())

    assert stays.getheader("Content-Type") == "application/zip"
    assert len(found.below("整改证据照片")) == PHOTOS
    assert events(live_server) == [Event.CASE_TAKEN, Event.CASE_TAKEN, Event.CASE_WRITTEN]
    assert list(spool.iterdir()) == []
    assert most_memory_mb(live_server) - before < MOST_GROWTH_MB
