"""The doors: what a page declares, the session it reads from, the unit of work it writes in."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, TypeVar

from flask import Flask, current_app, g
from sqlalchemy.orm import Session

from firesafe.core.db import Database
from firesafe.core.permissions import Permission
from firesafe.core.services import Services

View = TypeVar("View", bound=Callable[..., Any])
T = TypeVar("T")


def allow(permission: Permission, *, takes_tokens: bool = False) -> Callable[[View], View]:
    """Declare what an officer must hold to enter. A page that declares nothing is shut.

    With ``takes_tokens`` it is opened by an upload token and by nothing else: cookies are not
    looked at.
    """

    def declared(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]  # read by the gate and the tests
        view.takes_tokens = takes_tokens  # type: ignore[attr-defined]  # the same
        return view

    return declared


public = allow(Permission.PUBLIC)


def service(kind: type[T]) -> T:
    """Return a lasting object of the running service by its type."""
    return services().get(kind)


def services() -> Services:
    """Return all lasting objects of the running service, for work that needs several."""
    held: Services = current_app.extensions["services"]
    return held


def reading() -> Session:
    """Return the session this request reads from; it cannot change anything."""
    if "reading" not in g:
        g.reading_door = service(Database).reading()
        g.reading = g.reading_door.__enter__()
    session: Session = g.reading
    return session


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """Open the one transaction of this request; committed whole, or not at all.

    What was read before is let go, so that the page reads what the work has left behind.
    """
    close_reading()
    with service(Database).writing() as session:
        yield session


def write_together(work: Callable[[Session], T]) -> T:
    """Do one small thing in a unit of work that requests of the same moment share.

    For rows that many phones send at once. Returning means that it is committed.
    """
    close_reading()
    return service(Database).write_together(work)


def close_reading(_fault: BaseException | None = None) -> None:
    """End the request's reading session, if it has one."""
    door: AbstractContextManager[Session] | None = g.pop("reading_door", None)
    g.pop("reading", None)
    if door is not None:
        door.__exit__(None, None, None)


def hang_doors(app: Flask, services: Services) -> None:
    """Give the application its services, and close what a request has left open."""
    app.extensions["services"] = services
    app.teardown_appcontext(close_reading)
