"""Prints a page to PDF with a browser that is on the machine: Edge, Chrome or Chromium.

WeasyPrint needs Pango, which takes administrator's rights on Windows; Edge is there already.
The page holds everything it shows, and the browser is started without a way to the network.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from lif_nlp.errors import traceback_of

_log = logging.getLogger(__name__)

PROGRAMS = ("msedge", "microsoft-edge", "google-chrome", "chrome", "chromium", "chromium-browser")
"""Names under which browsers stand on the path."""

PLACES = (
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
    "C:/Program Files/Microsoft/Edge/Application/msedge.exe",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
"""Where Windows and macOS keep them off the path."""

SECONDS = 120
"""Longest time to print one brief; two seconds are usual, and a first start takes ten."""

_OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
)


def find_browser(programs: Iterable[str] = PROGRAMS, places: Iterable[str] = PLACES) -> str | None:
    """Path of a browser that can print to PDF; None if there is none."""
    on_path = (shutil.which(name) for name in programs)
    elsewhere = (place for place in places if Path(place).is_file())
    return next((path for path in (*on_path, *elsewhere) if path), None)


def print_page(browser: str, html: bytes) -> bytes | None:
    """The page as a tagged PDF; None if the browser does not make one.

    Parameters
    ----------
    browser
        Path of Edge, Chrome or Chromium.
    html
        A whole page in UTF-8, which loads nothing.
    """
    with TemporaryDirectory(prefix="lif-", ignore_cleanup_errors=True) as folder:
        page, target = Path(folder, "brief.html"), Path(folder, "brief.pdf")
        page.write_bytes(html)
        # Browsers refuse to start as root inside their sandbox, as in a container.
        is_root = getattr(os, "geteuid", lambda: 1)() == 0
        options = [*_OPTIONS, *(["--no-sandbox"] if is_root else [])]
        # A profile of its own: with the user's, a browser that is open takes the order and prints
        # nothing.
        places = [f"--user-data-dir={Path(folder, 'profile')}", f"--print-to-pdf={target}"]
        try:
            subprocess.run(
                [browser, *options, *places, page.as_uri()],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS,
                check=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            return target.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            _log.warning("%s printed no page\n%s", browser, traceback_of(error))
            return None
