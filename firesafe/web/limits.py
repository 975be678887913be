"""How often one address may try the doors that strangers can knock on."""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from firesafe.core.settings import Settings
from firesafe.web.doors import service


class _OnViews(Limiter):
    """Limits that stand on views, and none on all pages: before others nothing is looked for."""

    def _check_request_limit(
        self,
        callable_name: str | None = None,
        in_middleware: bool = True,  # noqa: FBT001, FBT002 — the library's own
    ) -> None:
        if not in_middleware:
            super()._check_request_limit(callable_name, in_middleware)


limiter = _OnViews(key_func=get_remote_address, storage_uri="memory://")


def sign_in_limit() -> str:
    """Return how often one address may try to sign in."""
    return f"{service(Settings).sign_in_attempts_per_minute} per minute"


def report_limit() -> str:
    """Return how often one address may report a hazard."""
    return f"{service(Settings).reports_per_address_per_hour} per hour"


def check_limit() -> str:
    """Return how often one address may look at a public page: of a paper, of a door."""
    return f"{service(Settings).check_page_attempts_per_minute} per minute"
