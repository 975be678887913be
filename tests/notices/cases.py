"""Cases under notice: findings that a manager is to put right, and what he sends."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.accounts.posts import Post
from firesafe.factories.models import Factory, FactoryManager
from firesafe.findings.evidence import Proof, send_evidence
from firesafe.findings.models import Evidence, Finding, Manner, Occasion, Result
from firesafe.findings.queries import findings_of
from firesafe.findings.rechecking import Checking, Judgement
from firesafe.inspections.models import Inspection
from firesafe.notices.actions import issue_papers
from firesafe.notices.freezing import Terms
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Notice
from firesafe.notices.queries import valid_paper_of
from firesafe.photos.store import Store
from tests.makers import MONDAY, make_officer, make_photo
from tests.notices.visits import arrive_all, make_chief, make_ready_visit

TUESDAY = MONDAY + timedelta(days=1)
ADDRESS = "https://firesafe.example"


@dataclass(frozen=True, slots=True)
class Case:
    """A visit whose notice was issued on the same day, and its people."""

    visit: Inspection
    manager: Officer
    chief: Officer
    notice: Notice
    findings: dict[str, Finding] = field(default_factory=dict)

    @property
    def finding(self) -> Finding:
        """The only finding, or the first one."""
        return next(iter(self.findings.values()))


def make_manager(session: Session, factory: Factory, *, name: str = "张测试") -> Officer:
    """Make an account that manages the factory, perhaps beside others."""
    manager = make_officer(
        session, post=Post.FACTORY_MANAGER, county=factory.county_code, name=name
    )
    link(session, factory, manager)
    return manager


def link(session: Session, factory: Factory, manager: Officer) -> None:
    session.add(FactoryManager(factory_id=factory.id, officer_id=manager.id, since=MONDAY))
    session.flush()


def make_case(session: Session, store: Store, *, failed: object = ("P2-01",), **more) -> Case:
    """Make a visit whose findings are under notice; P2-01 is graded general, with seven days."""
    visit = make_ready_visit(session, store, failed=failed, **more)
    chief = make_chief(session, county=visit.county_code)
    issue_papers(session, visit, Terms("专人看守。"), by=chief, at=MONDAY, public_address=ADDRESS)
    notice = valid_paper_of(session, visit, PaperKind.RECTIFICATION_NOTICE)
    findings = {each.checkpoint_code: each for each in findings_of(session, visit)}
    return Case(visit, make_manager(session, visit.factory), chief, notice, findings)


def new_key() -> str:
    return str(uuid.uuid4())


def send_proof(
    session: Session,
    store: Store,
    case: Case,
    finding: Finding | None = None,
    *,
    at: datetime = TUESDAY,
    note: str = "东西已搬走。",
) -> Evidence:
    """Send one photograph as the manager does, and let it be readable."""
    sha256 = make_photo(session, by=case.manager, at=at)
    arrive_all(session, store)
    proof = Proof(new_key(), note, (sha256,))
    return send_evidence(session, finding or case.finding, proof, by=case.manager, at=at)


def judged(finding: Finding, result: Result = Result.PUT_RIGHT, reason: str = "") -> Judgement:
    """Judge a finding as it stands."""
    return Judgement(finding.id, finding.version, result, reason)


def checking(*judgements: Judgement, second: Officer | None = None, **more) -> Checking:
    """Return a re-check by photograph, or on site if somebody went along."""
    values = {
        "client_key": new_key(),
        "manner": Manner.ON_SITE if second else Manner.BY_PHOTO,
        "occasion": Occasion.ASKED,
        "rechecked_at": TUESDAY,
    }
    return Checking(judgements=judgements, second=second, **{**values, **more})
