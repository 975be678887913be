"""Reading papers, starting from what the officer may see."""

from datetime import date
from typing import Any, Self

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session, undefer

from firesafe.accounts.models import Officer
from firesafe.accounts.posts import ALLOWED
from firesafe.core.clock import end_of
from firesafe.core.errors import NotFound
from firesafe.core.permissions import Permission
from firesafe.factories.models import Factory, FactoryManager
from firesafe.findings.models import Finding, FindingState
from firesafe.findings.queries import Findings
from firesafe.inspections.models import Inspection, InspectionState
from firesafe.jobs.models import Job
from firesafe.notices.kinds import BATCH_JOB, SERVED_KINDS, PaperKind
from firesafe.notices.models import (
    ApplicationPaper,
    Consent,
    ConsentPaper,
    Issuer,
    IssuerType,
    Notice,
    NoticeState,
    OrderedFinding,
    Service,
    Statement,
)


class Notices:
    """A narrowing list of papers, run only when asked for rows."""

    def __init__(self, rows: Select[Any]) -> None:
        self._rows = rows

    @classmethod
    def visible_to(cls, officer: Officer) -> Self:
        """Start from the papers of the officer's county, or of all for the city."""
        rows = select(Notice)
        if not officer.is_city_wide:
            rows = rows.where(Notice.county_code == officer.county_code)
        return cls(rows)

    @classmethod
    def of_manager(cls, officer: Officer) -> Self:
        """Start from the notices addressed to the factories this manager manages."""
        managed = select(FactoryManager.factory_id).where(FactoryManager.officer_id == officer.id)
        return cls(
            select(Notice)
            .join(Inspection, Notice.inspection_id == Inspection.id)
            .where(Inspection.factory_id.in_(managed), Notice.kind.in_(SERVED_KINDS))
        )

    def of_kind(self, kind: PaperKind | None) -> Self:
        """Keep one kind, or all."""
        return self if kind is None else type(self)(self._rows.where(Notice.kind == kind))

    def of_year(self, year: int | None) -> Self:
        """Keep one year's numbers, or all."""
        return self if year is None else type(self)(self._rows.where(Notice.year == year))

    def in_state(self, state: NoticeState | None) -> Self:
        """Keep one state, or all."""
        return self if state is None else type(self)(self._rows.where(Notice.state == state))

    def to_be_served(self) -> Self:
        """Keep those that are handed to a factory and of which that is not on record yet."""
        waiting = self._rows.where(Notice.state == NoticeState.ISSUED)
        return type(self)(waiting.where(Notice.kind.in_(SERVED_KINDS)))

    def with_unread_views(self) -> Self:
        """Keep those on which the factory stated a view that nobody has read."""
        unread = exists().where(Statement.notice_id == Notice.id, Statement.read_at.is_(None))
        return type(self)(self._rows.where(unread))

    def acted_on_by(self, officer: Officer) -> Self:
        """Keep those of the body that the officer works for; who serves for none keeps all."""
        if not officer.holds(Permission.NOTICE_SERVE):
            return self
        is_office = Issuer.type == IssuerType.DEPARTMENT
        own = select(Issuer.id).where(is_office != officer.holds(Permission.ORDER_ISSUE))
        return type(self)(self._rows.where(Notice.issuer_id.in_(own)))

    def filled_in(self) -> Self:
        """Keep the proofs of service that are filled in."""
        return type(self)(self._rows.where(exists().where(Service.receipt_id == Notice.id)))

    def issued_by_end_of(self, day: date) -> Self:
        """Keep those issued on ``day`` or before."""
        return type(self)(self._rows.where(Notice.issued_at < end_of(day)))

    def with_number(self, part: str) -> Self:
        """Keep those whose number contains ``part``."""
        if not part:
            return self
        return type(self)(self._rows.where(Notice.number.contains(part, autoescape=True)))

    def among(self, notice_ids: list[int]) -> Self:
        """Keep those with one of these ids."""
        return type(self)(self._rows.where(Notice.id.in_(notice_ids)))

    def count(self, session: Session) -> int:
        """Return how many there are."""
        return session.scalar(select(func.count()).select_from(self._rows.subquery())) or 0

    def newest_first(self) -> Select[Any]:
        """Return the list in the order of the register."""
        return self._rows.order_by(Notice.issued_at.desc(), Notice.id.desc())

    def oldest_first(self) -> Select[Any]:
        """Return the list in the order of issue."""
        return self._rows.order_by(Notice.issued_at, Notice.id)

    def one(self, session: Session, notice_id: int) -> Notice:
        """Return the paper with its snapshot, or raise `NotFound` if it is out of sight."""
        rows = self._rows.where(Notice.id == notice_id).options(undefer(Notice.as_issued))
        found: Notice | None = session.scalar(rows)
        if found is None:
            raise NotFound("There is no such paper in your county.")
        return found


def _valid_paper(kind: PaperKind) -> Any:
    return exists().where(
        Notice.inspection_id == Inspection.id,
        Notice.kind == kind,
        Notice.state != NoticeState.WITHDRAWN,
    )


def awaiting_letter(officer: Officer, today: date) -> Select[Any]:
    """Return the visits with something overdue that is to be urged, the longest overdue first.

    Days count from receipt: a notice whose service is not on record holds nothing that is late.
    """
    is_served = exists().where(
        Notice.inspection_id == Inspection.id,
        Notice.kind == PaperKind.RECTIFICATION_NOTICE,
        Notice.state == NoticeState.SERVED,
    )
    return Findings.visible_to(officer).to_urge(today).by_case().where(is_served)


def awaiting_order(officer: Officer) -> Select[Any]:
    """Return the closed visits of the ordering body with something open that no order names.

    The latest comes first: an order is soon due or past its term.
    """
    posts = [post for post, allowed in ALLOWED.items() if Permission.ORDER_ISSUE in allowed]
    own = select(Officer.id).where(Officer.post.in_(posts))
    stands = Notice.state != NoticeState.WITHDRAWN
    ordered = select(OrderedFinding.finding_id).join(OrderedFinding.notice).where(stands)
    is_open = exists().where(
        Finding.inspection_id == Inspection.id,
        Finding.state != FindingState.CLOSED,
        Finding.id.not_in(ordered),
    )
    rows = select(Inspection).where(
        Inspection.county_code == officer.county_code,
        Inspection.state == InspectionState.CLOSED,
        Inspection.lead_id.in_(own) | Inspection.second_id.in_(own),
        is_open,
    )
    return rows.order_by(Inspection.closed_at.desc(), Inspection.id.desc())


def awaiting_issue(officer: Officer) -> Select[Any]:
    """Return the closed visits of the county whose papers are still to be issued, oldest first.

    A visit waits until its record is numbered; and while anything found is not put right,
    until a notice stands that has not been withdrawn.
    """
    unsettled = exists().where(
        Finding.inspection_id == Inspection.id, Finding.state != FindingState.CLOSED
    )
    rows = select(Inspection).where(
        Inspection.county_code == officer.county_code,
        Inspection.state == InspectionState.CLOSED,
        or_(
            ~_valid_paper(PaperKind.INSPECTION_RECORD),
            unsettled & ~_valid_paper(PaperKind.RECTIFICATION_NOTICE),
        ),
    )
    return rows.order_by(Inspection.closed_at, Inspection.id)


def valid_paper_of(session: Session, inspection: Inspection, kind: PaperKind) -> Notice | None:
    """Return the visit's paper of this kind that has not been withdrawn, if any."""
    return session.scalar(
        select(Notice).where(
            Notice.inspection_id == inspection.id,
            Notice.kind == kind,
            Notice.state != NoticeState.WITHDRAWN,
        )
    )


def papers_of(session: Session, inspection: Inspection) -> list[Notice]:
    """Return all papers of a visit in the order they were issued."""
    rows = select(Notice).where(Notice.inspection_id == inspection.id).order_by(Notice.id)
    return list(session.scalars(rows))


def notice_by_check_code(session: Session, code: str) -> Notice | None:
    """Return the paper a check code was printed on, if any."""
    return session.scalar(select(Notice).where(Notice.check_code == code))


def issuer_of(session: Session, county_code: str) -> Issuer | None:
    """Return the county's own office, if its particulars have been entered."""
    rows = select(Issuer).where(Issuer.county_code == county_code)
    return session.scalar(rows.where(Issuer.type == IssuerType.DEPARTMENT))


def ordering_issuer_of(session: Session, county_code: str) -> Issuer | None:
    """Return the county's body that may order, if its particulars have been entered."""
    rows = select(Issuer).where(Issuer.county_code == county_code)
    return session.scalar(rows.where(Issuer.type != IssuerType.DEPARTMENT))


def body_of(session: Session, officer: Officer) -> Issuer | None:
    """Return the body that an officer of a county works for."""
    own = ordering_issuer_of if officer.holds(Permission.ORDER_ISSUE) else issuer_of
    return own(session, officer.county_code or "")


def bodies_at(session: Session, inspection: Inspection) -> tuple[str, ...]:
    """Return the name of the body of each who inspected, empty without its particulars."""
    people = [each for each in (inspection.lead, inspection.second) if each]
    bodies = [body_of(session, each) for each in people]
    return tuple(body.name if body else "" for body in bodies)


def mark_is_taken(session: Session, abbreviation: str, own: Issuer | None) -> bool:
    """Tell whether another body has the mark, which would give both the same numbers."""
    rows = select(Issuer.id).where(Issuer.abbreviation == abbreviation)
    return bool(set(session.scalars(rows)) - {own.id if own else 0})


def batch_of(session: Session, job_id: int, officer: Officer) -> Job:
    """Return a print job the officer asked for.

    Raises:
        NotFound: there is none, or somebody else asked for it.
    """
    job = session.get(Job, job_id)
    if job is None or job.kind != BATCH_JOB or job.payload["by"] != officer.id:
        raise NotFound("There is no such print job of yours.")
    return job


def issuers_of(session: Session, county_codes: set[str]) -> dict[str, Issuer]:
    """Return the offices of several counties by county code."""
    rows = select(Issuer).where(
        Issuer.county_code.in_(county_codes), Issuer.type == IssuerType.DEPARTMENT
    )
    return {issuer.county_code: issuer for issuer in session.scalars(rows)}


def notice_by_inspection(session: Session, inspection_ids: set[int]) -> dict[int, Notice]:
    """Return the notice that stands for each of these visits, in one query."""
    rows = select(Notice).where(
        Notice.inspection_id.in_(inspection_ids),
        Notice.kind == PaperKind.RECTIFICATION_NOTICE,
        Notice.state != NoticeState.WITHDRAWN,
    )
    return {notice.inspection_id: notice for notice in session.scalars(rows)}


def opinion_of(session: Session, recheck_id: int) -> Notice | None:
    """Return the paper that tells of a re-check."""
    return session.scalar(select(Notice).where(Notice.recheck_id == recheck_id))


def receipt_of(session: Session, notice: Notice) -> Notice | None:
    """Return the numbered proof of service that was issued for a paper, if one was."""
    return session.scalar(
        select(Notice)
        .where(Notice.refers_to_id == notice.id, Notice.kind == PaperKind.SERVICE_RECEIPT)
        .options(undefer(Notice.as_issued))
    )


def service_of(session: Session, notice: Notice) -> Service | None:
    """Return how a paper was served; a proof of service is asked for what it proves."""
    of_it = (Service.notice_id == notice.id) | (Service.receipt_id == notice.id)
    return session.scalar(select(Service).where(of_it))


def services_of(session: Session, notice_ids: list[int]) -> dict[int, Service]:
    """Return how each of these papers was served, by the paper's id, in one query."""
    rows = select(Service).where(Service.notice_id.in_(notice_ids))
    return {service.notice_id: service for service in session.scalars(rows)}


def services_proved_by(session: Session, receipt_ids: list[int]) -> list[Service]:
    """Return the services that these proofs of service were filled in for."""
    rows = select(Service).where(Service.receipt_id.in_(receipt_ids))
    return list(session.scalars(rows))


def standing_consent(session: Session, factory_id: int) -> Consent | None:
    """Return the factory's agreement to electronic service, unless it was taken back."""
    return standing_consents(session, [factory_id]).get(factory_id)


def standing_consents(session: Session, factory_ids: list[int]) -> dict[int, Consent]:
    """Return the agreements to electronic service that hold, by factory."""
    rows = select(Consent).where(Consent.factory_id.in_(factory_ids), Consent.revoked_at.is_(None))
    return {consent.factory_id: consent for consent in session.scalars(rows)}


def consents_of(session: Session, factory_id: int) -> list[Consent]:
    """Return every agreement of a factory to electronic service, the last one first."""
    rows = select(Consent).where(Consent.factory_id == factory_id).order_by(Consent.id.desc())
    return list(session.scalars(rows))


def confirmation_of(session: Session, factory: Factory, consent_id: int) -> ConsentPaper:
    """Return what was frozen of one of a factory's agreements.

    Raises:
        NotFound: it is none of this factory, or of before confirmations were printed.
    """
    of_it = Consent.id == consent_id, Consent.factory_id == factory.id
    found = session.scalar(select(ConsentPaper).join(Consent).where(*of_it))
    if found is None:
        raise NotFound("There is no such confirmation of this factory.")
    return found


def consent_covering(session: Session, notice: Notice) -> Consent | None:
    """Return an agreement under which the paper has come up on a page of its factory's manager.

    Whoever gave it must still be the factory's manager, or nobody sees the page.
    """
    factory_id = notice.inspection.factory_id
    covers = Consent.revoked_at.is_(None) | (Consent.revoked_at > notice.issued_at)
    still_manages = exists().where(
        FactoryManager.factory_id == Consent.factory_id,
        FactoryManager.officer_id == Consent.officer_id,
    )
    rows = select(Consent).where(Consent.factory_id == factory_id, covers, still_manages)
    return session.scalar(rows.order_by(Consent.id).limit(1))


def statements_on(session: Session, notice: Notice) -> list[Statement]:
    """Return the views that the factory has stated on a paper, the first one first."""
    rows = select(Statement).where(Statement.notice_id == notice.id).order_by(Statement.id)
    return list(session.scalars(rows))


def unread_views(session: Session, notice: Notice, *, up_to: int) -> list[Statement]:
    """Return the views on a paper that nobody has read, up to the one with this id."""
    rows = select(Statement).where(
        Statement.notice_id == notice.id, Statement.read_at.is_(None), Statement.id <= up_to
    )
    return list(session.scalars(rows.order_by(Statement.id)))


def statement_of_key(session: Session, client_key: str) -> Statement | None:
    """Return the view that was sent under this key, if one was."""
    return session.scalar(select(Statement).where(Statement.client_key == client_key))


def reply_of(session: Session, extension_id: int) -> Notice | None:
    """Return the paper that grants or denies an application for more time."""
    return session.scalar(select(Notice).where(Notice.extension_id == extension_id))


def has_application_paper(session: Session, extension_id: int) -> bool:
    """Tell whether an application was frozen as a paper; those of before never were."""
    return session.get(ApplicationPaper, extension_id) is not None


def supervision_letter_of(session: Session, urging_id: int) -> Notice | None:
    """Return the letter by which a factory was urged."""
    return session.scalar(select(Notice).where(Notice.urging_id == urging_id))


def letter_of(session: Session, referral_id: int) -> Notice | None:
    """Return the letter by which something was referred to the fire service."""
    return session.scalar(select(Notice).where(Notice.referral_id == referral_id))


def letters_by_referral(session: Session, referral_ids: list[int]) -> dict[int, Notice]:
    """Return the letters by which these were referred, in one query."""
    rows = select(Notice).where(Notice.referral_id.in_(referral_ids))
    return {letter.referral_id: letter for letter in session.scalars(rows) if letter.referral_id}


def orders_naming(session: Session, finding_ids: list[int]) -> list[OrderedFinding]:
    """Return which orders name these findings, withdrawn ones too, in one query."""
    rows = select(OrderedFinding).where(OrderedFinding.finding_id.in_(finding_ids))
    return list(session.scalars(rows.order_by(OrderedFinding.id)))
