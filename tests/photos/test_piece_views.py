import hashlib
from io import BytesIO

import pytest
from sqlalchemy import func, select

from firesafe.accounts.posts import Post
from firesafe.core.clock import now
from firesafe.jobs.worker import run_due_jobs
from firesafe.photos.models import Photo
from firesafe.photos.queries import find_photo
from firesafe.photos.rules import ORIGINAL, Source, photo_key
from tests.makers import make_officer
from tests.phones import sending_phone
from tests.photos.pictures import jpeg

PICTURE = jpeg(400, 300)
SHA = hashlib.sha256(PICTURE).hexdigest()
TOTAL = len(PICTURE)
HALF = TOTAL // 2
PROBLEM = "application/problem+json"


@pytest.fixture
def phone(app, session):
    return sending_phone(app, session, make_officer(session))


def patch(phone, start, end, *, sha256=SHA, data=PICTURE, total=TOTAL, **headers):
    said = {"Upload-Offset": str(start), "Upload-Length": str(total)}
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return phone.patch(f"/photos/{sha256}", data=data[start:end], headers=said | named)


def test_pieces_become_a_photograph(phone, kept, services):
    first = patch(phone, 0, HALF)
    asked = phone.get(f"/photos/{SHA}")
    last = patch(phone, HALF, TOTAL)

    partial = {"sha256": SHA, "state": "partial", "offset": HALF}
    assert [first.status_code, first.json, asked.json] == [200, partial, partial]
    assert last.json == {"sha256": SHA, "state": "received"}
    assert kept() == [photo_key(SHA, ORIGINAL)]
    run_due_jobs(services, at=now())
    assert phone.get(f"/photos/{SHA}").json["state"] == "readable"


def test_a_piece_that_belongs_elsewhere_is_told_where_to_go_on(phone):
    patch(phone, 0, HALF)

    answer = patch(phone, 0, HALF)

    assert (answer.status_code, answer.mimetype) == (409, PROBLEM)
    assert (answer.json["offset"], answer.json["status"]) == (HALF, 409)
    assert answer.json["detail"]


NO_NUMBERS = ["", "-1", "+0", "1e3", "0x10", "٣", "0 ", "9" * 5000, "1_0", "1.0"]


@pytest.mark.parametrize("name", ["Upload_Offset", "Upload_Length"])
@pytest.mark.parametrize("number", NO_NUMBERS)
def test_what_is_no_plain_number_of_bytes_is_not_as_described(phone, kept, name, number):
    answer = patch(phone, 0, HALF, **{name: number})

    assert (answer.status_code, answer.mimetype) == (422, PROBLEM)
    assert [each["where"] for each in answer.json["faults"]] == [name.replace("_", "-")]
    assert kept() == []


def test_a_photograph_of_no_bytes_is_not_as_described(phone, kept):
    assert patch(phone, 0, HALF, total=0).status_code == 422
    assert kept() == []


def test_a_piece_without_its_place_is_not_as_described(phone, kept):
    answer = phone.patch(f"/photos/{SHA}", data=PICTURE)

    assert answer.status_code == 422
    assert sorted(each["where"] for each in answer.json["faults"]) == [
        *("Upload-Length", "Upload-Offset")
    ]
    assert kept() == []


@pytest.mark.parametrize(
    ("length", "fault"),
    [
        ("999999999999999", "too-large"),
        (str(20 * 1024 * 1024 + 1), "too-large"),
    ],
)
def test_a_hostile_length_is_refused(phone, kept, length, fault):
    answer = patch(phone, 0, HALF, Upload_Length=length)

    assert (answer.status_code, answer.mimetype) == (422, PROBLEM)
    assert answer.json["fault"] == fault
    assert kept() == []


def test_a_piece_shorter_than_announced_never_came(phone):
    patch(phone, 0, HALF)

    answer = phone.patch(
        f"/photos/{SHA}",
        input_stream=BytesIO(PICTURE[HALF : HALF + 100]),
        environ_overrides={"CONTENT_LENGTH": str(TOTAL - HALF)},
        headers={"Upload-Offset": str(HALF), "Upload-Length": str(TOTAL)},
    )

    assert answer.status_code in {400, 422}
    assert phone.get(f"/photos/{SHA}").json["offset"] == HALF
    assert patch(phone, HALF, TOTAL).json["state"] == "received"


def test_a_piece_without_a_length_is_refused(phone, kept):
    answer = phone.patch(
        f"/photos/{SHA}",
        data=PICTURE[:HALF],
        headers={"Upload-Offset": "0", "Upload-Length": str(TOTAL)},
        environ_overrides={"HTTP_TRANSFER_ENCODING": "chunked"},
    )

    assert (answer.status_code, answer.json["fault"]) == (422, "length-missing")
    assert kept() == []


def test_pieces_of_a_photograph_that_is_there_are_not_read(phone, database):
    phone.put(f"/photos/{SHA}", data=PICTURE)

    answer = patch(phone, HALF, TOTAL, data=bytes(TOTAL))

    assert answer.json == {"sha256": SHA, "state": "received"}
    with database.reading() as session:
        assert session.scalar(select(func.count(Photo.id))) == 1


def test_a_photograph_may_be_sent_whole_after_pieces_of_it(phone):
    patch(phone, 0, HALF)

    assert phone.put(f"/photos/{SHA}", data=PICTURE).json["state"] == "received"
    assert phone.get(f"/photos/{SHA}").json["state"] == "received"


def test_other_bytes_under_the_name_are_refused_and_sent_anew(phone, kept):
    patch(phone, 0, HALF)
    answer = patch(phone, HALF, TOTAL, data=bytes(TOTAL))

    assert (answer.status_code, answer.json["fault"]) == (422, "checksum")
    assert phone.get(f"/photos/{SHA}").status_code == 404
    assert kept() == []


def test_what_an_officer_sends_in_pieces_another_does_not_see(app, session, phone):
    other = sending_phone(app, session, make_officer(session))
    patch(phone, 0, HALF)

    assert other.get(f"/photos/{SHA}").status_code == 404
    assert patch(other, HALF, TOTAL).json["offset"] == 0
    assert patch(phone, HALF, TOTAL).json["state"] == "received"
    assert other.get(f"/photos/{SHA}").json["state"] == "received"


def test_what_is_said_with_the_last_piece_is_kept(phone, database):
    patch(phone, 0, HALF, Photo_Source="gallery")
    patch(phone, HALF, TOTAL, Photo_Source="camera", Photo_Original="a" * 64)

    with database.reading() as session:
        photo = find_photo(session, SHA)
    assert (photo.source, photo.original_sha256) == (Source.CAMERA, "a" * 64)


@pytest.mark.parametrize("name", [SHA.upper(), "*" * 64, "g" * 64])
def test_a_name_that_is_no_checksum_is_not_found(phone, kept, name):
    assert patch(phone, 0, HALF, sha256=name).status_code == 404
    assert phone.get(f"/photos/{name}").status_code == 404
    assert kept() == []


def test_strangers_and_other_posts_send_no_pieces(app, session, kept):
    clerk = sending_phone(app, session, make_officer(session, post=Post.COUNTY_CLERK))

    assert patch(app.test_client(), 0, HALF).status_code == 401
    assert patch(clerk, 0, HALF).status_code == 403
    assert kept() == []
