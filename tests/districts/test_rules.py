"""What towns and communities may be called."""

import pytest

from firesafe.core.errors import RuleBroken
from firesafe.districts.rules import place_name


def test_a_name_is_kept_without_needless_blanks_and_full_width_digits():
    assert place_name("　老县镇 \n １号　社区 ") == "老县镇 1号 社区"


@pytest.mark.parametrize("typed", ["", "  ", "　"])
def test_a_name_must_be_entered(typed):
    with pytest.raises(RuleBroken, match="Enter a name"):
        place_name(typed)


def test_a_name_has_at_most_forty_characters():
    assert place_name("镇" * 40) == "镇" * 40
    with pytest.raises(RuleBroken, match="at most 40"):
        place_name("镇" * 41)
