"""What has long ended is thrown out, and nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from firesafe.accounts.actions import open_sign_in, sign_out
from firesafe.accounts.invitations import accept_invitation, invite_manager, withdraw_invitation
from firesafe.accounts.models import Invitation, SignIn, UploadToken
from firesafe.accounts.posts import Post
from firesafe.accounts.pruning import prune
from firesafe.accounts.queries import officer_of_token
from firesafe.accounts.upload_tokens import (
    issue_upload_token,
    revoke_upload_token,
    sending_phones,
)
from firesafe.jobs.worker import ask_for_daily_jobs, run_due_jobs
from tests.makers import MONDAY, PINGLI, make_officer
from tests.phones import sender

KEPT = timedelta(days=90)
A_MOMENT = timedelta(seconds=1)


@pytest.fixture
def inspector(session):
    return make_officer(session)


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def check(session, table, *, ended_at):
    """See the one row stay for ninety days after its end, and go then."""
    prune(session, at=ended_at + KEPT)
    assert count(session, table) == 1

    prune(session, at=ended_at + KEPT + A_MOMENT)
    assert count(session, table) == 0


def test_a_sign_in_goes_ninety_days_after_it_has_run_out(session, inspector):
    open_sign_in(session, inspector, device="", at=MONDAY, hours=12)

    check(session, SignIn, ended_at=MONDAY + timedelta(hours=12))


def test_a_sign_in_that_was_closed_goes_ninety_days_after_that(session, inspector):
    token = open_sign_in(session, inspector, device="", at=MONDAY, hours=12)
    sign_out(session, inspector, token, at=MONDAY)

    check(session, SignIn, ended_at=MONDAY)


def issue(session, officer):
    return issue_upload_token(session, officer, phone="p", device="", at=MONDAY)


def test_an_upload_token_goes_ninety_days_after_it_has_run_out(session, inspector):
    issue(session, inspector)

    check(session, UploadToken, ended_at=MONDAY + timedelta(days=30))


def test_an_upload_token_that_was_revoked_goes_ninety_days_after_that(session, inspector):
    issue(session, inspector)
    phone = sending_phones(session, inspector, MONDAY)[0]
    revoke_upload_token(session, phone, by=inspector, at=MONDAY)

    check(session, UploadToken, ended_at=MONDAY)


def invite(session):
    clerk = make_officer(session, post=Post.COUNTY_CLERK)
    told = {"factory_id": 1, "county_code": PINGLI, "name": "张测试", "phone": "13700000001"}
    return *invite_manager(session, **told, by=clerk, at=MONDAY), clerk


def test_an_invitation_goes_ninety_days_after_it_has_run_out(session):
    invite(session)

    check(session, Invitation, ended_at=MONDAY + timedelta(days=7))


def test_an_invitation_that_was_withdrawn_goes_ninety_days_after_that(session):
    invitation, _, clerk = invite(session)
    withdraw_invitation(session, invitation, by=clerk, at=MONDAY)
    session.flush()

    check(session, Invitation, ended_at=MONDAY)


def test_an_invitation_that_was_accepted_goes_ninety_days_after_that(session):
    _, token, _ = invite(session)
    accept_invitation(session, token, name="张测试", password="Fire-door1", at=MONDAY)
    session.flush()

    check(session, Invitation, ended_at=MONDAY)


def test_the_worker_prunes_once_a_day_and_what_is_open_stays(services, database, session):
    inspector = make_officer(session)
    ended_at = MONDAY - KEPT - A_MOMENT
    open_sign_in(session, inspector, device="", at=ended_at - timedelta(hours=12), hours=12)
    signed_in = open_sign_in(session, inspector, device="", at=MONDAY)
    token = issue(session, inspector)
    session.commit()

    for _ in range(2):
        ask_for_daily_jobs(database, at=MONDAY)
    run_due_jobs(services, at=MONDAY)

    assert count(session, SignIn) == 1
    assert officer_of_token(session, signed_in, MONDAY) is inspector
    assert sender(session, token, MONDAY) is inspector
