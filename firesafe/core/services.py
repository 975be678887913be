"""The few lasting objects of a running service, found by their type."""

from typing import TypeVar

T = TypeVar("T")


class Services:
    """Holds one object per type: the database, the settings, the store, the press."""

    def __init__(self, *parts: object) -> None:
        self._parts: dict[type, object] = {}
        for part in parts:
            self.add(part)

    def add(self, part: object) -> None:
        """Keep ``part`` under its own type, in place of an earlier one."""
        self._parts[type(part)] = part

    def get(self, kind: type[T]) -> T:
        """Return the object of this type.

        Raises:
            LookupError: the service was put together without one.
        """
        part = self._parts.get(kind)
        if not isinstance(part, kind):
            raise LookupError(f"The service has no {kind.__name__}.")
        return part
