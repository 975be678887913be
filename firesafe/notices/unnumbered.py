"""The forms without a number: what a factory declares, filled in and frozen as it did.

They come from the same press as the county's papers, but stand in no series: nobody issues them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, TypeAlias, get_args

from firesafe.notices.parts import Head, Person
from firesafe.notices.snapshot import Paper


class UnnumberedKind(StrEnum):
    """One kind of form without a number."""

    SERVICE_CONFIRMATION = "service-confirmation"
    EXTENSION_APPLICATION = "extension-application"


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


@dataclass(frozen=True, slots=True)
class ExtensionApplication:
    """A factory's application for more time, the first half of form F6; the factory seals it.

    The office of ``head`` is whom it is addressed to. ``ordinal`` is that of the notice,
    ``attached`` the number of photographs.
    """

    kind: ClassVar[UnnumberedKind] = UnnumberedKind.EXTENSION_APPLICATION

    head: Head
    unit: str
    notice_title: str
    notice_number: str
    ordinal: int
    fact: str
    requirement: str
    was_due_on: date
    reason: str
    measures: str
    wished_on: date
    attached: int
    asked_by: str
    asked_at: datetime


Unnumbered: TypeAlias = ServiceConfirmation | ExtensionApplication
UNNUMBERED_FORMS: dict[UnnumberedKind, type[Unnumbered]] = {
    form.kind: form for form in get_args(Unnumbered)
}

Printable: TypeAlias = Paper | Unnumbered
"""Whatever the press prints."""
