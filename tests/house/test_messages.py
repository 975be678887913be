"""Both languages are whole: nothing untranslated, nothing left over, nothing past the catalogue."""

import pytest
from babel.messages.catalog import Catalog

from firesafe.web.catalogue import read_messages
from tests.house.words import (
    ROOT,
    chinese_lines,
    messages_in,
    misplaced,
    untranslated,
    unused,
)


@pytest.fixture(scope="module")
def marked():
    return messages_in([ROOT / "firesafe", ROOT / "templates"])


@pytest.fixture(scope="module")
def catalogue():
    return read_messages()


def test_every_message_is_translated(marked, catalogue):
    assert untranslated(marked, catalogue) == []


def test_no_translation_is_left_over(marked, catalogue):
    assert unused(marked, catalogue) == []


def test_every_translation_has_the_places_of_its_message(catalogue):
    assert misplaced(catalogue) == []


def test_no_chinese_is_written_straight_into_a_template():
    papers = ROOT / "templates" / "notices" / "pdf"
    pages = (ROOT / "templates").rglob("*.html")

    assert chinese_lines(page for page in pages if papers not in page.parents) == []


def test_no_chinese_is_written_straight_into_a_script():
    assert chinese_lines((ROOT / "static" / "src").rglob("*.mjs")) == []


# Each judge is seen to condemn.

SOURCES = {
    "page.html": '{{ _("Save") }}{% trans n=2 %}One{% pluralize %}Many{% endtrans %}',
    "room.py": 'raise RuleBroken("Not %(this)s.", this=1)\nrequire(may(), "No.")\nN_("Mark" "ed")',
}


def test_messages_are_found_in_templates_and_wherever_python_marks_them(tmp_path):
    for name, text in SOURCES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    assert set(messages_in([tmp_path])) == {
        "Save",
        ("One", "Many"),
        "Not %(this)s.",
        "No.",
        "Marked",
    }


@pytest.mark.parametrize(
    "translations",
    [
        pytest.param({}, id="absent"),
        pytest.param({"Save": ("", [])}, id="empty"),
        pytest.param({"Save": ("保存", ["fuzzy"])}, id="doubtful"),
    ],
)
def test_a_message_without_a_sure_translation_is_named_with_its_place(translations):
    catalogue = Catalog(locale="zh")
    for words, (chinese, flags) in translations.items():
        catalogue.add(words, chinese, flags=flags)

    assert untranslated({"Save": ["core/page.html:3"]}, catalogue) == ["core/page.html:3: 'Save'"]


def test_a_translation_that_nothing_asks_for_is_named():
    catalogue = Catalog(locale="zh")
    catalogue.add("Save", "保存")
    catalogue.add("Gone", "没了")

    assert unused({"Save": ["page.html:1"]}, catalogue) == ["'Gone'"]


def test_a_translation_that_drops_a_place_is_named():
    catalogue = Catalog(locale="zh")
    catalogue.add("%(count)s of %(all)s", "%(count)s 项")

    assert misplaced(catalogue) == ["'%(count)s of %(all)s'"]


def test_a_line_with_chinese_is_named(tmp_path):
    (tmp_path / "page.html").write_text("<h1>\n保存\n</h1>\n<p>（</p>", encoding="utf-8")

    assert chinese_lines([tmp_path / "page.html"]) == ["page.html:2", "page.html:4"]
