"""A process killed between a paper's number and its PDF loses nothing and doubles nothing."""

import os
import signal
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.clock import now
from firesafe.core.settings import FILE_NAME, Settings
from firesafe.findings.models import ReferralState, Urging
from firesafe.jobs.actions import LEASE
from firesafe.jobs.models import Job, JobState
from firesafe.jobs.worker import run_due_jobs
from firesafe.notices.kinds import PRINT_JOB, PaperKind
from firesafe.notices.models import Notice, NumberSeries, OrderedFinding
from firesafe.photos.store import Store
from tests.makers import MONDAY
from tests.notices.cases import make_case
from tests.notices.killed import DEEDS
from tests.notices.orders import make_brigade, make_fire_officer
from tests.notices.referrals import HAZARD, referral_of
from tests.notices.urgings import serve
from tests.nursery import nursery
from tests.patience import PATIENCE_SECONDS

LETTERS = {
    "refer": (PaperKind.REFERRAL, "示例26消移〔2026〕1号"),
    "urge": (PaperKind.SUPERVISION_LETTER, "示例26消督〔2026〕1号"),
    "order": (PaperKind.IMMEDIATE_ORDER, "示例26队消即字〔2026〕第0001号"),
}


@pytest.fixture(params=LETTERS)
def deed(request):
    return request.param


@pytest.fixture
def case(session, services):
    """A case with something to refer, and something overdue; its own papers are printed."""
    officer = make_fire_officer(session)
    made = make_case(session, services.get(Store), failed=(HAZARD, "P2-01"), second=officer)
    make_brigade(session)
    serve(session, made)
    made.findings["P2-01"].due_on = MONDAY.date()
    session.commit()
    run_due_jobs(services, at=now())
    return made


@pytest.fixture
def kill_before(tmp_path):
    """Return a function that does a deed in another process, killed before the statement runs."""
    log = tmp_path / "killed.log"

    def killed(statement: str, deed: str, address: str) -> None:
        words = [statement, deed, address]
        process = nursery().bear(words, os.environ, log, program="tests.notices.killed")
        try:
            process.wait(PATIENCE_SECONDS)
        finally:  # a worker that did not come so far would go on for ever
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        assert log.read_text(encoding="utf-8") == "here\n"

    return killed


def letters(database, kind):
    with database.reading() as session:
        return list(session.scalars(select(Notice).where(Notice.kind == kind)))


def printing(database, letter):
    with database.reading() as session:
        rows = select(Job).where(Job.kind == PRINT_JOB)
        return [job for job in session.scalars(rows) if job.payload["notice_id"] == letter.id]


def last_number(database, kind):
    with database.reading() as session:
        return session.scalar(select(NumberSeries.last).where(NumberSeries.kind == kind))


def test_killed_before_its_print_job_there_is_no_letter_and_its_number_is_free(
    deed, case, database, services, settings, kill_before
):
    kind, number = LETTERS[deed]

    kill_before("INSERT INTO jobs", deed, settings.database)

    assert letters(database, kind) == []
    assert not last_number(database, kind)
    with database.writing() as session:
        assert referral_of(session).state is ReferralState.SUSPECTED
        assert session.scalar(select(func.count()).select_from(Urging)) == 0
        assert session.scalar(select(func.count()).select_from(OrderedFinding)) == 0
        DEEDS[deed](session)
    (letter,) = letters(database, kind)
    assert letter.number == number
    assert len(printing(database, letter)) == 1


def test_killed_when_its_pdf_is_made_and_not_noted_it_is_printed_once_more_to_the_same_bytes(
    deed, case, database, services, settings, kill_before, tmp_path
):
    kind, number = LETTERS[deed]
    with database.writing() as session:
        DEEDS[deed](session)
    write_settings(services.get(Settings), tmp_path)

    kill_before("UPDATE notices", "worker", str(tmp_path))
    (cut,) = letters(database, kind)
    assert cut.pdf_key is None
    store = services.get(Store)
    was_made = set(papers_in(tmp_path))
    run_due_jobs(services, at=now() + LEASE + timedelta(minutes=1))

    (letter,) = letters(database, kind)
    assert (letter.number, last_number(database, kind)) == (number, 1)
    assert store.get(letter.pdf_key).startswith(b"%PDF-")
    assert set(papers_in(tmp_path)) == was_made
    (job,) = printing(database, letter)
    assert (job.state, job.attempts) == (JobState.DONE, 2)
    assert times_issued(database, letter) == 1


def times_issued(database, letter):
    with database.reading() as session:
        rows = select(AuditEntry).where(AuditEntry.event == Event.NOTICE_ISSUED)
        return sum(row.facts["number"] == letter.number for row in session.scalars(rows))


def papers_in(instance):
    return [each.name for each in (instance / "store" / "papers").iterdir()]


def write_settings(settings, instance):
    """Let a worker of its own begin with the settings of this test."""
    lines = [
        f'secret_key = "{settings.secret_key}"',
        f'database_url = "{settings.database}"',
    ]
    (instance / FILE_NAME).write_text("\n".join(lines), encoding="utf-8")
