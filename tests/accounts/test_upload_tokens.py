"""Letting a phone send: until when, and what ends it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from firesafe.accounts.actions import (
    change_password,
    disable_officer,
    enable_officer,
    open_sign_in,
    reset_password,
    sign_out,
    sign_out_everywhere,
)
from firesafe.accounts.models import Officer, UploadToken
from firesafe.accounts.passwords import hash_password
from firesafe.accounts.posts import Post
from firesafe.accounts.queries import officer_of_token
from firesafe.accounts.upload_tokens import (
    issue_upload_token,
    officer_of_upload_token,
    own_upload_token,
    revoke_upload_token,
    sending_phones,
)
from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.errors import NotFound, Refused
from tests.makers import MONDAY, make_officer
from tests.phones import ANDROID, PHONE, sender

OTHER_PHONE = "00000000-0000-4000-8000-000000000002"


@pytest.fixture
def inspector(session):
    return make_officer(session)


def issue(session, officer, phone=PHONE, at=MONDAY):
    return issue_upload_token(session, officer, phone=phone, device=ANDROID, at=at)


def trail(session):
    return [(e.event, e.facts["device"]) for e in session.scalars(select(AuditEntry))
            if "device" in e.facts]  # fmt: skip


def test_a_token_lets_a_phone_send_for_thirty_days(session, inspector):
    token = issue(session, inspector)
    last = MONDAY + timedelta(days=30, microseconds=-1)

    assert sender(session, token, last) is inspector
    assert sender(session, token, MONDAY + timedelta(days=30)) is None
    assert trail(session) == [(Event.UPLOAD_TOKEN_ISSUED, "Chrome, Android")]


def test_whoever_sends_is_known_with_all_that_stands_in_his_row(session, inspector):
    inspector.locked_until, inspector.language = MONDAY, "en"
    token = issue(session, inspector)
    session.flush()

    found = officer_of_upload_token(session.connection(), token, MONDAY)

    names = Officer.__table__.columns.keys()
    assert [getattr(found, n) for n in names] == [getattr(inspector, n) for n in names]


def test_only_a_hash_of_the_token_is_kept(session, inspector):
    token = issue(session, inspector)

    assert token not in session.scalars(select(UploadToken.token_hash)).one()


def test_it_is_no_sign_in_and_a_sign_in_is_no_upload_token(session, inspector):
    token = issue(session, inspector)
    signed_in = open_sign_in(session, inspector, device="", at=MONDAY)

    assert officer_of_token(session, token, MONDAY) is None
    assert sender(session, signed_in, MONDAY) is None


def test_a_new_one_for_the_same_phone_ends_the_old(session, inspector):
    old, other = issue(session, inspector), issue(session, inspector, OTHER_PHONE)

    new = issue(session, inspector)

    found = [sender(session, token, MONDAY) for token in (old, other, new)]
    assert found == [None, inspector, inspector]


def test_two_officers_who_share_a_phone_do_not_end_each_others(session, inspector):
    his, hers = issue(session, inspector), issue(session, make_officer(session))

    assert sender(session, his, MONDAY) is inspector
    assert sender(session, hers, MONDAY) is not None


@pytest.mark.parametrize("post", [Post.COUNTY_CLERK, Post.FACTORY_MANAGER, Post.CITY_SUPERVISOR])
def test_whoever_makes_no_visits_gets_none(session, post):
    with pytest.raises(Refused):
        issue(session, make_officer(session, post=post))


def test_signing_out_leaves_it_be_and_signing_out_everywhere_ends_it(session, inspector):
    token, other = issue(session, inspector), issue(session, inspector, OTHER_PHONE)
    hers = issue(session, make_officer(session))
    signed_in = open_sign_in(session, inspector, device="", at=MONDAY)

    sign_out(session, inspector, signed_in, at=MONDAY)
    assert sender(session, token, MONDAY) is inspector

    sign_out_everywhere(session, inspector, at=MONDAY)
    found = [sender(session, each, MONDAY) for each in (token, other)]
    assert found == [None, None]
    assert sender(session, hers, MONDAY) is not None
    assert trail(session).count((Event.UPLOAD_TOKEN_REVOKED, "Chrome, Android")) == 2


def test_changing_ones_own_password_leaves_it_be(session, inspector):
    inspector.password_hash = hash_password("Fire-door1")
    token = issue(session, inspector)

    change_password(session, inspector, old="Fire-door1", new="Another-door2", token="", at=MONDAY)

    assert sender(session, token, MONDAY) is inspector


def test_a_one_time_password_ends_it(session, inspector):
    token = issue(session, inspector)

    reset_password(session, inspector, by=None, at=MONDAY)

    assert sender(session, token, MONDAY) is None
    assert (Event.UPLOAD_TOKEN_REVOKED, "Chrome, Android") in trail(session)


def test_disabling_the_account_ends_it_for_good(session, inspector):
    token = issue(session, inspector)

    disable_officer(session, inspector, by=None, at=MONDAY)
    enable_officer(session, inspector, by=None, at=MONDAY)

    assert sender(session, token, MONDAY) is None


def test_a_token_made_while_the_account_was_being_disabled_opens_nothing(session, inspector):
    token = issue(session, inspector)
    inspector.disabled_at = MONDAY

    assert sender(session, token, MONDAY) is None


def test_one_phone_is_stopped_and_the_other_goes_on(session, inspector):
    lost, kept = issue(session, inspector), issue(session, inspector, OTHER_PHONE)
    phone = next(each for each in sending_phones(session, inspector, MONDAY) if each.phone == PHONE)

    revoke_upload_token(session, phone, by=inspector, at=MONDAY)

    assert sender(session, lost, MONDAY) is None
    assert sender(session, kept, MONDAY) is inspector
    assert [each.phone for each in sending_phones(session, inspector, MONDAY)] == [OTHER_PHONE]
    with pytest.raises(NotFound):
        own_upload_token(session, inspector, phone.id, MONDAY)


def test_nobody_stops_the_phone_of_another(session, inspector):
    issue(session, inspector)
    phone = sending_phones(session, inspector, MONDAY)[0]
    other = make_officer(session)

    with pytest.raises(NotFound):
        own_upload_token(session, other, phone.id, MONDAY)
    with pytest.raises(Refused):
        revoke_upload_token(session, phone, by=other, at=MONDAY)
