"""Sending somebody back where he came from, but never off the site."""

from urllib.parse import urlsplit


def safe_return(address: str | None, otherwise: str = "/") -> str:
    """Return ``address`` if it is a path of this site, else ``otherwise``."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return otherwise
    parts = urlsplit(address)
    return address if not parts.scheme and not parts.netloc else otherwise
