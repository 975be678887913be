"""The closed list of what the trail records, as ``room:thing:what happened``."""

from enum import StrEnum


class Event(StrEnum):
    """One name per deed; the sentence for it stands in `audit.sentences`."""

    SIGNED_IN = "accounts:sign-in:opened"
    SIGN_IN_REFUSED = "accounts:sign-in:refused"
    SIGNED_OUT = "accounts:sign-in:closed"
    SIGNED_OUT_EVERYWHERE = "accounts:sign-in:closed-everywhere"
    SIGN_IN_REVOKED = "accounts:sign-in:revoked"
    PASSWORD_CHANGED = "accounts:password:changed"  # noqa: S105 — the name of an event
    PASSWORD_RESET = "accounts:password:reset"  # noqa: S105 — the name of an event
    OFFICER_ADDED = "accounts:officer:added"
    OFFICER_EDITED = "accounts:officer:edited"
    OFFICER_DISABLED = "accounts:officer:disabled"
    OFFICER_ENABLED = "accounts:officer:enabled"
    LANGUAGE_CHOSEN = "accounts:language:chosen"
    MANAGER_INVITED = "accounts:manager:invited"
    INVITATION_WITHDRAWN = "accounts:invitation:withdrawn"
    UPLOAD_TOKEN_ISSUED = "accounts:upload-token:issued"  # noqa: S105 — the name of an event
    UPLOAD_TOKEN_REVOKED = "accounts:upload-token:revoked"  # noqa: S105 — the name of an event
    INVITATION_ACCEPTED = "accounts:invitation:accepted"
    TOWN_ADDED = "districts:town:added"
    TOWN_RENAMED = "districts:town:renamed"
    TOWN_REMOVED = "districts:town:removed"
    COMMUNITY_ADDED = "districts:community:added"
    COMMUNITY_RENAMED = "districts:community:renamed"
    COMMUNITY_REMOVED = "districts:community:removed"
    FACTORY_ADDED = "factories:factory:added"
    FACTORY_EDITED = "factories:factory:edited"
    MANAGER_LINKED = "factories:manager:linked"
    MANAGER_REMOVED = "factories:manager:removed"
    REGISTER_IMPORTED = "factories:register:imported"
    IMPORT_UNDONE = "factories:import:undone"
    REGISTER_EXPORTED = "factories:register:exported"
    REGISTER_EXPORTED_CLEAR = "factories:register:exported-clear"
    PHOTO_RECEIVED = "photos:photo:received"
    PHOTO_UNREADABLE = "photos:photo:unreadable"
    INSPECTION_OPENED = "inspections:inspection:opened"
    INSPECTION_SIGNED = "inspections:inspection:signed"
    INSPECTION_SIGNED_LATER = "inspections:inspection:signed-later"
    INSPECTION_CLOSED = "inspections:inspection:closed"
    INSPECTION_VOIDED = "inspections:inspection:voided"
    INSPECTION_CORRECTED = "inspections:inspection:corrected"
    FINDING_REWORDED = "findings:finding:reworded"
    FINDING_REFERRED = "findings:finding:referred"
    ISSUER_EDITED = "notices:issuer:edited"
    NOTICE_ISSUED = "notices:notice:issued"
    NOTICE_WITHDRAWN = "notices:notice:withdrawn"
    NOTICES_PRINTED = "notices:batch:printed"
