"""Everything that can be allowed, in one closed list."""

from enum import StrEnum
from typing import Protocol


class Permission(StrEnum):
    """What a page declares and a post holds, as ``thing:verb``."""

    PUBLIC = "public:read"
    SIGNED_IN = "own-account:use"
    ACCOUNT_MANAGE = "account:manage"
    COMMUNITY_EDIT = "community:edit"
    FACTORY_READ = "factory:read"
    FACTORY_EDIT = "factory:edit"
    FACTORY_IMPORT = "factory:import"
    INSPECTION_FILL = "inspection:fill"
    INSPECTION_READ = "inspection:read"
    INSPECTION_CORRECT = "inspection:correct"
    FINDING_READ = "finding:read"
    FINDING_EDIT = "finding:edit"
    FINDING_RECHECK = "finding:recheck"
    EXTENSION_DECIDE = "extension:decide"
    HAZARD_REFER = "hazard:refer"
    OVERDUE_URGE = "overdue:urge"
    NOTICE_ISSUE = "notice:issue"
    NOTICE_READ = "notice:read"
    NOTICE_PRINT = "notice:print"
    NOTICE_SERVE = "notice:serve"
    NOTICE_WITHDRAW = "notice:withdraw"
    VIEW_READ = "view:read"
    ORDER_ISSUE = "order:issue"
    ISSUER_EDIT = "issuer:edit"
    CASE_TAKE = "case:take"
    PHOTO_UPLOAD = "photo:upload"
    PARCEL_SEND = "parcel:send"
    MESSAGE_READ = "message:read"
    DOOR_PASS_GIVE = "door-pass:give"  # noqa: S105 — the name of a permission
    REPORT_READ = "report:read"
    REPORT_HAND = "report:hand"
    OWN_FACTORY_READ = "own-factory:read"
    OWN_VISIT_SIGN = "own-visit:sign"
    OWN_EVIDENCE_SEND = "own-evidence:send"
    OWN_NOTICE_RECEIVE = "own-notice:receive"
    OWN_EXTENSION_ASK = "own-extension:ask"
    TRAIL_READ = "trail:read"


class Holder(Protocol):
    """What the rooms below `accounts` know of an officer."""

    @property
    def id(self) -> int:
        """By which the trail knows him."""

    @property
    def county_code(self) -> str | None:
        """Where he belongs, if he belongs to one county."""

    @property
    def is_city_wide(self) -> bool:
        """Whether he sees every county."""

    def holds(self, permission: Permission) -> bool:
        """Tell whether his post allows it."""
