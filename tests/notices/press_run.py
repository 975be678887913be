"""Prints one paper of each kind; imports little, because tests start it in new processes."""

import hashlib
from pathlib import Path

from firesafe.notices.document import Press
from tests.notices.samples import make_notice, make_receipt, make_record, make_withdrawal

CHECKOUT = Path(__file__).parents[2]


def make_press() -> Press:
    return Press(CHECKOUT / "templates", CHECKOUT / "static")


def print_samples() -> list[str]:
    """Print the samples with a press of their own; return the SHA-256 of each PDF."""
    press = make_press()
    notice, record = make_notice(findings=2, photos=2), make_record(findings=1, photos=1)
    samples = (notice, record, (make_receipt(), {}), (make_withdrawal(), {}))
    return [hashlib.sha256(press.paper_pdf(*sample)).hexdigest() for sample in samples]
