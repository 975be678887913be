"""Reading findings, starting from what the officer may see."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, joinedload

from firesafe.accounts.models import Officer
from firesafe.core.errors import NotFound
from firesafe.factories.models import Factory
from firesafe.factories.queries import in_hands_of
from firesafe.findings.models import (
    Evidence,
    Extension,
    ExtensionState,
    Finding,
    FindingState,
    Recheck,
    RecheckResult,
    Referral,
    ReferralState,
    ReferralStep,
    UrgedFinding,
    Urging,
)
from firesafe.inspections.models import Inspection
from firesafe.standard.edition import edition

SOON_DAYS = 3
MOST_PRESSING = 50


class Findings:
    """A narrowing list of findings, run only when asked for rows."""

    def __init__(self, rows: Select[Any]) -> None:
        self._rows = rows

    @classmethod
    def visible_to(cls, officer: Officer) -> Self:
        """Start from the findings of the officer's county or town, or of all for the city."""
        rows = select(Finding)
        if not officer.is_city_wide:
            rows = rows.where(Finding.county_code == officer.county_code)
        if officer.town_id is not None:
            rows = rows.join(Factory, Finding.factory_id == Factory.id)
            rows = rows.where(Factory.town_id == officer.town_id)
        return cls(rows)

    @classmethod
    def of_manager(cls, officer: Officer) -> Self:
        """Start from the findings in the factories for which this manager sends proof."""
        return cls(select(Finding).where(Finding.factory_id.in_(in_hands_of(officer))))

    def in_state(self, *states: FindingState) -> Self:
        """Keep those that stand in one of these states."""
        only = Finding.state == states[0] if len(states) == 1 else Finding.state.in_(states)
        return type(self)(self._rows.where(only))

    def of_grade(self, grade: str | None) -> Self:
        """Keep one grade, or all."""
        return self if grade is None else type(self)(self._rows.where(Finding.grade == grade))

    def overdue_on(self, today: date) -> Self:
        """Keep open ones whose last day has passed."""
        late = self._rows.where(Finding.due_on < today, Finding.state != FindingState.CLOSED)
        return type(self)(late)

    def due_by(self, day: date) -> Self:
        """Keep open ones whose last day is ``day`` or before."""
        due = self._rows.where(Finding.due_on <= day, Finding.state == FindingState.OPEN)
        return type(self)(due)

    def of_factory(self, factory_id: int) -> Self:
        """Keep those of one factory."""
        return type(self)(self._rows.where(Finding.factory_id == factory_id))

    def suspected_major(self) -> Self:
        """Keep those that may be major and must be referred the same day."""
        return type(self)(self._rows.where(Finding.is_suspected_major))

    def put_off(self) -> Self:
        """Keep those that were given more time and are still not put right."""
        granted = select(Extension.finding_id).where(Extension.state == ExtensionState.GRANTED)
        late = self._rows.where(Finding.id.in_(granted), Finding.state != FindingState.CLOSED)
        return type(self)(late)

    def under_notice(self) -> Self:
        """Keep those a notice has set a last day for, and those that need none."""
        return type(self)(
            self._rows.where(Finding.due_on.is_not(None) | (Finding.state == FindingState.CLOSED))
        )

    def awaiting_recheck(self, today: date) -> Self:
        """Keep those that evidence was sent for, and those not re-checked since they expired."""
        is_expired = (Finding.state == FindingState.OPEN) & (Finding.due_on < today)
        is_unseen = Finding.rechecked_on.is_(None) | (Finding.rechecked_on <= Finding.due_on)
        waits = Finding.answered_on.is_not(None) | (is_expired & is_unseen)
        return type(self)(self._rows.where(Finding.due_on.is_not(None), waits))

    def to_urge(self, today: date) -> Self:
        """Keep those that are overdue, with nothing for the county to do first.

        What was answered waits for its re-check, what more time was asked for in time waits
        for the decision, and a suspected major hazard is the fire service's. Nothing is urged
        twice for the same last day.
        """
        was_urged = exists().where(
            UrgedFinding.finding_id == Finding.id, UrgedFinding.due_on == Finding.due_on
        )
        waits_for_answer = exists().where(
            Extension.finding_id == Finding.id, Extension.state == ExtensionState.ASKED
        )
        is_ours = ~Finding.is_suspected_major | Finding.concluded_at.is_not(None)
        late = self.in_state(FindingState.OPEN).overdue_on(today)
        return type(self)(late._rows.where(is_ours, ~was_urged, ~waits_for_answer))

    def of_visits(self, session: Session, inspection_ids: list[int]) -> dict[int, list[Finding]]:
        """Return those of several visits in the order of the standard, in one query."""
        rows = self._rows.where(Finding.inspection_id.in_(inspection_ids))
        by_visit: dict[int, list[Finding]] = {each: [] for each in inspection_ids}
        for finding in sorted(session.scalars(rows), key=place_in_standard):
            by_visit[finding.inspection_id].append(finding)
        return by_visit

    def by_case(self) -> Select[Any]:
        """Return the visits they belong to, the one that has waited longest first."""
        since = func.coalesce(Finding.answered_on, Finding.due_on)
        waiting = (
            self._rows.with_only_columns(Finding.inspection_id, func.min(since).label("since"))
            .group_by(Finding.inspection_id)
            .subquery()
        )
        rows = select(Inspection).join(waiting, waiting.c.inspection_id == Inspection.id)
        return rows.order_by(waiting.c.since, Inspection.id)

    def soonest_first(self) -> Select[Any]:
        """Return the list by last day; those that still wait for a notice come first."""
        return self._rows.order_by(Finding.due_on.nulls_first(), Finding.id)

    def count(self, session: Session) -> int:
        """Return how many there are."""
        return session.scalar(select(func.count()).select_from(self._rows.subquery())) or 0

    def one(self, session: Session, finding_id: int) -> Finding:
        """Return the finding, or raise `NotFound` if it is absent or out of sight."""
        found: Finding | None = session.scalar(self._rows.where(Finding.id == finding_id))
        if found is None:
            raise NotFound("There is no such finding within your sight.")
        return found

    def to_change(self, session: Session, finding_id: int) -> Finding:
        """Return the finding locked for this unit of work, or raise `NotFound`."""
        return type(self)(self._rows.with_for_update(of=Finding)).one(session, finding_id)


def pressing_findings(session: Session, officer: Officer, today: date) -> list[Finding]:
    """Return what the officer sees that is overdue or due within three days, the soonest first."""
    due = Findings.visible_to(officer).due_by(today + timedelta(days=SOON_DAYS)).soonest_first()
    return list(session.scalars(due.options(joinedload(Finding.factory)).limit(MOST_PRESSING)))


def findings_of(session: Session, inspection: Inspection) -> list[Finding]:
    """Return a visit's findings in the order of the standard: A, P, K, C."""
    rows = select(Finding).where(Finding.inspection_id == inspection.id)
    return sorted(session.scalars(rows), key=place_in_standard)


def place_in_standard(finding: Finding) -> int:
    """Return the place of a finding's checkpoint among all of its edition."""
    return edition(finding.edition_code).place_of(finding.checkpoint_code)


def findings_by_inspection(session: Session, inspection_ids: list[int]) -> dict[int, list[Finding]]:
    """Return the findings of several visits, in one query."""
    return Findings(select(Finding)).of_visits(session, inspection_ids)


def evidence_of_key(session: Session, client_key: str) -> Evidence | None:
    """Return what was sent under this key, if anything was."""
    return session.scalar(select(Evidence).where(Evidence.client_key == client_key))


def evidence_by_finding(session: Session, finding_ids: list[int]) -> dict[int, list[Evidence]]:
    """Return what was sent for each of these findings, round after round, in one query."""
    rows = select(Evidence).where(Evidence.finding_id.in_(finding_ids)).order_by(Evidence.round)
    rounds: dict[int, list[Evidence]] = {each: [] for each in finding_ids}
    for evidence in session.scalars(rows):
        rounds[evidence.finding_id].append(evidence)
    return rounds


def latest_evidence(session: Session, finding_ids: list[int]) -> dict[int, Evidence]:
    """Return the last round that was sent for each of these findings, in one query."""
    rounds = evidence_by_finding(session, finding_ids) if finding_ids else {}
    return {finding_id: sent[-1] for finding_id, sent in rounds.items() if sent}


def latest_reasons(session: Session, finding_ids: list[int]) -> dict[int, str]:
    """Return what the last re-check missed at each of these findings, in one query."""
    if not finding_ids:
        return {}
    rows = (
        select(RecheckResult.finding_id, RecheckResult.reason)
        .where(RecheckResult.finding_id.in_(finding_ids))
        .order_by(RecheckResult.id)
    )
    return {row.finding_id: row.reason for row in session.execute(rows)}


def photos_of(session: Session, finding: Finding) -> set[str]:
    """Return every photograph of a finding: as found, as sent, as re-checked, or why not yet."""
    extension = extension_of(session, finding)
    rounds = evidence_by_finding(session, [finding.id])[finding.id]
    return {
        *(taken["sha256"] for taken in finding.photos),
        *(sha256 for evidence in rounds for sha256 in evidence.photos),
        *(extension.photos if extension else ()),
        *(sha256 for result in results_of(session, finding) for sha256 in result.photos),
    }


def recheck_of_key(session: Session, client_key: str) -> Recheck | None:
    """Return the re-check that was handed in under this key, if there is one."""
    return session.scalar(select(Recheck).where(Recheck.client_key == client_key))


def results_of(session: Session, finding: Finding) -> list[RecheckResult]:
    """Return what re-checks have found of a finding, the first one first."""
    rows = (
        select(RecheckResult)
        .where(RecheckResult.finding_id == finding.id)
        .options(joinedload(RecheckResult.recheck))
        .order_by(RecheckResult.id)
    )
    return list(session.scalars(rows))


def extension_of(session: Session, finding: Finding) -> Extension | None:
    """Return the application for more time for a finding, if there was one."""
    return session.scalar(select(Extension).where(Extension.finding_id == finding.id))


def granted_extensions(session: Session, finding_ids: list[int]) -> list[Extension]:
    """Return the applications for more time for these findings that were granted."""
    rows = select(Extension).where(
        Extension.finding_id.in_(finding_ids), Extension.state == ExtensionState.GRANTED
    )
    return list(session.scalars(rows))


def undecided_extensions(officer: Officer) -> Select[Any]:
    """Return the applications that the officer's county has to decide on, the oldest first.

    One whose notice was withdrawn waits for the next notice.
    """
    rows = (
        select(Extension)
        .join(Finding, Extension.finding_id == Finding.id)
        .where(
            Finding.county_code == officer.county_code,
            Finding.state != FindingState.CLOSED,
            Finding.due_on.is_not(None),
            Extension.state == ExtensionState.ASKED,
        )
    )
    return rows.order_by(Extension.asked_at, Extension.id)


def extension_in_county(session: Session, officer: Officer, extension_id: int) -> Extension:
    """Return an application for more time in the officer's county, decided or not.

    Raises:
        NotFound: there is none there.
    """
    rows = select(Extension).join(Finding, Extension.finding_id == Finding.id)
    found = session.scalar(
        rows.where(Extension.id == extension_id, Finding.county_code == officer.county_code)
    )
    if found is None:
        raise NotFound("There is no such application in your county.")
    return found


def urgings_of(session: Session, finding: Finding) -> list[UrgedFinding]:
    """Return how often a finding was urged when it was overdue, the first time first."""
    rows = (
        select(UrgedFinding)
        .where(UrgedFinding.finding_id == finding.id)
        .options(joinedload(UrgedFinding.urging).joinedload(Urging.urged_by))
        .order_by(UrgedFinding.id)
    )
    return list(session.scalars(rows))


class Referrals:
    """A narrowing list of referrals, run only when asked for rows."""

    def __init__(self, rows: Select[Any]) -> None:
        self._rows = rows

    @classmethod
    def visible_to(cls, officer: Officer) -> Self:
        """Start from those of the officer's county or town, or from all for the city."""
        rows = (
            select(Referral)
            .join(Inspection, Referral.inspection_id == Inspection.id)
            .join(Factory, Inspection.factory_id == Factory.id)
        )
        if not officer.is_city_wide:
            rows = rows.where(Referral.county_code == officer.county_code)
        if officer.town_id is not None:
            rows = rows.where(Factory.town_id == officer.town_id)
        return cls(rows)

    def in_state(self, *states: ReferralState) -> Self:
        """Keep those that stand in one of these states."""
        return type(self)(self._rows.where(Referral.state.in_(states)))

    def of_factories_named(self, part: str) -> Self:
        """Keep those of factories whose name contains ``part``."""
        if not part:
            return self
        return type(self)(self._rows.where(Factory.name.contains(part, autoescape=True)))

    def oldest_first(self) -> Select[Any]:
        """Return the list, what is still to be referred and has waited longest first."""
        is_referred = Referral.state != ReferralState.SUSPECTED
        return self._rows.order_by(is_referred, Referral.flagged_at, Referral.id)

    def newest_first(self) -> Select[Any]:
        """Return the list, what was flagged last first."""
        return self._rows.order_by(Referral.flagged_at.desc(), Referral.id.desc())

    def count(self, session: Session) -> int:
        """Return how many there are."""
        return session.scalar(select(func.count()).select_from(self._rows.subquery())) or 0

    def count_with_late(self, session: Session, day_began: datetime) -> tuple[int, int]:
        """Return how many there are, and how many of them were flagged before this day."""
        rows = self._rows.subquery()
        late = func.count().filter(rows.c.flagged_at < day_began)
        count, late_count = session.execute(select(func.count(), late).select_from(rows)).one()
        return count, late_count

    def one(self, session: Session, referral_id: int) -> Referral:
        """Return the referral, or raise `NotFound` if it is absent or out of sight."""
        found: Referral | None = session.scalar(self._rows.where(Referral.id == referral_id))
        if found is None:
            raise NotFound("There is no such referral in your county.")
        return found


def findings_referred(session: Session, referral: Referral) -> list[Finding]:
    """Return the findings of a referral in the order of the standard."""
    rows = select(Finding).where(Finding.referral_id == referral.id)
    return sorted(session.scalars(rows), key=place_in_standard)


def findings_by_referral(session: Session, referral_ids: list[int]) -> dict[int, list[Finding]]:
    """Return the findings of several referrals, in one query."""
    rows = select(Finding).where(Finding.referral_id.in_(referral_ids))
    found: dict[int, list[Finding]] = {each: [] for each in referral_ids}
    for finding in sorted(session.scalars(rows), key=place_in_standard):
        if finding.referral_id is not None:
            found[finding.referral_id].append(finding)
    return found


def steps_of_referral(session: Session, referral: Referral) -> list[ReferralStep]:
    """Return what was entered of a referral, in that order, corrected entries among it."""
    rows = select(ReferralStep).where(ReferralStep.referral_id == referral.id)
    return list(session.scalars(rows.order_by(ReferralStep.id)))


def standing_steps(session: Session, referral: Referral) -> list[ReferralStep]:
    """Return what holds of a referral: each correction in the place of what it replaced."""
    return standing_among(steps_of_referral(session, referral))


def standing_among(steps: list[ReferralStep]) -> list[ReferralStep]:
    """Return those that hold, each correction in the place of what it replaced."""
    replaced = {step.replaces_id: step for step in steps if step.replaces_id is not None}
    standing = []
    for step in steps:
        if step.replaces_id is None:
            while step.id in replaced:
                step = replaced[step.id]
            standing.append(step)
    return standing


def step_of_key(session: Session, client_key: str) -> ReferralStep | None:
    """Return what was entered under this key, if anything was."""
    return session.scalar(select(ReferralStep).where(ReferralStep.client_key == client_key))
