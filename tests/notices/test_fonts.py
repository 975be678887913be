"""Which characters can be printed, and that the papers are set fast."""

import shutil

import pytest
from weasyprint.text import ffi

from firesafe.notices import fonts
from firesafe.notices.fonts import (
    FontsMissing,
    fallback_characters,
    installed_coverage,
    missing_characters,
)
from tests.notices.samples import UNDRAWN


def test_harfbuzz_cuts_the_typefaces_down():
    assert ffi.harfbuzz_subset, "install libharfbuzz-subset0: papers take seconds without"


def test_every_character_of_gb_2312_is_in_our_own_typefaces():
    hanzi = {
        bytes((row, cell)).decode("gb2312", "ignore")
        for row in range(0xB0, 0xF8)
        for cell in range(0xA1, 0xFF)
    } - {""}

    assert len(hanzi) == 6763
    assert hanzi <= installed_coverage().own


def test_characters_of_the_stand_in_are_reported_in_order_and_once():
    assert fallback_characters("赵玥、郑祎、孙喆，赵玥的车间1260㎡") == ("玥", "祎", "喆", "㎡")


def test_common_text_needs_no_stand_in():
    assert fallback_characters("示例消改〔2026〕第0037号，“四个四”——A1-04 √ □") == ()


def test_characters_of_no_typeface_are_reported():
    assert missing_characters(f"赵玥{UNDRAWN}，{UNDRAWN}☑") == (UNDRAWN, "☑")


def test_blanks_and_ends_of_lines_need_no_typeface():
    assert missing_characters("一行\r\n二行\t\u3000三\u00a0行") == ()


def test_a_missing_family_is_named(monkeypatch):
    monkeypatch.setitem(fonts.ROLES, "title", ("No Such Face",))
    installed_coverage.cache_clear()

    with pytest.raises(FontsMissing, match="No Such Face"):
        installed_coverage()


def test_without_fontconfig_the_package_is_named(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    installed_coverage.cache_clear()

    with pytest.raises(FontsMissing, match="fontconfig"):
        installed_coverage()
