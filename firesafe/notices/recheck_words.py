"""What the script of a re-check is told: whose it is, what the rules come to, and its words."""

from flask_babel import gettext as _

from firesafe.accounts.models import Officer
from firesafe.core.clock import COUNTY_ZONE, now
from firesafe.findings.models import Manner
from firesafe.findings.rechecking import MOST_PHOTOS, NEED_REASON
from firesafe.inspections.models import Inspection


def about(inspection: Inspection, officer: Officer) -> dict[str, object]:
    """Return what the phone keeps a re-check by, and the rules it looks up but does not know."""
    zone = now().astimezone(COUNTY_ZONE).strftime("%z")
    return {
        "officer": officer.id,
        "inspection": inspection.id,
        "visit": inspection.client_key,
        "factory": {"id": inspection.factory_id, "name": inspection.factory.name},
        "zone": f"{zone[:3]}:{zone[3:]}",
        "most_photos": MOST_PHOTOS,
        "rules": {
            "reasonFor": sorted(result.value for result in NEED_REASON),
            "secondFor": Manner.ON_SITE.value,
        },
    }


def script_words() -> dict[str, str]:
    """Return the words by the names the script knows, with ``{places}`` for it to fill."""
    return {
        "none": _("Judge at least one finding."),
        "reason": _("Write what is still missing at %(code)s.", code="{code}"),
        "second": _("On site it takes two officers of the county. Choose the second."),
        "waiting": _(
            "Kept on this phone. It goes when there is signal, and the paper gets its number then."
        ),
        "gone": _(
            "No longer open, so left out: %(codes)s. What you wrote is in the outbox.",
            codes="{codes}",
        ),
        "full": _("This phone has no room left. Free some, then enter it once more."),
        "most": _("A finding takes %(most)s photographs.", most=MOST_PHOTOS),
        "local": _("On this phone only"),
        "sending": _("Sending"),
        "received": _("Delivered"),
        "refused": _("Not taken"),
        "gone_ahead": _("This one is delivered already. Take another to draw on it."),
        "place_pending": _("Position ± %(metres)s m", metres="{metres}"),
    }
