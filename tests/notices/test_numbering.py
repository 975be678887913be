"""Numbers without gap or double: chiefs at the same moment, work undone, processes killed."""

import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from firesafe.accounts.models import Officer
from firesafe.inspections.models import Inspection
from firesafe.notices.actions import issue_papers
from firesafe.notices.freezing import Terms
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Issuer, Notice
from firesafe.notices.numbering import next_sequence
from firesafe.photos.store import Store
from tests.makers import MONDAY
from tests.notices.visits import make_chief, make_issuer, make_ready_visit
from tests.patience import first_line_of

ISSUED_TOGETHER = (
    PaperKind.INSPECTION_RECORD,
    PaperKind.RECTIFICATION_NOTICE,
    PaperKind.SERVICE_RECEIPT,
)

TAKE_AND_WAIT = """
import sys
from firesafe.core.db import Database
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Issuer
from firesafe.notices.numbering import next_sequence

with Database(sys.argv[1]).writing() as session:
    issuer = session.get_one(Issuer, int(sys.argv[2]))
    print(next_sequence(session, issuer, PaperKind.RECTIFICATION_NOTICE, 2026), flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def issuer(session):
    made = make_issuer(session)
    session.commit()
    return made


def take(database, issuer_id: int) -> int:
    with database.writing() as session:
        issuer = session.get_one(Issuer, issuer_id)
        return next_sequence(session, issuer, PaperKind.RECTIFICATION_NOTICE, 2026)


def test_at_the_same_moment_nobody_gets_the_same_number(database, issuer):
    with ThreadPoolExecutor(8) as people:
        taken = list(people.map(lambda _turn: take(database, issuer.id), range(40)))

    assert sorted(taken) == list(range(1, 41))


def test_a_number_whose_work_is_undone_is_given_again(database, issuer):
    class Undone(Exception):
        pass

    assert take(database, issuer.id) == 1
    with pytest.raises(Undone), database.writing() as session:
        again = session.get_one(Issuer, issuer.id)
        assert next_sequence(session, again, PaperKind.RECTIFICATION_NOTICE, 2026) == 2
        raise Undone

    assert take(database, issuer.id) == 2


def test_a_killed_process_leaves_no_gap(database, database_url, issuer):
    assert take(database, issuer.id) == 1
    process = subprocess.Popen(
        [sys.executable, "-c", TAKE_AND_WAIT, database_url, str(issuer.id)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        said = first_line_of(process)
        process.kill()
    assert said == "2\n"

    assert take(database, issuer.id) == 2


def test_two_chiefs_issue_at_the_same_moment(services, database, session):
    store = services.get(Store)
    visits = [make_ready_visit(session, store).id for _ in range(6)]
    chiefs = [make_chief(session).id for _ in range(2)]
    session.commit()

    def issue(turn: int) -> None:
        with database.writing() as work:
            issue_papers(
                work,
                work.get_one(Inspection, visits[turn]),
                Terms("专人看守。"),
                by=work.get_one(Officer, chiefs[turn % 2]),
                at=MONDAY,
                public_address="https://firesafe.example",
            )

    with ThreadPoolExecutor(2) as people:
        list(people.map(issue, range(6)))

    with database.reading() as looking:
        rows = select(Notice.kind, Notice.sequence).order_by(Notice.sequence)
        by_kind = defaultdict(list)
        for kind, sequence in looking.execute(rows):
            by_kind[kind].append(sequence)
    assert by_kind == {kind: [1, 2, 3, 4, 5, 6] for kind in ISSUED_TOGETHER}


def test_the_same_visit_is_issued_once_by_two_chiefs(services, database, session):
    visit = make_ready_visit(session, services.get(Store))
    chiefs = [make_chief(session) for _ in range(2)]
    session.commit()

    def issue(chief: Officer) -> int:
        with database.writing() as work:
            papers = issue_papers(
                work,
                work.get_one(Inspection, visit.id),
                Terms("专人看守。"),
                by=chief,
                at=MONDAY,
                public_address="https://firesafe.example",
            )
            return len(papers)

    with ThreadPoolExecutor(2) as people:
        waiting = [people.submit(issue, chief) for chief in chiefs]
        faults = [each.exception() for each in waiting]

    assert [type(fault).__name__ for fault in faults if fault] == ["RuleBroken"]
