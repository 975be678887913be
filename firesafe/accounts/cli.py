"""Accounts from the machine's own shell: the first one, and what is left when nobody gets in."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from firesafe.accounts import actions
from firesafe.accounts.models import Officer
from firesafe.accounts.posts import Post
from firesafe.accounts.queries import officer_by_name
from firesafe.core.clock import now
from firesafe.core.errors import DomainError
from firesafe.districts.counties import find_county
from firesafe.web.doors import unit_of_work

accounts = AppGroup("accounts", help="Look after the accounts.")


@accounts.command("first-administrator")
@click.option("--name", prompt=True, help="Name of the administrator.")
@click.option("--phone", prompt="Mobile number", help="Mobile number to sign in with.")
@click.option("--county", help="Code of the county, if there is only one.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def first_administrator(name: str, phone: str, county: str | None, *, password_stdin: bool) -> None:
    """Make the account from which all others are made."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        if county is None:
            county = click.prompt("Code of the county, or Enter for all", "", show_default=False)
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with _unit_of_work() as session:
        officer = actions.add_first_administrator(
            session,
            name=name,
            phone=phone,
            county_code=_county_code(county),
            password=password,
            at=now(),
        )
    click.echo(f"{officer.name} signs in with {officer.phone}.")


@accounts.command()
@click.option("--name", required=True, help="Name of the officer.")
@click.option(
    "--post",
    type=click.Choice([post.value for post in Post if post is not Post.CODE_BEARER]),
    required=True,
)
@click.option("--county", default="", help="Code of the county, for the posts of a county.")
@click.option("--phone", default="", help="Mobile number to sign in with.")
@click.option("--staff-number", default="", help="Staff number to sign in with.")
def add(name: str, post: str, county: str, phone: str, staff_number: str) -> None:
    """Add an account and print its one-time password."""
    new = actions.NewOfficer(
        name=name,
        post=Post(post),
        county_code=_county_code(county),
        phone=phone,
        staff_number=staff_number,
    )
    with _unit_of_work() as session:
        officer, password = actions.add_officer(session, new, by=None, at=now())
    click.echo(f"{officer.name} signs in with {officer.phone or officer.staff_number}.")
    click.echo(f"One-time password: {password}")


@accounts.command()
@click.argument("number")
def reset(number: str) -> None:
    """Give the account of a phone or staff NUMBER a one-time password, and unlock it."""
    with _unit_of_work() as session:
        officer = _officer(session, number)
        password = actions.reset_password(session, officer, by=None, at=now())
    click.echo(f"One-time password of {officer.name}: {password}")


@accounts.command()
@click.argument("number")
def disable(number: str) -> None:
    """Shut the account of a phone or staff NUMBER and sign it out everywhere."""
    with _unit_of_work() as session:
        officer = _officer(session, number)
        actions.disable_officer(session, officer, by=None, at=now())
    click.echo(f"{officer.name} can no longer sign in.")


@contextmanager
def _unit_of_work() -> Iterator[Session]:
    try:
        with unit_of_work() as session:
            yield session
    except DomainError as fault:
        raise click.ClickException(str(fault)) from fault


def _officer(session: Session, number: str) -> Officer:
    officer = officer_by_name(session, number)
    if officer is None:
        raise click.ClickException(f"No account signs in with {number}.")
    return officer


def _county_code(code: str | None) -> str | None:
    if not code:
        return None
    county = find_county(code)
    if county is None:
        raise click.ClickException(f"There is no county with the code {code}.")
    return county.code
