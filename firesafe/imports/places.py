"""The towns and communities of a county as a table spells them, and those it does not have yet."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from firesafe.core.errors import RuleBroken
from firesafe.factories.rules import name_key, plain
from firesafe.imports.rules import community_key, town_key


@dataclass(frozen=True, slots=True)
class Place:
    """A town, or a community and the town it lies in; one yet to be made has a negative id."""

    id: int
    name: str
    town_id: int | None = None


class Atlas:
    """Finds the places that rows name.

    A place that the county does not have is missing, unless the officer has ``wanted`` it
    made: then it gets a negative id, until it is made and has one of its own.
    """

    def __init__(self, places: Iterable[Place], wanted: Collection[str] = ()) -> None:
        self._wanted = frozenset(wanted)
        self._names: dict[tuple[str, int], str] = {}
        self._exact: dict[tuple[int | None, str], Place] = {}
        self._loose: dict[tuple[int | None, str], list[Place]] = {}
        self.missing: list[str] = []
        self.to_make: list[Place] = []
        for place in places:
            self._take_in(place)

    def find(self, town: str, community: str) -> tuple[Place, Place | None]:
        """Return the town and, if the row names one, the community of a row.

        Raises:
            RuleBroken: the county does not have them, and they are not wanted.
        """
        try:
            found = self._find(None, town, town_key(town), plain(town))
        except RuleBroken:
            if community:
                self._miss(f"{plain(town)}/{plain(community)}")
            raise
        if not community:
            return found, None
        label = f"{found.name}/{plain(community)}"
        return found, self._find(found.id, community, community_key(community), label)

    def name(self, field: str, place_id: int | None) -> str:
        """Return what a place is called; ``field`` is ``town_id`` or ``community_id``."""
        return self._names.get((field, place_id or 0), "")

    def _find(self, town_id: int | None, text: str, loose_key: str, label: str) -> Place:
        exact = self._exact.get((town_id, name_key(text)))
        alike = self._loose.get((town_id, loose_key), [])
        found = exact or (alike[0] if len(alike) == 1 else None)
        if found is not None:
            return found
        if label in self._wanted:
            made = Place(-len(self.to_make) - 1, plain(text), town_id)
            self.to_make.append(made)
            self._take_in(made)
            return made
        self._miss(label)
        if town_id is None:
            raise RuleBroken("The county has no town “%(name)s”.", name=plain(text))
        raise RuleBroken("The town has no community “%(name)s”.", name=plain(text))

    def _miss(self, label: str) -> None:
        if label not in self.missing and label not in self._wanted:
            self.missing.append(label)

    def _take_in(self, place: Place) -> None:
        is_town = place.town_id is None
        key = town_key(place.name) if is_town else community_key(place.name)
        self._names["town_id" if is_town else "community_id", place.id] = place.name
        self._exact[place.town_id, name_key(place.name)] = place
        self._loose.setdefault((place.town_id, key), []).append(place)
