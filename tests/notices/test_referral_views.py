"""Referrals on the pages of the chief, the city and the inspectors."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest

from firesafe.accounts.posts import Post
from firesafe.core.clock import county_day, now
from firesafe.findings.models import FindingState, ReferralState
from firesafe.findings.queries import Findings, steps_of_referral
from firesafe.notices.kinds import PaperKind
from firesafe.notices.queries import letter_of, valid_paper_of
from firesafe.photos.store import Store
from tests.makers import HANBIN, make_officer
from tests.notices.cases import make_case, new_key
from tests.notices.referrals import COVERING, HAZARD, referral_of
from tests.notices.visits import make_chief, make_ready_visit
from tests.photos.pictures import jpeg

LETTER = {"addressee": COVERING.addressee, "measures": COVERING.measures}


def paper(*, password: str = "") -> bytes:
    """Return a PDF of one empty page, perhaps locked."""
    out, pdf = BytesIO(), pikepdf.new()
    pdf.add_blank_page()
    lock = pikepdf.Encryption(owner=password, user=password) if password else None
    pdf.save(out, encryption=lock or False)
    return out.getvalue()


@pytest.fixture
def case(session, services):
    made = make_case(session, services.get(Store), failed=(HAZARD,))
    referral_of(session).flagged_at = now()
    session.commit()
    return made


@pytest.fixture
def address(case, session):
    return f"/referrals/{referral_of(session).id}"


@pytest.fixture
def referred(case, address, sign_in):
    client = sign_in(case.chief)
    assert client.post(f"{address}/letter", data=LETTER).status_code == 302
    return client


def told(session, state, **more):
    session.expire_all()
    version = referral_of(session).version
    session.commit()  # the page writes next
    fields = {
        "client_key": new_key(),
        "version": version,
        "state": state.value,
        "happened_on": county_day(now()).isoformat(),
        "document_number": "平消重字〔2026〕第0001号",
        "scan": (BytesIO(paper()), "paper.pdf"),
    }
    return {**fields, **more}


def test_the_inbox_says_what_is_to_be_referred_today_and_what_is_late(session, case, sign_in):
    client = sign_in(case.chief)
    page = client.get("/inbox").text
    assert "1 件疑似重大火灾隐患须当日移送" in page
    assert "其中" not in page
    assert "移送 今天到期" in client.get("/referrals").text

    referral_of(session).flagged_at = now() - timedelta(days=2)
    session.commit()

    assert "其中 1 件已逾期" in client.get("/inbox").text
    assert "移送 逾期2天" in client.get("/referrals?view=owed").text


def test_a_chief_refers_and_has_the_letter_as_pdf(session, case, address, sign_in):
    client = sign_in(case.chief)
    page = client.get(address).text
    assert "平利县消防救援大队" in page
    assert case.notice.number in page

    client.post(f"{address}/letter", data=LETTER)

    session.expire_all()
    letter = letter_of(session, referral_of(session).id)
    session.commit()  # printing notes where the PDF is kept
    assert client.get(f"/notices/{letter.id}/pdf").data.startswith(b"%PDF-")
    assert letter.number in client.get("/referrals").text
    assert letter.number in client.get(f"/findings/{case.finding.id}").text
    assert "须当日移送" not in client.get("/inbox").text
    assert "消防机构办理中" in client.get("/findings?view=suspected").text


def test_what_the_letter_lacks_is_said(session, case, address, sign_in):
    page = sign_in(case.chief).post(f"{address}/letter", data={**LETTER, "measures": ""})

    assert page.status_code == 422
    assert "请填写已采取的措施" in page.text
    session.expire_all()
    assert referral_of(session).state is ReferralState.SUSPECTED


def test_before_the_record_has_a_number_the_page_leads_to_it(session, services, sign_in):
    visit = make_ready_visit(session, services.get(Store), failed=(HAZARD,))
    address = f"/referrals/{referral_of(session).id}"
    client = sign_in(make_chief(session))

    page = client.get(address).text
    answer = client.post(f"{address}/letter", data=LETTER)

    assert f"/inbox/{visit.id}" in page
    assert answer.status_code == 422
    assert "请先制发这次检查的文书" in answer.text
    session.expire_all()
    assert referral_of(session).state is ReferralState.SUSPECTED
    assert valid_paper_of(session, visit, PaperKind.REFERRAL) is None


def test_the_second_of_two_chiefs_sees_the_letter(session, case, address, referred, sign_in):
    page = sign_in(make_chief(session)).post(f"{address}/letter", data=LETTER)

    assert page.status_code == 409
    assert "已经移送过了" in page.text
    assert letter_of(session, referral_of(session).id).number in page.text


def test_a_conclusion_is_entered_with_its_paper_and_closes_the_finding(
    session, case, address, referred, sign_in
):
    major = told(session, ReferralState.MAJOR)
    assert referred.post(f"{address}/steps", data=major).status_code == 302
    ended = told(session, ReferralState.ENDED, scan=(BytesIO(jpeg()), "p.jpg"))
    assert referred.post(f"{address}/steps", data=ended).status_code == 302

    session.expire_all()
    assert Findings.visible_to(case.chief).one(session, case.finding.id).closed_at is not None
    first, second = steps_of_referral(session, referral_of(session))
    assert referred.get(f"{address}/steps/{first.id}/scan").mimetype == "application/pdf"
    assert referred.get(f"{address}/steps/{second.id}/scan").data == jpeg()
    assert "销号" in referred.get(f"/findings/{case.finding.id}").text
    assert address in referred.get("/referrals?view=over").text
    assert address not in referred.get("/referrals").text
    city = sign_in(make_officer(session, post=Post.CITY_SUPERVISOR, county=None))
    assert "平消重字〔2026〕第0001号" in city.get(address).text


@pytest.mark.parametrize(
    ("scan", "sentence"),
    [
        (b"MZ not a paper", "这既不是PDF，也不是照片"),
        (b"%PDF-1.7 cut short", "这份PDF打不开"),
        (paper(password="locked"), "这份PDF打不开"),
        (jpeg()[:-200], "照片"),
        (b"", "请上传消防机构的文书"),
    ],
)
def test_what_is_no_paper_is_refused(session, case, address, referred, scan, sentence):
    form = told(session, ReferralState.MAJOR, scan=(BytesIO(scan), "paper.pdf"))

    page = referred.post(f"{address}/steps", data=form)

    assert page.status_code == 422
    assert sentence in page.text
    session.expire_all()
    assert referral_of(session).state is ReferralState.REFERRED


def test_a_conclusion_of_tomorrow_is_refused(session, case, address, referred):
    tomorrow = (county_day(now()) + timedelta(days=1)).isoformat()

    page = referred.post(
        f"{address}/steps", data=told(session, ReferralState.MAJOR, happened_on=tomorrow)
    )

    assert page.status_code == 422
    assert "日期不能晚于今天" in page.text


def test_a_conclusion_before_the_letter_is_refused(session, case, address, sign_in):
    page = sign_in(case.chief).post(f"{address}/steps", data=told(session, ReferralState.MAJOR))

    assert page.status_code == 422
    assert "还没有移送" in page.text
    session.expire_all()
    assert Findings.visible_to(case.chief).one(session, case.finding.id).state is FindingState.OPEN


def test_the_second_of_two_conclusions_is_told(session, case, address, referred, sign_in):
    first, second = (
        told(session, state) for state in (ReferralState.MAJOR, ReferralState.NOT_MAJOR)
    )
    referred.post(f"{address}/steps", data=first)

    page = sign_in(make_chief(session)).post(f"{address}/steps", data=second)

    assert page.status_code == 409
    assert "刚才有人登记了新的情况" in page.text
    session.expire_all()
    assert len(steps_of_referral(session, referral_of(session))) == 1


def test_another_county_sees_nothing_of_it(session, case, address, sign_in):
    client = sign_in(make_chief(session, county=HANBIN))

    assert client.get(address).status_code == 404
    assert client.post(f"{address}/letter", data=LETTER).status_code == 404
    form = told(session, ReferralState.MAJOR)
    assert client.post(f"{address}/steps", data=form).status_code == 404
    assert address not in client.get("/referrals?view=all").text


def test_a_factory_is_found_by_its_name(case, address, sign_in):
    client = sign_in(case.chief)

    assert address in client.get("/referrals?name=玩具").text
    assert "这里没有内容" not in client.get("/referrals?name=玩具").text
    assert address not in client.get("/referrals?name=没有这家").text
