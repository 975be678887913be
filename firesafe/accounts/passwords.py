"""Keeping and proving passwords with argon2id.

Hashing takes a few hundredths of a second on purpose, so a password is proven before a
transaction is opened, and the proof is handed to the action.
"""

from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from firesafe.accounts.models import Officer

# OWASP's least costly argon2id: eight threads proving at once take 150 MiB, not 512.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, type=Type.ID)


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of proving a password: whose, against which hash, whether it fits.

    ``new_hash`` is there when the kept hash was made with other parameters than today's.
    """

    officer_id: int | None
    against: str
    fits: bool
    new_hash: str | None = None


def hash_password(password: str) -> str:
    """Return what is kept of a password: salt, parameters and hash in one text."""
    return _HASHER.hash(password)


def fits(kept: str, password: str) -> bool:
    """Tell whether the password is the one that was kept."""
    try:
        return _HASHER.verify(kept, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def prove_password(officer: Officer | None, password: str) -> Proof:
    """Prove a password; without an officer it takes as long and never fits.

    Otherwise the time of the answer would tell which numbers have an account.
    """
    if officer is None or not officer.password_hash:
        fits(_nobodys_hash(), password)
        return Proof(None, "", fits=False)
    kept = officer.password_hash
    good = fits(kept, password)
    is_old = good and _HASHER.check_needs_rehash(kept)
    return Proof(officer.id, kept, good, hash_password(password) if is_old else None)


@cache
def _nobodys_hash() -> str:
    return hash_password("nobody has this password")
