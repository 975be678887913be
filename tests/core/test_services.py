"""The few lasting objects of a running service."""

import pytest

from firesafe.core.services import Services


def test_an_object_is_found_by_its_type():
    assert Services(7, "seven").get(str) == "seven"


def test_a_later_object_takes_the_place_of_an_earlier_one():
    services = Services(7)
    services.add(8)

    assert services.get(int) == 8


def test_what_the_service_was_not_given_is_told():
    with pytest.raises(LookupError, match="no float"):
        Services(7).get(float)
