"""The page that lies in a case, opened from the disk in Chromium, with nothing to reach."""

import re

import pytest
from playwright.sync_api import expect

from firesafe.core.settings import read_settings
from firesafe.photos.store import Store, open_store
from tests.cases.whole import CHECK_PAGE, make_whole_case, unpacked
from tests.looks import THEMES, barriers, too_wide
from tests.notices.cases import make_case

pytestmark = pytest.mark.browser

NO_QUICK_WAY = "Object.defineProperty(crypto, 'subtle', { value: undefined })"


@pytest.fixture
def case(session, services):
    made = make_whole_case(session, services.get(Store))
    session.commit()
    return made


@pytest.fixture
def folder(case, sign_in, tmp_path):
    """The case as its reader has unpacked it."""
    client = sign_in(case.chief)
    archive = client.post(f"/factories/{case.visit.factory_id}/case").get_data()
    home = tmp_path / "档案"
    for path, content in unpacked(archive).files.items():
        file = home / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return home


def opened(page, folder):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / CHECK_PAGE).as_uri())
    page.locator("[data-folder]").set_input_files(folder)
    expect(page.locator("[data-verdict]")).to_contain_text("与取走档案时")
    assert all(url.startswith(("file:", "blob:")) for url in asked)
    return page


def a_photograph(folder):
    return next(file for file in sorted(folder.glob("*检查照片/*")))


def test_a_case_that_nobody_touched_is_good(desk, folder):
    opened(desk, folder)

    count = sum(file.is_file() for file in folder.rglob("*")) - 1
    expect(desk.locator("[data-verdict]")).to_have_text(f"{count} 个文件都与取走档案时一样。")
    expect(desk.locator("[data-faults]")).to_be_empty()


@pytest.mark.parametrize("has_quick_way", [True, False])
def test_a_changed_a_missing_and_an_added_file_are_named_in_red(desk, folder, has_quick_way):
    if not has_quick_way:
        desk.add_init_script(NO_QUICK_WAY)
    changed = a_photograph(folder)
    content = bytearray(changed.read_bytes())
    content[0] ^= 1
    changed.write_bytes(content)
    missing = next(folder.glob("*整改通知书/*"))
    missing.unlink()
    added = changed.with_name("多出来的.jpg")
    added.write_bytes(b"new")

    opened(desk, folder)

    expect(desk.locator("[data-verdict]")).to_have_text("有 3 个文件与取走档案时不一样。")
    faults = desk.locator("[data-faults] li").all_text_contents()
    assert faults == [str(file.relative_to(folder)) for file in (changed, missing, added)]
    headings = desk.locator("[data-faults] h2").all_text_contents()
    assert headings == ["已改动 (1)", "缺少 (1)", "多出来的，不属于这份档案 (1)"]
    colour = desk.evaluate("getComputedStyle(document.querySelector('[data-faults] li')).color")
    red, green, blue = map(int, re.findall(r"\d+", colour))
    assert red > 2 * max(green, blue)


def test_a_changed_list_is_told_and_its_checksum_is_that_of_the_taking(desk, folder):
    manifest = folder / "00-清单.json"
    manifest.write_bytes(manifest.read_bytes().replace(b"\n", b"\n ", 1))

    opened(desk, folder)

    assert desk.locator("[data-faults] li").all_text_contents() == ["00-清单.json"]
    assert len(desk.locator("[data-sum]").inner_text()) == 64


def test_another_folder_is_said_to_be_another(desk, folder, tmp_path):
    other = tmp_path / "别的"
    other.mkdir()
    (other / "x.txt").write_text("x")
    desk.goto((folder / CHECK_PAGE).as_uri())
    desk.locator("[data-folder]").set_input_files(other)

    expect(desk.locator("[data-verdict]")).to_have_text("选错了文件夹：里面没有这份档案的文件。")


def test_the_page_speaks_english_and_fits_a_phone(phone, folder):
    phone.goto((folder / CHECK_PAGE).as_uri())
    phone.get_by_role("button", name="English").click()

    expect(phone.get_by_role("heading", name="Check this case")).to_be_visible()
    assert too_wide(phone) == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_check_page_keeps_nobody_out(desk, folder, theme):
    a_photograph(folder).unlink()
    opened(desk, folder)

    assert barriers(desk, theme) == []


def test_the_page_of_a_case_keeps_nobody_out(live_server, desk):
    store = open_store(read_settings(live_server.instance).store)
    with live_server.writing() as session:
        case = make_case(session, store)
    live_server.sign_in(desk, case.chief)
    desk.goto(f"{live_server.address}/factories/{case.visit.factory_id}/case")

    assert [barriers(desk, theme) for theme in THEMES] == [[], [], []]
    assert too_wide(desk) == []
