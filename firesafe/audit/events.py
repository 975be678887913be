"""The closed list of what the trail records, as ``room:thing:what happened``."""

from enum import StrEnum


class Event(StrEnum):
    """One name per deed; the sentence for it stands in `audit.sentences`."""

    SIGNED_IN = "accounts:sign-in:opened"
    SIGN_IN_REFUSED = "accounts:sign-in:refused"
    SIGNED_OUT = "accounts:sign-in:closed"
    SIGNED_OUT_EVERYWHERE = "accounts:sign-in:closed-everywhere"
    PASSWORD_CHANGED = "accounts:password:changed"  # noqa: S105 — the name of an event
    PASSWORD_RESET = "accounts:password:reset"  # noqa: S105 — the name of an event
    OFFICER_ADDED = "accounts:officer:added"
    OFFICER_DISABLED = "accounts:officer:disabled"
    MANAGER_INVITED = "accounts:manager:invited"
    INVITATION_ACCEPTED = "accounts:invitation:accepted"
    COMMUNITY_EDITED = "districts:community:edited"
    FACTORY_ADDED = "factories:factory:added"
    FACTORY_EDITED = "factories:factory:edited"
    REGISTER_IMPORTED = "factories:register:imported"
    IMPORT_UNDONE = "factories:import:undone"
    REGISTER_EXPORTED = "factories:register:exported"
    PHOTO_RECEIVED = "photos:photo:received"
    PHOTO_UNREADABLE = "photos:photo:unreadable"
    INSPECTION_OPENED = "inspections:inspection:opened"
    INSPECTION_SIGNED = "inspections:inspection:signed"
    INSPECTION_CLOSED = "inspections:inspection:closed"
    INSPECTION_VOIDED = "inspections:inspection:voided"
    INSPECTION_CORRECTED = "inspections:inspection:corrected"
    FINDING_REWORDED = "findings:finding:reworded"
    FINDING_REFERRED = "findings:finding:referred"
    ISSUER_EDITED = "notices:issuer:edited"
    NOTICE_ISSUED = "notices:notice:issued"
    NOTICE_WITHDRAWN = "notices:notice:withdrawn"
    NOTICES_PRINTED = "notices:batch:printed"
