"""A bare app to measure ours against: it keeps a visit, and does nothing else.

No sign-in, no checks, no idempotence, no parser: one request whose body is the answers as
JSON, a newline, and the photographs, each with its length before it. Like ours it answers
only when files, folder and database have reached the disk. A second door takes a photograph in a
request of its own, checks its SHA-256 and answers for it alone, as a weak signal wants it.
"""

import hashlib
import json
import os
import sqlite3
import threading
from pathlib import Path

from flask import Flask, request

FOLDER = Path(os.environ.get("BARE_FOLDER", "."))
TABLES = """
CREATE TABLE IF NOT EXISTS visits (id INTEGER PRIMARY KEY, key TEXT UNIQUE, header TEXT);
CREATE TABLE IF NOT EXISTS answers (
    visit INTEGER, code TEXT, verdict TEXT, note TEXT, PRIMARY KEY (visit, code)
);
CREATE TABLE IF NOT EXISTS photos (visit INTEGER, name TEXT, byte_count INTEGER);
"""

app = Flask("bare")
_local = threading.local()


@app.put("/visits/<key>")
def keep(key: str) -> str:
    """Keep the visit, durably."""
    body = request.get_data()
    end = body.find(b"\n")
    visit, photos = json.loads(body[:end]), list(_photos(body, end + 1))
    folder = FOLDER / "photos" / key[:2]
    folder.mkdir(parents=True, exist_ok=True)
    for number, photo in enumerate(photos):
        _write(folder / f"{key}-{number}", photo)
    _settle(folder)
    _enter(key, visit, [len(photo) for photo in photos])
    return "kept"


@app.put("/photos/<sha256>")
def keep_photo(sha256: str) -> str:
    """Keep one photograph, durably, if it is what its name says."""
    photo = request.get_data()
    assert hashlib.sha256(photo).hexdigest() == sha256
    folder = FOLDER / "photos" / sha256[:2]
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / sha256, photo)
    _settle(folder)
    with _database() as database:
        database.execute("INSERT INTO photos VALUES (NULL, ?, ?)", (sha256, len(photo)))
    return "kept"


def _write(path: Path, photo: bytes | memoryview) -> None:
    with path.open("wb") as file:
        file.write(photo)
        file.flush()
        os.fsync(file.fileno())


def _photos(body: bytes, start: int) -> "list[memoryview]":
    found, whole = [], memoryview(body)
    while start < len(body):
        length = int.from_bytes(body[start : start + 4], "big")
        found.append(whole[start + 4 : start + 4 + length])
        start += 4 + length
    return found


def _settle(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def _enter(key: str, visit: dict[str, dict[str, str]], lengths: list[int]) -> None:
    database = _database()
    with database:
        database.execute("BEGIN IMMEDIATE")
        row = database.execute("INSERT INTO visits (key, header) VALUES (?, '')", (key,))
        answers = [
            (row.lastrowid, code, answer["verdict"], answer["note"])
            for code, answer in visit.items()
        ]
        database.executemany("INSERT INTO answers VALUES (?, ?, ?, ?)", answers)
        rows = [(row.lastrowid, f"{key}-{n}", length) for n, length in enumerate(lengths)]
        database.executemany("INSERT INTO photos VALUES (?, ?, ?)", rows)


def _database() -> sqlite3.Connection:
    if not hasattr(_local, "database"):
        opened = sqlite3.connect(FOLDER / "bare.db", isolation_level=None, timeout=30)
        opened.execute("PRAGMA journal_mode=WAL")
        opened.execute("PRAGMA synchronous=FULL")
        opened.executescript(TABLES)
        _local.database = opened
    database: sqlite3.Connection = _local.database
    return database
