"""How papers are numbered, and the codes by which anyone may check them."""

import secrets

CHECK_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CHECK_LENGTH = 12


def number_text(abbreviation: str, mark: str, year: int, sequence: int) -> str:
    """Return a number as printed: 示例消改〔2026〕第0037号.

    Business papers are padded to four places and take 第, unlike official letters
    (GB/T 9704 forbids both there); the year stands in hexagonal brackets.

    Raises:
        ValueError: ``sequence`` is not positive.
    """
    if sequence < 1:
        raise ValueError("A series begins with one.")
    return f"{abbreviation}{mark}〔{year}〕第{sequence:04d}号"


def new_check_code() -> str:
    """Return a code that cannot be guessed (about 59 bits) nor misread: no 0 O 1 I L."""
    return "".join(secrets.choice(CHECK_LETTERS) for _ in range(CHECK_LENGTH))


def tidy_check_code(typed: str) -> str:
    """Return what somebody typed as the code is kept: upper case, no blanks or hyphens."""
    return "".join(typed.upper().split()).replace("-", "")
