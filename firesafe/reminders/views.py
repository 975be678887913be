"""One's own reminders, and the county's messages with their fate."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from firesafe.core.clock import county_day, now
from firesafe.core.permissions import Permission
from firesafe.core.settings import Settings
from firesafe.findings.rules import days_left
from firesafe.reminders.actions import mark_read, send_again
from firesafe.reminders.models import MESSAGE_STATE_NAMES, MessageState
from firesafe.reminders.queries import message_to_change, messages_seen_by, reminders_for
from firesafe.reminders.rules import OCCASION_NAMES, OF_REFERRALS, channel_kind
from firesafe.web.doors import allow, reading, service, unit_of_work
from firesafe.web.paging import page_of

bp = Blueprint("reminders", __name__)


@bp.get("/reminders")
@allow(Permission.SIGNED_IN)
def listing() -> ResponseReturnValue:
    """Show one's own reminders, the latest first."""
    page = page_of(reading(), reminders_for(g.officer), request.args.get("page", 1, type=int))
    today = county_day(now())
    return render_template(
        "reminders/listing.html",
        page=page,
        occasion_names=OCCASION_NAMES,
        days_left={each.id: days_left(each.finding.due_on, today) for each in page.rows},
        of_referrals=OF_REFERRALS,
        last_id=max((each.id for each in page.rows if each.read_at is None), default=0),
    )


@bp.post("/reminders/read")
@allow(Permission.SIGNED_IN)
def read() -> ResponseReturnValue:
    """Note that one has read what is shown."""
    with unit_of_work() as session:
        up_to = request.form.get("up-to", 0, type=int)
        mark_read(session, by=g.officer, up_to=up_to, at=now())
    return redirect(url_for(".listing"))


@bp.get("/messages")
@allow(Permission.MESSAGE_READ)
def messages() -> ResponseReturnValue:
    """Show what was sent out of the service, and what became of it."""
    state = request.args.get("state", type=MessageState)
    rows = messages_seen_by(g.officer, state)
    return render_template(
        "reminders/messages.html",
        page=page_of(reading(), rows, request.args.get("page", 1, type=int)),
        state=state.value if state else "",
        state_names=MESSAGE_STATE_NAMES,
        channel_kind=channel_kind,
        has_channels=bool(service(Settings).message_channels),
    )


@bp.post("/messages/<int:message_id>/again")
@allow(Permission.MESSAGE_READ)
def again(message_id: int) -> ResponseReturnValue:
    """Have a message sent once more."""
    with unit_of_work() as session:
        message = message_to_change(session, g.officer, message_id)
        send_again(session, message, by=g.officer, at=now())
    flash(_("The message will be sent again."))
    return redirect(url_for(".messages"))
