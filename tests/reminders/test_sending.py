"""Messages go out once: through real gateways, over workers that die and servers that hang."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from firesafe.core.clock import county_day, now
from firesafe.core.settings import FILE_NAME, INSTANCE_VARIABLE, Settings
from firesafe.findings.models import FindingState
from firesafe.jobs.actions import MOST_ATTEMPTS, claim_job
from firesafe.jobs.worker import run_due_jobs
from firesafe.photos.store import Store
from firesafe.reminders.actions import Plan, plan_reminders
from firesafe.reminders.models import Message, MessageState
from firesafe.reminders.rules import channels_of
from tests.makers import MONDAY
from tests.notices.cases import make_case
from tests.patience import PATIENCE_SECONDS
from tests.reminders.gateways import http_gateway, mail_server, silent_mail_server
from tests.serving import ROOT

DUE_DAY = MONDAY + timedelta(days=7)


@pytest.fixture
def gateway():
    with http_gateway() as opened:
        yield opened


def set_channels(services, channels):
    services.add(replace(services.get(Settings), message_channels=channels))


def plan(session, services, channels):
    """Make a case that falls due, and the messages about it."""
    set_channels(services, channels)
    make_case(session, services.get(Store))
    session.commit()
    how = Plan(channels_of(channels), "https://firesafe.example", 7)
    plan_reminders(session, how, at=DUE_DAY)
    session.commit()


def work(services, *, at=DUE_DAY):
    run_due_jobs(services, at=at)


def messages(database):
    with database.reading() as session:
        return list(session.scalars(select(Message)))


def test_a_gateway_gets_each_message_once(session, services, database, gateway):
    plan(session, services, f"{gateway.address}/{{phone}} {gateway.address}/county/{{county}}")

    work(services)
    work(services, at=DUE_DAY + timedelta(days=1))

    assert gateway.heard.qsize() == 4
    path, body = gateway.heard.get(timeout=PATIENCE_SECONDS)
    assert json.loads(body)["title"] == "消防整改提醒：1 条"
    assert {each.state for each in messages(database)} == {MessageState.SENT}
    paths = {path, *(gateway.heard.get(timeout=PATIENCE_SECONDS)[0] for _ in range(3))}
    assert paths == {
        *(f"/{each.officer.phone}" for each in messages(database) if each.officer),
        "/county/610926",
    }


def test_a_mail_server_gets_the_message(session, services, database):
    with mail_server() as (box, address):
        plan(session, services, address)
        work(services)

        (sent,) = messages(database)
        assert (sent.state, sent.fault) == (MessageState.SENT, "")
        letter = message_from_bytes(box.letters.get(timeout=20).content, policy=policy.default)
        assert letter["subject"] == "消防整改提醒：1 条"
        assert "1 条" in letter.get_body(("plain", "html")).get_content()


def test_what_a_gateway_refuses_is_tried_again_and_given_up_in_the_end(
    session, services, database, gateway
):
    gateway.status = 503
    plan(session, services, gateway.address)

    work(services)
    (waiting,) = messages(database)
    assert (waiting.state, bool(waiting.fault)) == (MessageState.WAITING, True)
    for hours in range(1, MOST_ATTEMPTS):
        work(services, at=DUE_DAY + timedelta(hours=hours))

    (given_up,) = messages(database)
    assert given_up.state is MessageState.FAILED
    assert gateway.heard.qsize() == MOST_ATTEMPTS


def test_a_gateway_that_is_well_again_gets_the_message(session, services, database, gateway):
    gateway.status = 503
    plan(session, services, gateway.address)
    work(services)
    gateway.status = 200

    work(services, at=DUE_DAY + timedelta(hours=1))

    (sent,) = messages(database)
    assert (sent.state, sent.fault) == (MessageState.SENT, "")


def test_a_mail_server_that_hangs_holds_nobody_up_for_long(session, services, database):
    with silent_mail_server() as address:
        plan(session, services, address)
        work(services)

    (waiting,) = messages(database)
    assert (waiting.state, bool(waiting.fault)) == (MessageState.WAITING, True)


def test_a_channel_that_was_taken_out_of_the_settings_fails_at_once(
    session, services, database, gateway
):
    plan(session, services, gateway.address)
    set_channels(services, "")

    work(services)

    (failed,) = messages(database)
    assert failed.state is MessageState.FAILED
    assert gateway.heard.empty()


def test_a_worker_that_died_before_the_hand_over_is_made_up_for(
    session, services, database, gateway
):
    plan(session, services, gateway.address)
    claim_job(session, at=DUE_DAY)
    session.commit()

    work(services, at=DUE_DAY + timedelta(minutes=6))

    assert {each.state for each in messages(database)} == {MessageState.SENT}
    assert gateway.heard.qsize() == 1


def test_a_worker_killed_in_the_hand_over_never_sends_twice(
    session, services, database, gateway, tmp_path
):
    gateway.may_answer.clear()
    plan_for_a_worker_of_its_own(session, services, gateway.address, tmp_path)
    worker = subprocess.Popen(
        [sys.executable, "-m", "firesafe", "worker"],
        cwd=ROOT,
        env={**os.environ, INSTANCE_VARIABLE: str(tmp_path)},
    )
    gateway.heard.get(timeout=60)
    worker.send_signal(signal.SIGKILL)
    worker.wait(timeout=20)
    gateway.may_answer.set()

    work(services, at=now() + timedelta(minutes=6))
    work(services, at=now() + timedelta(days=1))

    assert gateway.heard.empty()
    (perhaps_sent,) = messages(database)
    assert perhaps_sent.state is MessageState.UNKNOWN


def plan_for_a_worker_of_its_own(session, services, channels, instance):
    """Plan in the past, so that the message is due by the real clock, and nothing after it."""
    set_channels(services, channels)
    case = make_case(session, services.get(Store))
    case.finding.due_on = county_day(MONDAY)
    session.flush()
    plan_reminders(session, Plan(channels_of(channels), "", 7), at=MONDAY)
    case.finding.state = FindingState.CLOSED
    session.commit()
    settings = services.get(Settings)
    lines = [
        f'secret_key = "{settings.secret_key}"',
        f'database_url = "{settings.database}"',
        f'message_channels = "{channels}"',
    ]
    (instance / FILE_NAME).write_text("\n".join(lines), encoding="utf-8")
