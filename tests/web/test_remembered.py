"""Parts of a page that are drawn once for each language."""

from flask import render_template_string

PART = '{% call remembered(key) %}{{ word }} {{ _("Save") }}{% endcall %}'


def drawn(app, word, *, key, language="zh"):
    with app.test_request_context(headers={"Cookie": f"language={language}"}):
        return render_template_string(PART, key=key, word=word)


def test_what_is_drawn_is_shown_again(new_app):
    assert drawn(new_app, "first", key="a part") == "first 保存"
    assert drawn(new_app, "second", key="a part") == "first 保存"
    assert drawn(new_app, "second", key="another part") == "second 保存"


def test_each_language_has_its_own(new_app):
    assert drawn(new_app, "first", key="a part") == "first 保存"
    assert drawn(new_app, "second", key="a part", language="en") == "second Save"


def test_without_a_name_it_is_drawn_each_time(new_app):
    assert drawn(new_app, "<first>", key=None) == "&lt;first&gt; 保存"
    assert drawn(new_app, "second", key=None) == "second 保存"
