import pytest
from hypothesis import given
from hypothesis import strategies as st

from firesafe.notices.rules import (
    CHECK_LENGTH,
    CHECK_LETTERS,
    new_check_code,
    number_text,
    tidy_check_code,
)
from firesafe.notices.wording import wording
from firesafe.standard.edition import current_edition


def test_a_number_is_padded_and_stands_in_hexagonal_brackets():
    assert number_text("示例消", "改", 2026, 37) == "示例消改〔2026〕第0037号"


def test_a_number_beyond_four_places_is_printed_whole():
    assert number_text("示例消", "检", 2026, 12345) == "示例消检〔2026〕第12345号"


def test_a_letter_s_number_is_neither_padded_nor_called_the_nth():
    assert number_text("示例消", "移", 2026, 3, is_letter=True) == "示例消移〔2026〕3号"


def test_a_series_begins_with_one():
    with pytest.raises(ValueError, match="one"):
        number_text("示例消", "改", 2026, 0)


def test_check_codes_differ_and_cannot_be_misread():
    codes = {new_check_code() for _ in range(1000)}

    assert len(codes) == 1000
    assert all(len(code) == CHECK_LENGTH and set(code) <= set(CHECK_LETTERS) for code in codes)
    assert not set("01OIL") & set(CHECK_LETTERS)


@given(st.text(CHECK_LETTERS, min_size=12, max_size=12))
def test_a_code_typed_in_fours_and_small_letters_is_understood(code):
    typed = f" {code[:4].lower()}-{code[4:8]} {code[8:].lower()} "

    assert tidy_check_code(typed) == code


def test_every_checkpoint_falls_under_a_heading_of_the_record():
    headings = {wording().section_of(each.code) for each in current_edition().checkpoints}

    assert headings == {section.heading for section in wording().sections}
