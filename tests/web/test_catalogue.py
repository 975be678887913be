"""One catalogue out of the rooms' translations."""

import gettext

import pytest

from firesafe.web.catalogue import CatalogueFault, build, read_messages


def write_room(folder, room, *entries):
    text = "".join(f'msgid "{english}"\nmsgstr "{chinese}"\n\n' for english, chinese in entries)
    (folder / f"{room}.po").write_text(text, encoding="utf-8")


def test_the_words_of_all_rooms_are_found_in_the_built_catalogue(tmp_path):
    write_room(tmp_path, "core", ("Save", "保存"))
    write_room(tmp_path, "notices", ("Issue", "签发"))

    with build(tmp_path).open("rb") as file:
        words = gettext.GNUTranslations(file)

    assert (words.gettext("Save"), words.gettext("Issue")) == ("保存", "签发")


def test_two_rooms_may_say_the_same_in_the_same_words(tmp_path):
    write_room(tmp_path, "core", ("Save", "保存"))
    write_room(tmp_path, "notices", ("Save", "保存"))

    assert read_messages(tmp_path).get("Save").string == "保存"


def test_two_translations_of_one_message_are_refused_with_both_files(tmp_path):
    write_room(tmp_path, "core", ("Issue", "签发"))
    write_room(tmp_path, "notices", ("Issue", "发出"))

    with pytest.raises(CatalogueFault, match=r"'签发' in core\.po and '发出' in notices\.po"):
        read_messages(tmp_path)


def test_words_that_cannot_be_built_leave_no_file_behind(tmp_path):
    write_room(tmp_path, "core", ("Save", "保存"))
    built = build(tmp_path)
    write_room(tmp_path, "notices", ("Save", "存"))

    with pytest.raises(CatalogueFault):
        build(tmp_path)

    assert list(built.parent.iterdir()) == [built]


def test_a_plural_has_one_form_in_chinese(tmp_path):
    plural = 'msgid "%(num)s visit"\nmsgid_plural "%(num)s visits"\nmsgstr[0] "%(num)s 次检查"\n'
    (tmp_path / "inspections.po").write_text(plural, encoding="utf-8")

    with build(tmp_path).open("rb") as file:
        words = gettext.GNUTranslations(file)

    assert [words.ngettext("%(num)s visit", "%(num)s visits", n) for n in (1, 2)] == [
        "%(num)s 次检查"
    ] * 2


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "kit.po").write_text('msgid "Sign"\n<<<<<<< ours\nmsgstr "牌"\n', encoding="utf-8")

    with pytest.raises(CatalogueFault, match=r"kit\.po"):
        read_messages(tmp_path)
