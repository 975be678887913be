"""Re-checks: the list of what falls due, the page of one case, and the decision."""

import uuid
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms import SelectChoice

from firesafe.accounts.models import Officer
from firesafe.core.clock import COUNTY_ZONE, county_day, county_time, now
from firesafe.core.errors import RuleBroken, Stale
from firesafe.core.permissions import Permission
from firesafe.core.settings import Settings
from firesafe.findings.models import Manner, Occasion, Result
from firesafe.findings.queries import Findings, findings_by_inspection
from firesafe.findings.rechecking import Checking, Judgement
from firesafe.inspections.queries import Inspections
from firesafe.notices.forms import JudgementForm, RecheckForm, judgement_forms
from firesafe.notices.models import Notice
from firesafe.notices.opinion import Step
from firesafe.notices.recheck_desk import (
    RecheckDesk,
    days_to_recheck,
    recheck_desk,
    usual_manner,
)
from firesafe.notices.recheck_words import about, script_words
from firesafe.notices.rechecking import decide_recheck
from firesafe.photos.receiving import files_of
from firesafe.standard.edition import edition
from firesafe.web.doors import allow, reading, service, unit_of_work
from firesafe.web.errors import sentence_of
from firesafe.web.paging import page_of

bp = Blueprint("rechecks", __name__)

Judgements = dict[int, JudgementForm]


@bp.get("/rechecks")
@allow(Permission.FINDING_RECHECK)
def due() -> ResponseReturnValue:
    """Show the cases that await their re-check, the one that has waited longest first."""
    today = county_day(now())
    rows = Findings.visible_to(g.officer).awaiting_recheck(today).by_case()
    page = page_of(reading(), rows, request.args.get("page", 1, type=int))
    findings = {
        visit: [each for each in found if each.awaits_recheck(today)]
        for visit, found in findings_by_inspection(
            reading(), [visit.id for visit in page.rows]
        ).items()
    }
    working_days = service(Settings).recheck_working_days
    return render_template(
        "notices/rechecks.html",
        page=page,
        findings=findings,
        by_photo={
            visit: usual_manner(found) is Manner.BY_PHOTO for visit, found in findings.items()
        },
        days_left={
            visit: days_to_recheck(found, today, working_days) for visit, found in findings.items()
        },
    )


@bp.get("/rechecks/<int:inspection_id>")
@allow(Permission.FINDING_RECHECK)
def case(inspection_id: int) -> ResponseReturnValue:
    """Show the open findings of one case, each before and after, to be judged."""
    desk = _desk(inspection_id, request.args.get("manner", type=Manner))
    if not desk.findings and desk.elsewhere:
        flash(_("Nothing of this case can be re-checked by photograph now. Go there by two."))
        return redirect(url_for(".case", inspection_id=inspection_id, manner=Manner.ON_SITE.value))
    if not desk.findings:
        flash(_("Nothing of this case is left to be re-checked."))
        return redirect(url_for(".due"))
    form = RecheckForm(
        formdata=None,
        client_key=str(uuid.uuid4()),
        manner=desk.manner.value,
        occasion=desk.occasion.value,
        rechecked_at=county_time(now()),
    )
    return _page(desk, form, judgement_forms(desk.findings))


@bp.post("/rechecks/<int:inspection_id>")
@allow(Permission.FINDING_RECHECK)
def decide(inspection_id: int) -> ResponseReturnValue:
    """Keep the results, issue the opinion, and close what is put right: in one act."""
    form = RecheckForm()
    desk = _desk(inspection_id, request.form.get("manner", type=Manner))
    judgements = judgement_forms(desk.findings)
    _fit(form, desk)
    try:
        if not _is_whole(form, judgements):
            raise RuleBroken("Something is missing. Look at what is marked.")
        _receive(judgements)
        with unit_of_work() as session:
            paper = _decide(session, inspection_id, form, judgements)
    except (RuleBroken, Stale) as fault:
        form.form_errors.append(sentence_of(fault))
        return _again(inspection_id, form, judgements), fault.status
    flash(_("Decided and numbered: %(number)s.", number=paper.number))
    return redirect(url_for("notices.show", notice_id=paper.id))


def _desk(inspection_id: int, manner: Manner | None) -> RecheckDesk:
    inspection = Inspections.visible_to(g.officer).one(reading(), inspection_id)
    return recheck_desk(reading(), inspection, g.officer, manner)


def _fit(form: RecheckForm, desk: RecheckDesk) -> None:
    """Offer whoever may go along; by photograph nobody goes, and now is when it is done."""
    form.second_id.choices = [SelectChoice(each.id, each.name) for each in desk.seconds]
    if desk.manner is Manner.BY_PHOTO:
        del form.second_id, form.rechecked_at, form.statement


def _is_whole(form: RecheckForm, judgements: Judgements) -> bool:
    parts = (form.validate_on_submit(), *(each.validate() for each in judgements.values()))
    return all(parts)


def _receive(judgements: Judgements) -> None:
    """Take in the photographs of every finding; they stay in the form if it is shown again."""
    for form in judgements.values():
        form.arrived.data = [*(form.arrived.data or []), *files_of(form.photos.data or [])]


def _decide(
    session: Session, inspection_id: int, form: RecheckForm, judgements: Judgements
) -> Notice:
    inspection = Inspections.visible_to(g.officer).one(session, inspection_id)
    moment = now()
    on_site: dict[str, Any] = {}
    if form.manner.data == Manner.ON_SITE:
        on_site = {
            "second": session.get(Officer, form.second_id.data),
            "statement": (form.statement.data or "").strip(),
        }
        moment = _there(form.rechecked_at.data)
    checking = Checking(
        client_key=form.client_key.data or "",
        manner=Manner(form.manner.data),
        occasion=Occasion(form.occasion.data),
        rechecked_at=moment,
        judgements=tuple(_judgement(*each) for each in judgements.items() if each[1].result.data),
        **on_site,
    )
    return decide_recheck(
        session,
        inspection,
        checking,
        tuple(Step(each) for each in form.steps.data or ()),
        by=g.officer,
        at=now(),
        public_address=service(Settings).public_address,
    )


def _there(told: datetime | None) -> datetime:
    """Return a moment that was told by the clock on the wall."""
    return now() if told is None else told.replace(tzinfo=COUNTY_ZONE)


def _judgement(finding_id: int, form: JudgementForm) -> Judgement:
    return Judgement(
        finding_id=finding_id,
        version=int(form.version.data or 0),
        result=Result(form.result.data),
        reason=(form.reason.data or "").strip(),
        photos=tuple(dict.fromkeys(form.arrived.data or ())),
    )


def _again(inspection_id: int, form: RecheckForm, judgements: Judgements) -> str:
    """Show the case as it stands now with what was filled in; its versions are the new ones."""
    desk = _desk(inspection_id, request.form.get("manner", type=Manner))
    fresh = judgement_forms(desk.findings)
    for finding in desk.findings:
        known = judgements.get(finding.id)
        fresh[finding.id].version.data = str(finding.version)
        fresh[finding.id].arrived.data = known.arrived.data if known else []
    return _page(desk, form, fresh)


def _page(desk: RecheckDesk, form: RecheckForm, judgements: Judgements) -> str:
    if "second_id" in form:
        _fit(form, desk)
    return render_template(
        "notices/recheck.html",
        desk=desk,
        form=form,
        judgements=judgements,
        checkpoints={
            each.id: edition(each.edition_code).checkpoint(each.checkpoint_code)
            for each in desk.findings
        },
        manners=Manner,
        about=about(desk.inspection, g.officer),
        words=script_words(),
    )
