"""How a factory manager asks for more time."""

import uuid

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from firesafe.core.clock import county_day, now
from firesafe.core.errors import RuleBroken
from firesafe.core.permissions import Permission
from firesafe.findings.extending import MOST_ATTACHED, Application
from firesafe.findings.forms import ExtensionForm
from firesafe.findings.putting_off import latest_day, why_not
from firesafe.findings.queries import Findings, extension_of
from firesafe.notices.applying import apply_for_time
from firesafe.photos.receiving import files_of
from firesafe.web.doors import allow, reading, unit_of_work
from firesafe.web.errors import sentence_of

bp = Blueprint("extension", __name__)

ADDRESS = "/my-factory/findings/<int:finding_id>/extension"


@bp.get(ADDRESS)
@allow(Permission.OWN_EXTENSION_ASK)
def ask(finding_id: int) -> ResponseReturnValue:
    """Show what has to be told to ask for more time, or why it cannot be asked for."""
    return _page(finding_id, ExtensionForm(formdata=None, client_key=str(uuid.uuid4())))


@bp.post(ADDRESS)
@allow(Permission.OWN_EXTENSION_ASK)
def send(finding_id: int) -> ResponseReturnValue:
    """Keep the application; photographs that have arrived stay in the form."""
    form = ExtensionForm()
    try:
        _mine().one(reading(), finding_id)
        if not form.validate_on_submit():
            raise RuleBroken("Something is missing. Look at what is marked.")
        form.arrived.data = [*(form.arrived.data or []), *files_of(form.photos.data or [])]
        _send(form, finding_id)
    except RuleBroken as fault:
        form.form_errors.append(sentence_of(fault))
        return _page(finding_id, form), fault.status
    flash(_("Sent. The county decides; until then the last day stays as it is."))
    return redirect(url_for("my_factory.finding", finding_id=finding_id))


def _mine() -> Findings:
    return Findings.of_manager(g.officer).under_notice()


def _send(form: ExtensionForm, finding_id: int) -> None:
    wished_on = form.wished_on.data
    if wished_on is None:
        raise RuleBroken("Something is missing. Look at what is marked.")
    told = Application(
        client_key=form.client_key.data or "",
        reason=(form.reason.data or "").strip(),
        measures=(form.measures.data or "").strip(),
        wished_on=wished_on,
        photos=tuple(dict.fromkeys(form.arrived.data or [])),
    )
    with unit_of_work() as session:
        finding = _mine().to_change(session, finding_id)
        apply_for_time(session, finding, told, by=g.officer, at=now())


def _page(finding_id: int, form: ExtensionForm) -> str:
    finding = _mine().one(reading(), finding_id)
    was_asked = extension_of(reading(), finding) is not None
    refusal = why_not(finding, county_day(now()), was_asked=was_asked)
    return render_template(
        "findings/manager/ask.html",
        finding=finding,
        form=form,
        refusal=refusal,
        latest=latest_day(finding.due_on, finding.grace_days) if finding.due_on else None,
        most_attached=MOST_ATTACHED,
    )
