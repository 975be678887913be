"""Places in a law, from the short form of the data file to the words of a paper.

The data file says ``17条2款(三)``; a paper says 第十七条第二款第三项, a list on the screen
says 第17条第2款第3项. Technical standards are cited by clause: ``5.1.1—5.1.3``, ``7章``.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

_DIGITS = "零一二三四五六七八九"
_ITEMS = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)}

_ACT = re.compile(
    r"(?P<article>\d{1,3})(?:—(?P<until>\d{1,3}))?条"
    r"(?:(?P<paragraph>\d{1,2}|末)款)?"
    r"(?P<items>(?:\([一二三四五六七八九十]\))*)"
)
_CLAUSE = re.compile(r"(?P<first>\d+(?:\.\d+)+)(?:—(?P<last>\d+(?:\.\d+)+))?")
_PART = re.compile(r"(?P<number>\d+(?:\.\d+)*)(?P<unit>[章节])")

LAST = 99
"""The last paragraph of an article, 末款, whatever its number; it sorts behind the others."""


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A place in an act: article, paragraph, item. Zero means that the level is not named.

    ``until`` is the last article of a range and then stands alone with ``article``.
    ``words`` are those of the act that are meant, where an article says several things.
    """

    article: int
    paragraph: int = 0
    item: int = 0
    until: int = 0
    words: str = ""


def references(text: str, words: str = "") -> tuple[Reference, ...]:
    """Read the short form of a place in an act; several items make several references.

    Raises:
        ValueError: ``text`` is not of that form.
    """
    match = _ACT.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no place in an act, such as 17条2款(三)")
    article, until = int(match["article"]), int(match["until"] or 0)
    paragraph = LAST if match["paragraph"] == "末" else int(match["paragraph"] or 0)
    items = [_ITEMS[word] for word in re.findall(r"\((.)\)", match["items"])]
    if until and (until <= article or paragraph or items):
        raise ValueError(f"{text!r} is no range of articles, such as 30—33条")
    return tuple(Reference(article, paragraph, item, until, words) for item in items or [0])


def chinese_number(number: int) -> str:
    """Write a number from 1 to 999 in Chinese, as laws number their articles.

    Raises:
        ValueError: the number is outside that range.
    """
    if not 1 <= number <= 999:
        raise ValueError(f"{number} is no number of an article")
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and units:
        words += "零"
    return words + (_DIGITS[units] if units else "")


def written_out(places: Iterable[Reference]) -> str:
    """Write places in one act as papers do, in rising order and each once.

    What two neighbours share is said once: 第十六条第一款第一项、第六项. Words of the act
    follow their place in brackets.
    """
    return _written(places, chinese_number)


def in_figures(places: Iterable[Reference]) -> str:
    """Write the same with Arabic figures and without words, for lists on the screen."""
    return _written((replace(place, words="") for place in places), str)


def _written(places: Iterable[Reference], number: Callable[[int], str]) -> str:
    parts: list[str] = []
    before: tuple[str, ...] = ()
    for place in sorted(set(places)):
        levels = _levels(place, number)
        quoted = f"（“{place.words}”）" if place.words else ""
        parts.append("".join(levels[_shared(before, levels) :]) + quoted)
        before = levels
    return "、".join(parts)


def _levels(place: Reference, number: Callable[[int], str]) -> tuple[str, ...]:
    """Return article, paragraph and item in words, without the deeper levels not named."""
    article = f"第{number(place.article)}条"
    if place.until:
        return (f"{article}至第{number(place.until)}条",)
    paragraph = "末款" if place.paragraph == LAST else ""
    if 0 < place.paragraph < LAST:
        paragraph = f"第{number(place.paragraph)}款"
    if place.item:
        return article, paragraph, f"第{number(place.item)}项"
    return (article, paragraph) if paragraph else (article,)


def _shared(before: tuple[str, ...], levels: tuple[str, ...]) -> int:
    """Return how many levels need not be said again after the place before.

    Only places of the same depth share: 第十六条第一款第一项、第二款 would leave open whose
    second paragraph is meant.
    """
    if len(before) != len(levels):
        return 0
    shared = 0
    while shared < len(levels) - 1 and before[shared] == levels[shared]:
        shared += 1
    return shared


def clauses(text: str) -> str:
    """Write a place in a technical standard: 第5.1.1条至第5.1.3条, 第7章, 第2.2节.

    Raises:
        ValueError: ``text`` is not of that form.
    """
    if part := _PART.fullmatch(text):
        return f"第{part['number']}{part['unit']}"
    match = _CLAUSE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no clause of a standard, such as 5.1.1 or 7章")
    first = f"第{match['first']}条"
    return f"{first}至第{match['last']}条" if match["last"] else first
