"""How each deed is told on the page of the trail; ``%(name)s`` places are filled from its facts."""

from dataclasses import dataclass

from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.words import N_

UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class Telling:
    """A deed's name, for the filter, and its sentence; without one the name tells it all."""

    name: str
    sentence: str = ""


TELLINGS: dict[Event, Telling] = {
    Event.SIGNED_IN: Telling(N_("Signed in"), N_("Signed in from %(address)s")),
    Event.SIGN_IN_REFUSED: Telling(
        N_("Sign-in refused"), N_("A sign-in as %(name)s from %(address)s was refused")
    ),
    Event.SIGNED_OUT: Telling(N_("Signed out")),
    Event.SIGNED_OUT_EVERYWHERE: Telling(N_("Signed out everywhere")),
    Event.SIGN_IN_REVOKED: Telling(N_("Signed out another device")),
    Event.PASSWORD_CHANGED: Telling(N_("Changed the password")),
    Event.PASSWORD_RESET: Telling(
        N_("Gave a one-time password"), N_("Gave %(name)s a one-time password")
    ),
    Event.OFFICER_ADDED: Telling(N_("Added an account"), N_("Added the account of %(name)s")),
    Event.OFFICER_EDITED: Telling(
        N_("Changed the particulars of an account"), N_("Changed the particulars of %(name)s")
    ),
    Event.OFFICER_DISABLED: Telling(
        N_("Disabled an account"), N_("Disabled the account of %(name)s")
    ),
    Event.OFFICER_ENABLED: Telling(
        N_("Opened an account again"), N_("Opened the account of %(name)s again")
    ),
    Event.LANGUAGE_CHOSEN: Telling(N_("Chose the language of the account")),
    Event.UPLOAD_TOKEN_ISSUED: Telling(
        N_("Let a phone send for 30 days"), N_("Let the phone %(device)s send for 30 days")
    ),
    Event.UPLOAD_TOKEN_REVOKED: Telling(
        N_("Let a phone send no more"), N_("The phone %(device)s of %(name)s may send no more")
    ),
    Event.MANAGER_INVITED: Telling(
        N_("Invited a manager"), N_("Invited %(name)s as manager of the factory")
    ),
    Event.INVITATION_WITHDRAWN: Telling(
        N_("Withdrew an invitation"), N_("Withdrew the invitation of %(name)s")
    ),
    Event.INVITATION_ACCEPTED: Telling(
        N_("Accepted an invitation"), N_("Accepted the invitation as manager of the factory")
    ),
    Event.PASS_GIVEN: Telling(
        N_("Gave a code for a door"), N_("Gave %(name)s a one-time code for the factory's door")
    ),
    Event.PASS_REVOKED: Telling(
        N_("Revoked a code for a door"), N_("Revoked the code for the door of %(name)s")
    ),
    Event.PASS_USED: Telling(
        N_("Came in by a code for a door"),
        N_("%(name)s came in by the code for the door, from %(address)s"),
    ),
    Event.PASS_REFUSED: Telling(
        N_("A code for a door was refused"),
        N_("A code for the door, from %(address)s, was refused"),
    ),
    Event.TOWN_ADDED: Telling(N_("Added a town"), N_("Added the town %(name)s")),
    Event.TOWN_RENAMED: Telling(N_("Renamed a town"), N_("Renamed the town %(was)s to %(name)s")),
    Event.TOWN_REMOVED: Telling(N_("Removed a town"), N_("Removed the town %(name)s")),
    Event.COMMUNITY_ADDED: Telling(
        N_("Added a community"), N_("Added the community %(name)s in %(town)s")
    ),
    Event.COMMUNITY_RENAMED: Telling(
        N_("Renamed a community"), N_("Renamed the community %(was)s in %(town)s to %(name)s")
    ),
    Event.COMMUNITY_REMOVED: Telling(
        N_("Removed a community"), N_("Removed the community %(name)s in %(town)s")
    ),
    Event.FACTORY_ADDED: Telling(
        N_("Registered a factory"), N_("Registered the factory %(name)s as %(number)s")
    ),
    Event.FACTORY_EDITED: Telling(N_("Changed the entry of a factory")),
    Event.MANAGER_LINKED: Telling(
        N_("Gave a factory to a manager"), N_("Made %(name)s manager of the factory")
    ),
    Event.MANAGER_REMOVED: Telling(
        N_("Took a factory from a manager"), N_("%(name)s no longer manages the factory")
    ),
    Event.REGISTER_IMPORTED: Telling(
        N_("Imported a register"), N_("Imported %(file)s: %(added)s new, %(changed)s changed")
    ),
    Event.IMPORT_UNDONE: Telling(N_("Took an import back"), N_("Took the import of %(file)s back")),
    Event.REGISTER_EXPORTED: Telling(N_("Exported the register")),
    Event.REGISTER_EXPORTED_CLEAR: Telling(
        N_("Exported the register with phone numbers in clear"),
        N_("Exported the register; phone numbers in clear because: %(reason)s"),
    ),
    Event.PHOTO_RECEIVED: Telling(N_("Received a photograph")),
    Event.PHOTO_UNREADABLE: Telling(N_("A photograph could not be read")),
    Event.PHOTO_LOST: Telling(N_("A photograph was lost and is asked for again")),
    Event.INSPECTION_OPENED: Telling(N_("Began an inspection")),
    Event.INSPECTION_SIGNED: Telling(N_("Signed an inspection")),
    Event.INSPECTION_SIGNED_LATER: Telling(
        N_("Signed an inspection afterwards"),
        N_("%(name)s signed the inspection for the factory afterwards"),
    ),
    Event.INSPECTION_CLOSED: Telling(
        N_("Closed an inspection"), N_("Closed the inspection; checkpoints failed: %(failed)s")
    ),
    Event.ANSWER_OVERTAKEN: Telling(
        N_("Two phones answered one checkpoint"),
        N_("Two phones answered checkpoint %(code)s; the later answer stands"),
    ),
    Event.INSPECTION_HANDED_IN: Telling(
        N_("Handed an inspection in"), N_("Handed the inspection in; photographs: %(photos)s")
    ),
    Event.INSPECTION_TAKEN_BACK: Telling(
        N_("Opened an inspection again that was handed in"),
        N_("Opened the inspection again that was handed in: %(reason)s"),
    ),
    Event.INSPECTION_VOIDED: Telling(
        N_("Voided an inspection"), N_("Voided the inspection: %(reason)s")
    ),
    Event.INSPECTION_CORRECTED: Telling(
        N_("Corrected a closed inspection"), N_("Corrected the closed inspection: %(about)s")
    ),
    Event.FINDING_REWORDED: Telling(
        N_("Reworded a finding"), N_("Changed the finding at checkpoint %(code)s")
    ),
    Event.EVIDENCE_SENT: Telling(
        N_("Sent proof that a finding is put right"),
        N_("Sent proof that %(code)s is put right; photographs: %(photos)s"),
    ),
    Event.EXTENSION_ASKED: Telling(
        N_("Asked for more time"), N_("Asked for more time for %(code)s, until %(wished_on)s")
    ),
    Event.EXTENSION_GRANTED: Telling(
        N_("Gave more time"), N_("Gave more time for %(code)s, until %(due_on)s")
    ),
    Event.EXTENSION_DENIED: Telling(
        N_("Gave no more time"), N_("Gave no more time for %(code)s: %(grounds)s")
    ),
    Event.FINDING_CLOSED: Telling(
        N_("Closed a finding after its re-check"), N_("Re-checked %(code)s: put right, closed")
    ),
    Event.FINDING_SENT_BACK: Telling(
        N_("Sent a finding back after its re-check"),
        N_("Re-checked %(code)s: not put right: %(reason)s"),
    ),
    Event.FINDING_SEEN_PUT_RIGHT: Telling(
        N_("Saw a suspected major hazard put right"),
        N_("Re-checked %(code)s: seen put right; it waits for the fire service"),
    ),
    Event.FINDING_DUE_SET: Telling(
        N_("Counted a last day from the day of receipt"),
        N_("Last day of %(code)s: %(due_on)s, counted from receipt on %(received_on)s"),
    ),
    Event.FINDING_REFERRED: Telling(
        N_("Referred a finding to the fire service"), N_("Referred %(code)s to the fire service")
    ),
    Event.FINDING_URGED: Telling(
        N_("Urged a factory to put an overdue finding right"),
        N_("Urged the factory to put %(code)s right, which was due on %(due_on)s"),
    ),
    Event.FINDING_ENDED: Telling(
        N_("Closed a finding by the fire service's conclusion"),
        N_("Closed %(code)s by the fire service's conclusion %(document)s"),
    ),
    Event.FINDING_WAITS_AGAIN: Telling(
        N_("Took a conclusion about a finding back"),
        N_("%(code)s waits for the fire service again: the conclusion was entered wrongly"),
    ),
    Event.REFERRAL_RECEIVED: Telling(
        N_("The fire service received a referral"),
        N_("The fire service received the referral on %(day)s: %(receiver)s"),
    ),
    Event.REFERRAL_UNDECIDED: Telling(
        N_("The fire service has not decided on a referral yet"),
        N_("The fire service has not decided yet, %(day)s"),
    ),
    Event.REFERRAL_MAJOR: Telling(
        N_("The fire service found a major hazard"),
        N_("The fire service found a major hazard by %(document)s of %(day)s"),
    ),
    Event.REFERRAL_NOT_MAJOR: Telling(
        N_("The fire service found no major hazard"),
        N_("The fire service found no major hazard by %(document)s of %(day)s"),
    ),
    Event.REFERRAL_SUPERVISED: Telling(
        N_("A major hazard was listed for supervision"),
        N_("The major hazard was listed for supervision on %(day)s"),
    ),
    Event.REFERRAL_PLANNED: Telling(
        N_("A plan against a major hazard was handed in"),
        N_("The plan against the major hazard was handed in on %(day)s"),
    ),
    Event.REFERRAL_RECHECKED: Telling(
        N_("The fire service re-checked a major hazard"),
        N_("The fire service re-checked the major hazard on %(day)s"),
    ),
    Event.REFERRAL_CORRECTED: Telling(
        N_("Corrected what was entered of a referral"),
        N_("Corrected the entry of %(day)s %(document)s: %(reason)s"),
    ),
    Event.REFERRAL_ENDED: Telling(
        N_("The fire service ended a major hazard"),
        N_("The fire service ended the major hazard by %(document)s of %(day)s"),
    ),
    Event.ISSUER_EDITED: Telling(N_("Changed the particulars of the issuer")),
    Event.NOTICE_ISSUED: Telling(N_("Issued a paper"), N_("Issued %(number)s")),
    Event.NOTICE_CLOSED: Telling(
        N_("Closed a notice"), N_("Closed %(number)s: all of it is put right")
    ),
    Event.NOTICE_OPENED_AGAIN: Telling(
        N_("Opened a notice again"),
        N_("Opened %(number)s again: a finding of it waits for the fire service"),
    ),
    Event.NOTICE_WITHDRAWN: Telling(
        N_("Withdrew a paper"), N_("Withdrew %(number)s by %(withdrawal)s: %(reason)s")
    ),
    Event.NOTICE_SERVED: Telling(
        N_("Recorded the service of a paper"),
        N_("%(number)s was received on %(received_on)s; proof of service %(receipt)s"),
    ),
    Event.VIEW_STATED: Telling(
        N_("Stated a view on a paper"), N_("Stated a view on %(number)s: %(text)s")
    ),
    Event.VIEW_READ: Telling(
        N_("Read a factory's view on a paper"), N_("Read the view on %(number)s: %(text)s")
    ),
    Event.CONSENT_GIVEN: Telling(
        N_("Agreed to electronic service"),
        N_("Agreed to electronic service for the factory; telephone %(phone)s"),
    ),
    Event.CONSENT_REVOKED: Telling(
        N_("Took back the agreement to electronic service"),
    ),
    Event.YEAR_CLOSED: Telling(
        N_("Closed the numbers of a year"), N_("Closed the numbers of %(year)s")
    ),
    Event.NOTICES_PRINTED: Telling(
        N_("Printed a batch"), N_("Printed %(count)s papers in one batch")
    ),
    Event.CASE_TAKEN: Telling(
        N_("Took the case of a factory"),
        N_("Took the case of the factory: files %(files)s, missing %(missing)s"),
    ),
    Event.CASE_TAKEN_CLEAR: Telling(
        N_("Took the case of a factory with phone numbers in clear"),
        N_(
            "Took the case of the factory: files %(files)s, missing %(missing)s; "
            "phone numbers in clear because: %(reason)s"
        ),
    ),
    Event.CASE_WRITTEN: Telling(
        N_("The case of a factory was written whole"),
        N_("The case was written whole; the SHA-256 of its list is %(sha256)s"),
    ),
    Event.REPORT_RECEIVED: Telling(
        N_("A hazard was reported"),
        N_("A hazard at %(factory)s was reported from %(address)s"),
    ),
    Event.REPORT_HANDED: Telling(
        N_("Planned a visit after a report"),
        N_("Asked %(name)s to look into a report about %(factory)s"),
    ),
    Event.REPORT_LOOKED_INTO: Telling(
        N_("Looked into a report"), N_("Looked into a report about %(factory)s: %(answer)s")
    ),
    Event.REPORT_UNFOUNDED: Telling(
        N_("Found nothing of a report"),
        N_("Found nothing of a report about %(factory)s: %(answer)s"),
    ),
    Event.MESSAGE_SENT_AGAIN: Telling(
        N_("Had a message sent again"), N_("Had a message sent again by %(channel)s")
    ),
}

KINDS = {
    "officer": N_("Account %(id)s"),
    "factory": N_("Factory %(id)s"),
    "town": N_("Town %(id)s"),
    "community": N_("Community %(id)s"),
    "register": N_("The register"),
    "import": N_("Import %(id)s"),
    "photo": N_("Photograph %(id)s"),
    "inspection": N_("Inspection %(id)s"),
    "finding": N_("Finding %(id)s"),
    "referral": N_("Referral %(id)s"),
    "notice": N_("Paper %(id)s"),
    "issuer": N_("Issuer %(id)s"),
    "job": N_("Print job %(id)s"),
    "message": N_("Message %(id)s"),
    "door": N_("Door of factory %(id)s"),
    "report": N_("Report %(id)s"),
}


class Facts(dict[str, object]):
    """The facts of a deed; one that was not noted is told as a dash, never as a fault."""

    def __missing__(self, key: str) -> str:
        return UNKNOWN


def sentence_of(event: Event) -> str:
    """Return the English message id of the event's sentence."""
    telling = TELLINGS[event]
    return telling.sentence or telling.name


def facts_of(entry: AuditEntry) -> Facts:
    """Return what fills the places of the entry's sentence."""
    return Facts({name: fact for name, fact in entry.facts.items() if fact not in (None, "")})


def kind_of(entry: AuditEntry) -> tuple[str, str]:
    """Return the English message id of what the deed was done to, and its id."""
    kind, _, subject_id = entry.subject.partition(":")
    return KINDS.get(kind, "%(id)s"), subject_id or entry.subject
