"""What a file may be called in a case, so that every system can unpack it."""

import re
import unicodedata
from datetime import date

LONGEST_NAME = 80  # characters: with its folders a path stays below Windows' 260

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_ENDINGS = " ."  # Windows drops them


def safe_name(text: str) -> str:
    """Return ``text`` as a name of a file or folder on any system; empty becomes a dash.

    The name is composed (NFC), as browsers and systems but macOS hand it over.
    """
    shown = _UNSAFE.sub("-", unicodedata.normalize("NFC", text))
    return " ".join(shown.split())[:LONGEST_NAME].strip(_ENDINGS) or "-"


def dated_name(day: date | None, *parts: str) -> str:
    """Return a name that sorts by day: the day, then whatever of ``parts`` is not empty."""
    first = day.isoformat() if day else ""
    return safe_name(" ".join(part for part in (first, *parts) if part))


class Names:
    """Gives out paths, each once; capital letters do not make a difference to Windows."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, folder: str, stem: str, ending: str) -> str:
        """Return ``folder/stem.ending``, with a number behind the stem from the second on."""
        path, number = f"{folder}/{stem}.{ending}", 1
        while path.casefold() in self._taken:
            number += 1
            path = f"{folder}/{stem} ({number}).{ending}"
        self._taken.add(path.casefold())
        return path
