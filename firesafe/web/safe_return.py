"""Sending somebody back where he came from, but never off the site."""

import re

_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def safe_return(address: str | None, otherwise: str = "/") -> str:
    r"""Return ``address`` if it is a path of this site, else ``otherwise``.

    Browsers read ``//host`` and ``/\host`` as another site and skip control characters,
    so none of these may stand in it.
    """
    return address if address and _PATH.fullmatch(address) else otherwise
