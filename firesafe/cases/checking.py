"""The page that lies in a case and checks it without any network, in both languages."""

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup

from firesafe.cases.contents import Lacking
from firesafe.cases.packing import LIST_PLACE
from firesafe.core.words import N_
from firesafe.web.assets import text_of
from firesafe.web.language import LANGUAGES

LACKING_NAMES = {
    Lacking.NOT_PRINTED: N_("Not printed yet"),
    Lacking.NOT_ARRIVED: N_("Still on the phone that took it"),
    Lacking.UNREADABLE: N_("Came damaged and could not be kept"),
    Lacking.MISSING: N_("Missing from the store of the service"),
    Lacking.DAMAGED: N_("Damaged in the store of the service"),
}


def check_page() -> str:
    """Return the page, whole in itself; `LIST_PLACE` stands where the list of files belongs."""
    words = {language: _words_in(language) for language in LANGUAGES}
    return render_template(
        "cases/check.html",
        words=words,
        list_place=LIST_PLACE,
        style=Markup(text_of("main.css")),  # noqa: S704 — from our own bundle
        script=Markup(text_of("case-check.js")),  # noqa: S704 — from our own bundle
    )


def _words_in(language: str) -> dict[str, str]:
    with force_locale(language):
        return {
            "heading": _("Check this case"),
            "intro": _(
                "This page looks whether every file is as it was when the case was taken. "
                "It works without network and sends nothing."
            ),
            "choose": _("Choose the unpacked folder"),
            "drop": _("Or drop the folder, or all that is in it, on this page."),
            "working": _("Checked %(done)s of %(total)s", done="{done}", total="{total}"),
            "good": _("All %(count)s files are as they were when the case was taken.",
                      count="{count}"),
            "bad": _("%(count)s files are not as they were when the case was taken.",
                     count="{count}"),
            "none": _("This is another folder: nothing of the case is in it."),
            "changed": _("Changed"),
            "missing": _("No longer there"),
            "added": _("Added, not of this case"),
            "lacking": _("Was not there when the case was taken"),
            "about": _("What this case is"),
            "taken": _("Taken on %(moment)s by %(name)s", moment="{moment}", name="{name}"),
            "all": _("All closed visits"),
            "days": _("Visits from %(first)s to %(last)s", first="{first}", last="{last}"),
            "visit": _("One visit"),
            "sum": _("SHA-256 of the list of files"),
            "compare": _(
                "The service keeps the same figure in its records, under the day on which the case "
                "was taken. Whoever doubts this page compares the two."
            ),
            "private": _(
                "The case holds personal data: names, phone numbers, signatures, photographs with "
                "time and place. It serves supervision and the archive. Keep it locked, give it to "
                "nobody who does not need it for that, and delete copies that are no longer needed."
            ),
            **{f"lacking-{why.value}": _(name) for why, name in LACKING_NAMES.items()},
        }  # fmt: skip
