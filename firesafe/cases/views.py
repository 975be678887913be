"""The page of a factory's case, and the case itself as one file."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from firesafe.accounts.models import Officer
from firesafe.cases.actions import note_taking, note_written
from firesafe.cases.checking import LACKING_NAMES, check_page
from firesafe.cases.contents import Case, Lack, Lacking, read_case
from firesafe.cases.data import as_json, as_xlsx, hidden_phones
from firesafe.cases.packing import Wrapping, packed
from firesafe.cases.queries import Scope
from firesafe.cases.rules import safe_name
from firesafe.cases.turns import Turns
from firesafe.cases.wording import wording
from firesafe.core.clock import county_day, county_time, now, read_day
from firesafe.core.db import Database
from firesafe.core.errors import RuleBroken
from firesafe.core.permissions import Permission
from firesafe.factories.forms import ClearNumbersForm
from firesafe.factories.models import Factory
from firesafe.factories.policy import may_edit
from firesafe.factories.queries import Factories
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import PAPER_NAMES
from firesafe.photos.store import Store
from firesafe.web.doors import allow, reading, service, unit_of_work
from firesafe.web.downloads import saved_as
from firesafe.web.errors import sentence_of

bp = Blueprint("cases", __name__)

MOST_VISITS = 200  # in the menu


@bp.get("/factories/<int:factory_id>/case")
@allow(Permission.CASE_TAKE)
def show(factory_id: int) -> ResponseReturnValue:
    """Show what is in the case of a factory, and what is missing."""
    return _page(Factories.visible_to(g.officer).one(reading(), factory_id), ClearNumbersForm())


@bp.post("/factories/<int:factory_id>/case")
@allow(Permission.CASE_TAKE)
def take(factory_id: int) -> ResponseReturnValue:
    """Note that the case is taken, and send it as one ZIP while it is written."""
    factory, form = Factories.visible_to(g.officer).one(reading(), factory_id), ClearNumbersForm()
    if not form.validate_on_submit():
        return _page(factory, form), 422
    try:
        return _taken(factory, form.given_reason)
    except RuleBroken as fault:
        form.reason.errors = [sentence_of(fault)]
        return _page(factory, form), 422


def _taken(factory: Factory, reason: str | None) -> Response:
    """Note the taking and send the case; its turn ends when all is sent or the reader is gone."""
    scope, at = _asked(factory.id), now()
    case = read_case(reading(), g.officer, scope, _paper_names())
    with ExitStack() as held:
        held.enter_context(service(Turns).one())
        with unit_of_work() as session:
            note_taking(session, factory, case, by=g.officer, at=at, reason=reason)
        wrapping = _wrapping(factory, scope, case, at, is_masked=reason is None)
        answer = _sent(factory, at, packed(case, service(Store), wrapping))
        answer.call_on_close(held.pop_all().close)
    return answer


def _page(factory: Factory, form: ClearNumbersForm) -> str:
    scope = _asked(factory.id)
    case = read_case(reading(), g.officer, scope, _paper_names())
    gone = service(Store).missing([piece.key for piece in case.pieces])
    lost = [Lack(each.path, Lacking.MISSING) for each in case.pieces if each.key in gone]
    every = Scope(factory.id).visits(g.officer).newest_first().limit(MOST_VISITS)
    return render_template(
        "cases/show.html",
        factory=factory,
        form=form,
        scope=scope,
        visits=reading().scalars(every).all(),
        visit_count=len(case.tables["inspections"]),
        folders=case.folders,
        megabytes=case.photo_bytes / 1024 / 1024,
        lacks=[*case.lacks, *lost],
        lacking_names=LACKING_NAMES,
        may_have_clear=may_edit(g.officer, factory),
        address=url_for("cases.show", factory_id=factory.id),
    )


def _asked(factory_id: int) -> Scope:
    """Return what the address asks for; days and visits that it does not say right are left out."""
    return Scope(
        factory_id,
        first=request.args.get("first", type=read_day),
        last=request.args.get("last", type=read_day),
        inspection_id=request.args.get("visit", type=int),
    )


def _paper_names() -> dict[PaperKind, str]:
    """Return what papers are called in Chinese, for papers and their archive are Chinese."""
    with force_locale("zh"):
        return {kind: _(PAPER_NAMES[kind]) for kind in PaperKind}


def _wrapping(
    factory: Factory, scope: Scope, case: Case, at: datetime, *, is_masked: bool
) -> Wrapping:
    head: dict[str, Any] = {
        "factory": factory.name,
        "county_code": factory.county_code,
        "first": scope.first and scope.first.isoformat(),
        "last": scope.last and scope.last.isoformat(),
        "visit": scope.inspection_id,
        "taken_at": county_time(at).isoformat(timespec="seconds"),
        "taken_by": g.officer.name,
        "phones_hidden": is_masked,
    }
    tables = hidden_phones(case.tables) if is_masked else case.tables
    made = {wording().data: as_json(tables, **head), wording().table: as_xlsx(tables)}
    when_written = _when_written(service(Database), factory, g.officer)
    return Wrapping(head, made, check_page(), at, when_written)


def _when_written(database: Database, factory: Factory, officer: Officer) -> Any:
    """Return what notes the end of the sending, for then the request is over."""

    def noted(sha256: str) -> None:
        with database.writing() as session:
            note_written(session, factory, sha256, by=officer, at=now())

    return noted


def _sent(factory: Factory, at: datetime, parts: Iterator[bytes]) -> Response:
    answer = Response(parts, mimetype="application/zip")
    name = wording().archive.format(factory=safe_name(factory.name), day=county_day(at))
    answer.headers["Cache-Control"] = "no-store"
    return saved_as(answer, f"{name}.zip")
