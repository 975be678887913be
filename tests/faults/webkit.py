"""WebKitGTK, the nearest to an iPhone's browser that runs here.

It is driven by Selenium, without a window of its own on anybody's screen. What it keeps, it keeps
until it is closed: its automation mode knows private windows only, as an iPhone does at worst.
"""

import os
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import WebKitGTK
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

DRIVER = "WebKitWebDriver"
WIDTH, HEIGHT = 390, 844


def missing() -> str:
    """Return why WebKitGTK cannot be driven here, or an empty text."""
    programs = {DRIVER: "webkit2gtk-driver", "Xvfb": "xvfb"}
    packages = [package for name, package in programs.items() if not shutil.which(name)]
    if not packages and not _browser():
        packages = ["libwebkit2gtk-4.1-0"]
    return f"apt-get install {' '.join(packages)}" if packages else ""


def _browser() -> Path | None:
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    return found[-1] if found else None


@contextmanager
def screen() -> Iterator[str]:
    """Yield the name of a display that nobody looks at."""
    tell, told = os.pipe()[::-1]
    command = ["Xvfb", "-displayfd", str(tell), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[tell], stderr=subprocess.DEVNULL)
    os.close(tell)
    try:
        with os.fdopen(told) as line:
            yield f":{line.readline().strip()}"
    finally:
        server.terminate()
        server.wait(timeout=20)


@contextmanager
def webkit_on(display: str) -> Iterator[WebKitGTK]:
    """Yield a fresh browser on a display, as wide as a phone."""
    options = Options()
    options.binary_location = str(_browser())
    options.add_argument("--automation")
    options.add_argument(f"--geometry={WIDTH}x{HEIGHT}")
    service = Service(shutil.which(DRIVER), env={**os.environ, "DISPLAY": display})
    with warnings.catch_warnings():  # Selenium uses what it advises against itself
        warnings.simplefilter("ignore", DeprecationWarning)
        driver = WebKitGTK(options=options, service=service)
    try:
        driver.set_script_timeout(20)
        driver.set_page_load_timeout(30)
        yield driver
    finally:
        driver.quit()
