"""What the deeds of the demo are done with, and by whom."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.accounts.posts import Post
from firesafe.core.db import Database
from firesafe.core.services import Services
from firesafe.core.settings import Settings
from firesafe.demo.story import Story, Visit
from firesafe.factories.models import FactoryManager
from firesafe.inspections.models import Inspection
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Notice
from firesafe.notices.queries import valid_paper_of


@dataclass(frozen=True, slots=True)
class Stage:
    """What the deeds are done with.

    ``inspections`` knows the visits made so far by their key, ``inks`` the signatures in the
    store by the names of their people.
    """

    services: Services
    story: Story
    seed: int
    inspections: dict[str, int] = field(default_factory=dict)
    inks: dict[str, str] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        """The database; each deed is a unit of work of its own, as its door would open it."""
        return self.services.get(Database)

    @property
    def public_address(self) -> str:
        """What the codes on the papers lead to."""
        return self.services.get(Settings).public_address


def inspection_of(session: Session, stage: Stage, visit: Visit) -> Inspection:
    """Return the visit that was made of this part of the story."""
    return session.get_one(Inspection, stage.inspections[visit.key])


def notice_of(session: Session, inspection: Inspection) -> Notice:
    """Return the notice of a visit that stands."""
    notice = valid_paper_of(session, inspection, PaperKind.RECTIFICATION_NOTICE)
    if notice is None:
        raise LookupError(f"visit {inspection.id} has no notice that stands")
    return notice


def chief_of(session: Session, inspection: Inspection) -> Officer:
    """Return the first chief of the visit's county."""
    return chief_of_county(session, inspection.county_code)


def chief_of_county(session: Session, county_code: str) -> Officer:
    """Return the first chief of a county."""
    chiefs = select(Officer).where(
        Officer.post == Post.SECTION_CHIEF, Officer.county_code == county_code
    )
    return session.scalars(chiefs.order_by(Officer.id).limit(1)).one()


def manager_of(session: Session, inspection: Inspection) -> Officer:
    """Return the first manager of the visited factory."""
    managers = select(FactoryManager.officer_id).where(
        FactoryManager.factory_id == inspection.factory_id
    )
    rows = select(Officer).where(Officer.id.in_(managers)).order_by(Officer.id)
    return session.scalars(rows.limit(1)).one()
