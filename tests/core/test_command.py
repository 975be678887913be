"""The command: what it sets up, and what it says when it cannot start."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from firesafe.core.clock import now
from firesafe.core.db import Database
from firesafe.core.settings import read_settings, write_first_settings
from firesafe.jobs.actions import enqueue
from firesafe.jobs.queries import job_by_key
from firesafe.migrations.steps import upgrade_database

PATIENCE_SECONDS = 60


@pytest.fixture
def firesafe(tmp_path):
    """Run in a process of its own, as people do: a server that fails leaves things open."""
    command = [sys.executable, "-m", "firesafe"]
    surroundings = os.environ | {"FIRESAFE_INSTANCE": str(tmp_path)}
    return lambda *words: subprocess.run(
        [*command, *words], env=surroundings, capture_output=True, text=True, check=False
    )


@pytest.fixture
def instance(tmp_path):
    """An instance folder with settings and an empty database."""
    write_first_settings(tmp_path)
    upgrade_database(read_settings(tmp_path).database)
    return tmp_path


@contextmanager
def running(instance, *words):
    """Run the command; both it and whatever it starts hold the pipe that is its output."""
    process = subprocess.Popen(
        [sys.executable, "-m", "firesafe", *words],
        env=os.environ | {"FIRESAFE_INSTANCE": str(instance)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE_SECONDS)


def wait_for_a_worker(instance, key):
    """Return once a worker has had a look at a job that is asked for now."""
    database = Database(read_settings(instance).database)
    with database.writing() as session:
        enqueue(session, "tests.unknown", key, {}, at=now())
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with database.reading() as session:
            if job_by_key(session, key).fault is not None:
                database.close()
                return
        time.sleep(0.1)
    pytest.fail("No worker came.")


def test_the_worker_of_a_server_that_is_killed_ends_by_itself(instance):
    with running(instance, "serve", "--listen", "127.0.0.1:0") as server:
        wait_for_a_worker(instance, "first")

        server.kill()

        server.communicate(timeout=PATIENCE_SECONDS)  # ends when the worker's output ends too


def test_a_worker_of_its_own_goes_on_without_any_input(instance):
    with running(instance, "worker") as worker:
        for key in ("first", "second"):
            wait_for_a_worker(instance, key)

        assert worker.poll() is None


def test_settings_are_written_once_and_their_secret_is_kept(firesafe, tmp_path):
    firesafe("init")
    first = (tmp_path / "settings.toml").read_text(encoding="utf-8")

    assert firesafe("init").stdout.strip() == str(tmp_path / "settings.toml")
    assert (tmp_path / "settings.toml").read_text(encoding="utf-8") == first


def test_a_port_that_is_taken_is_named(firesafe):
    firesafe("init")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"

        done = firesafe("serve", "--listen", listen)

    assert done.returncode == 1
    assert done.stderr == f"Error: Cannot listen on {listen}: Address already in use.\n"
