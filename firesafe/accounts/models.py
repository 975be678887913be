"""People who sign in, their open sign-ins, and what guards the door."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from firesafe.accounts.posts import ALLOWED, CITY_WIDE, COUNTY_POSTS, EVERYBODY, Post
from firesafe.core.columns import Choice, Moment
from firesafe.core.db import Base
from firesafe.core.permissions import Permission
from firesafe.districts.models import Town


class Officer(Base):
    """Anyone who signs in, factory managers included; the post tells them apart.

    ``phone`` or ``staff_number`` is what one signs in with. ``county_code`` says whose
    records an inspector, chief or clerk sees, and ``town_id`` narrows that to one town;
    for a factory manager or an administrator it is only where the account belongs.
    """

    __tablename__ = "officers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    post: Mapped[Post] = mapped_column(Choice(Post))
    county_code: Mapped[str | None] = mapped_column(String(6), index=True)
    town_id: Mapped[int | None] = mapped_column(ForeignKey("towns.id"))
    phone: Mapped[str | None] = mapped_column(String(20), unique=True)
    staff_number: Mapped[str | None] = mapped_column(String(20), unique=True)
    card_number: Mapped[str | None] = mapped_column(String(30))
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    must_change_password: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str | None] = mapped_column(String(5))
    failed_count: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(Moment)
    disabled_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    town: Mapped[Town | None] = relationship(lazy="joined")

    def holds(self, permission: Permission) -> bool:
        """Tell whether the post allows it."""
        return permission in ALLOWED[self.post] or permission in EVERYBODY

    def is_locked_at(self, moment: datetime) -> bool:
        """Tell whether too many failures keep the door locked at this moment."""
        return self.locked_until is not None and self.locked_until > moment

    @property
    def is_city_wide(self) -> bool:
        """Whether the post sees every county of the city."""
        return self.post in CITY_WIDE

    def sees_county(self, county_code: str) -> bool:
        """Tell whether records of this county are within sight, at least of one town."""
        return self.is_city_wide or (self.post in COUNTY_POSTS and self.county_code == county_code)

    def sees(self, county_code: str, town_id: int | None) -> bool:
        """Tell whether records of this town are within sight."""
        return self.sees_county(county_code) and self.town_id in (None, town_id)


class SignIn(Base):
    """One open sign-in on one device; only a hash of its token is kept."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(200), default="")
    opened_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    officer: Mapped[Officer] = relationship(lazy="joined")


class UploadToken(Base):
    """Lets one phone send in what was filled in on it, long after its sign-in has ended.

    It opens nothing else. ``phone`` is the key the phone made for itself, ``device`` what a
    person calls it. Only a hash of the token is kept.
    """

    __tablename__ = "upload_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    phone: Mapped[str] = mapped_column(String(36))
    device: Mapped[str] = mapped_column(String(200), default="")
    issued_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    officer: Mapped[Officer] = relationship(lazy="joined")


class DoorPass(Base):
    """A one-time code by which somebody of a factory may send proof; only a hash is kept.

    ``bearer`` is the account that its use has made; it ends with ``revoked_at``.
    """

    __tablename__ = "door_passes"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(200))
    factory_id: Mapped[int] = mapped_column(index=True)
    county_code: Mapped[str] = mapped_column(String(6))
    name: Mapped[str] = mapped_column(String(40))
    given_by_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    given_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    bearer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"), index=True)
    given_by: Mapped[Officer] = relationship(lazy="joined", foreign_keys=[given_by_id])
    bearer: Mapped[Officer | None] = relationship(foreign_keys=[bearer_id])

    def is_open_at(self, moment: datetime) -> bool:
        """Tell whether somebody may still come in by it at this moment."""
        return self.used_at is None and self.revoked_at is None and self.expires_at > moment


class DoorLock(Base):
    """How often a wrong code was typed at a factory's door in a row, and until when it is shut."""

    __tablename__ = "door_locks"

    factory_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    failed_count: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(Moment)

    def is_locked_at(self, moment: datetime) -> bool:
        """Tell whether too many failures keep the door shut at this moment."""
        return self.locked_until is not None and self.locked_until > moment


class Invitation(Base):
    """A one-time link by which a factory manager makes his account; only a hash is kept."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    factory_id: Mapped[int] = mapped_column(index=True)
    county_code: Mapped[str] = mapped_column(String(6))
    name: Mapped[str] = mapped_column(String(40))
    phone: Mapped[str] = mapped_column(String(20))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    accepted_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
