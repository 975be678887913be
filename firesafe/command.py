"""The `firesafe` command: set up, migrate, serve, work, and each room's own verbs."""

import logging
import signal
import subprocess
import sys
import threading
from pathlib import Path

import click
import waitress
from flask.cli import FlaskGroup

from firesafe.app import create_app, open_services
from firesafe.core.settings import Settings, instance_folder, read_settings, write_first_settings
from firesafe.jobs.worker import work_until
from firesafe.migrations.steps import downgrade_database, upgrade_database


@click.group(cls=FlaskGroup, create_app=create_app, add_default_commands=False)
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
@click.option("--worker/--no-worker", default=True, help="Also run the worker.")
@click.option("--listen", help="Address and port, in place of the setting.")
def serve(worker: bool, listen: str | None) -> None:  # noqa: FBT001 — click calls it by name
    """Serve the pages, and do the jobs in a process of their own."""
    settings = _settings()
    app = create_app(settings)
    helper = subprocess.Popen([sys.executable, "-m", "firesafe", "worker"]) if worker else None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    logging.getLogger("waitress").setLevel(logging.INFO)  # it says where it listens, once it does
    try:
        waitress.serve(
            app,
            listen=listen or settings.listen,
            threads=settings.threads,
            trusted_proxy=settings.trusted_proxy or None,
            max_request_body_size=(settings.upload_limit_mb + 1) * 1024 * 1024,
            ident=None,
        )
    finally:
        if helper is not None:
            helper.terminate()
            helper.wait()


@main.command(with_appcontext=False)
def worker() -> None:
    """Do jobs until told to stop."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    work_until(stop, open_services(_settings()))


def _settings() -> Settings:
    return read_settings(Path(instance_folder()))
