"""Which characters the installed typefaces can print, and whether they are set fast.

The open FangSong of set-up has all of GB 2312 but not every character of people's names,
so each paper is checked before it is issued: characters that come from the stand-in
typeface are shown to the clerk, and characters that no typeface has stop the issue.
"""

import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from weasyprint.text import ffi

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


def harfbuzz_subsetting_present() -> bool:
    """Tell whether typefaces are cut down by HarfBuzz; without it a paper takes seconds."""
    return ffi.harfbuzz_subset is not None


@cache
def installed_coverage() -> Coverage:
    """Read the character maps of the papers' typefaces, once per process.

    Raises:
        FontsMissing: a role has no typeface of its own, or the stand-in is missing.
    """
    files = _installed_files()
    own = [_characters(_first_installed(families, files)) for families in ROLES.values()]
    everywhere = frozenset.intersection(*own)
    return Coverage(everywhere, everywhere | _characters(_first_installed((STAND_IN,), files)))


def _first_uses(text: str, wanted: Iterable[str]) -> tuple[str, ...]:
    chosen = frozenset(wanted)
    return tuple(dict.fromkeys(character for character in text if character in chosen))


def _first_installed(families: tuple[str, ...], files: dict[str, Path]) -> Path:
    for family in families:
        if family in files:
            return files[family]
    raise FontsMissing(f"None of the typefaces {', '.join(families)} is installed.")


def _installed_files() -> dict[str, Path]:
    """Return one file of each installed family, by every name the family goes by."""
    program = shutil.which("fc-list")
    if program is None:
        raise FontsMissing("The program fc-list of the package fontconfig is missing.")
    listing = subprocess.run(  # noqa: S603 — the program's own path, no words from outside
        [program, "--format", "%{family}\t%{file}\n"], capture_output=True, check=True, text=True
    )
    files: dict[str, Path] = {}
    for line in sorted(listing.stdout.splitlines()):
        families, _, file = line.partition("\t")
        for family in families.split(","):
            files.setdefault(family, Path(file))
    return files


@cache
def _characters(file: Path) -> frozenset[str]:
    with TTFont(file, fontNumber=0, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
