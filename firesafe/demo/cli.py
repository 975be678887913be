"""``firesafe demo``: load the two demo counties, and say how to get in."""

from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from firesafe.core.clock import COUNTY_ZONE, now
from firesafe.core.errors import DomainError
from firesafe.core.settings import Settings
from firesafe.demo.actions import load_demo
from firesafe.demo.queries import sample_notice_id, sign_ins
from firesafe.demo.story import read_story
from firesafe.notices.printing import pdf_of
from firesafe.web.doors import reading, service, services

SAMPLE = "sample-notice.pdf"

demo_commands = AppGroup("demo", help="The two demo counties.")


@demo_commands.command()
@click.option("--seed", default=1, show_default=True, help="Another number, another chance.")
@click.option(
    "--at",
    "at_text",
    metavar="TIME",
    help="Load as if it were 2026-11-23T12:00, by the county's clock; without it, now.",
)
def load(seed: int, at_text: str | None) -> None:
    """Load two counties with factories, visits and papers into an empty installation."""
    try:
        load_demo(services(), seed=seed, at=_moment(at_text))
    except DomainError as fault:
        folder = service(Settings).instance
        remedy = f"If a loading was cut short here, remove {folder} and begin again."
        raise click.ClickException(f"{fault} {remedy}") from fault


@demo_commands.command()
def show() -> None:
    """Print who can sign in, and write a sample notice."""
    session = reading()
    people = sign_ins(session)
    notice_id = sample_notice_id(session)
    if not people or notice_id is None:
        raise click.ClickException("The demo counties are not loaded here.")
    for person in people:
        click.echo(f"  {person.number:<11}  {person.name}  {person.duty}")
    click.echo(f"All of them sign in with the password {read_story().password}")
    click.echo(f"A sample notice: {_write_sample(notice_id)}")


def _write_sample(notice_id: int) -> Path:
    file = service(Settings).instance / SAMPLE
    file.write_bytes(pdf_of(services(), notice_id))
    return file


def _moment(text: str | None) -> datetime:
    if text is None:
        return now()
    try:
        told = datetime.fromisoformat(text)
    except ValueError as fault:
        raise click.BadParameter("write it as 2026-11-23T12:00", param_hint="--at") from fault
    return told if told.tzinfo else told.replace(tzinfo=COUNTY_ZONE)
