"""A clerk brings a county's dirty table into the register, and takes it back."""

import re

import pytest
from playwright.sync_api import expect

from firesafe.accounts.posts import Post
from tests.imports.tables import HEADER, table_row, workbook
from tests.makers import PINGLI, make_community, make_officer

pytestmark = pytest.mark.browser

DIRTY = [
    HEADER,
    table_row(企业名称="示例甲厂", 联系电话=13900001111.0, 当班人数="４６"),
    table_row(企业名称="示例乙厂", 社区="示例新村"),
    [],
    table_row(企业名称="示例丙厂", 统一社会信用代码="91610926MA7TEXT07X"),
    table_row(企业名称="示例甲厂", 联系电话="13900001111"),
    ["合计", "", "", "", "", "", "", "184"],
]


@pytest.mark.parametrize("shape", ["desk", "phone"])
def test_a_dirty_table_is_previewed_written_and_taken_back(live_server, request, shape):
    page = request.getfixturevalue(shape)
    with live_server.writing() as session:
        make_community(session, county=PINGLI)
        clerk = make_officer(session, post=Post.COUNTY_CLERK)
    live_server.sign_in(page, clerk)
    main = page.locator("main")

    page.goto(f"{live_server.address}/factories/imports/new")
    page.locator("input[type=file]").set_input_files(
        {"name": "register.xlsx", "mimeType": "application/xlsx", "buffer": workbook(DIRTY)}
    )
    page.locator("button.button--main").click()
    expect(main).to_contain_text("示例丙厂")
    for tab in (r"新登记\s*1", r"可能重复\s*1", r"要改正\s*2"):
        expect(main).to_contain_text(re.compile(tab))
    page.locator("main button.button--main").last.click()
    expect(page.locator("h1")).not_to_have_text("一行一行看")

    page.goto(f"{live_server.address}/factories?search=示例甲")
    assert re.search("示例甲厂", page.locator("main").inner_text())

    page.goto(f"{live_server.address}/factories/imports")
    page.get_by_role("link", name="register.xlsx").first.click()
    page.locator("main details.confirm summary").click()
    with page.expect_navigation():
        page.locator("dialog form button").last.click()
    page.goto(f"{live_server.address}/factories?search=示例甲")
    assert "示例甲厂" not in page.locator("main").inner_text()
