"""Which characters the installed typefaces can print.

The open FangSong of set-up has all of GB 2312 but not every character of people's names,
so each paper is checked before it is issued: characters that come from the stand-in
typeface are shown to the clerk, and characters that no typeface has stop the issue.
"""

import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

STAND_IN = "LXGW WenKai"

ROLES: dict[str, tuple[str, ...]] = {
    "text": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "FandolFang"),
    "title": ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "FandolSong"),
    "heading": ("SimHei", "黑体", "FandolHei"),
    "digits": ("SimSun", "宋体", "FandolSong"),
}
"""The families of each role in the style sheets, in their order; the stand-in follows."""


class FontsMissing(Exception):
    """A typeface of the papers is not installed; `setup/fonts.sh` installs them."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The characters that can be printed.

    ``own`` are those that every role's own typeface has, ``all`` those and what the
    stand-in adds.
    """

    own: frozenset[str]
    all: frozenset[str]


def fallback_characters(text: str) -> tuple[str, ...]:
    """Return the characters of ``text`` that the stand-in prints, in order of first use."""
    coverage = installed_coverage()
    return _first_uses(text, coverage.all - coverage.own)


def missing_characters(text: str) -> tuple[str, ...]:
    """Return the characters of ``text`` that no typeface of the papers has."""
    inked = {character for character in text if not character.isspace()}
    return _first_uses(text, inked - installed_coverage().all)


@cache
def installed_coverage() -> Coverage:
    """Ask for the characters of the papers' typefaces, once per process.

    Raises:
        FontsMissing: a role has no typeface of its own, or the stand-in is missing.
    """
    faces = _installed_faces()
    own = [_characters(_first_installed(families, faces)) for families in ROLES.values()]
    everywhere = frozenset.intersection(*own)
    return Coverage(everywhere, everywhere | _characters(_first_installed((STAND_IN,), faces)))


def _first_uses(text: str, wanted: Iterable[str]) -> tuple[str, ...]:
    chosen = frozenset(wanted)
    return tuple(dict.fromkeys(character for character in text if character in chosen))


def _first_installed(families: tuple[str, ...], faces: dict[str, str]) -> str:
    for family in families:
        if family in faces:
            return faces[family]
    raise FontsMissing(f"None of the typefaces {', '.join(families)} is installed.")


def _installed_faces() -> dict[str, str]:
    """Return the characters of one face of each installed family, by every name it goes by.

    They are those by which Pango, too, chooses a typeface for a character. To read them out
    of the files takes half a second and 40 MB in each process.
    """
    program = shutil.which("fc-list")
    if program is None:
        raise FontsMissing("The program fc-list of the package fontconfig is missing.")
    listing = subprocess.run(  # noqa: S603 — the program's own path, no words from outside
        [program, "--format", "%{family}\t%{file}\t%{charset}\n"],
        capture_output=True,
        check=True,
        text=True,
    )
    faces: dict[str, str] = {}
    for line in sorted(listing.stdout.splitlines()):
        families, _, ranges = line.split("\t")
        for family in families.split(","):
            faces.setdefault(family, ranges)
    return faces


def _characters(ranges: str) -> frozenset[str]:
    """Return the characters of ranges as fontconfig writes them: 20-7e a0 4e00-9fa5."""
    codes = (part.partition("-") for part in ranges.split())
    return frozenset(
        chr(code)
        for first, _, last in codes
        for code in range(int(first, 16), int(last or first, 16) + 1)
    )
