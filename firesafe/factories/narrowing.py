"""What the address of the list asks for: words and filters, and how to write them again."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple, Self

from flask import request
from flask_babel import gettext as _

from firesafe.accounts.models import Officer
from firesafe.districts.counties import County
from firesafe.districts.models import Town
from firesafe.factories.models import (
    BUILDING_USE_NAMES,
    FACTORY_STATE_NAMES,
    BuildingUse,
    FactoryState,
)
from firesafe.factories.queries import Factories
from firesafe.web.language import chosen_language


class Menu(NamedTuple):
    """One filter as the page draws it; the first of its choices keeps everything."""

    name: str
    value: Any
    label: str
    choices: list[tuple[Any, str]]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the address of the list asks for; nothing of what it does not understand."""

    words: str = ""
    county: str | None = None
    town: int | None = None
    use: BuildingUse | None = None
    state: FactoryState | None = None
    housing: bool = False
    key: bool = False

    @classmethod
    def asked(cls) -> Self:
        """Read the address of this request."""
        args = request.args
        return cls(
            words=args.get("words", "").strip(),
            county=args.get("county") or None,
            town=args.get("town", type=int),
            use=args.get("use", type=BuildingUse),
            state=args.get("state", type=FactoryState),
            housing=bool(args.get("housing")),
            key=bool(args.get("key")),
        )

    def factories(self, officer: Officer) -> Factories:
        """Return those asked for among the factories that the officer sees."""
        found = Factories.visible_to(officer).in_county(self.county).in_town(self.town)
        found = found.used_as(self.use).in_state(self.state)
        found = found.below_housing(only=self.housing).key_units(only=self.key)
        return found.matching(self.words)

    def menus(self, counties: Iterable[County], towns: Iterable[Town]) -> list[Menu]:
        """Return the menus of the list, with the counties and towns to choose from.

        Whoever sees but one county is not asked for it.
        """
        language = chosen_language()
        in_counties = [(county.code, county.name_in(language)) for county in counties]
        in_towns = [(town.id, town.name) for town in towns]
        menus = [
            Menu("county", self.county, _("County"), [("", _("Every county")), *in_counties]),
            Menu("town", self.town, _("Town"), [("", _("Every town")), *in_towns]),
            Menu("use", self.use, _("Building use"), [("", _("Every building")), *_uses()]),
            Menu("housing", self.housing and 1, _("Housing"), _housing()),
            Menu("key", self.key and 1, _("Key units"), _key_units()),
            Menu("state", self.state, _("State"), [("", _("Not closed down")), *_states()]),
        ]
        return menus if in_counties else menus[1:]

    @property
    def given(self) -> dict[str, Any]:
        """What is asked for, as parts of an address."""
        return {name: _part(value) for name, value in asdict(self).items() if value}


def _uses() -> list[tuple[str, str]]:
    return [(use.value, _(name)) for use, name in BUILDING_USE_NAMES.items()]


def _states() -> list[tuple[str, str]]:
    return [(state.value, _(name)) for state, name in FACTORY_STATE_NAMES.items()]


def _housing() -> list[tuple[str, str]]:
    return [("", _("Lived above or not")), ("1", _("People live above"))]


def _key_units() -> list[tuple[str, str]]:
    return [("", _("Key unit or not")), ("1", _("Key units only"))]


def _part(value: Any) -> Any:
    return "1" if value is True else value
