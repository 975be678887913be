"""What may be put off, by how much, and the sentence why not."""

from datetime import date, timedelta

import pytest

from firesafe.findings.models import Finding, FindingState
from firesafe.findings.putting_off import latest_day, limits, why_never, why_not
from firesafe.standard.edition import current_edition

LAST_DAY = date(2026, 11, 30)


def make_finding(**more):
    facts = {
        "edition_code": "2026",
        "checkpoint_code": "P2-01",
        "grace_days": 7,
        "due_on": LAST_DAY,
        "state": FindingState.OPEN,
        "is_suspected_major": False,
    }
    return Finding(**{**facts, **more})


@pytest.mark.parametrize("today", [LAST_DAY - timedelta(days=7), LAST_DAY])
def test_more_time_may_be_asked_for_until_the_last_day(today):
    assert why_not(make_finding(), today, was_asked=False) == ""


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"is_suspected_major": True}, "major hazard"),
        ({"grace_days": 0}, "at once"),
        ({"checkpoint_code": "A3-02"}, "Locked or blocked exits"),
        ({"checkpoint_code": "A1-06"}, "sleeping on the premises"),
        ({"checkpoint_code": "P4-04"}, "flammable goods"),
        ({"state": FindingState.CLOSED}, "closed"),
        ({"state": FindingState.ANSWERED}, "Proof has been sent"),
        ({"due_on": None}, "No notice stands"),
        ({"due_on": LAST_DAY - timedelta(days=1)}, "last day has passed"),
    ],
)
def test_what_may_not_be_put_off_says_why(more, sentence):
    assert sentence in why_not(make_finding(**more), LAST_DAY, was_asked=False)


def test_it_may_be_asked_for_once():
    assert "once only" in why_not(make_finding(), LAST_DAY, was_asked=True)


@pytest.mark.parametrize(("grace_days", "given"), [(3, 3), (7, 7), (30, 30), (60, 30)])
def test_no_more_days_are_given_than_there_were_and_never_over_thirty(grace_days, given):
    assert latest_day(LAST_DAY, grace_days) == LAST_DAY + timedelta(days=given)


def test_what_is_never_put_off_are_checkpoints_of_the_edition():
    standard = current_edition()
    known = {checkpoint.code for checkpoint in standard.checkpoints}

    never = limits().never[standard.code]
    assert never
    assert never <= known
    assert why_never(make_finding(checkpoint_code=next(iter(never))))
