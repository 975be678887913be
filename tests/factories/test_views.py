"""The register's pages: they work, are refused, and are filled in wrongly."""

import csv
from io import BytesIO, StringIO
from urllib.parse import unquote

import pytest
import python_calamine
from sqlalchemy import select

from firesafe.accounts.models import Invitation
from firesafe.accounts.posts import Post
from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.services import Services
from firesafe.factories.entry import TABLE_COLUMNS
from firesafe.factories.models import BuildingUse, Factory, FactoryManager, FactoryState
from firesafe.factories.queries import Standing, Standings
from tests.makers import HANBIN, MONDAY, make_community, make_factory, make_officer


@pytest.fixture
def found(database):
    """Return all that a query finds, and let go of the database at once."""

    def rows(query):
        with database.reading() as session:
            return session.scalars(query).all()

    return rows


@pytest.fixture
def clerk(session):
    return make_officer(session, post=Post.COUNTY_CLERK)


@pytest.fixture
def client(sign_in, clerk):
    return sign_in(clerk)


def entry_form(place, **more):
    return {
        "name": "示例绒品三厂",
        "place": place,
        "building_use": "housing_base",
        "state": "working",
        "is_labour_intensive": "y",
    } | more


def test_the_list_shows_the_county_s_factories_and_their_number(session, sign_in, clerk):
    make_factory(session, name="示例竹木厂", is_key_unit=True)
    make_factory(session, name="外县的厂", county=HANBIN)

    page = sign_in(clerk).get("/factories").text

    assert "示例竹木厂" in page
    assert "消防安全重点单位" in page
    assert "1 家" in page
    assert "外县的厂" not in page


def test_words_and_filters_stand_in_the_address(session, sign_in, clerk):
    make_factory(session, name="示例竹木厂", search_text="示 例 竹 木 厂")
    make_factory(session, name="示例布艺厂", search_text="示 例 布 艺 厂", is_key_unit=True)

    client = sign_in(clerk)

    assert "示例布艺厂" not in client.get("/factories?words=竹木").text
    assert "示例竹木厂" not in client.get("/factories?key=1").text
    found_none = client.get("/factories?words=竹木&key=1&town=abc&use=castle").text
    assert "没找到" in found_none


def test_an_empty_register_says_what_can_be_done(client):
    assert "名册里还没有工厂" in client.get("/factories").text


def test_the_city_may_choose_a_county_and_the_county_is_not_asked(session, sign_in, clerk):
    make_factory(session, name="汉滨的厂", county=HANBIN)
    make_factory(session, name="平利的厂")
    city = sign_in(make_officer(session, post=Post.CITY_SUPERVISOR, county=None))

    page = city.get(f"/factories?county={HANBIN}").text

    assert 'name="county"' in page
    assert "汉滨的厂" in page
    assert "平利的厂" not in page
    assert 'name="county"' not in sign_in(clerk).get("/factories").text


def test_a_long_list_is_cut_into_pages_that_keep_the_filters(session, sign_in, clerk):
    for number in range(51):
        make_factory(session, name=f"{number:03d}厂", is_key_unit=True)

    page = sign_in(clerk).get("/factories?key=1&page=2").text

    assert "050厂" in page
    assert "049厂" not in page
    assert "key=1&amp;page=1" in page


def test_a_room_above_may_tell_how_factories_stand(app, session, sign_in, clerk):
    factory = make_factory(session)
    services: Services = app.extensions["services"]
    standing = Standing(("pass",) * 15 + ("fail",), MONDAY, 82, open_count=3, days_left=-2)
    services.add(Standings(lambda _session, ids, _today: dict.fromkeys(ids, standing)))

    page = sign_in(clerk).get("/factories").text

    assert "squares-mini__cell--fail" in page
    assert "82" in page
    assert "3 条隐患" in page
    assert factory.responsible_phone not in page


def test_a_manager_has_no_way_into_the_register(session, sign_in):
    manager = sign_in(make_officer(session, post=Post.FACTORY_MANAGER, county=None))

    assert manager.get("/factories").status_code == 403


def test_a_factory_is_registered(session, sign_in, clerk, found):
    place = make_community(session)
    client = sign_in(clerk)

    answer = client.post("/factories/new", data=entry_form(f"c{place.id}", storeys="６层"))
    assert answer.status_code == 422
    answer = client.post("/factories/new", data=entry_form(f"c{place.id}", storeys="６"))

    (factory,) = found(select(Factory))
    assert answer.location == f"/factories/{factory.id}/record"
    assert (factory.storeys, factory.is_below_housing, factory.version) == (6, True, 1)
    assert (factory.town_id, factory.community_id) == (place.town_id, place.id)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "填写企业名称。"),
        ({"building_use": ""}, "选择建筑用途。"),
        ({"credit_code": "91610926MA7TEXT07"}, "统一社会信用代码是 18 位，这里有 17 位。"),
        ({"responsible_phone": "12345"}, "不是电话号码"),
        ({"floor_area_m2": "很大"}, "“很大”不是数字。"),
        ({"workers_on_shift": "9", "most_on_shift": "5"}, "当班人数不能多于最大班人数。"),
    ],
)
def test_what_is_wrong_is_said_at_the_top_and_nothing_is_written(
    session, sign_in, clerk, found, wrong, sentence
):
    place = make_community(session)

    answer = sign_in(clerk).post("/factories/new", data=entry_form(f"t{place.town_id}", **wrong))

    summary = answer.text.partition('class="errors"')[2].partition("</section>")[0]
    assert answer.status_code == 422
    assert sentence in summary
    assert found(select(Factory)) == []


def test_a_town_of_another_county_cannot_be_chosen(session, sign_in, clerk):
    place = make_community(session, county=HANBIN)

    answer = sign_in(clerk).post("/factories/new", data=entry_form(f"c{place.id}"))

    assert answer.status_code == 422


def test_an_inspector_registers_nothing(session, sign_in):
    assert sign_in(make_officer(session)).get("/factories/new").status_code == 403


def test_an_entry_is_changed(session, sign_in, clerk, found):
    factory = make_factory(session, former_county_code="610928")
    client = sign_in(clerk)

    page = client.get(f"/factories/{factory.id}/edit").text
    form = entry_form(f"t{factory.town_id}", version="1", point_number="", address="")
    answer = client.post(f"/factories/{factory.id}/edit", data=form)

    assert "5号楼1层" in page
    assert answer.location == f"/factories/{factory.id}/record"
    (factory,) = found(select(Factory))
    assert (factory.name, factory.address, factory.version) == ("示例绒品三厂", "", 2)
    assert (factory.former_county_code, factory.point_number[:1]) == ("610928", "T")


def test_a_stale_edit_shows_what_changed_and_keeps_what_was_typed(session, sign_in, clerk):
    factory = make_factory(session)
    chief = make_officer(session, post=Post.SECTION_CHIEF, name="赵负责")
    form = entry_form(f"t{factory.town_id}", version="1", point_number=factory.point_number)
    address = f"/factories/{factory.id}/edit"
    sign_in(chief).post(address, data=form | {"name": "别人改的名"})

    client = sign_in(clerk)
    answer = client.post(address, data=form | {"name": "我改的名"})

    assert answer.status_code == 409
    assert "赵负责" in answer.text
    assert "别人改的名" in answer.text
    assert 'value="我改的名"' in answer.text
    assert client.post(address, data=form | {"name": "我改的名", "version": "2"}).status_code == 302


@pytest.mark.parametrize("page", ["edit", "record", "door-code", "invitations"])
def test_another_county_s_factory_is_not_there(session, client, page):
    factory = make_factory(session, county=HANBIN)
    session.commit()

    assert client.get(f"/factories/{factory.id}/{page}").status_code == 404


def test_the_record_shows_entry_managers_door_code_and_history(session, sign_in, clerk, found):
    factory = make_factory(session, building_use=BuildingUse.HOUSING_BASE)
    manager = make_officer(session, post=Post.FACTORY_MANAGER, county=None, name="孙厂长")
    session.add(FactoryManager(factory_id=factory.id, officer_id=manager.id, since=MONDAY))
    client = sign_in(clerk)
    client.post(f"/factories/{factory.id}/state", data={"state": "stopped"})

    page = client.get(f"/factories/{factory.id}/record").text

    for words in ("住宅楼底部", "孙厂长", "<svg", "暂时停产", clerk.name):
        assert words in page
    assert found(select(Factory.state)) == [FactoryState.STOPPED]


def test_an_inspector_reads_the_record_and_changes_nothing(session, sign_in):
    factory = make_factory(session)
    client = sign_in(make_officer(session))

    assert f"/factories/{factory.id}/edit" not in client.get(f"/factories/{factory.id}/record").text
    assert (
        client.post(f"/factories/{factory.id}/state", data={"state": "closed"}).status_code == 403
    )


def test_the_sheet_for_the_door_shows_its_code(session, sign_in, clerk):
    factory = make_factory(session)

    assert "<svg" in sign_in(clerk).get(f"/factories/{factory.id}/door-code").text


def exported(client, **form):
    answer = client.post("/factories/export", data=form)
    assert answer.status_code == 200
    return answer


def test_the_register_leaves_as_csv_with_phones_masked_and_no_formula(session, sign_in, clerk):
    make_factory(session, name='=HYPERLINK("x")', responsible_phone="13812345678", on_floor=-1)

    answer = exported(sign_in(clerk), form="csv")

    assert answer.mimetype == "text/csv"
    answer.headers["Content-Disposition"].encode("latin-1")  # a server sends nothing else
    heading, row = csv.reader(StringIO(answer.get_data().decode("utf-8-sig")))
    told = dict(zip(heading, row, strict=True))
    assert told["企业名称"] == '\'=HYPERLINK("x")'
    assert told["负责人电话"] == "138****5678"
    assert (told["县区"], told["镇办"], told["建筑用途"]) == ("平利县", "老县镇", "独立厂房")
    assert (told["室内消火栓或软管卷盘"], told["最低使用楼层"]) == ("是", "-1")


def test_the_register_leaves_as_excel_only_as_far_as_it_is_filtered(session, sign_in, clerk):
    make_factory(session, name="重点厂", is_key_unit=True, floor_area_m2=1260)
    make_factory(session, name="普通厂")

    answer = sign_in(clerk).post("/factories/export?key=1", data={"form": "xlsx"})

    book = python_calamine.load_workbook(BytesIO(answer.get_data()))
    heading, row = book.get_sheet_by_index(0).to_python()
    assert len(heading) == len(TABLE_COLUMNS)
    assert dict(zip(heading, row, strict=True))["车间面积（㎡）"] == 1260
    assert ".xlsx" in unquote(answer.headers["Content-Disposition"])


def test_phones_in_clear_need_a_reason_which_the_trail_keeps(session, sign_in, clerk, found):
    make_factory(session, responsible_phone="13812345678")
    client = sign_in(clerk)

    refused = client.post("/factories/export", data={"form": "csv", "clear": "y"})
    taken = exported(client, form="csv", clear="y", reason="通知停电")

    assert refused.status_code == 422
    assert "写明为什么需要完整电话。" in refused.text
    assert "13812345678" in taken.text
    (entry,) = found(select(AuditEntry).where(AuditEntry.event == Event.REGISTER_EXPORTED_CLEAR))
    assert entry.facts["reason"] == "通知停电"


def test_an_inspector_exports_masked_and_never_in_clear(session, sign_in):
    make_factory(session, responsible_phone="13812345678")
    client = sign_in(make_officer(session))

    assert "13812345678" not in exported(client, form="csv").text
    answer = client.post("/factories/export", data={"form": "csv", "clear": "y", "reason": "想看"})
    assert answer.status_code == 403


def test_a_manager_is_invited_and_the_invitation_withdrawn(session, sign_in, clerk, found):
    factory = make_factory(session)
    client, address = sign_in(clerk), f"/factories/{factory.id}/invitations"

    sheet = client.post(address, data={"name": "孙厂长", "phone": "138 0000 0000"})
    (invitation,) = found(select(Invitation))

    assert sheet.status_code == 200
    assert "/invitations/" in sheet.text
    assert "孙厂长" in client.get(address).text
    assert client.post(f"{address}/{invitation.id}/withdraw").location == address
    assert "孙厂长" not in client.get(address).text.split("toast")[0]
    assert client.post(f"{address}/{invitation.id}/withdraw").status_code == 404


def test_a_wrong_phone_invites_nobody(session, sign_in, clerk, found):
    factory = make_factory(session)

    answer = sign_in(clerk).post(
        f"/factories/{factory.id}/invitations", data={"name": "孙厂长", "phone": "8421234"}
    )

    assert answer.status_code == 422
    assert found(select(Invitation)) == []


def test_a_manager_is_removed_from_the_factory(session, sign_in, clerk, found):
    factory = make_factory(session)
    manager = make_officer(session, post=Post.FACTORY_MANAGER, county=None)
    session.add(FactoryManager(factory_id=factory.id, officer_id=manager.id, since=MONDAY))
    client, address = sign_in(clerk), f"/factories/{factory.id}/managers/{manager.id}/remove"

    assert client.post(address).status_code == 302
    assert found(select(FactoryManager)) == []
    assert client.post(address).status_code == 404
