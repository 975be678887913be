"""Names to sign in with, passwords, tokens and the lock."""

from datetime import timedelta

import pytest

from firesafe.accounts.rules import (
    check_password,
    device_name,
    lock_after,
    make_one_time_password,
    mobile_number,
    sign_in_name,
    staff_number,
)
from firesafe.core.errors import RuleBroken

PERSONAL = ("李巍", "13912345678", "AK-0007")


@pytest.mark.parametrize(
    "typed", ["13912345678", " 139 1234 5678 ", "+86 139-1234-5678", "１３９１２３４５６７８"]
)
def test_a_mobile_number_is_found_however_it_is_typed(typed):
    assert sign_in_name(typed) == "13912345678"


def test_a_staff_number_keeps_its_hyphens_and_loses_its_small_letters():
    assert sign_in_name(" ak-0007 ") == "AK-0007"


@pytest.mark.parametrize("typed", ["", "1391234567", "139123456789", "12912345678", "0915-3212345"])
def test_anything_but_a_mobile_number_is_refused_as_one(typed):
    with pytest.raises(RuleBroken, match="11 digits"):
        mobile_number(typed)


@pytest.mark.parametrize("typed", ["A", "-A1", "A B", "检查员1", "A" * 21])
def test_a_malformed_staff_number_is_refused(typed):
    with pytest.raises(RuleBroken, match="2 to 20"):
        staff_number(typed)


def test_a_staff_number_must_not_be_mistaken_for_a_mobile_number():
    with pytest.raises(RuleBroken, match="look like a mobile number"):
        staff_number("13912345678")


@pytest.mark.parametrize(
    "password", ["Fire-door1", "fire4door!", "四个四Standard2", "a long sentence is good"]
)
def test_a_good_password_passes(password):
    check_password(password, personal=PERSONAL)


@pytest.mark.parametrize(
    ("password", "remedy"),
    [
        ("Short-1", "at least 10"),
        ("onlysmallletters"[:15], "at least 10"),
        ("fire4doors", "three of"),
        ("a" * 16, "over and over"),
        ("Fire-13912345678", "Leave your name"),
        ("ak-0007-Doors", "Leave your name"),
        ("李巍Fire-door1", "Leave your name"),
        ("Aa1-" * 33, "at most 128"),
    ],
)
def test_a_weak_password_is_refused_with_the_remedy(password, remedy):
    with pytest.raises(RuleBroken, match=remedy):
        check_password(password, personal=PERSONAL)


def test_a_name_of_one_letter_or_none_forbids_nothing():
    check_password("Fire-door1", personal=("F", "", None))


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(5, 15), (6, 30), (7, 60), (8, 120), (9, 240), (10, 240), (1_000_000, 240)],
)
def test_the_lock_doubles_up_to_four_hours(failures, minutes):
    assert lock_after(failures) == timedelta(minutes=minutes)


@pytest.mark.parametrize("failures", [0, 1, 4])
def test_four_failures_do_not_lock(failures):
    assert lock_after(failures) is None


def test_a_one_time_password_is_good_readable_and_never_the_same():
    made = {make_one_time_password() for _ in range(50)}

    for password in made:
        check_password(password)
    assert len(made) == 50
    assert not set("".join(made)) & set("01loiIO")


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 9) Chrome/78 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Linux; Android 9) Chrome/86 MicroMessenger/8.0", "WeChat, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 14_5 like Mac OS X) Safari/604", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/120 Safari Edg/120", "Edge, Windows"),
        ("curl/8", ""),
    ],
)
def test_a_device_is_called_what_people_call_it(user_agent, name):
    assert device_name(user_agent) == name
