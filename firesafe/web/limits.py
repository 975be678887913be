"""How often one address may try the doors that strangers can knock on."""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from firesafe.core.settings import Settings
from firesafe.web.doors import service

limiter = Limiter(key_func=get_remote_address, storage_uri="memory://")


def sign_in_limit() -> str:
    """Return how often one address may try to sign in."""
    return f"{service(Settings).sign_in_attempts_per_minute} per minute"


def report_limit() -> str:
    """Return how often one address may report a hazard."""
    return f"{service(Settings).reports_per_address_per_hour} per hour"


def check_limit() -> str:
    """Return how often one address may look at a public page: of a paper, of a door."""
    return f"{service(Settings).check_page_attempts_per_minute} per minute"
