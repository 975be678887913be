"""How much a stranger may send, how long it is kept, and which states a report goes through."""

from datetime import timedelta
from enum import StrEnum

from firesafe.core.words import N_

MOST_PHOTOS = 3
PHOTO_MB = 10  # a phone's photograph; with script it comes shrunk
LONGEST_WHAT = 500
LONGEST_WHERE = 100
LONGEST_ANSWER = 500

PHONE_KEPT = timedelta(days=90)
"""How long a reporter's number is kept once his report is dealt with (PIPL 19)."""

PHONE_KEPT_UNANSWERED = timedelta(days=365)
"""And how long it is kept if nobody ever deals with it."""

REPORT_KEPT = timedelta(days=730)
"""How long a report that led to no visit is kept, with its photographs (management value)."""


class ReportState(StrEnum):
    """New, with an inspector who is to go there, or dealt with: looked into, or unfounded."""

    NEW = "new"
    HANDED = "handed"
    LOOKED_INTO = "looked_into"
    UNFOUNDED = "unfounded"


STATE_NAMES = {
    ReportState.NEW: N_("Not looked at yet"),
    ReportState.HANDED: N_("A visit is planned"),
    ReportState.LOOKED_INTO: N_("Looked into"),
    ReportState.UNFOUNDED: N_("Nothing was found of it"),
}

OPEN = (ReportState.NEW, ReportState.HANDED)
SETTLED = (ReportState.LOOKED_INTO, ReportState.UNFOUNDED)
