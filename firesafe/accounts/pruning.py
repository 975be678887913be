"""Throwing out what has long ended: sign-ins, upload tokens, codes for doors and invitations.

They tell where somebody signed in and with which phone, and nobody asks for it any more; what
was done stays in the trail.
"""

from datetime import datetime

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from firesafe.accounts.models import DoorPass, Invitation, SignIn, UploadToken
from firesafe.accounts.rules import KEPT_AFTER_END
from firesafe.jobs.worker import Work, job

PRUNE = "accounts.prune"
_ENDS = {
    SignIn: (SignIn.expires_at, SignIn.closed_at),
    UploadToken: (UploadToken.expires_at, UploadToken.revoked_at),
    DoorPass: (DoorPass.expires_at,),
    Invitation: (Invitation.expires_at, Invitation.accepted_at, Invitation.withdrawn_at),
}


def prune(session: Session, *, at: datetime) -> None:
    """Throw out what ended more than ninety days ago, by itself or by somebody's deed."""
    last = at - KEPT_AFTER_END
    for table, ends in _ENDS.items():
        session.execute(delete(table).where(or_(*(end < last for end in ends))))


@job(PRUNE, daily=True)
def prune_daily(work: Work) -> None:
    """Do it for the worker."""
    with work.database.writing() as session:
        prune(session, at=work.at)
