"""One-time codes for a manager at his factory's door: eight digits, good for a day and one use.

Whoever types one is let in for two hours and may do nothing but send proof for that factory.
His account is made by it, so that whatever he sends has a sender; nobody can sign in with it.
A code is short, so it is kept like a password, and its door is locked like a sign-in.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from firesafe.accounts.actions import Outcome, close_sign_ins, count_failure, open_sign_in
from firesafe.accounts.models import DoorLock, DoorPass, Officer
from firesafe.accounts.passwords import fits, hash_password
from firesafe.accounts.policy import may_give_pass
from firesafe.accounts.posts import Post
from firesafe.accounts.rules import MOST_OPEN_PASSES, PASS_HOURS, PASS_TERM, make_pass, pass_digits
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.db import take_turns
from firesafe.core.errors import NotFound, RuleBroken, require


def give_pass(
    session: Session,
    *,
    factory_id: int,
    county_code: str,
    name: str,
    by: Officer,
    at: datetime,
) -> tuple[DoorPass, str]:
    """Make a code for somebody of the factory and return it with its digits, told only this once.

    An earlier code of the same name that nobody has used is revoked by it, and the door is
    unlocked: wrong tries of others keep nobody out whom the county has just sent there.

    Raises:
        Refused: ``by`` gives no codes in this county.
        RuleBroken: as many codes of this factory are open as may be.
    """
    require(may_give_pass(by, county_code), "You give no codes for the doors of this county.")
    take_turns(session, _turn(factory_id))
    others = []
    for earlier in open_passes(session, factory_id, at):
        if earlier.name == name:
            earlier.revoked_at = at
        else:
            others.append(earlier)
    if len(others) >= MOST_OPEN_PASSES:
        raise RuleBroken("Too many codes of this factory are open. Revoke one first.")
    code = make_pass()
    given = DoorPass(
        code_hash=hash_password(pass_digits(code)),
        factory_id=factory_id,
        county_code=county_code,
        name=name,
        given_by_id=by.id,
        given_at=at,
        expires_at=at + PASS_TERM,
    )
    session.add(given)
    _open_door(_lock_of(session, factory_id))
    session.flush()
    _record(session, Event.PASS_GIVEN, given, by=by, at=at)
    return given, code


def revoke_pass(session: Session, given: DoorPass, *, by: Officer, at: datetime) -> None:
    """Make a code worthless; whoever came in by it is out at once, what he sent stays.

    Raises:
        Refused: ``by`` gives no codes in this county.
        RuleBroken: it was revoked before.
    """
    require(may_give_pass(by, given.county_code), "You give no codes for the doors of this county.")
    if given.revoked_at is not None:
        raise RuleBroken("This code was revoked before.")
    given.revoked_at = at
    if given.bearer is not None:
        close_sign_ins(session, given.bearer, at)
    _record(session, Event.PASS_REVOKED, given, by=by, at=at)


def open_passes(session: Session, factory_id: int, at: datetime) -> list[DoorPass]:
    """Return the codes of a factory that somebody may still use, the latest first."""
    return [each for each in passes_of(session, factory_id) if each.is_open_at(at)]


def passes_of(session: Session, factory_id: int, *, limit: int = 50) -> list[DoorPass]:
    """Return the codes given for a factory, the latest first."""
    rows = select(DoorPass).where(DoorPass.factory_id == factory_id)
    return list(session.scalars(rows.order_by(DoorPass.id.desc()).limit(limit)))


def pass_to_change(session: Session, factory_id: int, pass_id: int) -> DoorPass:
    """Return a code of this factory, locked.

    Raises:
        NotFound: there is none.
    """
    row = select(DoorPass).where(DoorPass.id == pass_id, DoorPass.factory_id == factory_id)
    found = session.scalar(row.with_for_update(of=DoorPass))
    if found is None:
        raise NotFound("There is no such code for this factory.")
    return found


def prove_pass(passes: Iterable[DoorPass], typed: str) -> int | None:
    """Return the id of the code that was typed, or None. To be asked outside any transaction.

    Without any code it takes as long as with one, so the time tells nobody whether there is one.
    """
    digits = pass_digits(typed)
    known = list(passes)
    if not known:
        hash_password(digits)
    return next((each.id for each in known if fits(each.code_hash, digits)), None)


def enter_by_pass(
    session: Session,
    *,
    factory_id: int,
    county_code: str,
    proven_id: int | None,
    device: str,
    address: str,
    at: datetime,
) -> Outcome:
    """Let in whoever proved a code, once; or count one more failure at this door.

    Refusals are returned, not raised: the count must be kept. While the door is locked nothing
    is counted and the right code opens nothing. Of two who type it at once one gets in.
    """
    take_turns(session, _turn(factory_id))
    door = _lock_of(session, factory_id)
    if door.is_locked_at(at):
        _record_refusal(session, factory_id, county_code, address, at)
        return Outcome(locked_until=door.locked_until)
    given = _still_open(session, factory_id, proven_id, at)
    if given is None:
        _record_refusal(session, factory_id, county_code, address, at)
        return Outcome(locked_until=count_failure(door, at))
    _open_door(door)
    bearer = Officer(
        name=given.name,
        post=Post.CODE_BEARER,
        county_code=given.county_code,
        must_change_password=False,
        created_at=at,
    )
    session.add(bearer)
    session.flush()
    given.used_at, given.bearer_id = at, bearer.id
    token = open_sign_in(session, bearer, device=device, at=at, hours=PASS_HOURS)
    _record(session, Event.PASS_USED, given, by=bearer, at=at, address=address)
    return Outcome(token)


def bearer_factories(officer: Officer) -> ColumnElement[bool]:
    """Return, as a condition on `DoorPass`, by which codes the officer has come in."""
    return (DoorPass.bearer_id == officer.id) & DoorPass.revoked_at.is_(None)


def _still_open(
    session: Session, factory_id: int, pass_id: int | None, at: datetime
) -> DoorPass | None:
    if pass_id is None:
        return None
    row = select(DoorPass).where(DoorPass.id == pass_id, DoorPass.factory_id == factory_id)
    found = session.scalar(
        row.with_for_update(of=DoorPass).execution_options(populate_existing=True)
    )
    return found if found is not None and found.is_open_at(at) else None


def _lock_of(session: Session, factory_id: int) -> DoorLock:
    """Return the lock of a door; whoever asks has taken the turn of the door."""
    door = session.get(DoorLock, factory_id, populate_existing=True)
    if door is None:
        door = DoorLock(factory_id=factory_id, failed_count=0)
        session.add(door)
    return door


def _open_door(door: DoorLock) -> None:
    door.failed_count, door.locked_until = 0, None


def _turn(factory_id: int) -> str:
    return f"door of factory {factory_id}"


def _record_refusal(
    session: Session, factory_id: int, county_code: str, address: str, at: datetime
) -> None:
    record(
        session,
        Event.PASS_REFUSED,
        by=None,
        subject=f"door:{factory_id}",
        at=at,
        county=county_code,
        address=address,
    )


def _record(
    session: Session,
    event: Event,
    given: DoorPass,
    *,
    by: Officer,
    at: datetime,
    **facts: object,
) -> None:
    record(
        session,
        event,
        by=by.id,
        subject=f"factory:{given.factory_id}",
        at=at,
        county=given.county_code,
        name=given.name,
        **facts,
    )
