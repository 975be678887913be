"""The forms without a number: what a factory declares, filled in and frozen as it did.

They come from the same press as the county's papers, but stand in no series: nobody issues them.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, TypeAlias

from firesafe.notices.parts import Head, Person
from firesafe.notices.snapshot import Paper


class UnnumberedKind(StrEnum):
    """One kind of form without a number."""

    SERVICE_CONFIRMATION = "service-confirmation"


@dataclass(frozen=True, slots=True)
class ServiceConfirmation:
    """Where a factory is served, and whether electronically (送达地址及电子送达确认书).

    Blank it is signed on paper: then ``address``, ``receiver`` and ``choice`` are empty and
    ``agreed_at`` is none. ``choices`` are both that the form offers. ``system``, ``page`` and
    ``account`` say where electronic service arrives, ``terms`` what is agreed to.
    """

    kind: ClassVar[UnnumberedKind] = UnnumberedKind.SERVICE_CONFIRMATION

    head: Head
    unit: str
    credit_code: str
    unit_address: str
    principal: Person
    address: str
    receiver: Person
    choices: tuple[str, ...]
    choice: str
    system: str
    page: str
    account: str
    terms: tuple[str, ...]
    agreed_at: datetime | None
    agreed_by: str


Unnumbered: TypeAlias = ServiceConfirmation
UNNUMBERED_FORMS: dict[UnnumberedKind, type[Unnumbered]] = {
    ServiceConfirmation.kind: ServiceConfirmation
}

Printable: TypeAlias = Paper | Unnumbered
"""Whatever the press prints."""
