"""The `firesafe` command: set up, migrate, serve, work, and each room's own verbs."""

import gc
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import click
import waitress
from flask import Flask
from flask.cli import FlaskGroup, NoAppException
from sqlalchemy.exc import OperationalError
from waitress.server import BaseWSGIServer, MultiSocketServer

from firesafe.app import create_app, open_services
from firesafe.core.settings import (
    Settings,
    SettingsFault,
    instance_folder,
    read_settings,
    write_first_settings,
)
from firesafe.jobs.worker import work_until
from firesafe.migrations.steps import downgrade_database, is_up_to_date, upgrade_database
from firesafe.notices.pressroom import load_typesetter

RECEIVED_BYTES = 64 * 1024
"""What the server reads at a time: in the usual 8 KB a photograph costs half as much again."""

MOST_CONNECTIONS = 400
"""Phones on poor lines hold theirs for minutes; at the usual hundred nobody else got in.

Each may need two files, and a process is usually allowed 1,024.
"""


def _app_of_rooms() -> Flask:
    """Return the service, whose rooms bring verbs of their own."""
    return create_app(_settings())


@click.group(cls=FlaskGroup, create_app=_app_of_rooms, add_default_commands=False)
def main() -> None:
    """Run and look after firesafe."""


@main.command(with_appcontext=False)
def init() -> None:
    """Write the settings file with a fresh secret, unless there is one."""
    click.echo(write_first_settings(instance_folder()))


@main.group()
def db() -> None:
    """Look after the database."""


@db.command(with_appcontext=False)
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the tables up to REVISION."""
    upgrade_database(_settings().database, revision)


@db.command(with_appcontext=False)
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the tables back to REVISION."""
    downgrade_database(_settings().database, revision)


@main.command(with_appcontext=False)
@click.option("--upgrade", "upgrade_first", is_flag=True, help="Bring the tables up to date first.")
@click.option("--worker/--no-worker", default=True, help="Also run the worker.")
@click.option("--listen", help="Address and port, in place of the setting.")
def serve(*, upgrade_first: bool, worker: bool, listen: str | None) -> None:
    """Serve the pages, and do the jobs in a process of their own."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    settings = _settings()
    if upgrade_first:
        upgrade_database(settings.database)
    _check_tables(settings)
    load_typesetter()
    with _worker_beside(settings) if worker else nullcontext():
        _open_server(settings, listen or settings.listen).run()


def _leave_alone_what_lasts() -> None:
    """Keep the collector away from what was loaded at the start, and let it come less often.

    Otherwise it goes through all of it again and again while requests are answered, which is
    a sixth of the whole work.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


def proxy_options(settings: Settings) -> dict[str, Any]:
    """Return whose word the server takes on where a request comes from.

    Without the caller's own address the limits would count everybody behind the proxy as one.
    """
    if not settings.trusted_proxy:
        return {}
    headers = {"x-forwarded-for", "x-forwarded-proto"}
    return {"trusted_proxy": settings.trusted_proxy, "trusted_proxy_headers": headers}


def _open_server(settings: Settings, listen: str) -> MultiSocketServer | BaseWSGIServer:
    """Return the server, listening already: whoever connects from now on is answered."""
    try:
        server = waitress.create_server(
            create_app(settings),
            listen=listen,
            threads=settings.threads,
            **proxy_options(settings),
            max_request_body_size=(settings.upload_limit_mb + 1) * 1024 * 1024,
            recv_bytes=RECEIVED_BYTES,
            connection_limit=MOST_CONNECTIONS,
            asyncore_use_poll=True,  # select() knows no more than 1,024 files
            ident=None,
        )
    except OSError as fault:
        raise click.ClickException(f"Cannot listen on {listen}: {fault.strerror}.") from fault
    logging.basicConfig()
    logging.getLogger("waitress").setLevel(logging.INFO)
    server.print_listen("Serving on http://{}:{}")
    _leave_alone_what_lasts()
    return server


@contextmanager
def _worker_beside(settings: Settings) -> Iterator[None]:
    """Keep a worker for as long as this process lives, however it ends.

    It is forked, while there is one thread and nothing is open yet: what both need is loaded once.
    It reads from a pipe that nobody writes to. The system closes our end of it even when we are
    killed, and the end of the file tells the worker.
    """
    ending, ours = os.pipe()
    _leave_alone_what_lasts()
    helper = get_context("fork").Process(target=_work_beside, args=(settings, ending, ours))
    helper.start()
    os.close(ending)
    try:
        yield
    finally:
        helper.terminate()
        helper.join()
        os.close(ours)


def _work_beside(settings: Settings, ending: int, ours: int) -> None:
    """Do jobs until told to stop, or until the server is gone."""
    os.close(ours)
    stop = _stop_when_told()
    threading.Thread(target=_wait_for_end, args=(ending, stop), daemon=True).start()
    work_until(stop, open_services(settings))


def _wait_for_end(ending: int, stop: threading.Event) -> None:
    """Set ``stop`` once whoever holds the other end of the pipe is gone."""
    os.read(ending, 1)
    stop.set()


@main.command(with_appcontext=False)
def worker() -> None:
    """Do jobs until told to stop."""
    stop = _stop_when_told()
    settings = _settings()
    _check_tables(settings)
    load_typesetter()
    work_until(stop, open_services(settings))


def _stop_when_told() -> threading.Event:
    """Return what is set when this process is asked to end."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    return stop


def _settings() -> Settings:
    """Return the settings, or end with the sentence that says what is wrong with them."""
    try:
        return read_settings(Path(instance_folder()))
    except SettingsFault as fault:
        raise NoAppException(str(fault)) from fault


def _check_tables(settings: Settings) -> None:
    """End with a sentence unless the tables are there and of this version."""
    try:
        if is_up_to_date(settings.database):
            return
    except OperationalError as fault:
        raise click.ClickException(f"Cannot reach the database: {fault.orig}") from fault
    raise click.ClickException(
        "The tables are not those of this version. `firesafe db upgrade` brings them up to date."
    )
