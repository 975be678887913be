"""What the scripts of the visit page may have to say; they have no words of their own."""

from flask_babel import gettext as _

from firesafe.inspections.rules import GAP_SENTENCES, MOST_PHOTOS
from firesafe.web.gate import SIGN_IN_AGAIN


def script_words() -> dict[str, object]:
    """Return the words by the names the scripts know, with ``{places}`` for them to fill."""
    return {**_of_filling(), **_of_photographs(), **_of_finishing()}


def _of_filling() -> dict[str, object]:
    return {
        "saved": _("%(clock)s delivered", clock="{clock}"),
        "kept": _("%(clock)s kept on this phone", clock="{clock}"),
        "unkept": _("This browser keeps nothing. Leave this page open until all is delivered."),
        "full": _("This phone has no room left. Free some, then enter it once more."),
        "unknown": _("This visit is not on this phone. Open it once where there is signal."),
        "unknown_factory": _(
            "This factory is not on this phone. Make the phone ready where there is signal."
        ),
        "coming": _("This part of the checklist is on its way."),
        "not_here": _(
            "This part of the checklist is not on this phone. It comes once there is signal."
        ),
        "signed_out": _(SIGN_IN_AGAIN),
        "next": _("Next not looked at: %(code)s", code="{code}"),
        "finish": _("Go to signing"),
        "counted": _("%(done)s of %(total)s looked at", done="{done}", total="{total}"),
        "pass": _(
            "%(right)s of %(asked)s right, that is enough: passed", right="{right}", asked="{asked}"
        ),
        "fail": _(
            "%(right)s of %(asked)s right, %(needed)s are needed: failed",
            right="{right}",
            asked="{asked}",
            needed="{needed}",
        ),
        "more": _("Ask %(count)s more", count="{count}"),
        "undo": _("Undo"),
        "overtaken": _("A colleague changed %(code)s after you.", code="{code}"),
        "mine": _("Put mine back"),
    }


def _of_photographs() -> dict[str, object]:
    return {
        "which": _("Open the checkpoint the photograph belongs to, then press the camera."),
        "most_photos": _("A checkpoint takes %(most)s photographs.", most=MOST_PHOTOS),
        "local": _("On this phone only"),
        "sending": _("Sending"),
        "received": _("Delivered"),
        "refused": _("Not taken"),
    }


def _of_finishing() -> dict[str, object]:
    place = {"code": "{code}", "title": "{title}"}
    return {
        "gaps": {gap.value: _(sentence, **place) for gap, sentence in GAP_SENTENCES.items()},
        "missing": _("Missing: %(count)s", count="{count}"),
        "unsigned": {
            "lead": _("The first inspector has not signed yet."),
            "second": _("The second inspector has not signed yet."),
            "factory": _("The factory has not signed yet, nor refused to."),
        },
        "refusal": _(
            "The factory did not sign: %(reason)s. Witness: %(witness)s.",
            reason="{reason}",
            witness="{witness}",
        ),
        "refusal_needs": _("A refusal needs a reason and a witness."),
        "hand_in": _("Hand in"),
        "end_not_here": _(
            "The end of the visit is not on this phone. It comes once there is signal."
        ),
    }
