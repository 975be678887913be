"""Real gateways: an HTTP endpoint and a mail server, which do as they are told."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from socket import create_server
from threading import Event, Thread

from aiosmtpd.controller import Controller

from tests.patience import PATIENCE_SECONDS
from tests.serving import free_port


class Gateway:
    """An HTTP endpoint: what it was sent, how it answers, and whether it answers at all."""

    def __init__(self) -> None:
        self.status = 200
        self.heard: Queue[tuple[str, bytes]] = Queue()
        self.may_answer = Event()
        self.may_answer.set()
        gateway = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                gateway.heard.put((self.path, body))
                gateway.may_answer.wait(60)
                self.send_response(gateway.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_said: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, *_caller: object) -> None:
                """A sender that was killed is no news here."""

        self.server = Server(("127.0.0.1", 0), Door)

    @property
    def address(self) -> str:
        return f"json://127.0.0.1:{self.server.server_port}"


@contextmanager
def http_gateway() -> Iterator[Gateway]:
    gateway = Gateway()
    thread = Thread(target=gateway.server.serve_forever)
    thread.start()
    try:
        yield gateway
    finally:
        gateway.may_answer.set()
        gateway.server.shutdown()
        gateway.server.server_close()
        thread.join(PATIENCE_SECONDS)


class Mailbox:
    """What a mail server took in."""

    def __init__(self) -> None:
        self.letters: Queue[object] = Queue()

    async def handle_DATA(self, _server: object, _session: object, letter: object) -> str:  # noqa: N802 — its name there
        self.letters.put(letter)
        return "250 taken"


@contextmanager
def mail_server() -> Iterator[tuple[Mailbox, str]]:
    """Yield the box of a mail server, and the address of Apprise that leads to it."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield (
            box,
            f"mailto://127.0.0.1:{controller.port}?from=office@county.example&to=desk@county.example",
        )
    finally:
        controller.stop()


@contextmanager
def silent_mail_server() -> Iterator[str]:
    """Yield the address of one that takes the call and says nothing."""
    with create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        yield f"mailto://127.0.0.1:{port}?from=office@county.example&to=desk@county.example&cto=1"
