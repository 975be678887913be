"""How papers are numbered and checked by anyone, and what a proof of service must say."""

import secrets
from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta

from firesafe.core.errors import RuleBroken

CHECK_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CHECK_LENGTH = 12

LONGEST_GRACE = 60
"""So many days at most are given to correct something: the county's own figure (管理值)."""


def number_text(
    abbreviation: str, mark: str, year: int, sequence: int, *, is_letter: bool = False
) -> str:
    """Return a number as printed: 示例消改〔2026〕第0037号, or of a letter 示例消移〔2026〕3号.

    Business papers are padded to four places and take 第, unlike official letters
    (GB/T 9704 forbids both there); the year stands in hexagonal brackets.

    Raises:
        ValueError: ``sequence`` is not positive.
    """
    if sequence < 1:
        raise ValueError("A series begins with one.")
    place = f"{sequence}" if is_letter else f"第{sequence:04d}"
    return f"{abbreviation}{mark}〔{year}〕{place}号"


def new_check_code() -> str:
    """Return a code that cannot be guessed (about 59 bits) nor misread: no 0 O 1 I L."""
    return "".join(secrets.choice(CHECK_LETTERS) for _ in range(CHECK_LENGTH))


def tidy_check_code(typed: str) -> str:
    """Return what somebody typed as the code is kept: upper case, no blanks or hyphens."""
    return "".join(typed.upper().split()).replace("-", "")


def check_receipt(
    received_on: date, received_at: datetime | None, *, issued_at: datetime, issued_on: date,
    at: datetime, today: date,
) -> None:  # fmt: skip
    """Go on if a paper can have been received then; clock times are compared by the minute.

    Raises:
        RuleBroken: it is before the paper was issued, or in the future.
    """
    moment = received_at or issued_at
    if received_on < issued_on or moment < issued_at.replace(second=0, microsecond=0):
        raise RuleBroken("It cannot have been received before it was issued.")
    if received_on > today or (received_at or at) > at:
        raise RuleBroken("It cannot have been received in the future. Look at day and time.")


def check_servers(servers: Collection[str]) -> None:
    """Go on if two different people served the paper.

    Raises:
        RuleBroken: there are fewer.
    """
    if len({name for name in servers if name}) < 2:
        raise RuleBroken("A paper is served by two people. Write both names.")


def last_late_day(today: date, days: int, is_working_day: Callable[[date], bool]) -> date:
    """Return the last day of issue from which ``days`` working days are over before ``today``.

    A paper issued on that day or before and not served yet is late.
    """
    day = today
    while days > 0:
        day -= timedelta(days=1)
        days -= is_working_day(day)
    return day - timedelta(days=1)
