"""The ten counties and the functional zones."""

import pytest

from firesafe.districts.counties import city, county, find_county, zones_of


def test_the_city_has_ten_counties_with_codes_and_letters_of_their_own():
    counties = city().counties

    assert len(counties) == 10
    assert len({c.code for c in counties}) == len({c.letters for c in counties}) == 10
    assert all(c.code.startswith("6109") and len(c.code) == 6 for c in counties)


def test_a_former_code_leads_to_the_county_of_today():
    assert find_county("610928") == county("610981")


def test_an_unknown_code_is_no_county():
    assert find_county("999999") is None
    with pytest.raises(KeyError):
        county("999999")


def test_zones_stand_below_their_county():
    assert [zone.county_code for zone in zones_of("610902")] == ["610902"] * 3
    assert zones_of("610926") == ()


def test_a_county_has_a_name_in_both_languages():
    pingli = county("610926")

    assert (pingli.name_in("zh"), pingli.name_in("en")) == ("平利县", "Pingli")
