"""More time: a manager asks for it once before the last day, and the county decides."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.core.clock import county_day
from firesafe.core.errors import RuleBroken, Stale, require
from firesafe.core.permissions import Permission
from firesafe.factories.queries import manager_of
from firesafe.findings.evidence import require_readable
from firesafe.findings.models import Extension, ExtensionState, Finding, FindingState
from firesafe.findings.policy import may_extend
from firesafe.findings.putting_off import CLOSED, NO_NOTICE, latest_day, limits, why_never, why_not
from firesafe.findings.queries import extension_of
from firesafe.findings.trail import record_of

LONGEST_TEXT = 300
MOST_ATTACHED = 3


@dataclass(frozen=True, slots=True)
class Application:
    """What a manager writes; ``client_key`` makes sending twice harmless."""

    client_key: str
    reason: str
    measures: str
    wished_on: date
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a chief decides: ``due_on`` is the new last day, none where it is denied."""

    due_on: date | None
    grounds: str
    required_measures: str


def ask_for_extension(
    session: Session, finding: Finding, application: Application, *, by: Officer, at: datetime
) -> Extension:
    """Keep that a manager asks for more time; nothing changes for the finding until it is decided.

    The same key again changes nothing. The finding must have been locked.

    Raises:
        Refused: ``by`` has not the post of a manager.
        NotFound: he does not manage this factory.
        RuleBroken: this finding may not be put off now, or not until that day, or something
            is missing.
    """
    require(by.holds(Permission.OWN_EXTENSION_ASK), "Only the factory's manager asks for time.")
    manager_of(session, finding.factory, by.id)
    known = extension_of(session, finding)
    if known is not None and known.client_key == application.client_key:
        return known
    due_on = _due_on(finding, why_not(finding, county_day(at), was_asked=known is not None))
    _check_day(due_on, application.wished_on, finding.grace_days)
    if not (application.reason and application.measures):
        raise RuleBroken("Write the reason, and what keeps people safe until then.")
    if len(application.photos) > MOST_ATTACHED:
        raise RuleBroken("At most %(most)s photographs at a time.", most=MOST_ATTACHED)
    require_readable(session, application.photos)
    extension = Extension(
        client_key=application.client_key,
        finding=finding,
        reason=application.reason,
        measures=application.measures,
        photos=list(application.photos),
        was_due_on=due_on,
        wished_on=application.wished_on,
        asked_at=at,
        asked_by_id=by.id,
    )
    session.add(extension)
    session.flush()  # one for a finding: the database refuses a second at once
    finding.version += 1
    wished_on = application.wished_on.isoformat()
    record_of(session, Event.EXTENSION_ASKED, finding, by=by, at=at, wished_on=wished_on)
    return extension


def decide_extension(
    session: Session, extension: Extension, decision: Decision, *, by: Officer, at: datetime
) -> None:
    """Grant or deny more time, once; what is granted becomes the finding's last day.

    The finding stays to be put right, and is counted apart. A decision may come after the last
    day: the manager asked in time.

    Raises:
        Refused: ``by`` may not decide here.
        Stale: it has been decided already.
        RuleBroken: the finding is closed or stands in no notice, may never be put off, or not
            until that day; or there are no grounds.
    """
    finding = _locked(session, extension)
    require(may_extend(by, finding), "You may not decide on more time for this factory.")
    if extension.state is not ExtensionState.ASKED:
        raise Stale("This has been decided already. Look at what was decided.")
    if finding.state is FindingState.CLOSED:
        raise RuleBroken(CLOSED)
    due_on = _due_on(finding, "")
    if not decision.grounds:
        raise RuleBroken("Write the reason; it is printed on the paper.")
    if decision.due_on is not None:
        _due_on(finding, why_never(finding))
        _check_day(max(due_on, county_day(at)), decision.due_on, finding.grace_days, of=due_on)
        if not decision.required_measures:
            raise RuleBroken("Write what keeps people safe until then.")
    extension.state = ExtensionState.GRANTED if decision.due_on else ExtensionState.DENIED
    extension.due_on = decision.due_on
    extension.grounds = decision.grounds
    extension.required_measures = decision.required_measures
    extension.decided_at, extension.decided_by_id = at, by.id
    finding.version += 1
    if decision.due_on is None:
        event, more = Event.EXTENSION_DENIED, {"grounds": decision.grounds}
    else:
        finding.due_on = decision.due_on
        event, more = Event.EXTENSION_GRANTED, {"due_on": decision.due_on.isoformat()}
    record_of(session, event, finding, by=by, at=at, **more)
    session.flush()  # the paper that comes next is made of these rows


def _locked(session: Session, extension: Extension) -> Finding:
    """Return the finding as it stands now, and the wish as well; nobody changes them until then."""
    rows = select(Finding).where(Finding.id == extension.finding_id).with_for_update(of=Finding)
    finding = session.scalars(rows.execution_options(populate_existing=True)).one()
    session.refresh(extension, ["state"])
    return finding


def _due_on(finding: Finding, refusal: str) -> date:
    """Return the last day of what may be put off.

    Raises:
        RuleBroken: it may not, for the reason given, or because no notice stands for it.
    """
    if refusal:
        raise RuleBroken(refusal)
    if finding.due_on is None:
        raise RuleBroken(NO_NOTICE)
    return finding.due_on


def _check_day(after: date, day: date, grace_days: int, of: date | None = None) -> None:
    """Go on if ``day`` lies after ``after`` and not too far behind the last day that stands."""
    if day <= after:
        raise RuleBroken("The new last day must lie after %(day)s.", day=after.isoformat())
    latest = latest_day(of or after, grace_days)
    if day > latest:
        raise RuleBroken(
            "The new last day can be %(day)s at the latest: no more days than there were, "
            "and %(most)s at most.",
            day=latest.isoformat(),
            most=limits().longest_days,
        )
