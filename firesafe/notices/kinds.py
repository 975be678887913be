"""The kinds of numbered paper a county gives out.

They stand apart from the models and the snapshots because both name them.
"""

from enum import StrEnum

PRINT_JOB = "notices.print"
"""The job that makes the PDF of one paper."""

BATCH_JOB = "notices.batch"
"""The job that joins the PDFs of several papers."""


class PaperKind(StrEnum):
    """One kind of paper; each has a number series and a form of its own."""

    INSPECTION_RECORD = "inspection-record"
    RECTIFICATION_NOTICE = "rectification-notice"
    SERVICE_RECEIPT = "service-receipt"
    WITHDRAWAL = "withdrawal"
    RECHECK_OPINION = "recheck-opinion"
