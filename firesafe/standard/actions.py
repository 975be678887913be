"""What is done with editions: only that they are used, and then stay as they are."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from firesafe.core.errors import RuleBroken
from firesafe.standard.checklist import Edition
from firesafe.standard.models import UsedEdition


def mark_edition_used(session: Session, used: Edition, *, at: datetime) -> None:
    """Note that an inspection is made with this edition; from the first time on it is fixed.

    Raises:
        RuleBroken: the edition's file is no longer the one that was first used.
    """
    known = session.get(UsedEdition, used.code) or _first_use(session, used, at)
    if known.sha256 != used.sha256:
        raise RuleBroken(
            "Edition %(edition)s of the standard was changed after inspections had used it. "
            "Put its file back as it was, and make the change a new edition.",
            edition=used.code,
        )


def _first_use(session: Session, used: Edition, at: datetime) -> UsedEdition:
    """Enter the edition, or return the entry that another visit made at the same moment."""
    entry = UsedEdition(code=used.code, sha256=used.sha256, first_used_at=at)
    try:
        with session.begin_nested():
            session.add(entry)
    except IntegrityError:
        return session.get_one(UsedEdition, used.code)
    return entry
