"""The settings: one frozen object, read once."""

from dataclasses import FrozenInstanceError

import pytest

from firesafe.core.settings import (
    INSTANCE_VARIABLE,
    Settings,
    SettingsFault,
    instance_folder,
    read_settings,
    write_first_settings,
)

SECRET = f'secret_key = "{"s" * 40}"\n'


def read(folder, text):
    (folder / "settings.toml").write_text(text, encoding="utf-8")
    return read_settings(folder)


def test_what_is_not_set_has_its_default(tmp_path):
    settings = read(tmp_path, SECRET)

    assert settings.database == f"sqlite:///{tmp_path / 'firesafe.db'}"
    assert settings.store == (tmp_path / "store").as_uri()
    assert settings.session_hours == 12
    assert not settings.is_https


def test_what_is_set_is_used(tmp_path):
    text = 'database_url = "postgresql:///x"\npublic_address = "https://a.example"\nthreads = 2\n'

    settings = read(tmp_path, SECRET + text)

    assert (settings.database, settings.threads) == ("postgresql:///x", 2)
    assert settings.is_https


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        (SECRET + "treads = 8", "no setting 'treads'"),
        (SECRET + 'threads = "8"', "threads must be of type int"),
        (SECRET + "threads = true", "threads must be of type int"),
        (SECRET + "threads = 0", "threads must be at least 1"),
        (SECRET + "session_hours = -1", "session_hours must be at least 1"),
        ("threads = 8", "secret_key is missing"),
        ('secret_key = "short"', "at least 32 characters"),
        ('instance = "/elsewhere"\n' + SECRET, "no setting 'instance'"),
        ("secret_key = oops", "settings.toml: "),
    ],
)
def test_settings_that_cannot_be_used_stop_the_start_with_the_remedy(tmp_path, text, remedy):
    with pytest.raises(SettingsFault, match=remedy):
        read(tmp_path, text)


def test_a_missing_file_names_the_command_that_writes_it(tmp_path):
    with pytest.raises(SettingsFault, match="firesafe init"):
        read_settings(tmp_path)


def test_the_first_settings_hold_a_secret_of_their_own_that_only_the_owner_reads(tmp_path):
    first, second = (write_first_settings(tmp_path / name) for name in "ab")

    assert read_settings(first.parent).secret_key != read_settings(second.parent).secret_key
    assert first.stat().st_mode & 0o077 == 0


def test_settings_that_are_there_are_never_written_over(tmp_path):
    (tmp_path / "settings.toml").write_text(SECRET)

    write_first_settings(tmp_path)

    assert read_settings(tmp_path).secret_key == "s" * 40


def test_settings_do_not_change_while_the_service_runs(tmp_path):
    settings = Settings(instance=tmp_path, secret_key="s" * 40)

    with pytest.raises(FrozenInstanceError):
        settings.threads = 1


def test_the_instance_folder_is_told_by_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv(INSTANCE_VARIABLE, str(tmp_path))
    assert instance_folder() == tmp_path

    monkeypatch.delenv(INSTANCE_VARIABLE)
    monkeypatch.chdir(tmp_path)
    assert instance_folder() == tmp_path / "instance"
