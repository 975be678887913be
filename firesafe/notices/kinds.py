"""The kinds of numbered paper a county gives out.

They stand apart from the models and the snapshots because both name them.
"""

from enum import StrEnum

PRINT_JOB = "notices.print"
"""The job that makes the PDF of one paper."""

FILLED_JOB = "notices.print-filled"
"""The job that makes the PDF of a proof of service once it is filled in."""

CONSENT_JOB = "notices.print-consent"
"""The job that makes the PDF of a confirmation of service once it is given."""

APPLICATION_JOB = "notices.print-application"
"""The job that makes the PDF of an application for more time once it is sent."""

BATCH_JOB = "notices.batch"
"""The job that joins the PDFs of several papers."""


CLOSE_JOB = "notices.close-years"
"""The daily job that freezes the numbers of a year once it is over."""


class PaperKind(StrEnum):
    """One kind of paper; each has a number series and a form of its own."""

    INSPECTION_RECORD = "inspection-record"
    RECTIFICATION_NOTICE = "rectification-notice"
    SERVICE_RECEIPT = "service-receipt"
    WITHDRAWAL = "withdrawal"
    RECHECK_OPINION = "recheck-opinion"
    EXTENSION_REPLY = "extension-reply"
    REFERRAL = "referral"
    SUPERVISION_LETTER = "supervision-letter"
    IMMEDIATE_ORDER = "immediate-order"
    DATED_ORDER = "dated-order"


SERVED_KINDS = (
    PaperKind.RECTIFICATION_NOTICE,
    PaperKind.WITHDRAWAL,
    PaperKind.RECHECK_OPINION,
    PaperKind.EXTENSION_REPLY,
    PaperKind.SUPERVISION_LETTER,
    PaperKind.IMMEDIATE_ORDER,
    PaperKind.DATED_ORDER,
)
"""The kinds that are handed to a factory, with proof of service."""

ORDER_KINDS = (PaperKind.IMMEDIATE_ORDER, PaperKind.DATED_ORDER)
"""The kinds that order (责令); only the fire service and the police issue them."""

WITHDRAWABLE_KINDS = (PaperKind.RECTIFICATION_NOTICE, *ORDER_KINDS)
"""The kinds that are taken back by a second numbered paper."""

LETTER_KINDS = (PaperKind.REFERRAL, PaperKind.SUPERVISION_LETTER)
"""The kinds that are official letters (函), laid out and numbered as such."""
