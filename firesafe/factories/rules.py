"""How the facts of the register are written: codes, phones, figures, names, words to search."""

import re
import unicodedata
from decimal import Decimal

from firesafe.core.errors import RuleBroken
from firesafe.districts.counties import County, find_county

CREDIT_CODE_LENGTH = 18
CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(CREDIT_CODE_LENGTH - 1))

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{0,15})?(e\+?[0-9]{1,2})?", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(0(?:10|2[0-9]|[3-9][0-9]{2}))?-?([2-9][0-9]{6,7})")
_CHINESE = re.compile("([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
_NO_WORD = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Return ``text`` with half-width letters and digits, and single blanks (Unicode NFKC)."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def door_name(text: str) -> str:
    """Return the point number or door code in what was written; the printed address has one too."""
    return plain(text).rsplit("/doors/", 1)[-1].rstrip("/")


def credit_code(text: str) -> str:
    """Return a unified social credit code in upper case, without blanks and hyphens.

    GB 32100-2015: 18 characters out of 31, the last of which follows from the others.
    The county in its third to eighth place is that of registration and may be a former
    one. Nothing stays nothing: a point of production may have no code of its own.

    Raises:
        RuleBroken: wrong length, a character that cannot occur, or a last one that does not fit.
    """
    code = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()
    if not code:
        return ""
    if len(code) != CREDIT_CODE_LENGTH:
        raise RuleBroken(
            "A unified social credit code has 18 characters, this one has %(count)s.",
            count=len(code),
        )
    strange = next((c for c in code if c not in CREDIT_CHARACTERS), None)
    if strange:
        raise RuleBroken(
            "“%(character)s” does not occur in a unified social credit code; it has no I, O, S, V"
            " or Z.",
            character=strange,
        )
    if code[-1] != credit_check_character(code[:-1]):
        raise RuleBroken(
            "The last character of the unified social credit code does not fit the other 17."
            " Compare it with the licence."
        )
    return code


def credit_check_character(first: str) -> str:
    """Return the 18th character for the first 17 (GB 32100-2015, modulus 31)."""
    total = sum(
        CREDIT_CHARACTERS.index(character) * weight
        for character, weight in zip(first, _CREDIT_WEIGHTS, strict=True)
    )
    return CREDIT_CHARACTERS[-total % 31]


def county_of_code(text: str) -> County:
    """Return the county of a GB/T 2260 code, present or former.

    610928, Xunyang county until 2021, leads to Xunyang city, 610981.

    Raises:
        RuleBroken: no county of the city has or had this code.
    """
    code = str(whole_number(text)) if _NUMBER.fullmatch(plain(text)) else plain(text)
    found = find_county(code)
    if found is None:
        raise RuleBroken("No county of the city has the code %(code)s.", code=code)
    return found


def phone(text: str) -> str:
    """Return a phone number as digits; a landline keeps the hyphen after its area code.

    Takes what tables make of numbers: 13800000000.0, 1.38E+10, full-width digits, blanks,
    a leading +86. Nothing stays nothing.

    Raises:
        RuleBroken: it is neither a mobile number nor a landline of the mainland.
    """
    digits = re.sub(r"[\s()]", "", unicodedata.normalize("NFKC", text))
    if _NUMBER.fullmatch(digits) and re.search("[.e]", digits, re.IGNORECASE):
        digits = f"{float(digits):.0f}"
    digits = re.sub(r"^(\+|00)86-?", "", digits)
    if not digits:
        return ""
    mobile = digits.replace("-", "")
    if _MOBILE.fullmatch(mobile):
        return mobile
    landline = _LANDLINE.fullmatch(digits)
    if landline is None:
        raise RuleBroken(
            "“%(phone)s” is no phone number. A mobile number has 11 digits, a landline"
            " an area code and 7 or 8 digits.",
            phone=plain(text),
        )
    return "-".join(part for part in landline.groups() if part)


def has_lost_digits(text: str) -> bool:
    """Tell whether a table has written a number so short that digits may be missing: 1.38E+10."""
    mantissa, mark, exponent = plain(text).lower().partition("e+")
    if not mark or not exponent.isdecimal():
        return False
    return len(mantissa.partition(".")[2]) < int(exponent)


def whole_number(text: str, *, least: int = 0, most: int = 1_000_000) -> int | None:
    """Return a whole number, halves rounded up; None for nothing.

    Takes 1,200 and 1200.0 and full-width digits, both ends of the range included.

    Raises:
        RuleBroken: it is no number, or out of the range.
    """
    digits = _THOUSANDS.sub("", plain(text)).replace(" ", "")
    if not digits:
        return None
    if not digits[-1].isascii() and digits[:-1] in ("", "-"):
        digits = digits[:-1] + _chinese_digit(digits[-1])
    if not _NUMBER.fullmatch(digits):
        raise RuleBroken("“%(text)s” is no number.", text=plain(text))
    number = int(float(digits) + 0.5) if float(digits) >= 0 else -int(-float(digits) + 0.5)
    if not least <= number <= most:
        raise RuleBroken(
            "%(number)s is out of the range from %(least)s to %(most)s.",
            number=plain(text),
            least=least,
            most=most,
        )
    return number


def coordinate(text: str, *, most: int) -> Decimal | None:
    """Return degrees of latitude or longitude with six decimals (some 10 cm); None for nothing.

    Raises:
        RuleBroken: it is no number, or not between ``-most`` and ``most``.
    """
    digits = plain(text)
    if not digits:
        return None
    if not re.fullmatch(r"[+-]?[0-9]{1,3}(\.[0-9]{1,15})?", digits) or abs(float(digits)) > most:
        raise RuleBroken("“%(text)s” is no position on a map, such as 32.388500.", text=digits)
    return Decimal(digits).quantize(Decimal("0.000001"))


def _chinese_digit(character: str) -> str:
    value = unicodedata.numeric(character, -1.0)
    return f"{value:.0f}" if value >= 0 else character


def name_key(name: str) -> str:
    """Return what two spellings of one name have in common.

    Width, case, blanks, brackets and other signs do not count; words and digits do.
    """
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", name).casefold())


def spaced(text: str) -> str:
    """Return the words of ``text`` with a blank between them and between Chinese characters.

    Lower case, half width, no signs. What is found by this text must be asked for with
    `search_phrases`, on every database.
    """
    apart = _CHINESE.sub(r" \1 ", unicodedata.normalize("NFKC", text).lower())
    return " ".join(_NO_WORD.sub(" ", apart).split())


def search_phrases(text: str) -> tuple[str, ...]:
    """Return what must all be found: one spaced phrase for each word somebody has typed."""
    return tuple(phrase for phrase in map(spaced, text.split()) if phrase)


def is_chinese(character: str) -> bool:
    """Tell whether the character is Chinese and so a word of its own in `spaced` text."""
    return _CHINESE.fullmatch(character) is not None
