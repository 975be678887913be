import hashlib
import os
import threading
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import weasyprint  # noqa: F401 — importing it turns truncated pictures on for the process
from sqlalchemy import delete, func, select

from firesafe.accounts.models import Officer
from firesafe.accounts.posts import Post
from firesafe.audit.models import AuditEntry
from firesafe.core.db import Database
from firesafe.core.errors import Refused
from firesafe.jobs.actions import MOST_ATTEMPTS
from firesafe.jobs.models import Job, JobState
from firesafe.jobs.worker import ask_for_daily_jobs, job, run_due_jobs
from firesafe.photos.actions import (
    Said,
    develop_photo,
    enter_photo,
    follow_developed,
    receive_photo,
)
from firesafe.photos.intake import Arrived, take_in
from firesafe.photos.metadata import Place
from firesafe.photos.models import Photo, PhotoState
from firesafe.photos.queries import find_photo
from firesafe.photos.rules import (
    ORIGINAL,
    SIZES,
    BadPhotograph,
    Fault,
    MediaType,
    Source,
    photo_key,
)
from firesafe.photos.store import SPOOL_SECONDS
from tests.makers import MONDAY, PINGLI, make_officer
from tests.patience import PATIENCE_SECONDS, run_at_once
from tests.photos.hostile import hostile_files
from tests.photos.pictures import exif, jpeg

PICTURE = jpeg(2000, 1500)
SHA = hashlib.sha256(PICTURE).hexdigest()
DAMAGED = jpeg()[:-300]
PRINTS = [f"photos/{SHA[:2]}/{SHA}.{size}" for size in ("1600.jpg", "320.jpg", "800.jpg", "orig")]
NEXT_DAY = MONDAY + timedelta(days=1)


heard = []


@job("tests.follow")
def follow(work):
    with work.database.reading() as session:
        heard.append((work.payload["sha256"], find_photo(session, work.payload["sha256"]).state))


@pytest.fixture
def room_above():
    """A room above that wants to hear of each photograph, and says so twice."""
    heard.clear()
    follow_developed("tests.follow")
    follow_developed("tests.follow")


@pytest.fixture
def inspector(session):
    officer = make_officer(session)
    session.commit()
    return officer


@pytest.fixture
def send(database, store, inspector):
    """Take a photograph in, enter it, and return its SHA-256."""

    def sent(data=PICTURE, *, at=MONDAY, **more):
        arrived = take_in(store, BytesIO(data), byte_count=len(data))
        with database.writing() as session:
            enter_photo(session, arrived, by=inspector, at=at, **more)
        return arrived.sha256

    return sent


def photo_now(database, sha256=SHA):
    with database.reading() as session:
        return find_photo(session, sha256)


def test_a_photograph_is_received_then_readable(send, services, database, kept):
    send()
    assert photo_now(database).state is PhotoState.RECEIVED
    assert kept() == PRINTS[3:]

    run_due_jobs(services, at=MONDAY)

    photo = photo_now(database)
    assert (photo.state, photo.fault) == (PhotoState.READABLE, None)
    assert (photo.width_px, photo.height_px, photo.byte_count) == (2000, 1500, len(PICTURE))
    assert len(photo.fingerprint) == 16
    assert kept() == PRINTS


def test_the_same_photograph_twice_is_one_file_one_row_one_job(send, services, database, kept):
    send()
    send()
    run_due_jobs(services, at=MONDAY)
    send()

    assert run_due_jobs(services, at=NEXT_DAY) == 0
    assert kept() == PRINTS
    with database.reading() as session:
        assert session.scalar(select(func.count(Photo.id))) == 1
        assert session.scalar(select(func.count(Job.id))) == 1
        events = session.scalars(select(AuditEntry.event)).all()
    assert events == ["photos:photo:received"]
    assert photo_now(database).state is PhotoState.READABLE


def test_twenty_senders_at_once_make_one_row(services, database, store, inspector, kept):
    start, faults = threading.Barrier(20, timeout=PATIENCE_SECONDS), []

    def send():
        try:
            start.wait()
            arrived = take_in(store, BytesIO(PICTURE), byte_count=len(PICTURE), sha256=SHA)
            with database.writing() as session:
                enter_photo(session, arrived, by=inspector, at=MONDAY)
        except Exception as fault:
            faults.append(fault)

    run_at_once(*[send] * 20)

    assert faults == []
    with database.reading() as session:
        assert session.scalar(select(func.count(Photo.id))) == 1
        assert session.scalar(select(func.count(Job.id))) == 1
        assert session.scalar(select(func.count(AuditEntry.id))) == 1
    assert run_due_jobs(services, at=MONDAY) == 1
    assert kept() == PRINTS


def test_a_crash_between_file_and_row_is_mended_by_sending_again(send, store, database, kept):
    key = photo_key(SHA, ORIGINAL)
    store.put(key, PICTURE[:1000])  # what a crash may leave under the name

    assert photo_now(database) is None
    send()

    assert store.get(key) == PICTURE
    assert kept() == PRINTS[3:]


def test_a_form_that_comes_to_nothing_leaves_no_row(database, store, inspector):
    with pytest.raises(RuntimeError), database.writing() as session:
        receive_photo(session, store, BytesIO(PICTURE), by=inspector, at=MONDAY)
        raise RuntimeError

    assert photo_now(database) is None


def test_a_photograph_that_cannot_be_read_is_named_and_leaves_no_file(
    send, services, database, kept
):
    sha256 = send(DAMAGED)

    run_due_jobs(services, at=MONDAY)

    photo = photo_now(database, sha256)
    assert (photo.state, photo.fault) == (PhotoState.UNREADABLE, Fault.CUT_SHORT)
    assert kept() == []
    with database.reading() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.event, entry.facts) == ("photos:photo:unreadable", {"fault": "cut-short"})


def test_a_hundred_hostile_files_leave_no_file_behind(send, services, database, kept):
    spared = []
    for case in hostile_files():
        try:
            sha256 = send(case.data)
        except BadPhotograph as bad:
            fault = bad.fault
        else:
            run_due_jobs(services, at=MONDAY)
            fault = photo_now(database, sha256).fault
        if fault is not case.fault or kept():
            spared.append((case.name, fault, kept()))

    assert spared == []


def test_a_worker_that_died_before_its_note_comes_to_the_same_end(send, store, database, kept):
    send()
    store.put(photo_key(SHA, SIZES[0]), b"half a pri")

    for _ in range(2):
        develop_photo(database, store, SHA, at=MONDAY)

    assert photo_now(database).state is PhotoState.READABLE
    assert kept() == PRINTS
    assert len(store.get(photo_key(SHA, SIZES[0]))) > 1000


def test_a_file_that_is_gone_is_looked_for_and_then_asked_for_again(
    send, services, store, database
):
    send()
    store.delete(photo_key(SHA, ORIGINAL))
    for hours in range(MOST_ATTEMPTS - 1):
        run_due_jobs(services, at=MONDAY + timedelta(hours=hours))
    assert photo_now(database).state is PhotoState.RECEIVED

    run_due_jobs(services, at=NEXT_DAY)

    assert photo_now(database) is None
    with database.reading() as session:
        events = session.scalars(select(AuditEntry.event).order_by(AuditEntry.id)).all()
    assert events == ["photos:photo:received", "photos:photo:lost"]
    send(at=NEXT_DAY)
    run_due_jobs(services, at=NEXT_DAY)
    assert photo_now(database).state is PhotoState.READABLE


def test_a_worker_that_died_before_it_noted_a_fault_comes_to_an_end(
    send, services, store, database
):
    sha256 = send(DAMAGED)
    store.delete(photo_key(sha256, ORIGINAL))  # and here it died

    for hours in range(MOST_ATTEMPTS):
        run_due_jobs(services, at=MONDAY + timedelta(hours=hours))

    assert photo_now(database, sha256) is None


def test_an_unreadable_photograph_is_developed_anew_when_it_is_sent_again(
    send, services, store, database, inspector
):
    sha256 = send(DAMAGED)
    run_due_jobs(services, at=MONDAY)
    store.put(photo_key(sha256, ORIGINAL), PICTURE)  # as if reading had failed, not the file

    with database.writing() as session:
        arrived = Arrived(sha256, MediaType.JPEG, len(DAMAGED))
        enter_photo(session, arrived, by=inspector, at=NEXT_DAY, said=Said(Source.CAMERA))
    waiting = photo_now(database, sha256)
    run_due_jobs(services, at=NEXT_DAY)

    assert (waiting.state, waiting.fault) == (PhotoState.RECEIVED, None)
    assert (waiting.received_at, waiting.source) == (NEXT_DAY, Source.CAMERA)
    assert photo_now(database, sha256).state is PhotoState.READABLE


def test_an_unreadable_photograph_from_many_phones_is_developed_anew_once(send, services, database):
    sha256 = send(DAMAGED)
    run_due_jobs(services, at=MONDAY)

    send(DAMAGED, at=NEXT_DAY)
    send(DAMAGED, at=NEXT_DAY + timedelta(seconds=1))

    assert photo_now(database, sha256).received_at == NEXT_DAY
    assert run_due_jobs(services, at=NEXT_DAY) == 1


@pytest.mark.usefixtures("room_above")
def test_those_above_hear_of_every_photograph_once_it_is_developed(send, services, database):
    good, bad = send(), send(DAMAGED)

    run_due_jobs(services, at=MONDAY, most=2)
    with database.reading() as session:
        kind = Job.kind == "tests.follow"
        asked = session.scalars(select(Job).where(kind, Job.state == JobState.WAITING)).all()
    assert [job.payload for job in asked] == [{"sha256": good}, {"sha256": bad}]
    run_due_jobs(services, at=MONDAY)
    assert heard == [(good, PhotoState.READABLE), (bad, PhotoState.UNREADABLE)]

    send(DAMAGED, at=NEXT_DAY)
    run_due_jobs(services, at=NEXT_DAY)
    assert heard[2:] == [(bad, PhotoState.UNREADABLE)]


@pytest.mark.usefixtures("room_above")
def test_those_above_hear_only_of_what_was_noted(send, services, store, database):
    send()
    with database.writing() as session:
        session.execute(delete(Photo))  # the row is gone when the worker wants to note

    run_due_jobs(services, at=MONDAY)

    assert heard == []


def test_what_lies_in_the_spool_too_long_is_swept_every_day(services, store):
    left = store.spool_folder / "left"
    left.write_bytes(b"half")
    os.utime(left, (MONDAY.timestamp() - SPOOL_SECONDS - 1,) * 2)

    ask_for_daily_jobs(services.get(Database), at=MONDAY)
    run_due_jobs(services, at=MONDAY)

    assert not left.exists()


def test_what_the_file_says_outweighs_what_the_phone_says(send, services, database):
    taken = {"DateTimeOriginal": "2026:11:23 10:32:00"}
    data = jpeg(exif=exif(**taken))
    said = Said(Source.CAMERA, datetime(2026, 1, 1, tzinfo=UTC), Place(32.68, 109.03, 12.0))

    sha256 = send(data, said=said)
    run_due_jobs(services, at=MONDAY)

    photo = photo_now(database, sha256)
    assert photo.taken_at == datetime(2026, 11, 23, 2, 32, tzinfo=UTC)
    assert photo.is_zone_assumed
    assert (photo.latitude, photo.longitude, photo.accuracy_m) == (32.68, 109.03, 12.0)
    assert photo.source is Source.CAMERA


def test_who_sent_it_and_when_is_kept(send, database, inspector):
    send()

    photo = photo_now(database)
    assert (photo.received_from_id, photo.received_at) == (inspector.id, MONDAY)
    with database.reading() as session:
        entry = session.scalars(select(AuditEntry)).one()
    assert (entry.by_id, entry.county_code) == (inspector.id, PINGLI)
    assert entry.subject == f"photo:{SHA}"


@pytest.mark.parametrize("post", [Post.CITY_SUPERVISOR, Post.ADMINISTRATOR])
def test_a_post_that_fills_in_no_visits_sends_no_photographs(database, store, kept, post):
    with database.writing() as session:
        stranger: Officer = make_officer(session, post=post)
        with pytest.raises(Refused):
            receive_photo(session, store, BytesIO(PICTURE), by=stranger, at=MONDAY)

    assert kept() == []
