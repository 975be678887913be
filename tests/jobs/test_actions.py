"""Asking for a job, and what a worker does with the rows."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from firesafe.jobs.actions import (
    LEASE,
    MOST_ATTEMPTS,
    claim_job,
    enqueue,
    finish_job,
    postpone_job,
    report_progress,
)
from firesafe.jobs.models import Job, JobState
from firesafe.jobs.queries import is_a_job_due, job_by_key
from tests.makers import MONDAY
from tests.patience import run_at_once

MINUTE = timedelta(minutes=1)


def ask(session, key="photo:1", at=MONDAY):
    return enqueue(session, "photos.develop", key, {"photo": 1}, at=at)


def test_the_same_key_is_asked_for_once(session):
    first = ask(session)
    again = enqueue(session, "photos.develop", "photo:1", {"photo": 2}, at=MONDAY + MINUTE)

    assert again is first
    assert (again.payload, again.due_at) == ({"photo": 1}, MONDAY)


def test_a_job_is_asked_for_in_the_callers_own_transaction(session):
    ask(session)
    session.rollback()

    assert job_by_key(session, "photo:1") is None


def test_two_who_ask_at_the_same_moment_get_the_same_job(database):
    both_looked, got = threading.Barrier(2, timeout=10), []

    def asker():
        with database.writing() as session:
            if not database.is_sqlite:  # there the second writer cannot even begin
                job_by_key(session, "photo:1")
                both_looked.wait()
            got.append(ask(session).id)

    run_at_once(asker, asker)

    assert len(got) == 2
    assert len(set(got)) == 1


def test_the_job_due_first_is_claimed_first(session):
    late, early = ask(session, "late", MONDAY + MINUTE), ask(session, "early")

    assert claim_job(session, at=MONDAY + MINUTE) is early
    assert claim_job(session, at=MONDAY + MINUTE) is late
    assert claim_job(session, at=MONDAY + MINUTE) is None


def test_a_job_that_is_not_due_yet_is_left(session):
    ask(session, at=MONDAY + MINUTE)

    assert not is_a_job_due(session, MONDAY)
    assert claim_job(session, at=MONDAY) is None


def test_a_lease_that_has_run_out_lets_another_worker_in(session):
    job = ask(session)
    claim_job(session, at=MONDAY)  # and here the worker is killed

    assert claim_job(session, at=MONDAY + LEASE) is None
    assert claim_job(session, at=MONDAY + LEASE + MINUTE) is job
    assert job.attempts == 2


def test_a_job_that_kills_every_worker_is_given_up_and_holds_up_nobody(session):
    job, next_job = ask(session), ask(session, "photo:2")
    job.attempts, job.state, job.leased_until = MOST_ATTEMPTS, JobState.RUNNING, MONDAY

    assert claim_job(session, at=MONDAY + MINUTE) is next_job
    assert job.state is JobState.FAILED
    assert job.fault


def test_progress_renews_the_lease(session):
    job = ask(session)
    claim_job(session, at=MONDAY)

    report_progress(session, job.id, 3, 40, attempt=1, at=MONDAY + 4 * MINUTE)

    assert (job.done_count, job.total_count) == (3, 40)
    assert claim_job(session, at=MONDAY + LEASE + MINUTE) is None


def test_a_fault_is_tried_again_after_ever_longer_and_then_given_up(session):
    job, at, waited = ask(session), MONDAY, []

    for attempt in range(1, MOST_ATTEMPTS + 1):
        claim_job(session, at=at)
        postpone_job(session, job.id, "OSError: disk", attempt=attempt, at=at)
        waited.append((job.due_at - at) // MINUTE)
        at = job.due_at

    assert waited[:-1] == [1, 4, 9, 16]
    assert (job.state, job.fault) == (JobState.FAILED, "OSError: disk")
    assert claim_job(session, at=at) is None


def test_a_job_that_was_given_up_is_due_again_when_asked_for_anew(session):
    job = ask(session)
    job.state, job.attempts = JobState.FAILED, MOST_ATTEMPTS

    ask(session, at=MONDAY + MINUTE)

    assert claim_job(session, at=MONDAY + MINUTE) is job
    assert job.attempts == 1


def test_a_finished_job_is_not_done_again_and_keeps_what_came_of_it(session):
    job = ask(session)
    claim_job(session, at=MONDAY)

    finish_job(session, job.id, {"pages": 12}, attempt=1)

    assert ask(session) is job
    assert (job.state, job.result) == (JobState.DONE, {"pages": 12})
    assert claim_job(session, at=MONDAY + 2 * LEASE) is None


@pytest.mark.parametrize("note", ["finish", "postpone", "progress"])
def test_a_worker_back_from_the_dead_changes_nothing(session, note):
    job = ask(session)
    claim_job(session, at=MONDAY)
    later = MONDAY + LEASE + MINUTE
    claim_job(session, at=later)
    finish_job(session, job.id, {"by": "the second"}, attempt=2)

    if note == "finish":
        finish_job(session, job.id, {"by": "the first"}, attempt=1)
    elif note == "postpone":
        postpone_job(session, job.id, "fault", attempt=1, at=later)
    else:
        report_progress(session, job.id, 1, 2, attempt=1, at=later)

    assert (job.state, job.result, job.total_count) == (JobState.DONE, {"by": "the second"}, 0)


def test_two_workers_never_take_the_same_job(database):
    with database.writing() as session:
        for number in range(40):
            ask(session, f"photo:{number}")
    taken, start = [], threading.Barrier(4, timeout=10)

    def worker():
        start.wait()
        while True:
            with database.writing() as session:
                job = claim_job(session, at=MONDAY)
                if job is None:
                    return
                taken.append(job.key)

    run_at_once(*[worker] * 4)

    assert sorted(taken) == sorted(f"photo:{number}" for number in range(40))
    with database.reading() as session:
        assert session.scalar(select(func.sum(Job.attempts))) == 40
