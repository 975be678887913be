"""Rules about passwords, tokens and the lock on a door."""

import hashlib


def hash_of(token: str) -> str:
    """Return what is kept of a token, so that the table gives nobody a way in."""
    return hashlib.sha256(token.encode()).hexdigest()
