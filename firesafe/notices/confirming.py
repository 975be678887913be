"""The confirmation of address and electronic service: blank to be signed, and as it was given."""

from datetime import date

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.core.clock import county_day
from firesafe.core.errors import RuleBroken
from firesafe.districts.counties import county
from firesafe.factories.models import Factory
from firesafe.factories.queries import managers_of
from firesafe.jobs.actions import enqueue
from firesafe.notices.canonical import to_json
from firesafe.notices.freezing import head_without_number
from firesafe.notices.issuing import require_characters
from firesafe.notices.kinds import CONSENT_JOB
from firesafe.notices.models import Consent, ConsentPaper
from firesafe.notices.parts import Head, Person
from firesafe.notices.queries import issuer_of
from firesafe.notices.unnumbered import ServiceConfirmation
from firesafe.notices.wording import wording

_PAGE = "/my-notices"


def blank_confirmation(
    session: Session, factory: Factory, *, on: date, public_address: str
) -> ServiceConfirmation:
    """Return the form with what is known of the factory, to be filled in and signed by hand.

    Raises:
        RuleBroken: it is not known in whose name the county issues.
    """
    known = managers_of(session, factory)
    account = known[0].officer.phone if len(known) == 1 else ""
    return _confirmation(session, factory, on, public_address, account or "")


def keep_confirmation(
    session: Session, consent: Consent, factory: Factory, *, by: Officer, public_address: str
) -> ConsentPaper:
    """Freeze what the factory has just agreed to, and ask for its PDF.

    Raises:
        RuleBroken: see `blank_confirmation`; or a character is in no typeface.
    """
    day, account = county_day(consent.given_at), by.phone or ""
    paper = _confirmation(session, factory, day, public_address, account, consent, by.name)
    require_characters(paper)
    session.flush()  # the paper and its job need the agreement's id
    kept = ConsentPaper(consent_id=consent.id, as_given=to_json(paper))
    session.add(kept)
    asked, key = {"consent_id": consent.id}, f"{CONSENT_JOB}:{consent.id}"
    enqueue(session, CONSENT_JOB, key, asked, at=consent.given_at)
    return kept


def _confirmation(
    session: Session,
    factory: Factory,
    on: date,
    public_address: str,
    account: str,
    consent: Consent | None = None,
    agreed_by: str = "",
) -> ServiceConfirmation:
    words = wording().confirmation
    return ServiceConfirmation(
        head=_head(session, factory, on),
        unit=factory.name,
        credit_code=factory.credit_code or "",
        unit_address=f"{county(factory.county_code).name_zh}{factory.place}",
        principal=Person(factory.responsible_name, factory.responsible_phone),
        address=consent.address if consent else "",
        receiver=Person(agreed_by, consent.phone if consent else ""),
        choices=words.choices,
        choice=words.choices[0] if consent else "",
        system=words.system,
        page=f"{public_address.rstrip('/')}{_PAGE}",
        account=account,
        terms=words.terms,
        agreed_at=consent.given_at if consent else None,
        agreed_by=agreed_by,
    )


def _head(session: Session, factory: Factory, on: date) -> Head:
    issuer = issuer_of(session, factory.county_code)
    if issuer is None:
        raise RuleBroken("The county has not entered yet in whose name it issues papers.")
    return head_without_number(issuer, on)
