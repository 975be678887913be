"""The press, which takes a second to open, and the paper most tests look at."""

import pytest

from firesafe.app import folder
from firesafe.notices.document import Press
from tests.notices.printed import Printed
from tests.notices.samples import make_notice


@pytest.fixture(scope="session")
def press() -> Press:
    return Press(folder("templates"), folder("static"))


@pytest.fixture(scope="session")
def printed_notice(press: Press) -> Printed:
    """A notice of twelve findings with sixteen photographs, as printed."""
    return Printed(press.paper_pdf(*make_notice(findings=12, photos=16)))
