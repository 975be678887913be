"""The files for nginx and Caddy, with the service behind them and a browser and phones before."""

import contextlib
import hashlib
import http.client
import socket
import ssl
from contextlib import closing

import pytest
from sqlalchemy import select

from firesafe.accounts.passwords import hash_password
from firesafe.accounts.upload_tokens import issue_upload_token
from firesafe.core.clock import now
from firesafe.photos.intake import MEGABYTE
from firesafe.photos.models import Photo
from tests.browser import PHONE, LiveServer, chromium
from tests.front.fronts import ADDRESS, FRONTS, NAME, changed, free_front, opened
from tests.makers import make_officer
from tests.phones import ANDROID
from tests.phones import PHONE as PHONE_KEY
from tests.photos.pictures import jpeg, segment, with_segments

pytestmark = pytest.mark.browser

PASSWORD = "高高的山坡 7"
ATTEMPTS = 3


@pytest.fixture(scope="module")
def front():
    return free_front()


@pytest.fixture(scope="module", params=list(FRONTS))
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def certificate(kind, front, server, tmp_path_factory):
    with opened(kind, front, server.port, tmp_path_factory.mktemp(kind)) as shown:
        yield shown


@pytest.fixture(scope="module")
def server(kind, tmp_path_factory):
    """One for each front: it counts how often an address has asked."""
    made = LiveServer.made_in(
        tmp_path_factory.mktemp("behind"),
        public_address=ADDRESS,
        trusted_proxy="127.0.0.1",
        check_page_attempts_per_minute=ATTEMPTS,
    )
    made.start()
    yield made
    made.close()


@pytest.fixture
def page(playwright, front, certificate):
    """A phone that knows the service by its name, and its certificate."""
    switches = [
        "--no-sandbox",
        f"--host-resolver-rules={front.resolver}",
        f"--ignore-certificate-errors-spki-list={certificate.fingerprint}",
    ]
    browser = playwright.chromium.launch(executable_path=chromium(), args=switches)
    yield browser.new_context(**PHONE).new_page()
    browser.close()


@pytest.fixture
def officer(server):
    with server.writing() as session:
        return make_officer(session, password_hash=hash_password(PASSWORD))


@pytest.fixture
def photograph(tmp_path):
    """A photograph of 15 MB."""
    filling = segment(0xFE, b"x" * 65_000)
    file = tmp_path / "door.jpg"
    file.write_bytes(with_segments(jpeg(), *[filling] * 242))
    assert 15 * MEGABYTE < file.stat().st_size < 16 * MEGABYTE
    return file


def sign_in(page, officer):
    page.goto(f"http://{NAME}/sign-in?next=/me")
    page.fill("[name=name]", officer.phone)
    page.fill("[name=password]", PASSWORD)
    page.click("main button.button--main")
    page.wait_for_url(f"{ADDRESS}/me")


def test_who_comes_by_http_signs_in_over_https(page, officer):
    sign_in(page, officer)

    assert page.evaluate("isSecureContext") is True
    protocol = "performance.getEntriesByType('navigation')[0].nextHopProtocol"
    assert page.evaluate(protocol) == "h2"
    assert is_secure(page, "session")


def test_the_service_knows_that_it_is_reached_over_https(page):
    """What it answers itself, without a script: a cookie that is sent over https only."""
    without_script = page.context.browser.new_context(java_script_enabled=False).new_page()
    without_script.goto(f"{ADDRESS}/sign-in")

    without_script.click("[name=language][value=en]")

    without_script.wait_for_selector("html[lang=en]")
    assert is_secure(without_script, "language")


def test_a_photograph_of_15_megabytes_goes_through(page, server, officer, photograph):
    sign_in(page, officer)
    page.evaluate("document.body.append(Object.assign(document.createElement('input'), "
                  "{type: 'file', id: 'photograph'}))")  # fmt: skip
    page.set_input_files("#photograph", photograph)
    sha256 = hashlib.sha256(photograph.read_bytes()).hexdigest()

    status = page.evaluate(
        """async ([sha256, phone]) => {
          const csrf = document.querySelector("[name=csrf_token]").value;
          const asked = await fetch("/sync/tokens", {
            method: "POST",
            headers: { "X-CSRFToken": csrf, "Content-Type": "application/json" },
            body: JSON.stringify({ phone }),
          });
          const { token } = await asked.json();
          const headers = { Authorization: `Bearer ${token}`, "Photo-Source": "gallery" };
          const body = document.querySelector("#photograph").files[0];
          return (await fetch(`/photos/${sha256}`, { method: "PUT", body, headers })).status;
        }""",
        [sha256, PHONE_KEY],
    )

    assert status == 200
    with server.database.reading() as session:
        kept = session.scalars(select(Photo).where(Photo.sha256 == sha256)).one()
    assert kept.byte_count == photograph.stat().st_size


def test_answers_are_compressed_once_and_insist_on_https(certificate, front):
    reply = ask(front, "GET", "/sign-in", {"Accept-Encoding": "br, gzip"})

    assert reply.headers.get_all("Content-Encoding") == ["br"]
    assert reply.headers.get_all("Strict-Transport-Security") == ["max-age=31536000"]


def test_the_caller_is_who_he_is_and_not_who_he_claims(certificate, front):
    """One address has used up its attempts; another has not, and a claim does not help."""
    claims = [{"X-Forwarded-For": f"192.0.2.{n}"} for n in range(ATTEMPTS + 1)]

    told = [attempt(front, "127.0.0.5", **claim) for claim in claims]

    assert told[ATTEMPTS] == 429
    assert told[:ATTEMPTS] == [attempt(front, "127.0.0.6")] * ATTEMPTS


def test_what_is_far_too_large_is_turned_away_at_the_front(certificate, front):
    size = 23 * MEGABYTE
    head = f"PUT /photos/{'0' * 64} HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: {size}\r\n\r\n"
    with line_to(front) as line:
        with contextlib.suppress(OSError):  # it need not be read to its end
            line.sendall(head.encode() + b"x" * size)

        assert b" 413 " in line.recv(100)


def test_phones_that_crawl_keep_nobody_waiting(certificate, front, server, officer):
    with server.writing() as session:
        token = issue_upload_token(session, officer, phone=PHONE_KEY, device=ANDROID, at=now())
    head = f"PUT /photos/{'0' * 64} HTTP/1.1\r\nHost: {NAME}\r\nAuthorization: Bearer {token}\r\n"
    begun = [line_to(front) for _ in range(20)]
    for line in begun:
        line.sendall(f"{head}Content-Length: 300000\r\n\r\n".encode() + b"x" * 1000)

    assert ask(front, "GET", "/sign-in", {}).status == 200
    for line in begun:
        line.close()


def test_a_file_that_no_longer_says_what_was_to_be_changed_is_seen():
    with pytest.raises(ValueError, match="does not say"):
        changed("nginx.conf", {"listen 81;": ""})


def is_secure(page, name):
    """Tell whether the browser sends a cookie over https only."""
    return next(kept["secure"] for kept in page.context.cookies() if kept["name"] == name)


def line_to(front, source="127.0.0.1"):
    """Connect to a front; the certificate is looked at by the browser's tests."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    line = socket.create_connection(("127.0.0.1", front.https), 20, (source, 0))
    return context.wrap_socket(line, server_hostname=NAME)


def ask(front, method, path, headers, source="127.0.0.1"):
    """Send a request without a body and return the answer, read."""
    phone = http.client.HTTPConnection(NAME, front.https, timeout=20)
    with closing(phone), line_to(front, source) as line:
        phone.sock = line
        phone.request(method, path, headers=headers)
        reply = phone.getresponse()
        reply.read()
        return reply


def attempt(front, source, **headers):
    """Ask from an address of this machine whether a paper is genuine; return the status."""
    return ask(front, "GET", "/check?code=0000", headers, source).status
