"""Pages find the styles they name, and the styles keep to what was promised of them."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STYLES = ROOT / "static" / "css"
CLASSES = re.compile(r'class="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\})*)"', re.DOTALL)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
TOO_NEW = re.compile(
    r"\binset\s*:|\baspect-ratio\s*:|:(?:is|where|has)\(|color-mix\(|@(?:layer|container)\b"
    r"|\b(?:min|max|clamp)\(|(?:margin|padding|inset)-(?:block|inline)\s*:|\d[dsl]vh\b|&"
)
BUNDLES = ("main.css", "more.css")
LIGHT = ("inspections/fill.html", "inspections/rows.html", "cases/check.html")
BRINGS = re.compile(r"""\{%-?\s*(?:extends|from|include|import)\s+"([^"]+)\"""")
FLEX_GAP = re.compile(r"\{(?=[^{}]*display:\s*(?:inline-)?flex)[^{}]*[;{\s]gap:[^{}]*\}")


def sheets() -> dict[str, str]:
    """Return every style sheet of the screen without its comments, by its path."""
    files = [file for file in STYLES.rglob("*.css") if file.parent.name != "pdf"]
    return {
        str(file.relative_to(STYLES)): re.sub(
            r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        for file in files
    }


def styled(sheet: str) -> set[str]:
    """Return the classes that have a rule, and those of which a part or a state has one."""
    selectors = re.sub(r"\{[^{}]*\}", "{}", sheet)
    names = set(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", selectors))
    return names | {name.split(joint)[0] for name in names for joint in ("__", "--")}


def named(page: str) -> set[str]:
    """Return the classes that a template names in full; those it puts together are left out."""
    return {
        name
        for classes in CLASSES.findall(page)
        for name in JINJA.sub("\0", classes).split()
        if "\0" not in name
    }


def imports_of(bundle: str) -> list[str]:
    """Return the sheets that a bundle is made of."""
    return re.findall(r'@import "([^"]+)"', (STYLES / bundle).read_text(encoding="utf-8"))


def templates_of(*pages: str) -> dict[str, str]:
    """Return the text of these templates and of all that they bring in, by name."""
    found: dict[str, str] = {}
    waiting = list(pages)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = (ROOT / "templates" / name).read_text(encoding="utf-8")
            waiting.extend(BRINGS.findall(found[name]))
    return found


def too_new(sheet: str) -> list[str]:
    """Return what Chrome 78 or Safari 14.1 would not understand."""
    return TOO_NEW.findall(sheet) + FLEX_GAP.findall(sheet)


def test_every_class_a_page_names_has_a_style():
    known = set().union(*(styled(sheet) for sheet in sheets().values()))
    pages = [f for f in (ROOT / "templates").rglob("*.html") if f.parent.name != "pdf"]
    unknown = {
        str(page.relative_to(ROOT)): sorted(names)
        for page in pages
        if page.name != "print.html" and (names := named(page.read_text(encoding="utf-8")) - known)
    }
    assert unknown == {}


def test_every_component_with_styles_of_its_own_is_in_one_of_the_sheets():
    imported = [name for bundle in BUNDLES for name in imports_of(bundle)]
    assert sorted(imported) == sorted(sheets().keys() - set(BUNDLES))


def test_what_has_only_the_first_sheet_names_nothing_of_the_second():
    whole, later = sheets(), imports_of("more.css")
    missing = set().union(*(styled(whole[name]) for name in later))
    missing -= set().union(*(styled(whole[name]) for name in imports_of("main.css")))
    named_there = {name: named(text) & missing for name, text in templates_of(*LIGHT).items()}

    assert "components/checkpoint_row.html" in named_there
    assert {name: found for name, found in named_there.items() if found} == {}


def test_styles_keep_to_what_the_oldest_browsers_understand():
    assert {name: found for name, sheet in sheets().items() if (found := too_new(sheet))} == {}


@pytest.mark.parametrize(
    "rule",
    [
        ".a { inset: 0; }",
        ".a { display: flex; gap: 4px; }",
        ".a:has(b) { color: red; }",
        ".a { width: min(1rem, 100%); }",
        ".a { margin-block: 0; }",
    ],
)
def test_what_is_too_new_is_seen(rule):
    assert too_new(rule)


def test_grid_gaps_and_names_that_only_look_new_are_left_alone():
    assert too_new(".a { display: inline-grid; gap: 4px; grid-template: minmax(0, 1fr); }") == []


def test_a_class_without_a_style_is_seen():
    page = '<p class="card nowhere chip--{{ kind }}{{ " x" if y }}">'
    assert named(page) - styled(".card { } .chip__part { }") == {"nowhere"}
