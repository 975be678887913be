"""The gate before every request: shut unless the page says otherwise."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from firesafe.core.clock import now
from firesafe.core.db import Database
from firesafe.core.errors import NotFound, Refused
from firesafe.core.permissions import Permission
from firesafe.core.words import N_
from firesafe.web.doors import reading, service
from firesafe.web.problems import is_typed, problem

SIGN_IN_AGAIN = N_("You have been signed out. Sign in again; what you filled in stays here.")
SEND_AGAIN = N_("This phone may no longer send. Sign in again; what is not sent yet stays on it.")
OWN_PASSWORD = N_("Choose a password of your own first.")
SHUT = N_("Your post does not open this page.")
TOKEN_KEY = "sign-in"  # noqa: S105 — the name of a field in the signed cookie


class Signed(Protocol):
    """What the gate needs to know of whoever signed in."""

    must_change_password: bool
    language: str | None

    def holds(self, permission: Permission) -> bool:
        """Tell whether the post allows it."""


Identify = Callable[[Session, str, datetime], Signed | None]
IdentifySender = Callable[[Connection, str, datetime], Signed | None]


def set_gate(
    app: Flask,
    *,
    identify: Identify,
    identify_sender: IdentifySender,
    sign_in: str,
    change_password: str,
) -> None:
    """Stand a gate before every request.

    ``identify`` finds the officer of a sign-in token, ``identify_sender`` that of an upload
    token; ``sign_in`` and ``change_password`` are the endpoints to which somebody is sent who
    must pass there first.
    """

    @app.before_request
    def gate() -> ResponseReturnValue | None:
        if is_for_tokens():
            return _let_send(identify_sender)
        g.officer = _officer(identify)
        if request.endpoint is None or request.endpoint == "static":
            return None
        permission = page_permission()
        if permission is None:
            raise NotFound("This page is not open to anybody.")
        if permission is Permission.PUBLIC:
            return None
        if g.officer is None:
            return _to_sign_in(sign_in)
        if g.officer.must_change_password and permission is not Permission.SIGNED_IN:
            return _to_new_password(change_password)
        if not g.officer.holds(permission):
            raise Refused(SHUT)
        return None


def carry(token: str) -> None:
    """Let this browser carry the token of a sign-in, and nothing of what it carried before."""
    session.clear()
    session.permanent = True
    session[TOKEN_KEY] = token


def drop() -> None:
    """Let this browser carry nothing any more."""
    session.clear()


def carried() -> str:
    """Return the token that this browser carries, or an empty text."""
    token = session.get(TOKEN_KEY)
    return token if isinstance(token, str) else ""


def page_permission() -> Permission | None:
    """Return what the page that is asked for declares, or None."""
    return permission_of(_view())


def is_for_tokens() -> bool:
    """Tell whether the page that is asked for is opened by upload tokens, and by nothing else."""
    return takes_tokens(_view())


def permission_of(view: Any) -> Permission | None:
    """Return what a page declares, or None if it declares nothing."""
    permission: Permission | None = getattr(view, "permission", None)
    return permission


def takes_tokens(view: Any) -> bool:
    """Tell whether a page declares that it is opened by upload tokens, and by nothing else."""
    return getattr(view, "takes_tokens", False) is True


def _view() -> Any:
    return current_app.view_functions.get(request.endpoint or "")


def _let_send(identify: IdentifySender) -> ResponseReturnValue | None:
    """Let in whose upload token the request bears.

    A password that waits to be changed holds nothing up: a phone without its officer could
    not change it.
    """
    g.officer = None
    bearer = request.authorization
    if bearer is not None and bearer.type == "bearer" and bearer.token:
        with service(Database).asking() as connection:
            g.officer = identify(connection, bearer.token, now())
    if g.officer is None:
        refusal = problem(401, gettext(SEND_AGAIN))
        refusal.headers["WWW-Authenticate"] = "Bearer"
        return refusal
    permission = page_permission()
    if permission is None or not g.officer.holds(permission):
        raise Refused(SHUT)
    return None


def _officer(identify: Identify) -> Signed | None:
    token = carried()
    return identify(reading(), token, now()) if token else None


def _to_sign_in(sign_in: str) -> ResponseReturnValue:
    if is_typed():
        return problem(401, gettext(SIGN_IN_AGAIN))
    if wants_json():
        return current_app.json.response({"sentence": gettext(SIGN_IN_AGAIN)}), 401
    next_page = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for(sign_in, next=next_page))


def _to_new_password(change_password: str) -> ResponseReturnValue:
    if is_typed():
        raise Refused(OWN_PASSWORD)
    return redirect(url_for(change_password))


def wants_json() -> bool:
    """Tell whether the asker is a script that reads JSON rather than a person's browser."""
    accepts = request.accept_mimetypes
    return accepts["application/json"] > accepts["text/html"]
