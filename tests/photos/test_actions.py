import hashlib
import threading
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import weasyprint  # noqa: F401 — importing it turns truncated pictures on for the process
from sqlalchemy import func, select

from firesafe.accounts.models import Officer
from firesafe.accounts.posts import Post
from firesafe.audit.models import AuditEntry
from firesafe.core.errors import Refused
from firesafe.jobs.models import Job, JobState
from firesafe.jobs.worker import run_due_jobs
from firesafe.photos.actions import Said, develop_photo, enter_photo, receive_photo
from firesafe.photos.intake import take_in
from firesafe.photos.metadata import Place
from firesafe.photos.models import Photo, PhotoState
from firesafe.photos.queries import find_photo
from firesafe.photos.rules import ORIGINAL, SIZES, BadPhotograph, Fault, Source, photo_key
from tests.makers import MONDAY, PINGLI, make_officer
from tests.photos.hostile import hostile_files
from tests.photos.pictures import exif, jpeg

PICTURE = jpeg(2000, 1500)
SHA = hashlib.sha256(PICTURE).hexdigest()
DAMAGED = jpeg()[:-300]
PRINTS = [f"photos/{SHA[:2]}/{SHA}.{size}" for size in ("1600.jpg", "320.jpg", "800.jpg", "orig")]
NEXT_DAY = MONDAY + timedelta(days=1)


@pytest.fixture
def inspector(session):
    officer = make_officer(session)
    session.commit()
    return officer


@pytest.fixture
def send(database, store, inspector):
    """Take a photograph in, enter it, and return its SHA-256."""

    def sent(data=PICTURE, **more):
        arrived = take_in(store, BytesIO(data), byte_count=len(data))
        with database.writing() as session:
            enter_photo(session, arrived, by=inspector, at=MONDAY, **more)
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
    start, faults = threading.Barrier(20), []

    def send():
        try:
            start.wait()
            arrived = take_in(store, BytesIO(PICTURE), byte_count=len(PICTURE), sha256=SHA)
            with database.writing() as session:
                enter_photo(session, arrived, by=inspector, at=MONDAY)
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

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


def test_a_worker_that_died_before_deleting_deletes_the_next_time(send, store, database, kept):
    sha256 = send(DAMAGED)
    develop_photo(database, store, sha256, at=MONDAY)
    store.put(photo_key(sha256, ORIGINAL), DAMAGED)

    develop_photo(database, store, sha256, at=MONDAY)

    assert kept() == []


def test_a_photograph_lost_by_the_store_is_developed_once_it_is_sent_again(
    send, services, store, database
):
    send()
    store.delete(photo_key(SHA, ORIGINAL))
    for attempt in range(6):
        run_due_jobs(services, at=MONDAY + timedelta(hours=attempt))
    with database.reading() as session:
        assert session.scalars(select(Job.state)).all() == [JobState.FAILED]

    send()
    run_due_jobs(services, at=NEXT_DAY)

    assert photo_now(database).state is PhotoState.READABLE


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
