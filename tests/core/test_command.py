"""The command: what it sets up, and what it says when it cannot start."""

import os
import socket
import subprocess
import sys

import pytest


@pytest.fixture
def firesafe(tmp_path):
    """Run in a process of its own, as people do: a server that fails leaves things open."""
    command = [sys.executable, "-m", "firesafe"]
    surroundings = os.environ | {"FIRESAFE_INSTANCE": str(tmp_path)}
    return lambda *words: subprocess.run(
        [*command, *words], env=surroundings, capture_output=True, text=True, check=False
    )


def test_settings_are_written_once_and_their_secret_is_kept(firesafe, tmp_path):
    firesafe("init")
    first = (tmp_path / "settings.toml").read_text(encoding="utf-8")

    assert firesafe("init").stdout.strip() == str(tmp_path / "settings.toml")
    assert (tmp_path / "settings.toml").read_text(encoding="utf-8") == first


def test_a_port_that_is_taken_is_named(firesafe):
    firesafe("init")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"

        done = firesafe("serve", "--listen", listen)

    assert done.returncode == 1
    assert done.stderr == f"Error: Cannot listen on {listen}: Address already in use.\n"
