"""nginx and Caddy with the files of `setup/front`, in a folder and at ports of a test's own."""

import base64
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.patience import PATIENCE_SECONDS
from tests.serving import ROOT, free_port, wait_for_port

FILES = ROOT / "setup" / "front"
NAME = "fire.example.cn"
ADDRESS = f"https://{NAME}"


@dataclass(frozen=True)
class Certificate:
    """A certificate that a browser takes when it is told its key's fingerprint."""

    chain: Path
    key: Path

    @classmethod
    def made_in(cls, folder: Path) -> "Certificate":
        """Return a fresh one for the name in the files, valid for two days."""
        made = cls(folder / "fullchain.pem", folder / "privkey.pem")
        _openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
            "-keyout", made.key, "-out", made.chain,
        )  # fmt: skip
        return made

    @property
    def fingerprint(self) -> str:
        """The hash of its public key, as browsers write it."""
        public = _openssl("x509", "-in", self.chain, "-noout", "-pubkey")
        key = _openssl("pkey", "-pubin", "-outform", "der", given=public)
        return base64.b64encode(hashlib.sha256(key).digest()).decode()


@dataclass(frozen=True)
class Front:
    """A running front: the ports at which it takes https and http."""

    https: int
    http: int

    @property
    def resolver(self) -> str:
        """What a browser must be told to find it under its name and the usual ports."""
        return f"MAP {NAME}:443 127.0.0.1:{self.https}, MAP {NAME}:80 127.0.0.1:{self.http}"


@contextmanager
def nginx(front: Front, port: int, certificate: Certificate, folder: Path) -> Iterator[None]:
    """Run nginx in front of the service at ``port``."""
    changes = {
        "listen 80;": f"listen 127.0.0.1:{front.http};",
        "listen 443 ssl": f"listen 127.0.0.1:{front.https} ssl",
        "    listen [::]:80;\n": "",
        "    listen [::]:443 ssl http2;\n": "",
        **_everyones(port, certificate),
    }
    (folder / "firesafe.conf").write_text(changed("nginx.conf", changes), encoding="utf-8")
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "main.conf").write_text(
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/log; events {{ }}"
        f" http {{ access_log off; {temporary} include {folder}/firesafe.conf; }}",
        encoding="utf-8",
    )
    command = [_program("nginx"), "-e", folder / "log", "-c", folder / "main.conf"]
    with _running(command, front, folder):
        yield


@contextmanager
def caddy(front: Front, port: int, certificate: Certificate, folder: Path) -> Iterator[None]:
    """Run Caddy in front of the service at ``port``."""
    own = f"admin off\n\thttp_port {front.http}\n\thttps_port {front.https}\n\tservers {{"
    changes = {"servers {": own, **_everyones(port, certificate)}
    file = folder / "Caddyfile"
    file.write_text(changed("Caddyfile", changes), encoding="utf-8")
    command = [_program("caddy"), "run", "--config", file, "--adapter", "caddyfile"]
    with _running(command, front, folder):
        yield


FRONTS: dict[str, Callable[..., object]] = {"nginx": nginx, "caddy": caddy}


@contextmanager
def opened(kind: str, front: Front, port: int, folder: Path) -> Iterator[Certificate]:
    """Run a front of one kind, and yield the certificate that it shows."""
    certificate = Certificate.made_in(folder)
    with FRONTS[kind](front, port, certificate, folder):
        yield certificate


def free_front() -> Front:
    """Return a front at ports where nobody listens yet."""
    return Front(free_port(), free_port())


def changed(name: str, changes: dict[str, str]) -> str:
    """Return one of the files with what a test must change, and nothing else.

    Raises:
        ValueError: the file no longer says what was to be changed.
    """
    text = (FILES / name).read_text(encoding="utf-8")
    for said, instead in changes.items():
        if said not in text:
            raise ValueError(f"{name} does not say {said!r}")
        text = text.replace(said, instead)
    return text


def _everyones(port: int, certificate: Certificate) -> dict[str, str]:
    return {
        "127.0.0.1:8000": f"127.0.0.1:{port}",
        "/etc/ssl/firesafe/fullchain.pem": str(certificate.chain),
        "/etc/ssl/firesafe/privkey.pem": str(certificate.key),
    }


@contextmanager
def _running(command: list[object], front: Front, folder: Path) -> Iterator[None]:
    log = folder / "output"
    home = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with log.open("wb") as out:
        server = subprocess.Popen([str(word) for word in command], env=home, stdout=out, stderr=out)
    try:
        for port in (front.https, front.http):
            wait_for_port(port, server, log)
        yield
    finally:
        server.terminate()
        server.wait(timeout=20)


def _program(name: str) -> str:
    found = os.environ.get(f"{name.upper()}_PATH") or shutil.which(
        name, path=f"{os.environ['PATH']}:/usr/sbin"
    )
    if not found:
        raise FileNotFoundError(f"{name} is missing; `./run test` brings it along")
    return found


def _openssl(*words: object, given: bytes = b"") -> bytes:
    command = ["openssl", *(str(word) for word in words)]
    return subprocess.run(
        command, input=given, check=True, capture_output=True, timeout=PATIENCE_SECONDS
    ).stdout
