"""The budget: what is too long to be read in one sitting fails."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILE_LINES, FUNCTION_LINES, VIEW_LINES, TEST_LINES = 400, 50, 25, 40
TEMPLATE_LINES, SCRIPT_LINES = 150, 200


def python_files(folder: str) -> list[Path]:
    return [f for f in sorted((ROOT / folder).rglob("*.py")) if "versions" not in f.parts]


def functions(file: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def too_long(functions: list, limit: int) -> list[str]:
    lengths = [(f.name, (f.end_lineno or 0) - f.lineno + 1) for f in functions]
    return [f"{name}: {length} lines" for name, length in lengths if length > limit]


def is_view(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    decorators = [ast.unparse(each) for each in function.decorator_list]
    return any(each.startswith(("bp.get", "bp.post", "bp.put", "bp.route")) for each in decorators)


def over(files: list[Path], limit: int) -> list[str]:
    counted = [(f, len(f.read_text(encoding="utf-8").splitlines())) for f in files]
    return [f"{f.relative_to(ROOT)}: {lines} lines" for f, lines in counted if lines > limit]


def test_no_python_file_is_longer_than_four_hundred_lines():
    assert over(python_files("firesafe") + python_files("tests"), FILE_LINES) == []


def test_no_template_or_script_is_too_long():
    assert over(sorted((ROOT / "templates").rglob("*.html")), TEMPLATE_LINES) == []
    assert over(sorted((ROOT / "static" / "src").rglob("*.mjs")), SCRIPT_LINES) == []


@pytest.mark.parametrize("folder", ["firesafe", "tests", "bench"])
def test_no_function_is_too_long(folder):
    limit = TEST_LINES if folder == "tests" else FUNCTION_LINES
    found = {f: too_long(functions(f), limit) for f in python_files(folder)}
    assert {str(f.relative_to(ROOT)): names for f, names in found.items() if names} == {}


def test_views_are_thin():
    views = [f for file in python_files("firesafe") for f in functions(file) if is_view(f)]
    assert views, "no views were found; the finder of views is broken"
    assert too_long(views, VIEW_LINES) == []


def test_no_room_has_a_drawer_for_everything():
    names = {f.stem for f in python_files("firesafe")}
    assert names & {"util", "utils", "helpers", "common", "misc"} == set()


def test_a_long_function_is_seen():
    body = "def f():\n" + "    x = 1\n" * FUNCTION_LINES
    node = ast.parse(body).body[0]
    assert too_long([node], FUNCTION_LINES) == ["f: 51 lines"]
