"""Measures taking in a visit of 60 answers and 5 photographs, against a bare app that keeps it.

Both servers run at the same time and take turns, so the ratios hold on a busy machine. Ours
signs in, checks, answers a repeated parcel the same, and has everything on the disk before it
answers; the bare one only does the last. What six requests and five checksums cost by themselves
is told by the bare app as well, whose second way of sending has them. Developing the photographs
is a job, measured by `bench.photos`. CPU and bytes written are those of all server processes, the
median of the rounds; clients are threads of this process, whose own time does not count.
"""

import argparse
import http.client
import json
import os
import random
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from itertools import count
from pathlib import Path

from PIL import Image

from bench.pdf import descendants_of
from bench.photos import Row
from firesafe.accounts.upload_tokens import issue_upload_token
from firesafe.core.clock import now
from tests.makers import make_factory, make_officer
from tests.phones import ANDROID, PHONE
from tests.serving import ROOT, Service, free_port
from tests.sync.sent import a_parcel, all_answers, attaching, bytes_of, opening

CLIENTS = (1, 4, 16)
ROUNDS = 4
VISITS = 96
WARM_UP = 8
ANSWERS = 60
PHOTOS = 5
SLOW_PHONES = 20
PINGS = 40
BARE_ANSWERS = json.dumps(
    {f"A{n}": {"verdict": "pass", "note": "门口堆放纸箱"} for n in range(ANSWERS)}
).encode()
_numbers = count(1)

Send = Callable[[http.client.HTTPConnection], None]


def main(arguments: list[str] | None = None) -> list[Row]:
    """Measure and return the rows; print nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--visits", type=int, default=VISITS, help="in each round")
    options = parser.parse_args(arguments or [])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with our_server(folder) as ours, bare_server(folder) as bare:
            six = replace(bare, name="bare, six requests", send=send_in_six, sent=[])
            runs = race((ours, bare, six), options.rounds, options.visits)
            rows = [row for clients in CLIENTS for row in rows_of(runs[clients], clients)]
            bare.sent.extend(six.sent)
            return [*rows, losses(ours, bare), *slow_phones(ours)]


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, its processes, and how a visit is sent to it."""

    name: str
    port: int
    process: subprocess.Popen[bytes]
    send: Send
    count: Callable[[], int]
    sent: list[int]

    @property
    def processes(self) -> list[Path]:
        """The folders in /proc of all its processes."""
        return [Path(f"/proc/{self.process.pid}"), *descendants_of(self.process.pid)]

    def written(self) -> int:
        """Return how many bytes its processes have had written to the disk so far."""
        told = [(each / "io").read_text() for each in self.processes]
        return sum(int(each.partition("\nwrite_bytes: ")[2].split()[0]) for each in told)

    def seconds(self) -> float:
        """Return the CPU seconds of all its processes, ended children included."""
        stats = [(each / "stat").read_text().rpartition(")")[2].split() for each in self.processes]
        ticks = sum(int(field) for stat in stats for field in stat[11:15])
        return ticks / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Run:
    """One run of one server: per visit CPU and bytes written; seconds of each visit."""

    cpu: float
    written: float
    took: list[float]

    @property
    def p95(self) -> float:
        """The time within which nineteen of twenty visits were taken in."""
        return statistics.quantiles(self.took, n=20)[-1]


def race(servers: Sequence[Server], rounds: int, visits: int) -> dict[int, list[list[Run]]]:
    """Let all take turns at every number of clients, round after round."""
    for server in servers:
        load(server, 4, WARM_UP)
    runs: dict[int, list[list[Run]]] = {clients: [] for clients in CLIENTS}
    for lap in range(rounds):
        for clients in CLIENTS:
            order = servers if lap % 2 else servers[::-1]
            made = {server.name: load(server, clients, visits) for server in order}
            runs[clients].append([made[server.name] for server in servers])
    return runs


def load(server: Server, clients: int, visits: int) -> Run:
    """Send visits with so many clients at once, each over a connection of its own."""
    took: list[float] = []
    left = iter(range(visits))
    lock = threading.Lock()

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
        connection.connect()
        while True:
            with lock:
                if next(left, None) is None:
                    connection.close()
                    return
            started = time.perf_counter()
            server.send(connection)
            took.append(time.perf_counter() - started)

    before, written = server.seconds(), server.written()
    threads = [threading.Thread(target=client) for _ in range(clients)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    spent = server.seconds() - before
    server.sent.append(visits)
    return Run(spent / visits, (server.written() - written) / visits, took)


def rows_of(runs: list[list[Run]], clients: int) -> list[Row]:
    """Return what was measured with so many clients."""

    def median(of: Callable[[Run], float], which: int) -> float:
        return statistics.median(of(lap[which]) for lap in runs)

    cpu = [median(lambda run: run.cpu * 1000, which) for which in (0, 1, 2)]
    late = [median(lambda run: run.p95 * 1000, which) for which in (0, 1)]
    written = median(lambda run: run.written, 0) / (PHOTOS * len(photo(0)))
    rows = [ratio(f"visit taken in, {clients} clients, CPU ms over bare", *cpu[:2], goal=2.2)]
    of_six = f"{cpu[2] / cpu[1]:.2f} ({cpu[2]:.1f} / {cpu[1]:.1f})"
    rows.append((f"bare in six requests, {clients} clients, CPU over bare", of_six, "told", True))
    late_row = ratio(f"visit taken in, {clients} clients, p95 ms over bare", *late, goal=1.7)
    if clients == max(CLIENTS):
        name = f"visit taken in, {clients} clients, bytes over photographs"
        rows += [late_row, (name, f"{written:.2f}", "<= 1.12", written <= 1.12)]
    return rows


def ratio(name: str, ours: float, theirs: float, goal: float) -> Row:
    """Return the row of a ratio, with both figures in it."""
    share = ours / theirs
    return name, f"{share:.2f} ({ours:.1f} / {theirs:.1f})", f"<= {goal}", share <= goal


def losses(*servers: Server) -> Row:
    """Return how many of the visits sent are not there."""
    lost = sum(sum(server.sent) - server.count() for server in servers)
    return "visits lost", str(lost), "0", lost == 0


def slow_phones(server: Server) -> list[Row]:
    """Let twenty phones send a byte now and then, and see how soon others are answered."""
    lines = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(SLOW_PHONES)]
    for line in lines:
        head = f"PUT /photos/{'0' * 64} HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n"
        line.sendall(head.encode())
    stop = threading.Event()

    def dribble() -> None:
        while not stop.wait(1):
            for line in lines:
                line.sendall(bytes(1024))

    dribbling = threading.Thread(target=dribble)
    dribbling.start()
    took = [ping(server) for _ in range(PINGS)]
    stop.set()
    dribbling.join()
    for line in lines:
        line.close()
    late = statistics.quantiles(took, n=20)[-1] * 1000
    return [("20 slow phones, others answered, p95 ms", f"{late:.1f}", "< 50", late < 50)]


def ping(server: Server) -> float:
    """Ask for a page over a new connection, and return how long it took."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", "/sign-in")
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 200
    return time.perf_counter() - started


@contextmanager
def our_server(folder: Path) -> Iterator[Server]:
    """Start our service as it is served, without the worker."""
    service = Service.made_in(folder)
    with service.database.writing() as session:
        lead, second = make_officer(session), make_officer(session)
        factory = make_factory(session)
        token = issue_upload_token(session, lead, phone=PHONE, device=ANDROID, at=now())
    bearer = {"Authorization": f"Bearer {token}"}
    answers = all_answers()[:ANSWERS]
    begin = opening(factory, second)

    def send(connection: http.client.HTTPConnection) -> None:
        photos = [photo(next(_numbers)) for _ in range(PHOTOS)]
        names = [sha256(each).hexdigest() for each in photos]
        attached = [attaching("A3-02", name) for name in names]
        parcel = bytes_of(a_parcel(fresh_key(), begin, *answers, *attached))
        said = {**bearer, "Content-Type": "application/json", "Parcel-Sent-At": now().isoformat()}
        put(connection, f"/sync/parcels/{fresh_key()}", parcel, said)
        for name, each in zip(names, photos, strict=True):
            put(connection, f"/photos/{name}", each, {**bearer, "Content-Type": "image/jpeg"})

    def kept() -> int:
        with sqlite3.connect(service.instance / "firesafe.db") as database:
            known = {row[0] for row in database.execute("SELECT sha256 FROM photos")}
            rows = database.execute(
                "SELECT answers.inspection_id, answer_photos.sha256 FROM answer_photos"
                " JOIN answers ON answers.id = answer_photos.answer_id"
            ).fetchall()
        store = service.instance / "store" / "photos"
        there = {file.name.partition(".")[0] for file in store.glob("*/*.orig")}
        return len({visit for visit, name in rows if name in known and name in there})

    service.start()
    assert service.process is not None
    try:
        yield Server("ours", service.port, service.process, send, kept, [])
    finally:
        service.close()


@contextmanager
def bare_server(folder: Path) -> Iterator[Server]:
    """Start the bare app on granian, two processes of four threads."""
    place, port = folder / "bare", free_port()
    place.mkdir()
    command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", "2"]
    command += ["--blocking-threads", "4", "--no-ws", "--log-level", "warning", "bench._bare:app"]
    environment = {**os.environ, "BARE_FOLDER": str(place)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603 — our own words

    def send(connection: http.client.HTTPConnection) -> None:
        photos = [photo(next(_numbers)) for _ in range(PHOTOS)]
        parts = [part for each in photos for part in (len(each).to_bytes(4, "big"), each)]
        put(connection, f"/visits/{fresh_key()}", b"".join([BARE_ANSWERS, b"\n", *parts]), {})

    def kept() -> int:
        with sqlite3.connect(place / "bare.db") as database:
            (visits,) = database.execute("SELECT count(*) FROM visits").fetchone()
            return int(visits)

    try:
        wait_for(port)
        yield Server("bare", port, process, send, kept, [])
    finally:
        process.terminate()
        process.wait(timeout=20)


def send_in_six(connection: http.client.HTTPConnection) -> None:
    """Send a visit to the bare app as phones send to ours: answers first, then each photograph."""
    put(connection, f"/visits/{fresh_key()}", BARE_ANSWERS + b"\n", {})
    for each in [photo(next(_numbers)) for _ in range(PHOTOS)]:
        put(connection, f"/photos/{sha256(each).hexdigest()}", each, {})


def wait_for(port: int) -> None:
    """Return once somebody listens."""
    for _ in range(200):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the bare app did not start")


def put(
    connection: http.client.HTTPConnection, path: str, body: bytes, headers: dict[str, str]
) -> None:
    """Send one body, and make sure that it was taken."""
    connection.request("PUT", path, body, headers)
    answer = connection.getresponse()
    told = answer.read()
    assert answer.status == 200, (path, answer.status, told[:500])


def fresh_key() -> str:
    """Return a key that was never used."""
    return f"00000000-0000-4000-b000-{next(_numbers):012d}"


def photo(number: int) -> bytes:
    """Return a photograph of about 300 KB that nobody has seen: a comment in it has the number."""
    picture = PICTURES[number % len(PICTURES)]
    note = f"{number:016d}".encode()
    return b"".join(
        [picture[:2], b"\xff\xfe", (len(note) + 2).to_bytes(2, "big"), note, picture[2:]]
    )


def pictures() -> list[bytes]:
    """Return photographs of 1600 by 1200 with so much grain that each has about 300 KB."""
    dice = random.Random(1)  # noqa: S311 — grain, not a secret
    made = []
    for number in range(8):
        grain = Image.frombytes("L", (400, 300), dice.randbytes(400 * 300)).resize((1600, 1200))
        slope = Image.linear_gradient("L").resize((1600, 1200)).rotate(number * 45)
        picture = Image.merge("RGB", [Image.blend(slope, grain, 0.5), slope, grain])
        made.append(min((jpeg(picture, q) for q in range(20, 96, 3)), key=far_from_300_kb))
    return made


def jpeg(picture: Image.Image, quality: int) -> bytes:
    """Return a picture as a JPEG."""
    file = BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return file.getvalue()


def far_from_300_kb(data: bytes) -> int:
    """Return by how much its length differs from what phones send."""
    return abs(len(data) - 300_000)


PICTURES = pictures()
