"""The page of the trail."""

from urllib.parse import urlencode

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.audit.people import People
from firesafe.audit.queries import Trail
from firesafe.audit.sentences import TELLINGS, UNKNOWN, facts_of, kind_of, sentence_of
from firesafe.core.clock import read_day
from firesafe.core.permissions import Permission
from firesafe.web.addresses import record_id
from firesafe.web.doors import allow, reading, service
from firesafe.web.paging import page_of

bp = Blueprint("trail", __name__)

FILTERS = ("officer", "who", "event", "from", "to")


@bp.get("/trail")
@allow(Permission.TRAIL_READ)
def index() -> ResponseReturnValue:
    """List who did what, narrowed by officer, deed and days."""
    chosen = {name: request.args.get(name, "") for name in FILTERS}
    found = (
        Trail.visible_to(g.officer)
        .by(_officer_ids())
        .of_event(request.args.get("event", type=Event))
        .between(request.args.get("from", type=read_day), request.args.get("to", type=read_day))
    )
    page = page_of(reading(), found.rows, request.args.get("page", 1, type=int))
    return render_template(
        "audit/trail.html",
        page=page,
        chosen=chosen,
        address=f"{url_for('trail.index')}?{urlencode({k: v for k, v in chosen.items() if v})}",
        names=service(People).names_of(reading(), [row.by_id for row in page.rows if row.by_id]),
        who=_who,
        tell=_tell,
        subject=_subject,
        tellings=TELLINGS,
    )


def _who(entry: AuditEntry, names: dict[int, str]) -> str:
    if entry.by_id is not None:
        return names.get(entry.by_id, UNKNOWN)
    is_stranger = entry.event is Event.SIGN_IN_REFUSED
    return str(gettext("Somebody not signed in") if is_stranger else gettext("The service"))


def _tell(entry: AuditEntry) -> str:
    return str(gettext(sentence_of(entry.event)) % facts_of(entry))


def _subject(entry: AuditEntry) -> str:
    kind, subject_id = kind_of(entry)
    return str(gettext(kind, id=subject_id))


def _officer_ids() -> list[int] | None:
    officer_id = request.args.get("officer", type=record_id)
    if officer_id is not None:
        return [officer_id]
    words = request.args.get("who", "").strip()
    return service(People).ids_of(reading(), words) if words else None
