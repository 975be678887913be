"""What the trail asks about people, answered by a room above it and handed in by the service."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class People:
    """``names_of`` gives the names of officers by id, ``ids_of`` whose names hold some words."""

    names_of: Callable[[Session, Iterable[int]], dict[int, str]]
    ids_of: Callable[[Session, str], list[int]]
