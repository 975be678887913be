"""How the facts of the register are called on the screen and in tables."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from firesafe.audit.models import AuditEntry
from firesafe.audit.sentences import facts_of, sentence_of
from firesafe.districts.counties import city
from firesafe.factories.cells import Wording
from firesafe.factories.entry import FIELD_NAMES
from firesafe.factories.models import (
    BUILDING_USE_NAMES,
    FACTORY_STATE_NAMES,
    FIRE_RESISTANCE_NAMES,
)
from firesafe.web.language import chosen_language

CHOICE_NAMES: dict[str, Mapping[Any, str]] = {
    "building_use": BUILDING_USE_NAMES,
    "state": FACTORY_STATE_NAMES,
    "fire_resistance": FIRE_RESISTANCE_NAMES,
}


def fact_shown(value: Any, field: str) -> str:
    """Show one field of an entry: choices and ticks by their names, nothing as a dash."""
    if field in CHOICE_NAMES:
        return str(_(CHOICE_NAMES[field][value])) if value else "—"
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if field == "zone_code" and value:
        return zone_names().get(value, str(value))
    return "—" if value in (None, "") else str(value)


def field_name(field: str) -> str:
    """Show what a field of an entry is called."""
    return str(_(FIELD_NAMES[field]))


def deed(entry: AuditEntry) -> str:
    """Tell what was done, as the trail does."""
    return str(_(sentence_of(entry.event)) % facts_of(entry))


def zone_names() -> dict[str, str]:
    """Return the functional zones' names in the language of the page."""
    is_english = chosen_language() == "en"
    return {zone.code: zone.name_en if is_english else zone.name_zh for zone in city().zones}


def table_wording() -> Wording:
    """Return how a table of the register speaks, in the language of the page."""
    counties = {c.code: c.name_in(chosen_language()) for c in city().counties}
    chosen = {
        field: {str(value): _(name) for value, name in names.items()}
        for field, names in CHOICE_NAMES.items()
    }
    headings = {field: _(name) for field, name in FIELD_NAMES.items()}
    return Wording(
        headings={"county_code": _("County"), **headings},
        names={"county_code": counties, "zone_code": zone_names(), **chosen},
        yes=_("Yes"),
        no=_("No"),
    )
