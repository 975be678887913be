import hashlib
from io import BytesIO

import pytest

from firesafe.core.errors import NotFound
from firesafe.photos.intake import take_in
from firesafe.photos.prints import sized_photo, stamped_photo
from firesafe.photos.rules import ORIGINAL, SIZES, SMALL, photo_key
from firesafe.photos.serving import send_photo, send_stamped_photo
from firesafe.photos.store import open_store
from tests.photos.pictures import jpeg

PICTURE = jpeg()
SHA = hashlib.sha256(PICTURE).hexdigest()
LINES = ("示例玩具一厂",)


@pytest.fixture
def store():
    opened = open_store("memory:///")
    take_in(opened, BytesIO(PICTURE), byte_count=len(PICTURE))
    return opened


@pytest.mark.parametrize("size", SIZES)
def test_a_photograph_is_given_out_as_a_jpeg(app, store, size):
    with app.test_request_context():
        answer = send_photo(store, SHA, size)

    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.data == sized_photo(store, SHA, size)


def test_the_browser_keeps_it_for_itself_and_runs_nothing_in_it(app, store):
    with app.test_request_context():
        headers = send_photo(store, SHA, SMALL).headers

    assert headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_what_the_browser_has_is_not_sent_again(app, store):
    with app.test_request_context():
        tag = send_photo(store, SHA, SMALL).headers["ETag"]
    store.delete(photo_key(SHA, SMALL))
    store.delete(photo_key(SHA, ORIGINAL))

    with app.test_request_context(headers={"If-None-Match": tag}):
        answer = send_photo(store, SHA, SMALL)

    assert (answer.status_code, answer.data) == (304, b"")


def test_a_stamped_copy_is_given_out(app, store):
    with app.test_request_context():
        answer = send_stamped_photo(store, SHA, LINES)

    assert answer.data == stamped_photo(store, SHA, LINES)
    assert answer.data != sized_photo(store, SHA, SIZES[0])


@pytest.mark.parametrize(("sha256", "size"), [("0" * 64, SMALL), (SHA, 4000), (SHA, 0)])
def test_what_is_not_there_is_not_found(app, store, sha256, size):
    with app.test_request_context(), pytest.raises(NotFound):
        send_photo(store, sha256, size)


def test_what_cannot_be_read_is_not_found_and_the_upload_is_not_given_out(app, store):
    store.put(photo_key(SHA, ORIGINAL), PICTURE[:3000])

    with app.test_request_context(), pytest.raises(NotFound):
        send_photo(store, SHA, SMALL)
    with app.test_request_context(), pytest.raises(NotFound):
        send_stamped_photo(store, SHA, LINES)
