"""Looked at in a real Chromium: for everybody, on every width, and without script."""

import pytest

from tests.looks import barriers, too_wide

pytestmark = pytest.mark.browser

PAGES = ("checklist?signed=1", "states?signed=1", "toasts?signed=1")


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (1440, "dark"), (390, "outdoor")])
def test_nobody_is_kept_out(visit, width, theme):
    found = {}
    for name in PAGES:
        page = visit(name, width=width, theme=theme)
        found[name] = barriers(page, theme)

    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(("width", "text"), [(320, "100%"), (390, "200%"), (900, "100%")])
def test_nothing_scrolls_sideways(visit, width, text):
    wider = {}
    for name in PAGES:
        page = visit(name, width=width)
        page.evaluate(
            "(size) => document.documentElement.style.setProperty('font-size', size)", text
        )
        wider[name] = too_wide(page)

    assert {name: elements for name, elements in wider.items() if elements} == {}


def test_a_thing_too_wide_is_seen(visit):
    page = visit("states", width=320)

    page.evaluate("document.querySelector('h1').style.setProperty('width', '900px')")

    assert any("<h1" in element for element in too_wide(page))


def test_whatever_can_be_pressed_is_large_enough_for_a_thumb(visit):
    page = visit("checklist?signed=1")
    page.click("label[for=checkpoint-a3-02-fail]")

    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, label.verdict__label, summary")]
          .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
          .filter(([, box]) => box.width > 1 && box.height > 1 && box.top >= 0)
          .filter(([, box]) => Math.min(box.width, box.height) < 44)
          .map(([html, box]) => `${html} ${box.width} x ${box.height}`)"""
    )

    assert small == []


def test_the_finding_appears_under_a_failure_without_script(visit):
    page = visit("checklist", script=False)
    assert not page.is_visible("#seen")

    page.click("label[for=checkpoint-a3-02-fail]")
    assert page.is_visible("#seen")
    assert not page.is_visible("#why")

    page.click("label[for=checkpoint-a3-02-na]")
    assert page.is_visible("#why")


def test_the_question_folds_out_without_script(visit):
    page = visit("states", script=False)

    page.click("summary:has-text('Void this visit')")

    assert page.is_visible("button:has-text('Void it')")


def test_figures_are_typed_without_script(visit):
    page = visit("checklist", script=False)

    page.fill("#k1-asked", "6")
    page.fill("#drill", "42")

    assert not page.is_visible("[data-step]")
    assert not page.is_visible("[data-toggle]")
    assert page.is_visible("#signed")
