"""Signing afterwards (补签): a factory that refused at the visit may still sign its record.

Its manager does it, from his own sign-in, and once. The refusal stays on record beside it, and
a paper that has been issued stays as it was frozen.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.core.errors import RuleBroken, require
from firesafe.core.permissions import Permission
from firesafe.factories.queries import manager_of
from firesafe.inspections.actions import note_deed
from firesafe.inspections.models import Inspection, InspectionState, Signature, SignatureRole
from firesafe.inspections.queries import Inspections


def unsigned_visits(session: Session, officer: Officer) -> list[Inspection]:
    """Return the closed visits to the manager's factories that he may still sign, latest first."""
    signed = select(Signature.inspection_id).where(Signature.role == SignatureRole.FACTORY)
    visits = Inspections.of_manager(officer).in_state(InspectionState.CLOSED).newest_first()
    rows = visits.where(Inspection.refused_at.is_not(None), Inspection.id.not_in(signed))
    return list(session.scalars(rows))


def is_unsigned(inspection: Inspection) -> bool:
    """Tell whether the visit was closed without a signature of the factory, and has none yet."""
    return (
        inspection.state is InspectionState.CLOSED
        and inspection.refused_at is not None
        and factory_signature(inspection) is None
    )


def factory_signature(inspection: Inspection) -> Signature | None:
    """Return the signature for the factory, whenever it was given, or None."""
    signatures = inspection.signatures
    return next((each for each in signatures if each.role is SignatureRole.FACTORY), None)


def sign_later(
    session: Session, inspection: Inspection, *, sha256: str, by: Officer, at: datetime
) -> Signature:
    """Put the manager's signature under a closed visit, in his own name and marked as later.

    ``sha256`` names the picture, which is in the store already.

    Raises:
        Refused: ``by`` has not the post of a manager.
        NotFound: he does not manage this factory.
        RuleBroken: the visit is not closed, nobody refused to sign it, or it was signed since.
    """
    require(by.holds(Permission.OWN_VISIT_SIGN), "Only the factory's manager signs afterwards.")
    manager_of(session, inspection.factory, by.id)
    if not is_unsigned(inspection):
        raise RuleBroken("Nothing is left to be signed on this visit.")
    signature = Signature(
        role=SignatureRole.FACTORY, name=by.name, sha256=sha256, signed_at=at, is_later=True
    )
    inspection.signatures.append(signature)
    note_deed(session, Event.INSPECTION_SIGNED_LATER, inspection, by, at, name=by.name)
    return signature
