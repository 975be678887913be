"""Rules about names to sign in with, passwords, tokens and the lock on a door."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterable
from datetime import timedelta

from firesafe.core.errors import RuleBroken

SHORT_LENGTH = 10  # with three classes of characters; GB/T 22239-2019 level 2 asks for 8
LONG_LENGTH = 16  # of whatever kind
MOST_LENGTH = 128  # beyond this a password only costs the server time
FAILURES_BEFORE_LOCK = 5
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=4)
INVITATION_TERM = timedelta(days=7)
PASS_TERM = timedelta(hours=24)
PASS_HOURS = 2  # for which a used code lets somebody in
MOST_OPEN_PASSES = 5  # of one factory; each costs a proof of its own when a code is typed
UPLOAD_TERM = timedelta(days=30)  # as long as a phone keeps what it has fetched for the day
KEPT_AFTER_END = timedelta(days=90)  # then only the trail knows of a sign-in

_CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9]")
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else on paper
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_STAFF_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9-]{1,19}")
_BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("HuaweiBrowser", "Huawei Browser"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def hash_of(token: str) -> str:
    """Return what is kept of a token, so that the table gives nobody a way in."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in_name(text: str) -> str:
    """Return a phone or staff number as it is kept: half-width, without blanks, upper case.

    A leading +86 of a mobile number is dropped.
    """
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    digits = re.sub(r"[\s-]", "", plain).removeprefix("+86")
    return digits if _MOBILE.fullmatch(digits) else plain


def spellings(words: str) -> set[str]:
    """Return the forms in which part of a name or number may be kept."""
    plain = unicodedata.normalize("NFKC", words).strip().upper()
    return {words.strip(), plain, re.sub(r"[\s-]", "", plain)}


def mobile_number(text: str) -> str:
    """Return a mobile number of the mainland as eleven digits.

    Raises:
        RuleBroken: it is not one.
    """
    number = sign_in_name(text)
    if not _MOBILE.fullmatch(number):
        raise RuleBroken("A mobile number has 11 digits and begins with 1.")
    return number


def staff_number(text: str) -> str:
    """Return a staff number: 2 to 20 letters, digits and hyphens, in upper case.

    Raises:
        RuleBroken: it is not one, or could be taken for a mobile number.
    """
    number = sign_in_name(text)
    if not _STAFF_NUMBER.fullmatch(number):
        raise RuleBroken("A staff number has 2 to 20 letters, digits or hyphens.")
    if _MOBILE.fullmatch(number):
        raise RuleBroken("A staff number must not look like a mobile number.")
    return number


def check_password(password: str, *, personal: Iterable[str | None] = ()) -> None:
    """Let a good password pass.

    Good is one of ten characters and three of the four classes (small letters, capitals,
    digits, others), or one of sixteen characters; it is not one character over and over,
    and holds none of the ``personal`` words: phone, staff number, name.

    Raises:
        RuleBroken: the password is not good; the sentence says what to change.
    """
    if len(password) > MOST_LENGTH:
        raise RuleBroken("Use at most %(most)s characters.", most=MOST_LENGTH)
    if not _is_long_enough(password):
        raise RuleBroken(
            "Use at least 10 characters with three of: small letters, capitals, digits, signs."
            " Or use at least 16 characters of any kind."
        )
    if len(set(password)) == 1:
        raise RuleBroken("Use more than one character over and over.")
    lowered = password.lower()
    if any(word and len(word) > 1 and word.lower() in lowered for word in personal):
        raise RuleBroken("Leave your name, phone and staff number out of the password.")


def lock_after(failed_count: int) -> timedelta | None:
    """Return how long the door stays locked after this many failures in a row, or None.

    The fifth failure locks for 15 minutes (GB/T 22239-2019, level 2), each further one for
    twice as long, up to four hours.
    """
    over = failed_count - FAILURES_BEFORE_LOCK
    if over < 0:
        return None
    doublings = min(over, 10)  # far beyond the longest lock
    return min(FIRST_LOCK * (1 << doublings), LONGEST_LOCK)


def make_token() -> str:
    """Return a token that cannot be guessed: 256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def make_one_time_password() -> str:
    """Return a password to be read off a sheet and typed once: four groups of four."""
    groups = ("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def make_pass() -> str:
    """Return a code to be told by mouth and typed with a thumb: two groups of four digits."""
    digits = f"{secrets.randbelow(10**8):08d}"
    return f"{digits[:4]} {digits[4:]}"


def pass_digits(typed: str) -> str:
    """Return the digits of a code however it was typed: full-width, with blanks, with hyphens."""
    return re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", typed))


def device_name(user_agent: str) -> str:
    """Return what a person calls the device: ``WeChat, Android``; unknown parts are left out."""
    found = (
        next((name for mark, name in marks if mark in user_agent), "")
        for marks in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(name for name in found if name)


def _is_long_enough(password: str) -> bool:
    if len(password) >= LONG_LENGTH:
        return True
    kinds = sum(1 for kind in _CLASSES if re.search(kind, password))
    return len(password) >= SHORT_LENGTH and kinds >= 3
