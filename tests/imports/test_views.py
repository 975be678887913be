"""The way of a county's table into the register, page by page."""

import re
from io import BytesIO

import pytest
import python_calamine
from sqlalchemy import select

from firesafe.accounts.posts import Post
from firesafe.factories.models import Factory
from firesafe.imports.models import ImportState, RegisterImport
from firesafe.imports.rules import guess_columns
from tests.imports.tables import HEADER, csv_bytes, table_row, workbook
from tests.makers import HANBIN, make_community, make_factory, make_officer


@pytest.fixture
def client(session, sign_in):
    make_community(session)
    return sign_in(make_officer(session, post=Post.COUNTY_CLERK))


@pytest.fixture
def found(database):
    """Return all that a query finds, and let go of the database at once."""

    def rows(query):
        with database.reading() as session:
            return session.scalars(query).all()

    return rows


def upload(client, *rows, header=HEADER, name="名册.xlsx"):
    table = (BytesIO(workbook([header, *rows])), name)
    answer = client.post("/factories/imports/new", data={"table": table})
    assert answer.status_code == 302, answer.text
    return answer.location


def fingerprint(page):
    return re.search(r'name="fingerprint"[^>]* value="(\w+)"', page).group(1)


def write(client, address):
    form = {"fingerprint": fingerprint(client.get(address).text)}
    return client.post(f"{address}/commit", data=form)


def test_a_table_goes_from_upload_to_register_and_back(client, found):
    address = upload(client, table_row(), table_row(企业名称="坏了的厂", 建筑用途="城堡"))

    preview = client.get(address).text
    assert "新登记" in preview
    assert "“城堡”不在可选项里。" in preview
    assert "先写入 1 行，1 行留待处理" in preview
    assert found(select(Factory)) == []

    assert write(client, address).location == address
    assert found(select(Factory.name)) == ["示例新厂"]
    assert "新登记 1 家，改动 0 家。" in client.get(address).text

    assert client.post(f"{address}/undo").location == address
    assert found(select(Factory)) == []
    assert "已撤回" in client.get("/factories/imports").text


def test_the_same_table_once_more_has_nothing_new(client):
    write(client, upload(client, table_row()))

    page = client.get(upload(client, table_row())).text

    assert "这张表没有新内容。" in page
    assert "/commit" in page


def test_rows_are_shown_by_kind(client):
    address = upload(client, table_row(), table_row(企业名称="坏了的厂", 建筑用途="城堡"))

    page = client.get(f"{address}?kind=wrong").text

    assert "坏了的厂" in page
    assert "示例新厂" not in page
    assert client.get(f"{address}?kind=castle&page=9").status_code == 200


def test_a_register_that_changed_since_is_a_conflict(client, session, found):
    address = upload(client, table_row())
    seen = fingerprint(client.get(address).text)
    make_factory(session, name="示例新厂", address="别处", responsible_phone="")
    session.commit()

    answer = client.post(f"{address}/commit", data={"fingerprint": seen})

    assert answer.status_code == 409
    assert "核对以后名册又有变动，请再核对一遍。" in answer.text
    assert found(select(RegisterImport.state)) == [ImportState.PREVIEWED]


def test_unknown_places_are_offered_and_made(client, found):
    address = upload(client, table_row(镇办="桃园镇", 社区="新桃社区"))
    assert "本县区没有“桃园镇”这个镇办。" in client.get(address).text

    ticked = {"places": ["桃园镇", "桃园镇/新桃社区"]}
    assert client.post(f"{address}/places", data=ticked).location == address
    write(client, address)

    (factory,) = found(select(Factory))
    assert (factory.town.name, factory.community.name) == ("桃园镇", "新桃社区")


def test_places_that_the_table_does_not_name_are_not_taken(client, found):
    address = upload(client, table_row(镇办="桃园镇"))

    client.post(f"{address}/places", data={"places": ["月亮镇"]})

    assert found(select(RegisterImport))[0].choices.get("places", []) == []


def test_a_doubtful_row_is_asked_about_and_judged(client, session, found):
    make_factory(session, name="示例老厂", address="6号楼", responsible_phone="13900001111")
    session.commit()
    address = upload(client, table_row())
    assert "可能是“示例老厂”：地址、电话相同。" in client.get(address).text

    answer = client.post(f"{address}/rows/2", data={"judgement": "another"})

    assert answer.location.endswith("kind=double#row-2")
    assert "重新判断" in client.get(address).text
    write(client, address)
    assert set(found(select(Factory.name))) == {"示例老厂", "示例新厂"}


def test_unknown_headings_lead_to_the_columns_first(client, found):
    address = upload(client, table_row(), header=["甲", *HEADER[1:]])
    assert address.endswith("/columns")
    assert "示例新厂" in client.get(address).text
    columns = {place: name for name, place in guess_columns(HEADER).items()}
    form = {f"columns-{place}": columns[place] for place in range(len(HEADER))}

    answer = client.post(address, data=form)

    assert answer.location == address.removesuffix("/columns")
    write(client, answer.location)
    assert found(select(Factory.name)) == ["示例新厂"]


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({0: "name", 1: "name"}, "有两列都选成了“企业名称”。"),
        ({0: "town"}, "指明哪一列是企业名称。"),
    ],
)
def test_columns_that_cannot_be_are_refused(client, columns, sentence):
    address = f"{upload(client, table_row())}/columns"
    form = {f"columns-{place}": columns.get(place, "") for place in range(len(HEADER))}

    answer = client.post(address, data=form)

    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_forged_number_of_columns_is_harmless(client):
    address = f"{upload(client, table_row())}/columns"

    answer = client.post(address, data={"columns-0": "name", "columns-5000": "note"})

    assert answer.status_code == 302
    assert client.get(answer.location).status_code == 200


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "表格里没有内容。"),
        (b"<html></html>", "这是改了名的网页"),
        (b"PK\x03\x04nothing", "这个文件读不成表格。"),
        (csv_bytes(HEADER), "表头下面没有内容。"),
    ],
)
def test_a_file_that_is_no_table_leaves_nothing_behind(client, found, content, sentence):
    answer = client.post("/factories/imports/new", data={"table": (BytesIO(content), "名册.csv")})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert found(select(RegisterImport.id)) == []


def test_without_a_file_it_is_asked_for(client):
    answer = client.post("/factories/imports/new", data={})

    assert answer.status_code == 422
    assert "选择表格文件。" in answer.text


def test_the_template_is_a_table_that_is_read_with_nothing_to_import(client):
    book = client.get("/factories/imports/template").get_data()
    heading, example = (
        python_calamine.load_workbook(BytesIO(book)).get_sheet_by_index(0).to_python()
    )
    assert len(guess_columns(heading)) == len(heading)
    assert len(example) == len(heading)

    answer = client.post("/factories/imports/new", data={"table": (BytesIO(book), "模板.xlsx")})

    assert "这是模板里的示例。" in client.get(answer.location).text


def test_what_is_exported_and_imported_again_has_nothing_new(client, session):
    make_factory(session, name="=示例厂", on_floor=-1, floor_area_m2=1260)
    make_factory(session, name="示例乙厂", address="7号楼", responsible_phone="")
    session.commit()
    form = {"form": "xlsx", "clear": "y", "reason": "核对"}
    book = client.post("/factories/export", data=form).get_data()

    answer = client.post("/factories/imports/new", data={"table": (BytesIO(book), "名册.xlsx")})

    page = client.get(answer.location).text
    assert "无变化 2" in page
    assert "要改正" not in page


@pytest.mark.parametrize("page", ["", "/columns"])
def test_another_county_s_import_is_not_there(client, session, sign_in, page):
    address = upload(client, table_row())
    stranger = sign_in(make_officer(session, post=Post.SECTION_CHIEF, county=HANBIN))

    assert stranger.get(address + page).status_code == 404
    assert stranger.post(f"{address}/commit", data={"fingerprint": "x"}).status_code == 404
    assert stranger.post(f"{address}/undo").status_code == 404


@pytest.mark.parametrize("post", [Post.INSPECTOR, Post.CITY_SUPERVISOR])
def test_who_does_not_import_has_no_way_in(session, sign_in, post):
    assert sign_in(make_officer(session, post=post)).get("/factories/imports").status_code == 403
