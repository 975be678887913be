"""The posts and what each of them allows, in one table."""

from enum import StrEnum

from firesafe.core.permissions import Permission
from firesafe.core.words import N_


class Post(StrEnum):
    """What an officer is: decides what he may do and how far he sees."""

    INSPECTOR = "inspector"
    SECTION_CHIEF = "section_chief"
    COUNTY_CLERK = "county_clerk"
    FIRE_OFFICER = "fire_officer"
    FACTORY_MANAGER = "factory_manager"
    CODE_BEARER = "code_bearer"
    CITY_SUPERVISOR = "city_supervisor"
    ADMINISTRATOR = "administrator"


POST_NAMES = {
    Post.INSPECTOR: N_("Inspector"),
    Post.SECTION_CHIEF: N_("Section chief"),
    Post.COUNTY_CLERK: N_("County clerk"),
    Post.FIRE_OFFICER: N_("Fire service or police officer"),
    Post.FACTORY_MANAGER: N_("Factory manager"),
    Post.CODE_BEARER: N_("Manager by a one-time code"),
    Post.CITY_SUPERVISOR: N_("City supervisor"),
    Post.ADMINISTRATOR: N_("Administrator"),
}

_READING = {
    Permission.FACTORY_READ,
    Permission.INSPECTION_READ,
    Permission.FINDING_READ,
    Permission.NOTICE_READ,
}
_REGISTER = {
    Permission.FACTORY_EDIT,
    Permission.FACTORY_IMPORT,
    Permission.COMMUNITY_EDIT,
    Permission.NOTICE_PRINT,
    Permission.NOTICE_SERVE,
    Permission.DOOR_PASS_GIVE,
}
_FIELD = {
    Permission.INSPECTION_FILL,
    Permission.INSPECTION_CORRECT,
    Permission.FINDING_RECHECK,
    Permission.PHOTO_UPLOAD,
    Permission.PARCEL_SEND,
    Permission.REPORT_READ,
    Permission.DOOR_PASS_GIVE,
}

ALLOWED: dict[Post, frozenset[Permission]] = {
    Post.INSPECTOR: frozenset(_READING | _FIELD),
    Post.SECTION_CHIEF: frozenset(
        _READING
        | _FIELD
        | _REGISTER
        | {
            Permission.NOTICE_ISSUE,
            Permission.NOTICE_WITHDRAW,
            Permission.VIEW_READ,
            Permission.FINDING_EDIT,
            Permission.EXTENSION_DECIDE,
            Permission.HAZARD_REFER,
            Permission.OVERDUE_URGE,
            Permission.ISSUER_EDIT,
            Permission.CASE_TAKE,
            Permission.ACCOUNT_MANAGE,
            Permission.MESSAGE_READ,
            Permission.REPORT_HAND,
            Permission.TRAIL_READ,
        }
    ),
    Post.COUNTY_CLERK: frozenset(_READING | _REGISTER),
    Post.FIRE_OFFICER: frozenset(
        _READING
        | {
            Permission.INSPECTION_FILL,
            Permission.PHOTO_UPLOAD,
            Permission.PARCEL_SEND,
            Permission.ORDER_ISSUE,
            Permission.NOTICE_WITHDRAW,
            Permission.VIEW_READ,
            Permission.NOTICE_PRINT,
            Permission.NOTICE_SERVE,
            Permission.ISSUER_EDIT,
        }
    ),
    Post.FACTORY_MANAGER: frozenset(
        {
            Permission.OWN_FACTORY_READ,
            Permission.OWN_VISIT_SIGN,
            Permission.OWN_EVIDENCE_SEND,
            Permission.OWN_NOTICE_RECEIVE,
            Permission.OWN_EXTENSION_ASK,
        }
    ),
    Post.CODE_BEARER: frozenset({Permission.OWN_EVIDENCE_SEND}),
    Post.CITY_SUPERVISOR: frozenset(_READING | {Permission.CASE_TAKE, Permission.TRAIL_READ}),
    Post.ADMINISTRATOR: frozenset({Permission.ACCOUNT_MANAGE, Permission.TRAIL_READ}),
}
EVERYBODY = frozenset({Permission.SIGNED_IN})
COUNTY_POSTS = frozenset({Post.INSPECTOR, Post.SECTION_CHIEF, Post.COUNTY_CLERK, Post.FIRE_OFFICER})
CITY_WIDE = frozenset({Post.CITY_SUPERVISOR})
