"""What was wrongly entered of a referral is replaced by another entry; nothing is deleted."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.clock import county_day
from firesafe.core.errors import RuleBroken, Stale, require
from firesafe.findings.models import OVER, Referral, ReferralState, ReferralStep
from firesafe.findings.policy import may_refer
from firesafe.findings.queries import standing_steps, step_of_key
from firesafe.findings.referring import (
    FOLLOWERS,
    Advance,
    check_proof,
    conclude,
    enter_step,
    hold_referral,
)

LONGEST_REASON = 200


def what_fits(standing: list[ReferralStep], step: ReferralStep) -> list[ReferralState]:
    """Return what may be entered in the place of ``step``, between its neighbours."""
    if step.state in OVER:
        return [step.state]
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
            lacks its paper; or it changes what the fire service concluded.
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
    _check_conclusion(wrong, advance)
    told = [advance if each is wrong else each for each in standing]
    _check_order(referral, [(each.state, each.happened_on) for each in told], county_day(at))
    _record(session, referral, wrong, reason, by=by, at=at)
    step = enter_step(session, referral, advance, by=by, at=at)
    step.replaces_id, step.reason = wrong.id, reason
    was_over, referral.state = referral.is_over, told[-1].state
    if referral.is_over and not was_over:
        conclude(session, referral, advance, by=by, at=at)
    session.flush()
    return step


def _check_conclusion(wrong: ReferralStep, advance: Advance) -> None:
    """Go on unless a conclusion becomes another: its findings have been settled by it.

    Raises:
        RuleBroken: it does.
    """
    if wrong.state in OVER and advance.state is not wrong.state:
        raise RuleBroken(
            "The conclusion has settled its findings. Its day, number and paper can be corrected, "
            "not what was concluded."
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
