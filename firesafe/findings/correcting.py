"""What was wrongly entered of a referral is replaced by another entry; nothing is deleted."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.clock import county_day
from firesafe.core.errors import RuleBroken, Stale, require
from firesafe.findings.models import (
    OVER,
    Finding,
    FindingState,
    Referral,
    ReferralState,
    ReferralStep,
    Result,
)
from firesafe.findings.policy import may_refer
from firesafe.findings.queries import (
    evidence_by_finding,
    findings_referred,
    results_of,
    standing_steps,
    step_of_key,
)
from firesafe.findings.referring import (
    FOLLOWERS,
    Advance,
    check_proof,
    conclude,
    enter_step,
    hold_referral,
)
from firesafe.findings.trail import record_of

LONGEST_REASON = 200


def what_fits(standing: list[ReferralStep], step: ReferralStep) -> list[ReferralState]:
    """Return what may be entered in the place of ``step``, between its neighbours."""
    place = standing.index(step)
    before = standing[place - 1].state if place else ReferralState.REFERRED
    later = [each.state for each in standing[place + 1 : place + 2]]
    return [state for state in FOLLOWERS[before] if all(each in FOLLOWERS[state] for each in later)]


def correct_step(
    session: Session,
    referral: Referral,
    step_id: int,
    advance: Advance,
    reason: str,
    *,
    by: Officer,
    at: datetime,
) -> ReferralStep:
    """Replace one entry of a referral by what it should have been, and say why.

    The first entry is kept and no longer counts. Where no new scan comes, its own goes on to
    prove it. The same key again changes nothing.

    Raises:
        Refused: ``by`` may not enter it.
        Stale: somebody entered or corrected something since it was shown.
        RuleBroken: no reason is given; the entry would not fit those before and after it; it
            lacks its paper; or a conclusion is taken back on which others have built.
    """
    require(may_refer(by, referral), "You may not enter replies to this referral.")
    hold_referral(session, referral)
    known = step_of_key(session, advance.client_key)
    if known is not None:
        return known
    standing = standing_steps(session, referral)
    wrong = next((each for each in standing if each.id == step_id), None)
    if wrong is None or referral.version != advance.version:
        raise Stale("Somebody entered something in the meantime. Look again, then enter yours.")
    if not reason:
        raise RuleBroken("Write why it is corrected.")
    advance = replace(advance, scan_key=advance.scan_key or wrong.scan_key)
    check_proof(advance)
    told = [advance if each is wrong else each for each in standing]
    if wrong.state in OVER and advance.state is not wrong.state:
        _check_untouched(findings_referred(session, referral))
    _check_order(referral, [(each.state, each.happened_on) for each in told], county_day(at))
    _record(session, referral, wrong, reason, by=by, at=at)
    step = enter_step(session, referral, advance, by=by, at=at)
    step.replaces_id, step.reason = wrong.id, reason
    _let_findings_follow(session, referral, wrong, advance, by=by, at=at)
    referral.state = told[-1].state
    session.flush()
    return step


def _let_findings_follow(
    session: Session,
    referral: Referral,
    wrong: ReferralStep,
    advance: Advance,
    *,
    by: Officer,
    at: datetime,
) -> None:
    """Take a conclusion back that was none, and settle the findings by one that is."""
    if advance.state is wrong.state:
        return
    if wrong.state in OVER:
        for finding in findings_referred(session, referral):
            _take_back(session, finding, by=by, at=at)
    if advance.state in OVER:
        conclude(session, referral, advance, by=by, at=at)


def _take_back(session: Session, finding: Finding, *, by: Officer, at: datetime) -> None:
    """Let a finding wait for the fire service again, as it stood before the conclusion."""
    if finding.closed_at is not None:
        finding.state, finding.answered_on = _before_the_end(session, finding)
        finding.closed_at = None
    finding.concluded_at = None
    finding.version += 1
    record_of(session, Event.FINDING_WAITS_AGAIN, finding, by=by, at=at)


def _before_the_end(session: Session, finding: Finding) -> tuple[FindingState, date | None]:
    """Return where a finding stood, by its last proof and its last re-check."""
    results = results_of(session, finding)
    last = results[-1] if results else None
    seen_at = last.recheck.rechecked_at if last else finding.found_at
    rounds = evidence_by_finding(session, [finding.id])[finding.id]
    unseen = [each.sent_at for each in rounds if each.sent_at > seen_at]
    if unseen:
        return FindingState.ANSWERED, county_day(unseen[-1])
    is_right = last is not None and last.result is Result.PUT_RIGHT
    return FindingState.ANSWERED if is_right else FindingState.OPEN, None


def _check_untouched(findings: list[Finding]) -> None:
    """Go on if whatever is closed of these was closed by the conclusion itself.

    Raises:
        RuleBroken: the county has closed one since.
    """
    if any(each.closed_at not in (None, each.concluded_at) for each in findings):
        raise RuleBroken(
            "The county has re-checked and closed what this conclusion left to it. "
            "Its day, number and paper can be corrected, not what was concluded."
        )


def _check_order(referral: Referral, told: list[tuple[ReferralState, date]], today: date) -> None:
    """Go on if each entry may come after the one before it, on its day.

    Raises:
        RuleBroken: one may not, or lies in the future.
    """
    if referral.referred_at is None:
        raise RuleBroken("This has not been referred yet. Issue the letter first.")
    before, day = ReferralState.REFERRED, county_day(referral.referred_at)
    for state, happened_on in told:
        if state not in FOLLOWERS[before]:
            raise RuleBroken("This does not fit what was entered before or after it.")
        if not day <= happened_on <= today:
            raise RuleBroken(
                "The day has to lie between those of the entries before and after it, "
                "and not in the future."
            )
        before, day = state, happened_on


def _record(
    session: Session,
    referral: Referral,
    wrong: ReferralStep,
    reason: str,
    *,
    by: Officer,
    at: datetime,
) -> None:
    record(
        session,
        Event.REFERRAL_CORRECTED,
        by=by.id,
        county=referral.county_code,
        subject=f"referral:{referral.id}",
        at=at,
        day=wrong.happened_on.isoformat(),
        document=wrong.document_number,
        reason=reason,
    )
