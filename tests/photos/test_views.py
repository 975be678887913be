import hashlib
from datetime import UTC, datetime
from io import BytesIO

import pytest

from firesafe.accounts.posts import Post
from firesafe.core.clock import now
from firesafe.jobs.worker import run_due_jobs
from firesafe.photos.models import PhotoState
from firesafe.photos.queries import find_photo
from firesafe.photos.rules import ORIGINAL, Source, photo_key
from tests.makers import make_officer
from tests.phones import sending_phone
from tests.photos.pictures import jpeg

PICTURE = jpeg()
SHA = hashlib.sha256(PICTURE).hexdigest()
JSON = {"Accept": "application/json"}
PROBLEM = "application/problem+json"


@pytest.fixture
def phone(app, session):
    """An inspector's phone, which may send."""
    return sending_phone(app, session, make_officer(session))


def put(phone, data=PICTURE, *, sha256=None, **headers):
    sha256 = sha256 or hashlib.sha256(data).hexdigest()
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return phone.put(f"/photos/{sha256}", data=data, headers=JSON | named)


def test_a_photograph_is_received(phone, kept):
    answer = put(phone)

    assert answer.status_code == 200
    assert answer.json == {"sha256": SHA, "state": "received"}
    assert kept() == [photo_key(SHA, ORIGINAL)]


def test_the_phone_sees_when_it_is_readable_and_may_send_again(phone, services):
    put(phone)
    run_due_jobs(services, at=now())

    readable = {"sha256": SHA, "state": "readable"}
    assert phone.get(f"/photos/{SHA}", headers=JSON).json == readable
    assert put(phone).json == readable


def test_the_phone_sees_why_it_cannot_be_read(phone, services):
    damaged = PICTURE[:-200]
    answer = put(phone, damaged)
    run_due_jobs(services, at=now())

    told = phone.get(
        f"/photos/{answer.json['sha256']}", headers=JSON | {"Accept-Language": "en"}
    ).json

    assert (told["state"], told["fault"]) == ("unreadable", "cut-short")
    assert told["sentence"]


@pytest.mark.parametrize(
    ("data", "sha256", "fault"),
    [
        (b"<svg/>", None, "not-a-photograph"),
        (PICTURE, "0" * 64, "checksum"),
        (PICTURE + bytes(21 * 1024 * 1024), None, "too-large"),
    ],
)
def test_a_refusal_is_named_and_leaves_nothing(phone, kept, database, data, sha256, fault):
    answer = put(phone, data, sha256=sha256)

    assert (answer.status_code in {413, 422}, answer.mimetype) == (True, PROBLEM)
    assert answer.status_code == 413 or answer.json["fault"] == fault
    assert answer.json["detail"]
    assert kept() == []
    with database.reading() as session:
        assert find_photo(session, sha256 or hashlib.sha256(data).hexdigest()) is None


@pytest.mark.parametrize(
    ("said", "fault"),
    [({"HTTP_TRANSFER_ENCODING": "chunked"}, "length-missing"), ({"CONTENT_LENGTH": "0"}, "empty")],
)
def test_a_body_of_no_length_is_refused(phone, kept, said, fault):
    answer = phone.put(f"/photos/{SHA}", data=PICTURE, headers=JSON, environ_overrides=said)

    assert (answer.status_code, answer.json["fault"]) == (422, fault)
    assert kept() == []


def test_a_body_cut_off_on_its_way_is_refused(phone, kept):
    answer = phone.put(
        f"/photos/{SHA}",
        input_stream=BytesIO(PICTURE[:-5000]),
        headers=JSON,
        environ_overrides={"CONTENT_LENGTH": str(len(PICTURE))},
    )

    assert answer.status_code in {400, 422}
    assert kept() == []


@pytest.mark.parametrize("address", [SHA.upper(), "g" * 64])
def test_an_address_that_is_no_checksum_is_not_found(phone, address, kept):
    assert put(phone, sha256=address).status_code == 404
    assert kept() == []


def test_a_photograph_that_has_not_arrived_is_not_found(phone):
    assert phone.get(f"/photos/{SHA}", headers=JSON).status_code == 404


def test_a_repeated_photograph_is_not_read_again(phone, database, store):
    put(phone)

    answer = put(phone, b"anything at all", sha256=SHA)

    assert answer.json == {"sha256": SHA, "state": "received"}
    assert store.get(photo_key(SHA, ORIGINAL)) == PICTURE


def test_a_photograph_that_the_store_has_lost_is_taken_in_again(phone, store, services):
    put(phone)
    run_due_jobs(services, at=now())
    store.delete(photo_key(SHA, ORIGINAL))

    assert put(phone).json["state"] == "readable"
    assert store.get(photo_key(SHA, ORIGINAL)) == PICTURE


def test_what_the_phone_says_is_kept(phone, database):
    put(
        phone,
        Photo_Source="camera",
        Photo_Taken_At="2026-11-23T10:32:00+08:00",
        Photo_Place="32.68452,109.02731,12",
    )

    with database.reading() as session:
        photo = find_photo(session, SHA)
    assert photo.source is Source.CAMERA
    assert photo.taken_at == datetime(2026, 11, 23, 2, 32, tzinfo=UTC)
    assert (photo.latitude, photo.longitude, photo.accuracy_m) == (32.68452, 109.02731, 12)


def test_nonsense_that_the_phone_says_is_left_out(phone, database):
    put(phone, Photo_Source="drone", Photo_Taken_At="2026-11-23T10:32", Photo_Place="north,nan")

    with database.reading() as session:
        photo = find_photo(session, SHA)
    assert photo.state is PhotoState.RECEIVED
    assert (photo.source, photo.taken_at, photo.latitude) == (Source.UNKNOWN, None, None)


def test_what_the_photograph_was_made_from_is_kept(phone, database):
    put(phone, Photo_Original="a" * 64, Photo_Drawn_Over="b" * 64)

    with database.reading() as session:
        photo = find_photo(session, SHA)
    assert (photo.original_sha256, photo.drawn_over_sha256) == ("a" * 64, "b" * 64)


@pytest.mark.parametrize("nonsense", ["", "a" * 63, "A" * 64, "../" * 22])
def test_what_it_cannot_have_been_made_from_is_left_out(phone, database, nonsense):
    put(phone, Photo_Original=nonsense, Photo_Drawn_Over=nonsense)

    with database.reading() as session:
        photo = find_photo(session, SHA)
    assert (photo.original_sha256, photo.drawn_over_sha256) == (None, None)


def test_an_unreadable_photograph_may_be_sent_again(phone, services, kept):
    damaged = PICTURE[:-200]
    sha256 = put(phone, damaged).json["sha256"]
    run_due_jobs(services, at=now())

    assert put(phone, damaged).json == {"sha256": sha256, "state": "received"}
    assert kept() == [photo_key(sha256, ORIGINAL)]
    run_due_jobs(services, at=now())
    assert phone.get(f"/photos/{sha256}").json["state"] == "unreadable"


def test_strangers_and_other_posts_are_refused(app, session, kept):
    supervisor = sending_phone(app, session, make_officer(session, post=Post.CITY_SUPERVISOR))

    assert put(app.test_client()).status_code == 401
    assert put(supervisor).status_code == 403
    assert kept() == []
