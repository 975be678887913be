"""Letters are looked at before they are issued: as they would be printed, and nothing is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from firesafe.audit.models import AuditEntry
from firesafe.core.clock import county_day, now
from firesafe.findings.models import ReferralState, Urging
from firesafe.jobs.models import Job
from firesafe.notices.models import Notice
from firesafe.photos.store import Store
from tests.makers import HANBIN
from tests.notices.cases import make_case
from tests.notices.printed import Printed
from tests.notices.referrals import HAZARD, referral_of
from tests.notices.urgings import serve
from tests.notices.visits import make_chief

MEASURES = "停用裁剪间，每班两人看守。"
REFERRAL = {"addressee": "平利县消防救援大队", "measures": MEASURES}


@pytest.fixture
def case(session, services):
    """A case with something to refer and, three days late, something to urge."""
    made = make_case(session, services.get(Store), failed=(HAZARD, "P2-01"))
    serve(session, made)
    made.findings["P2-01"].due_on = county_day(now()) - timedelta(days=3)
    session.commit()
    return made


@pytest.fixture
def letter(session, case):
    """The address of the referral's letter."""
    return f"/referrals/{referral_of(session).id}/letter"


@pytest.fixture
def urging(case):
    return f"/supervision-letters/{case.visit.id}"


def kept(session):
    """Count what issuing would leave behind."""
    session.expire_all()
    tables = (Notice, Job, AuditEntry, Urging)
    return [session.scalar(select(func.count()).select_from(each)) for each in tables]


def read(answer):
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    return Printed(answer.data).text.replace("\n", "").replace(" ", "")


def test_a_referral_letter_is_looked_at_with_what_was_written(session, case, letter, sign_in):
    client = sign_in(case.chief)
    before = kept(session)

    text = read(client.post(f"{letter}/preview", data=REFERRAL))

    assert "（制发时编号）" in text
    assert MEASURES.rstrip("。") in text
    assert case.notice.number in text
    assert case.findings[HAZARD].wording in text
    assert kept(session) == before
    assert referral_of(session).state is ReferralState.SUSPECTED
    assert f'formaction="{letter}/preview"' in client.get(letter.removesuffix("/letter")).text


def test_a_supervision_letter_is_looked_at_with_what_was_written(session, case, urging, sign_in):
    client = sign_in(case.chief)
    before = kept(session)

    text = read(client.post(f"{urging}/preview", data={"measures": MEASURES}))

    assert "（制发时编号）" in text
    assert MEASURES.rstrip("。") in text
    assert case.findings["P2-01"].wording in text
    assert kept(session) == before
    assert f'formaction="{urging}/preview"' in client.get(urging).text


def test_what_a_letter_lacks_is_said_before_it_is_looked_at(case, letter, urging, sign_in):
    client = sign_in(case.chief)

    for address in (letter, urging):
        page = client.post(f"{address}/preview", data={**REFERRAL, "measures": ""})
        assert page.status_code == 422
        assert page.mimetype == "text/html"


def test_a_character_of_no_typeface_is_named(case, letter, urging, sign_in):
    client = sign_in(case.chief)

    for address in (letter, urging):
        page = client.post(f"{address}/preview", data={**REFERRAL, "measures": "看守\U0001f9ef"})
        assert page.status_code == 422
        assert "\U0001f9ef" in page.text


def test_once_it_is_issued_the_letter_itself_is_to_be_looked_at(session, case, letter, sign_in):
    client = sign_in(case.chief)
    client.post(letter, data=REFERRAL)

    page = client.post(f"{letter}/preview", data=REFERRAL)

    assert page.status_code == 409
    assert "已经移送过了" in page.text


def test_once_it_was_urged_nothing_is_left_to_look_at(session, case, urging, sign_in):
    client = sign_in(case.chief)
    told = {"finding_ids": [case.findings["P2-01"].id], "measures": MEASURES}
    client.post(urging, data=told)

    assert client.post(f"{urging}/preview", data=told).status_code == 422


def test_another_county_looks_at_nothing(session, case, letter, urging, sign_in):
    client = sign_in(make_chief(session, county=HANBIN))

    for address in (letter, urging):
        assert client.post(f"{address}/preview", data=REFERRAL).status_code == 404
