"""The bad line does what it is told to: otherwise tests over it would prove nothing."""

import http.client
import threading
import time
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue

import pytest

from tests.faults.line import Line
from tests.patience import PATIENCE_SECONDS

BODY = b"x" * 100_000
HEARD_SECONDS = 20


@pytest.fixture
def heard():
    """How much the server has received of each body; it may learn of a cut after the phone does."""
    return SimpleQueue()


@pytest.fixture
def echo(heard):
    """The port of a server that answers with what it was sent."""

    class Echo(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PUT(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.put(len(body))
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said):
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_caller):
            """A line that was cut is no news here."""

    server = Server(("127.0.0.1", 0), Echo)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join(PATIENCE_SECONDS)


@pytest.fixture
def line(echo):
    opened = Line(echo)
    yield opened
    opened.close()


def put(line, path="/", body=BODY, *, timeout=20):
    with closing(http.client.HTTPConnection("127.0.0.1", line.port, timeout=timeout)) as phone:
        phone.request("PUT", path, body)
        return phone.getresponse().read()


def test_a_line_that_nothing_was_done_to_carries_everything(line):
    assert put(line) == BODY
    assert line.sent > len(BODY) < line.received


def test_a_request_is_cut_after_so_many_bytes_and_the_next_one_passes(line, heard):
    line.cut_after(sent=50_000)

    with pytest.raises(OSError):
        put(line)

    line.wait_until(lambda line: line.cuts == 1)
    assert (line.sent, line.received) == (50_000, 0)
    assert 0 < heard.get(timeout=HEARD_SECONDS) < 50_000
    assert put(line) == BODY


def test_a_reply_is_lost_that_was_given(line, heard):
    line.cut_after(received=0)

    with pytest.raises(OSError):
        put(line)

    assert (heard.get(timeout=HEARD_SECONDS), line.received) == (len(BODY), 0)


def test_a_reply_is_cut_in_its_middle(line):
    line.cut_after(received=50_000)

    with pytest.raises((OSError, http.client.IncompleteRead)):
        put(line)

    assert line.received == 50_000


def test_only_the_request_that_was_meant_is_cut_and_as_often_as_was_said(line):
    line.cut_after(sent=1_000, of=b"PUT /photos/", times=2)

    assert put(line, "/parcels/1") == BODY
    for _ in range(2):
        with pytest.raises(OSError):
            put(line, "/photos/1")
    assert put(line, "/photos/1") == BODY


def test_a_line_that_refuses_takes_nothing_until_it_is_well_again(line):
    line.refuse()
    with pytest.raises(ConnectionRefusedError):
        put(line)

    line.accept()

    assert put(line) == BODY


def test_what_is_held_comes_when_it_is_let_go(line):
    line.hold()
    with pytest.raises(TimeoutError):
        put(line, timeout=0.2)

    timer = threading.Timer(0.1, line.let_go)
    timer.start()

    assert put(line) == BODY
    timer.join(PATIENCE_SECONDS)


def test_everything_open_is_cut_at_once(line):
    with closing(http.client.HTTPConnection("127.0.0.1", line.port, timeout=20)) as phone:
        phone.request("PUT", "/", BODY)
        phone.getresponse().read()

        line.cut()

        with pytest.raises(OSError):
            phone.request("PUT", "/", BODY)
            phone.getresponse()


def test_a_slow_line_takes_the_time_it_should(line):
    line.slow(200_000, round_trip=0.1)
    started = time.monotonic()

    put(line)

    assert time.monotonic() - started >= 2 * 0.5 + 0.15


def test_lost_packets_come_late_but_come(line):
    line.slow(10_000_000, loss=0.05)
    started = time.monotonic()

    assert put(line) == BODY
    assert time.monotonic() - started > 0.2


def test_a_server_that_is_not_there_is_not_there_over_the_line_either(echo):
    line = Line(1)
    with pytest.raises(OSError):
        put(line)
    line.close()
