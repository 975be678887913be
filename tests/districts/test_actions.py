"""Keeping the towns and communities of a county."""

import pytest
from sqlalchemy import select

from firesafe.accounts.posts import Post
from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.errors import Refused, RuleBroken, Stale
from firesafe.districts.actions import (
    add_community,
    add_town,
    remove_community,
    remove_town,
    rename_community,
    rename_town,
)
from firesafe.districts.models import Community, Town
from tests.makers import HANBIN, MONDAY, PINGLI, make_community, make_factory, make_officer


@pytest.fixture
def clerk(session):
    return make_officer(session, post=Post.COUNTY_CLERK)


@pytest.fixture
def community(session):
    return make_community(session, town="老县镇", name="示例社区")


def last_entry(session):
    return session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()


def test_a_town_and_a_community_are_entered_and_noted(session, clerk):
    town = add_town(session, PINGLI, " 老县镇 ", by=clerk, at=MONDAY)
    community = add_community(session, town, "示例社区", by=clerk, at=MONDAY)

    assert (town.name, community.town) == ("老县镇", town)
    entry = last_entry(session)
    assert (entry.event, entry.county_code) == (Event.COMMUNITY_ADDED, PINGLI)
    assert entry.facts == {"name": "示例社区", "town": "老县镇"}


def test_a_name_is_given_once_in_a_county_or_town(session, clerk, community):
    with pytest.raises(RuleBroken, match="has a town"):
        add_town(session, PINGLI, "老县镇", by=clerk, at=MONDAY)
    with pytest.raises(RuleBroken, match="has a community"):
        add_community(session, community.town, "示例社区", by=clerk, at=MONDAY)


def test_another_county_may_have_a_town_of_the_same_name(session, clerk):
    make_community(session, county=HANBIN, town="老县镇")

    assert add_town(session, PINGLI, "老县镇", by=clerk, at=MONDAY).id


def test_a_place_is_renamed_and_the_old_name_noted(session, clerk, community):
    rename_town(session, community.town, "新县镇", was="老县镇", by=clerk, at=MONDAY)
    rename_community(session, community, "新社区", was="示例社区", by=clerk, at=MONDAY)

    assert (community.town.name, community.name) == ("新县镇", "新社区")
    assert last_entry(session).facts == {"name": "新社区", "town": "新县镇", "was": "示例社区"}


def test_a_place_renamed_by_somebody_else_meanwhile_is_told(session, clerk, community):
    with pytest.raises(Stale, match="旧镇 to 老县镇"):
        rename_town(session, community.town, "新县镇", was="旧镇", by=clerk, at=MONDAY)
    with pytest.raises(Stale, match="旧社区 to 示例社区"):
        rename_community(session, community, "新社区", was="旧社区", by=clerk, at=MONDAY)


def test_an_empty_place_is_removed(session, clerk, community):
    town = community.town

    remove_community(session, community, by=clerk, at=MONDAY)
    session.expire(town)
    remove_town(session, town, by=clerk, at=MONDAY)

    assert session.scalars(select(Community)).all() == session.scalars(select(Town)).all() == []
    assert last_entry(session).event is Event.TOWN_REMOVED


def test_a_community_with_a_factory_stays(session, clerk):
    community = make_factory(session).community

    with pytest.raises(RuleBroken, match="still in use"):
        remove_community(session, community, by=clerk, at=MONDAY)

    session.commit()
    assert session.scalars(select(Community)).all() == [community]


@pytest.mark.parametrize("user", ["community", "officer"])
def test_a_town_that_something_belongs_to_stays(session, clerk, user):
    town = make_community(session).town
    if user == "officer":
        session.delete(town.communities[0])
        session.flush()
        session.expire(town)
        make_officer(session, town_id=town.id)

    with pytest.raises(RuleBroken, match="still in use"):
        remove_town(session, town, by=clerk, at=MONDAY)


@pytest.mark.parametrize(
    ("post", "county"), [(Post.COUNTY_CLERK, HANBIN), (Post.INSPECTOR, PINGLI)]
)
def test_only_who_keeps_the_county_keeps_its_places(session, community, post, county):
    stranger = make_officer(session, post=post, county=county)
    told = {"by": stranger, "at": MONDAY}

    for deed in (
        lambda: add_town(session, PINGLI, "新镇", **told),
        lambda: add_community(session, community.town, "新社区", **told),
        lambda: rename_town(session, community.town, "新镇", was="老县镇", **told),
        lambda: rename_community(session, community, "新社区", was="示例社区", **told),
        lambda: remove_community(session, community, **told),
        lambda: remove_town(session, community.town, **told),
    ):
        with pytest.raises(Refused):
            deed()
