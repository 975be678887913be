"""Who may look after whose account, and how far an officer sees."""

from firesafe.accounts.models import Officer
from firesafe.accounts.posts import COUNTY_POSTS, Post
from firesafe.core.permissions import Permission
from firesafe.districts.counties import city

BELOW_A_CHIEF = frozenset({Post.INSPECTOR, Post.COUNTY_CLERK, Post.FACTORY_MANAGER})
WITHOUT_INVITATION = frozenset(Post) - {Post.FACTORY_MANAGER, Post.CODE_BEARER}


def may_add(officer: Officer, post: Post, county_code: str | None) -> bool:
    """Let an administrator add anyone, a chief inspectors and clerks of his own county.

    Factory managers come in by invitation, which ties them to a factory.
    """
    return post in WITHOUT_INVITATION and _is_over(officer, post, county_code)


def may_look_after(officer: Officer, other: Officer) -> bool:
    """Tell whose account an officer sees in the list and may give a new password."""
    return _is_over(officer, other.post, other.county_code)


def may_edit(officer: Officer, other: Officer) -> bool:
    """Let nobody change what is known of himself: somebody else has to have seen it."""
    return may_look_after(officer, other) and officer.id != other.id


def may_disable(officer: Officer, other: Officer) -> bool:
    """Let nobody shut himself out."""
    return may_look_after(officer, other) and officer.id != other.id


def may_invite(officer: Officer, county_code: str) -> bool:
    """Let whoever keeps the register of a county invite its factories' managers."""
    return officer.holds(Permission.FACTORY_EDIT) and officer.county_code == county_code


def may_give_pass(officer: Officer, county_code: str) -> bool:
    """Let whoever visits a county's factories, or keeps their register, give codes for doors."""
    return officer.holds(Permission.DOOR_PASS_GIVE) and officer.county_code == county_code


def posts_to_give(officer: Officer) -> list[Post]:
    """Return the posts to which this officer may add somebody, in the order of their list."""
    return [post for post in Post if may_add(officer, post, officer.county_code)]


def visible_counties(officer: Officer) -> frozenset[str]:
    """Return the codes of the counties whose records are within the officer's sight."""
    if officer.is_city_wide:
        return frozenset(county.code for county in city().counties)
    if officer.post in COUNTY_POSTS and officer.county_code:
        return frozenset({officer.county_code})
    return frozenset()


def _is_over(officer: Officer, post: Post, county_code: str | None) -> bool:
    if not officer.holds(Permission.ACCOUNT_MANAGE) or post is Post.CODE_BEARER:
        return False
    if officer.post is Post.ADMINISTRATOR:
        return True
    return post in BELOW_A_CHIEF and county_code == officer.county_code
