"""``firesafe standard check`` and ``firesafe standard diff``."""

import pytest
from click.testing import CliRunner, Result

from firesafe.standard.cli import standard_commands
from firesafe.standard.edition import edition_codes


def run(*words: object) -> Result:
    return CliRunner().invoke(standard_commands, [str(word) for word in words])


def test_every_edition_that_came_with_the_service_is_whole(standard):
    result = run("check")

    assert result.exit_code == 0
    assert len(result.output.splitlines()) == len(edition_codes())
    assert f"2026.toml: 67 checkpoints, sha256 {standard.sha256}" in result.output


def test_a_faulty_edition_ends_with_1_and_its_faults(tampered):
    result = run("check", tampered("days = 0", "days = 4", within="A3-02"))

    assert result.exit_code == 1
    assert result.stderr == "2026.toml: A3-02: days: 4 is none of 0, 3, 7, 15, 30\n"
    assert result.stdout == ""


def test_an_edition_does_not_differ_from_itself():
    result = run("diff", "2026", "2026")

    assert (result.exit_code, result.output) == (0, "The two editions say the same.\n")


@pytest.mark.parametrize(
    ("row", "old", "new", "line"),
    [
        ("A1-05", "days = 3", "days = 7", "~ checkpoint A1-05: days: 3 → 7"),
        (
            "A3-02",
            'grade = "serious"',
            'grade = "general"',
            "~ checkpoint A3-02: grade: serious → general",
        ),
        (
            "A3-02",
            'en = "Exits kept clear"',
            'en = "Clear exits"',
            "~ checkpoint A3-02: short: en: Exits kept clear → Clear exits",
        ),
        ("A3-02", "生产期间上锁或封死", "上锁", "question: zh: 生产期间上锁或封死 → 上锁"),
        ("C2-04", "needed = 3", "needed = 2", "~ checkpoint C2-04: counting: needed: 3 → 2"),
        ("61号令", "公安部令第61号", "公安部第61号令", "~ law 61号令: name: 《机关"),
        ("A3", "会疏散", "能疏散", "~ item A3: short: zh: 会疏散 → 能疏散"),
        ("solvents", "用甲", "使用甲", "~ trigger solvents: prompt: zh: 用甲"),
        ("", "percent = 80", "percent = 90", "~ sampling: percent: 80 → 90"),
        ("", "good_from = 80", "good_from = 85", "~ scoring: good_from: 80 → 85"),
        ("", "as_of = 2026-11-22", "as_of = 2026-12-01", '"2026-11-22" → "2026-12-01"'),
        ("", 'name = "现场看"', 'name = "看一看"', "~ printed: methods: "),
    ],
)
def test_a_changed_field_is_shown_before_and_after(tampered, row, old, new, line):
    result = run("diff", "2026", tampered(old, new, within=row))

    assert result.exit_code == 0
    assert line in result.output
    assert len(result.output.splitlines()) == 1


def test_added_and_removed_checkpoints_are_shown(tampered, tmp_path):
    shorter = tampered("[[checkpoints]]", "[[checkpoints]]")
    text = shorter.read_text(encoding="utf-8")
    first, *rest = text.split("[[checkpoints]]\n")
    shorter.write_text("[[checkpoints]]\n".join([first, *rest[:-1]]), encoding="utf-8")

    assert run("diff", "2026", shorter).output == "- checkpoint C4-03\n"
    assert run("diff", shorter, "2026").output == "+ checkpoint C4-03\n"


def test_a_changed_list_is_shown_whole(tampered):
    result = run("diff", "2026", tampered('["look", "test"]', '["look"]', within="A3-02"))

    assert result.output == '~ checkpoint A3-02: methods: ["look", "test"] → ["look"]\n'


def test_changed_bases_are_shown_with_their_fields(tampered):
    result = run("diff", "2026", tampered('article = "28条"', 'article = "29条"', within="A3-02"))

    assert '"article": "28条"' in result.output
    assert '"article": "29条"' in result.output


@pytest.mark.parametrize("name", ["1999", "nowhere.toml"])
def test_an_edition_that_is_not_there_is_said_to_be_missing(name):
    result = run("diff", "2026", name)

    assert result.exit_code == 1
    assert name in result.stderr


def test_a_faulty_edition_is_not_compared(tampered):
    result = run("diff", "2026", tampered("days = 0", "days = 4", within="A3-02"))

    assert result.exit_code == 1
    assert "A3-02: days: 4" in result.stderr
