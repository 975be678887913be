"""Finding the towns and communities of a county."""

import pytest

from firesafe.core.errors import NotFound
from firesafe.districts.queries import communities_of, community_of, town_of, towns_in, towns_of
from tests.makers import HANBIN, PINGLI, make_community


@pytest.fixture
def community(session):
    return make_community(session, town="老县镇", name="乙社区")


def test_a_county_has_its_own_towns_with_their_communities(session, community):
    other = make_community(session, town="老县镇", name="甲社区")
    make_community(session, county=HANBIN, town="外镇")

    (town,) = towns_of(session, PINGLI)

    assert set(town.communities) == {other, community}
    assert communities_of(session, town.id) == sorted([other, community], key=lambda c: c.name)


def test_the_towns_of_several_counties_are_found_together(session, community):
    foreign = make_community(session, county=HANBIN).town

    assert towns_in(session, [HANBIN, PINGLI]) == [foreign, community.town]
    assert towns_in(session, []) == []


def test_places_of_another_county_are_not_found(session, community):
    assert town_of(session, PINGLI, community.town_id) is community.town
    assert community_of(session, PINGLI, community.id) is community
    with pytest.raises(NotFound):
        town_of(session, HANBIN, community.town_id)
    with pytest.raises(NotFound):
        community_of(session, HANBIN, community.id)
