"""What is done with people's accounts and their sign-ins.

``by`` is the officer who does it; None stands for whoever works at the machine's own shell,
who may do everything.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from firesafe.accounts.models import DoorLock, Officer, SignIn
from firesafe.accounts.particulars import Particulars, checked, write_particulars
from firesafe.accounts.passwords import Proof, fits, hash_password
from firesafe.accounts.policy import may_add, may_disable, may_look_after
from firesafe.accounts.posts import CITY_WIDE, COUNTY_POSTS, Post
from firesafe.accounts.rules import (
    check_password,
    hash_of,
    lock_after,
    make_one_time_password,
    make_token,
)
from firesafe.accounts.trail import record_of
from firesafe.accounts.upload_tokens import revoke_upload_tokens
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.errors import RuleBroken, require


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of trying to sign in: a token, or none and, if it is locked, until when."""

    token: str | None = None
    locked_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewOfficer:
    """What is told of somebody who is to have an account."""

    name: str
    post: Post
    county_code: str | None = None
    town_id: int | None = None
    phone: str = ""
    staff_number: str = ""
    card_number: str = ""


def sign_in(
    session: Session, proof: Proof, *, device: str, address: str, at: datetime, hours: int
) -> Outcome:
    """Open a sign-in for whoever proved a password, or count one more failure.

    Refusals are returned, not raised: the count of failures must be kept. While the door
    is locked nothing is counted and the right password opens nothing.
    """
    officer = proof.officer_id and session.get(
        Officer, proof.officer_id, with_for_update={"of": Officer}, populate_existing=True
    )
    if not officer:
        _record_refusal(session, None, address, at)
        return Outcome()
    if officer.is_locked_at(at):
        _record_refusal(session, officer, address, at)
        return Outcome(locked_until=officer.locked_until)
    is_current = proof.against == officer.password_hash
    if not (proof.fits and is_current) or officer.disabled_at is not None:
        locked_until = count_failure(officer, at)
        _record_refusal(session, officer, address, at)
        return Outcome(locked_until=locked_until)
    officer.failed_count, officer.locked_until = 0, None
    officer.password_hash = proof.new_hash or officer.password_hash
    token = open_sign_in(session, officer, device=device, at=at, hours=hours)
    record_of(session, Event.SIGNED_IN, officer, by=officer, at=at, address=address, device=device)
    return Outcome(token)


def open_sign_in(
    session: Session, officer: Officer, *, device: str, at: datetime, hours: int = 12
) -> str:
    """Open a sign-in on one device and return its token, which is told only once."""
    token = make_token()
    session.add(
        SignIn(
            officer_id=officer.id,
            token_hash=hash_of(token),
            device=device[:200],
            opened_at=at,
            expires_at=at + timedelta(hours=hours),
        )
    )
    return token


def sign_out(session: Session, officer: Officer, token: str, *, at: datetime) -> None:
    """Close the sign-in of this token."""
    close_sign_ins(session, officer, at, SignIn.token_hash == hash_of(token))
    record_of(session, Event.SIGNED_OUT, officer, by=officer, at=at)


def sign_out_everywhere(session: Session, officer: Officer, *, at: datetime) -> None:
    """Close every sign-in of the officer, this one included; no phone of his may send any more."""
    close_sign_ins(session, officer, at)
    revoke_upload_tokens(session, officer, by=officer, at=at)
    record_of(session, Event.SIGNED_OUT_EVERYWHERE, officer, by=officer, at=at)


def revoke_sign_in(session: Session, sign_in: SignIn, *, by: Officer, at: datetime) -> None:
    """Close a sign-in on another of one's own devices.

    Raises:
        Refused: it is somebody else's.
    """
    require(sign_in.officer_id == by.id, "This sign-in belongs to somebody else.")
    close_sign_ins(session, by, at, SignIn.id == sign_in.id)
    record_of(session, Event.SIGN_IN_REVOKED, by, by=by, at=at, device=sign_in.device)


def change_password(
    session: Session, officer: Officer, *, old: str, new: str, token: str, at: datetime
) -> None:
    """Change one's own password; every sign-in but that of ``token`` is closed.

    Raises:
        RuleBroken: the old password is another one, or the new one is not good.
    """
    if not fits(officer.password_hash, old):
        raise RuleBroken("This is not your present password.")
    if new == old:
        raise RuleBroken("Choose another password than the present one.")
    check_password(new, personal=personal_words(officer))
    officer.password_hash, officer.must_change_password = hash_password(new), False
    close_sign_ins(session, officer, at, SignIn.token_hash != hash_of(token))
    record_of(session, Event.PASSWORD_CHANGED, officer, by=officer, at=at)


def add_officer(
    session: Session, new: NewOfficer, *, by: Officer | None, at: datetime
) -> tuple[Officer, str]:
    """Make an account and return it with the one-time password to sign in with first.

    Raises:
        Refused: ``by`` may not add this post in this county.
        RuleBroken: a post of a county without a county, or what is told of the person breaks
            a rule of `particulars.checked`.
    """
    require(
        by is None or may_add(by, new.post, new.county_code),
        "You may not add an account with this post in this county.",
    )
    _check_place(new)
    officer = Officer(post=new.post, county_code=new.county_code, created_at=at)
    told = Particulars(new.name, new.phone, new.staff_number, new.card_number, new.town_id)
    write_particulars(officer, checked(session, officer, told))
    password = _give_one_time_password(officer)
    session.add(officer)
    session.flush()
    record_of(session, Event.OFFICER_ADDED, officer, by=by, at=at, post=new.post.value)
    return officer, password


def add_first_administrator(
    session: Session,
    *,
    name: str,
    phone: str,
    county_code: str | None,
    password: str,
    at: datetime,
) -> Officer:
    """Make the account from which all others are made, with a password of its own choice.

    Raises:
        RuleBroken: there is an administrator already, the phone is malformed or taken, or
            the password is not good.
    """
    existing = select(Officer.id).where(
        Officer.post == Post.ADMINISTRATOR, Officer.disabled_at.is_(None)
    )
    if session.scalar(existing.limit(1)) is not None:
        raise RuleBroken("There is an administrator already, who can add others.")
    new = NewOfficer(name, Post.ADMINISTRATOR, county_code, phone=phone)
    officer, _ = add_officer(session, new, by=None, at=at)
    check_password(password, personal=personal_words(officer))
    officer.password_hash, officer.must_change_password = hash_password(password), False
    return officer


def reset_password(session: Session, officer: Officer, *, by: Officer | None, at: datetime) -> str:
    """Give a new one-time password, unlock the door, and close whatever was open.

    Raises:
        Refused: ``by`` may not look after this account.
    """
    require(by is None or may_look_after(by, officer), "You do not look after this account.")
    password = _give_one_time_password(officer)
    officer.failed_count, officer.locked_until = 0, None
    close_sign_ins(session, officer, at)
    revoke_upload_tokens(session, officer, by=by, at=at)
    record_of(session, Event.PASSWORD_RESET, officer, by=by, at=at)
    return password


def disable_officer(
    session: Session, officer: Officer, *, by: Officer | None, at: datetime
) -> None:
    """Shut an account: it signs in no more, and what is open is closed at once.

    Raises:
        Refused: ``by`` may not disable this account, or it is his own.
        RuleBroken: it is disabled already.
    """
    require(by is None or may_disable(by, officer), "You may not disable this account.")
    if officer.disabled_at is not None:
        raise RuleBroken("This account is disabled already.")
    officer.disabled_at = at
    close_sign_ins(session, officer, at)
    revoke_upload_tokens(session, officer, by=by, at=at)
    record_of(session, Event.OFFICER_DISABLED, officer, by=by, at=at)


def enable_officer(session: Session, officer: Officer, *, by: Officer | None, at: datetime) -> None:
    """Open a disabled account again, with the password it had.

    Raises:
        Refused: ``by`` may not look after this account.
        RuleBroken: it is not disabled.
    """
    require(by is None or may_disable(by, officer), "You do not look after this account.")
    if officer.disabled_at is None:
        raise RuleBroken("This account is not disabled.")
    officer.disabled_at = None
    record_of(session, Event.OFFICER_ENABLED, officer, by=by, at=at)


def set_language(session: Session, officer: Officer, language: str, *, at: datetime) -> None:
    """Choose the language in which a new device greets the officer."""
    officer.language = language
    record_of(session, Event.LANGUAGE_CHOSEN, officer, by=officer, at=at, language=language)


def personal_words(officer: Officer) -> tuple[str | None, ...]:
    """Return what must not stand in the officer's password."""
    return (officer.name, officer.phone, officer.staff_number)


def count_failure(door: Officer | DoorLock, at: datetime) -> datetime | None:
    """Count one more failure at an account or a door; return until when it locks that, if it does.

    Whoever counts holds the row.
    """
    door.failed_count += 1
    lock = lock_after(door.failed_count)
    door.locked_until = at + lock if lock else None
    return door.locked_until


def _check_place(new: NewOfficer) -> None:
    if new.post in COUNTY_POSTS and new.county_code is None:
        raise RuleBroken("This post belongs to a county. Choose one.")
    if new.post in CITY_WIDE and new.county_code is not None:
        raise RuleBroken("This post is for the whole city. Choose no county.")


def _give_one_time_password(officer: Officer) -> str:
    password = make_one_time_password()
    officer.password_hash, officer.must_change_password = hash_password(password), True
    return password


def close_sign_ins(
    session: Session, officer: Officer, at: datetime, *which: ColumnElement[bool]
) -> None:
    """Close the officer's open sign-ins, or ``which`` of them; who asks has asked the policy."""
    still_open = (SignIn.officer_id == officer.id, SignIn.closed_at.is_(None))
    session.execute(update(SignIn).where(*still_open, *which).values(closed_at=at))


def _record_refusal(session: Session, officer: Officer | None, address: str, at: datetime) -> None:
    record(
        session,
        Event.SIGN_IN_REFUSED,
        by=None,
        subject=f"officer:{officer.id if officer else 'unknown'}",
        at=at,
        county=officer.county_code if officer else None,
        name=officer.name if officer else "",
        address=address,
    )
