"""Which factory a row speaks of: surely one, perhaps one, or none that is known."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from firesafe.core.errors import RuleBroken
from firesafe.core.words import N_
from firesafe.factories.entry import RegisterEntry
from firesafe.factories.rules import name_key
from firesafe.imports.rules import loose_name_key


@dataclass(frozen=True, slots=True)
class Known:
    """A factory of the register, or one of an earlier row, which has that row's line as id."""

    id: int
    version: int
    entry: RegisterEntry


@dataclass(frozen=True, slots=True)
class Doubt:
    """A factory that a row may speak of, and an English message id with what speaks for it."""

    known: Known
    sentence: str


class Register:
    """Factories of one county by everything that rows may know them by."""

    def __init__(self, known: Iterable[Known] = ()) -> None:
        self._known: dict[tuple[object, ...], list[Known]] = defaultdict(list)
        for one in known:
            self.add(one)

    def add(self, known: Known) -> None:
        """Take one more factory in."""
        for key in _keys_of(known.entry):
            self._known[key].append(known)

    def sure(self, values: Mapping[str, Any]) -> Known | None:
        """Return the factory that a row's values surely mean, or None.

        That is the one of its point number; else that of its name in its town; else that
        of its credit code, if the name is nearly the same, because one enterprise may
        have several factories under one code.

        Raises:
            RuleBroken: several factories of the town bear this name.
        """
        town, name = values.get("town_id"), str(values.get("name", ""))
        numbered = self._by("number", values.get("point_number"))
        if numbered:
            return numbered[0]
        named = self._by("name", town, name_key(name)) if name else []
        if len(named) > 1:
            raise RuleBroken(
                "The register has %(count)s factories of this name in the town. Give the point"
                " number.",
                count=len(named),
            )
        if named:
            return named[0]
        licensed = self._by("code and name", values.get("credit_code"), loose_name_key(name))
        return licensed[0] if len(licensed) == 1 and values.get("credit_code") else None

    def doubtful(self, values: Mapping[str, Any]) -> Doubt | None:
        """Return a factory that a row's values may mean, so that somebody should look; or None."""
        code, name = values.get("credit_code"), str(values.get("name", ""))
        phone, address = values.get("responsible_phone"), _address_key(values.get("address", ""))
        grounds = (
            (code and phone, ("code and phone", code, phone), _SAME_CODE),
            (code and address, ("code and address", code, address), _SAME_CODE),
            (phone and address, ("phone and address", phone, address), _SAME_PLACE),
            (name, ("nearly the name", values.get("town_id"), loose_name_key(name)), _NEARLY_SAME),
        )
        for is_given, key, sentence in grounds:
            if is_given and self._known.get(key):
                return Doubt(self._known[key][0], sentence)
        return None

    def _by(self, *key: object) -> list[Known]:
        return self._known.get(key, []) if key[1] else []


_SAME_CODE = N_("May be “%(name)s”: it has the same credit code, and the same address or phone.")
_SAME_PLACE = N_("May be “%(name)s”: it has the same address and phone.")
_NEARLY_SAME = N_("May be “%(name)s”: it has nearly the same name in the same town.")


def _keys_of(entry: RegisterEntry) -> Iterable[tuple[object, ...]]:
    town, code, loose = entry.town_id, entry.credit_code, loose_name_key(entry.name)
    phone, address = entry.responsible_phone, _address_key(entry.address)
    keys: dict[tuple[object, ...], object] = {
        ("number", entry.point_number): entry.point_number,
        ("name", town, name_key(entry.name)): entry.name,
        ("nearly the name", town, loose): entry.name,
        ("code and name", code, loose): code,
        ("code and phone", code, phone): code and phone,
        ("code and address", code, address): code and address,
        ("phone and address", phone, address): phone and address,
    }
    return [key for key, is_given in keys.items() if is_given]


def _address_key(address: str) -> str:
    return name_key(address)
