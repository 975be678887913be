"""What the scripts of the outbox and of its banner may say; they have no words of their own."""

from flask_babel import gettext as _

from firesafe.findings.models import Result


def banner_words() -> dict[str, str]:
    """Return the words for where the work is, with ``{places}`` for the script to fill."""
    counts = {"visits": "{visits}", "photos": "{photos}"}
    return {
        "both": _("%(visits)s visits and %(photos)s photographs on this phone only", **counts),
        "visits": _("%(visits)s visits on this phone only", **counts),
        "photos": _("%(photos)s photographs on this phone only", **counts),
        "sending": _("Sending %(done)s of %(total)s", done="{done}", total="{total}"),
        "refused": _("%(refused)s not taken", refused="{refused}"),
        "sent": _("%(clock)s, the service has looked at every photograph", clock="{clock}"),
    }


def outbox_words() -> dict[str, str]:
    """Return the words for one visit on the phone, by its standing and by what is missing."""
    since = {"moment": "{moment}", "photos": "{photos}"}
    return {
        "opened": _("Visit of %(moment)s", moment="{moment}"),
        "rechecked": _("Re-check of %(moment)s", moment="{moment}"),
        "decided": _("Decided and numbered: %(number)s.", number="{number}"),
        "made": _("Not handed in yet, so nobody else knows of it."),
        "remedy_recheck": _("Open it, look again and hand it in once more; or leave it out."),
        "loose": _("Photographs without a visit"),
        "both": _("Entries and %(photos)s photographs since %(moment)s", **since),
        "photos": _("%(photos)s photographs since %(moment)s", **since),
        "record": _("Entries since %(moment)s", **since),
        "arriving": _("All has arrived. The service looks at the photographs, then it is done."),
        "up-to-date": _("All that was entered so far has arrived."),
        "delivered": _("Handed in and whole. It leaves the phone by itself after three days."),
        "void": _("This visit was made void."),
        "remedy_open": _("Open the visit, put it right and hand it in once more."),
        "remedy": _("Ask your chief if you do not know why. Nothing is lost: it stays here."),
        "photo_refused": _("A photograph cannot be read."),
        "photo_remedy": _("Open the visit and take it once more."),
        **result_words(),
        **_of_photographs(),
    }


def result_words() -> dict[str, str]:
    """Return the words for what was judged of a finding."""
    return {
        f"result-{Result.PUT_RIGHT}": _("Put right"),
        f"result-{Result.PARTLY}": _("Partly put right"),
        f"result-{Result.NOT_PUT_RIGHT}": _("Not put right"),
    }


def _of_photographs() -> dict[str, str]:
    return {
        "local": _("On this phone only"),
        "sending": _("Sending"),
        "received": _("Delivered"),
        "refused": _("Not taken"),
    }


def rescue_words() -> dict[str, str]:
    """Return the words for saving what is unsent as a file."""
    return {
        "at_work": _("Packing …"),
        "nothing": _("Nothing is unsent."),
        "saved": _("Saved as %(name)s", name="{name}"),
        "several": _("It is too much for one file. Save them one by one."),
        "part": _("File %(number)s of %(count)s", number="{number}", count="{count}"),
    }
