"""Every template compiles, imports nothing unused, and lies in a room's folder."""

from pathlib import Path

from jinja2 import nodes

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {"layouts", "components"}


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def unused_imports(tree: nodes.Template) -> set[str]:
    """Return imported names that the template never mentions."""
    imported = {
        name if isinstance(name, str) else name[1]
        for each in tree.find_all(nodes.FromImport)
        for name in each.names
    } | {each.target for each in tree.find_all(nodes.Import)}
    used = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}
    return imported - used


def test_every_template_compiles_and_imports_nothing_unused(standing_app):
    faults = {}
    for file in templates():
        source = file.read_text(encoding="utf-8")
        standing_app.jinja_env.compile(source)
        if unused := unused_imports(standing_app.jinja_env.parse(source)):
            faults[str(file.relative_to(ROOT))] = unused
    assert faults == {}


def test_every_template_lies_in_the_folder_of_a_room():
    rooms = {each.name for each in (ROOT / "firesafe").iterdir() if each.is_dir()} | FOLDERS
    homes = {file.relative_to(ROOT / "templates").parts[0] for file in templates()}
    assert homes <= rooms


def test_every_template_says_what_it_is_for():
    silent = [f.name for f in templates() if "{#" not in f.read_text(encoding="utf-8")[:400]]
    assert silent == []


def test_an_unused_import_is_seen(standing_app):
    tree = standing_app.jinja_env.parse('{% from "a.html" import b, c %}{{ b() }}')
    assert unused_imports(tree) == {"c"}
