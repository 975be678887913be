"""The four ways in which the domain says no."""

import pytest

from firesafe.core.errors import DomainError, NotFound, Refused, RuleBroken, Stale, require


@pytest.mark.parametrize(
    ("kind", "status"), [(NotFound, 404), (Refused, 403), (RuleBroken, 422), (Stale, 409)]
)
def test_each_refusal_has_its_status(kind, status):
    assert (kind.status, issubclass(kind, DomainError)) == (status, True)


def test_a_refusal_keeps_its_sentence_and_words_apart_for_translation():
    fault = RuleBroken("%(name)s is taken.", name="老县镇")

    assert (fault.sentence, fault.words) == ("%(name)s is taken.", {"name": "老县镇"})
    assert str(fault) == "老县镇 is taken."


def test_a_sentence_without_words_may_hold_a_percent_sign():
    assert str(RuleBroken("More than 100% is not possible.")) == "More than 100% is not possible."


def test_a_policy_that_says_no_is_a_refusal():
    require(True, "Not told.")
    with pytest.raises(Refused, match="Not yours"):
        require(False, "Not yours, %(name)s.", name="李")
