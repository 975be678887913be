"""The command: what it sets up, and what it says when it cannot start."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from firesafe.core.clock import now
from firesafe.core.db import Database
from firesafe.core.settings import read_settings, write_first_settings
from firesafe.jobs.actions import enqueue
from firesafe.jobs.queries import job_by_key
from firesafe.migrations.steps import downgrade_database, upgrade_database
from tests.patience import PATIENCE_SECONDS


@pytest.fixture
def firesafe(tmp_path):
    """Run in a process of its own, as people do: a server that fails leaves things open."""
    command = [sys.executable, "-m", "firesafe"]
    surroundings = os.environ | {"FIRESAFE_INSTANCE": str(tmp_path)}
    return lambda *words: subprocess.run(
        [*command, *words],
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
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
        assert has_loaded_the_typesetter(server)

        server.kill()

        server.communicate(timeout=PATIENCE_SECONDS)  # ends when the worker's output ends too


def test_a_worker_of_its_own_goes_on_without_any_input(instance):
    with running(instance, "worker") as worker:
        for key in ("first", "second"):
            wait_for_a_worker(instance, key)

        assert worker.poll() is None
        assert has_loaded_the_typesetter(worker)


def has_loaded_the_typesetter(process):
    return "libpango" in Path(f"/proc/{process.pid}/maps").read_text(encoding="utf-8")


def test_settings_are_written_once_and_their_secret_is_kept(firesafe, tmp_path):
    firesafe("init")
    first = (tmp_path / "settings.toml").read_text(encoding="utf-8")

    assert firesafe("init").stdout.strip() == str(tmp_path / "settings.toml")
    assert (tmp_path / "settings.toml").read_text(encoding="utf-8") == first


@pytest.mark.parametrize(
    "words", [("serve",), ("worker",), ("accounts", "list"), ("db", "upgrade")]
)
def test_without_settings_it_says_what_writes_them(firesafe, tmp_path, words):
    done = firesafe(*words)

    assert done.returncode != 0
    assert f"Error: {tmp_path / 'settings.toml'} does not exist." in done.stderr
    assert "`firesafe init`" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_is_given_without_settings(firesafe):
    done = firesafe("--help")

    assert done.returncode == 0
    assert "  init " in done.stdout
    assert "Traceback" not in done.stderr


def test_only_who_prints_waits_for_the_typesetter():
    asked = "import sys, firesafe.command; print('weasyprint' in sys.modules)"

    told = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout

    assert told == "False\n"


@pytest.mark.parametrize("verb", ["serve", "worker"])
def test_tables_of_another_version_are_refused(firesafe, instance, verb):
    downgrade_database(read_settings(instance).database, "-1")

    done = firesafe(verb)

    assert done.returncode == 1
    assert "`firesafe db upgrade`" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_cannot_be_reached_is_named(firesafe, tmp_path):
    write_first_settings(tmp_path)
    with (tmp_path / "settings.toml").open("a") as settings:
        settings.write('database_url = "postgresql+psycopg://nobody@127.0.0.1:1/none"\n')

    done = firesafe("serve")

    assert done.returncode == 1
    assert done.stderr.startswith("Error: Cannot reach the database: connection failed")


@pytest.mark.usefixtures("instance")
def test_a_port_that_is_taken_is_named(firesafe):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"

        done = firesafe("serve", "--listen", listen)

    assert done.returncode == 1
    assert done.stderr == f"Error: Cannot listen on {listen}: Address already in use.\n"
