"""Accounts from the machine's own shell."""

import re

import pytest
from sqlalchemy import select

from firesafe.accounts.models import Officer
from firesafe.accounts.passwords import fits
from firesafe.accounts.posts import Post
from tests.makers import make_officer

FIRST = ["first-administrator", "--name", "管理员", "--phone", "13800000001", "--password-stdin"]


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()
    return lambda *words, typed=None: runner.invoke(args=["accounts", *words], input=typed)


def one_time_password(output):
    return re.search(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", output).group()


def test_the_first_administrator_signs_in_with_the_password_that_was_piped_in(run, session):
    done = run(*FIRST, "--county", "610926", typed="Fire-door1\n")

    officer = session.scalars(select(Officer)).one()
    assert done.exit_code == 0
    assert (officer.post, officer.county_code) == (Post.ADMINISTRATOR, "610926")
    assert fits(officer.password_hash, "Fire-door1")


def test_what_is_missing_is_asked_for(run, session):
    typed = "管理员\n13800000001\n610926\nFire-door1\nFire-door1\n"

    assert run("first-administrator", typed=typed).exit_code == 0
    assert session.execute(select(Officer.name, Officer.county_code)).one() == ("管理员", "610926")


@pytest.mark.parametrize(
    ("more", "typed", "reason"),
    [
        ((), "weak\n", "at least 10"),
        (("--county", "999999"), "Fire-door1\n", "no county"),
        (("--phone", "1"), "Fire-door1\n", "11 digits"),
    ],
)
def test_a_first_administrator_that_cannot_be_is_refused(run, session, more, typed, reason):
    done = run(*FIRST, *more, typed=typed)

    assert done.exit_code == 1
    assert reason in done.output
    assert session.scalars(select(Officer)).all() == []


def test_there_is_only_one_first_administrator(run):
    run(*FIRST, typed="Fire-door1\n")

    done = run(*FIRST, typed="Fire-door1\n")

    assert (done.exit_code, "already" in done.output) == (1, True)


def test_an_account_is_added_with_a_one_time_password(run, session):
    done = run(
        "add", "--name", "李", "--post", "inspector", "--county", "610928", "--staff-number", "a1"
    )

    officer = session.scalars(select(Officer)).one()
    assert (officer.staff_number, officer.county_code) == ("A1", "610981")
    assert fits(officer.password_hash, one_time_password(done.output))


def test_a_reset_unlocks_and_prints_a_one_time_password(run, session):
    officer = make_officer(session, failed_count=9)
    session.commit()

    done = run("reset", officer.phone)

    session.refresh(officer)
    assert officer.failed_count == 0
    assert fits(officer.password_hash, one_time_password(done.output))


def test_an_account_is_disabled(run, session):
    officer = make_officer(session)
    session.commit()

    assert run("disable", officer.staff_number).exit_code == 0

    session.refresh(officer)
    assert officer.disabled_at is not None


@pytest.mark.parametrize("verb", ["reset", "disable"])
def test_an_unknown_number_is_told(run, verb):
    done = run(verb, "13700000000")

    assert (done.exit_code, "No account" in done.output) == (1, True)
