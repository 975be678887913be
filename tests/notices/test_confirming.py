"""The confirmation of address and electronic service: blank, as given, and who gets to see it."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from firesafe.core.clock import now
from firesafe.core.errors import RuleBroken
from firesafe.jobs.worker import run_due_jobs
from firesafe.notices.canonical import to_json, unnumbered_from_json
from firesafe.notices.document import SNAPSHOT_NAME
from firesafe.notices.models import Consent, ConsentPaper, Issuer
from firesafe.notices.receiving import give_consent, revoke_consent
from tests.makers import HANBIN, MONDAY, make_factory, make_officer
from tests.notices.cases import make_manager
from tests.notices.printed import Printed
from tests.notices.visits import make_chief, make_issuer

ADDRESS = "https://firesafe.example"
TOLD = {"address": "示例路2号", "phone": "0915-1234567", "public_address": ADDRESS}
CREDIT_CODE = "91610926MA6YTEST0X"

UNIT_FIELDS = (
    "送达地址及电子送达确认书",
    "送达机关平利县示例部门电话：0915-0000000地址：示例路1号",
    f"受送达人示例玩具一厂统一社会信用代码：{CREDIT_CODE}",
    "住所平利县老县镇示例社区5号楼1层",
    "法定代表人或者主要负责人张测试电话：13800000000",
)
TERMS = (
    "有变更的，应当立即告知送达机关",
    "签收之日为送达日期",
    "以到达该页面的日期为送达日期（参照《中华人民共和国民事诉讼法》第九十条、"
    "《中华人民共和国行政处罚法》第六十一条第二款）",
    "可以随时在该系统中撤回",
    "送达机关应当提供",
)


@pytest.fixture
def chief(session):
    make_issuer(session)
    return make_chief(session)


@pytest.fixture
def factory(session):
    return make_factory(session, credit_code=CREDIT_CODE)


@pytest.fixture
def manager(session, chief, factory):
    return make_manager(session, factory, name="钱测试")


@pytest.fixture
def consent(session, factory, manager):
    given = give_consent(session, factory, **TOLD, by=manager, at=MONDAY)
    session.flush()
    return given


def text_of(pdf: bytes) -> str:
    return "".join(Printed(pdf).text.split())


def require_in_order(fields, text):
    place = 0
    for field in fields:
        assert field in text[place:], field
        place = text.index(field, place) + len(field)


def test_as_given_it_says_what_was_agreed_to_field_by_field(consent, factory, manager, sign_in):
    client = sign_in(manager)
    pdf = client.get(f"/my-notices/consents/{factory.id}/{consent.id}/pdf").data

    fields = (
        *UNIT_FIELDS,
        "纸质文书送达地址示例路2号收件人：钱测试电话：0915-1234567",
        "电子送达√同意不同意",
        "特定系统：“四个四”消防安全系统页面：https://firesafe.example/my-notices",
        f"登录账号：{manager.phone}",
        *TERMS,
        "受送达人签名或者盖章",
        "钱测试于2026年11月23日10时00分登录上述系统确认。",
    )
    require_in_order(fields, text_of(pdf))
    assert len(Printed(pdf).pages) == 1


def test_blank_it_leaves_to_the_hand_what_only_the_factory_can_say(chief, factory, sign_in):
    pdf = sign_in(chief).get(f"/factories/{factory.id}/confirmation").data

    fields = (
        *UNIT_FIELDS,
        "纸质文书送达地址收件人：电话：",
        "电子送达同意不同意",
        "登录账号：确认事项",
        *TERMS,
        "受送达人签名或者盖章本单位已阅知以上事项，所填内容真实。签名或者盖章：日期：年月日",
    )
    text = text_of(pdf)
    require_in_order(fields, text)
    assert "√" not in text
    assert len(Printed(pdf).pages) == 1


def test_blank_it_names_the_account_of_the_only_manager(chief, factory, manager, sign_in):
    text = text_of(sign_in(chief).get(f"/factories/{factory.id}/confirmation").data)

    assert f"登录账号：{manager.phone}" in text


def test_it_stays_as_it_was_agreed_to(session, services, consent, factory, chief, sign_in):
    before = session.get_one(ConsentPaper, consent.id).as_given
    factory.name, factory.responsible_name = "改名厂", "李测试"
    session.scalars(select(Issuer)).one().name = "改名部门"
    session.commit()
    run_due_jobs(services, at=now())

    pdf = sign_in(chief).get(f"/factories/{factory.id}/consents/{consent.id}").data
    with Printed(pdf).opened() as opened:
        attached = opened.attachments[SNAPSHOT_NAME].get_file().read_bytes()
    assert attached.decode() == before
    assert "改名" not in text_of(pdf)
    session.expire_all()
    assert session.get_one(ConsentPaper, consent.id).pdf_key


def test_it_is_there_for_both_after_it_was_taken_back(
    session, consent, factory, manager, chief, sign_in
):
    revoke_consent(session, factory, by=manager, at=now())
    mine, county = sign_in(manager), sign_in(chief)

    addresses = {
        mine: (f"/my-notices/consents/{factory.id}", f"{consent.id}/pdf"),
        county: (f"/factories/{factory.id}", f"consents/{consent.id}"),
    }
    for client, (page, pdf) in addresses.items():
        text = client.get(page).text
        assert pdf in text
        assert "已撤回" in text


def test_the_page_shows_the_terms_that_are_printed(factory, manager, sign_in):
    page = sign_in(manager).get(f"/my-notices/consents/{factory.id}").text

    for term in TERMS:
        assert term in page


def test_the_confirmation_of_another_factory_is_not_to_be_had(
    session, consent, factory, manager, chief, sign_in
):
    other = make_factory(session, name="示例玩具二厂")
    make_officer(session, county=HANBIN)
    client, mine = sign_in(chief), sign_in(make_manager(session, other))

    assert client.get(f"/factories/{other.id}/consents/{consent.id}").status_code == 404
    assert mine.get(f"/my-notices/consents/{other.id}/{consent.id}/pdf").status_code == 404
    assert mine.get(f"/my-notices/consents/{factory.id}/{consent.id}/pdf").status_code == 404


def test_an_agreement_of_before_has_no_paper_and_is_named_without_one(
    session, factory, manager, chief, sign_in
):
    by = {"factory_id": factory.id, "officer_id": manager.id}
    old = Consent(**by, address="示例路2号", phone="1", given_at=MONDAY)
    session.add(old)
    session.flush()
    county = sign_in(chief)

    assert "同意" in county.get(f"/factories/{factory.id}").text
    assert county.get(f"/factories/{factory.id}/consents/{old.id}").status_code == 404
    assert "/pdf" not in sign_in(manager).get(f"/my-notices/consents/{factory.id}").text


def test_nobody_agrees_while_the_county_has_no_name_to_issue_in(session):
    factory = make_factory(session)
    manager = make_manager(session, factory)

    with pytest.raises(RuleBroken, match="in whose name"):
        give_consent(session, factory, **TOLD, by=manager, at=MONDAY)


def test_it_comes_back_from_its_text(session, consent):
    text = session.get_one(ConsentPaper, consent.id).as_given

    form = unnumbered_from_json(text)
    assert to_json(form) == text
    assert unnumbered_from_json(to_json(replace(form, agreed_at=None))).agreed_at is None
    with pytest.raises(ValueError, match="is not a valid"):
        unnumbered_from_json(json.dumps({**json.loads(text), "kind": "withdrawal"}))
