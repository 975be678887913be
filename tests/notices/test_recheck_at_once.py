"""Two people at the same moment: two chiefs who decide, a manager who taps twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from firesafe.accounts.models import Officer
from firesafe.core.errors import RuleBroken, Stale
from firesafe.findings.evidence import Proof, send_evidence
from firesafe.findings.extending import Application, Decision, ask_for_extension
from firesafe.findings.models import Evidence, Recheck, Result
from firesafe.findings.queries import Findings, extension_in_county
from firesafe.inspections.models import Inspection
from firesafe.notices.extending import reply_to_extension
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Notice
from firesafe.notices.rechecking import decide_recheck
from firesafe.photos.store import Store
from tests.makers import make_photo
from tests.notices.cases import ADDRESS, TUESDAY, checking, judged, make_case, new_key, send_proof
from tests.notices.visits import arrive_all, make_chief


@pytest.fixture
def store(services):
    return services.get(Store)


@pytest.fixture
def case(session, store):
    made = make_case(session, store)
    send_proof(session, store, made)
    return made


def at_once(*deeds):
    """Do several things in threads of their own that begin together; return what came of each."""
    ready = Barrier(len(deeds))

    def begin(deed):
        ready.wait(timeout=60)
        try:
            return deed()
        except (RuleBroken, Stale) as fault:
            return fault

    with ThreadPoolExecutor(len(deeds)) as people:
        return list(people.map(begin, deeds))


def test_of_two_chiefs_who_decide_at_once_one_is_told(database, session, case):
    other = make_chief(session)
    told = (
        (case.chief.id, checking(judged(case.finding))),
        (other.id, checking(judged(case.finding, Result.PARTLY, "还有两箱没搬。"))),
    )
    session.commit()

    def decide(chief_id, told):
        with database.writing() as writing:
            paper = decide_recheck(
                writing,
                writing.get_one(Inspection, case.visit.id),
                told,
                by=writing.get_one(Officer, chief_id),
                at=TUESDAY,
                public_address=ADDRESS,
            )
            return paper.number

    ends = at_once(*(lambda each=each: decide(*each) for each in told))

    # The second is told that it was changed, or that it is closed by now.
    assert sum(isinstance(end, RuleBroken | Stale) for end in ends) == 1
    assert "示例26消复〔2026〕第0001号" in ends
    assert len(session.scalars(select(Recheck)).all()) == 1
    opinions = select(Notice).where(Notice.kind == PaperKind.RECHECK_OPINION)
    assert len(session.scalars(opinions).all()) == 1


def test_of_two_chiefs_who_decide_on_more_time_at_once_one_is_told(database, session, store):
    case, other = make_case(session, store), make_chief(session)
    wished_on = case.finding.due_on + timedelta(days=3)
    told = Application(new_key(), "配件没到。", "专人看守。", wished_on)
    extension = ask_for_extension(session, case.finding, told, by=case.manager, at=TUESDAY)
    session.commit()

    def decide(chief_id, due_on):
        with database.writing() as writing:
            chief = writing.get_one(Officer, chief_id)
            paper = reply_to_extension(
                writing,
                extension_in_county(writing, chief, extension.id),
                Decision(due_on, "情况属实。", "每班巡查。"),
                by=chief,
                at=TUESDAY,
                public_address=ADDRESS,
            )
            return paper.number

    ends = at_once(lambda: decide(case.chief.id, wished_on), lambda: decide(other.id, None))

    assert sum(isinstance(end, Stale) for end in ends) == 1
    assert "示例26消延〔2026〕第0001号" in ends
    replies = select(Notice).where(Notice.kind == PaperKind.EXTENSION_REPLY)
    assert len(session.scalars(replies).all()) == 1


def test_two_taps_at_once_are_one_round(database, session, store, case):
    sha256, key = make_photo(session, by=case.manager), new_key()
    arrive_all(session, store)
    session.commit()

    def send():
        with database.writing() as writing:
            manager = writing.get_one(Officer, case.manager.id)
            finding = Findings.of_manager(manager).to_change(writing, case.finding.id)
            proof = Proof(key, "", (sha256,))
            return send_evidence(writing, finding, proof, by=manager, at=TUESDAY).round

    assert at_once(send, send, send) == [2, 2, 2]
    assert len(session.scalars(select(Evidence)).all()) == 2
