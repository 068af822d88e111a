"""Drops from this Python's packages what lif_nlp never uses; a bundle runs it once installed.

Tests and sources of other packages, the places of telephone numbers all over the world, and what
only a debugger of compiled code reads.  It needs nothing but Python, and changes only the
environment that it is started with.
"""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
from pathlib import Path

FOLDERS = (
    "joblib/test", "matplotlib/tests", "pandas/tests", "phonenumbers/carrierdata",
    "phonenumbers/geodata", "scipy/**/tests", "sklearn/**/tests", "spacy/tests", "thinc/tests",
)  # fmt: skip
"""What goes, below site-packages.  numpy keeps its tests, since `numpy.testing` imports them."""

SOURCES = ("*.c", "*.cpp", "*.pyx")
"""Files that were compiled already."""

WITH_DEBUG_INFORMATION = ("blis", "spacy", "thinc")
"""Packages whose wheels for Linux are released with it: 127 MB in November 2026.  Others are left
alone, because stripping a library that was patched after it was linked can break it."""


def trim(packages: Path) -> None:
    """Drop what is unused from a folder of packages.

    What cannot be deleted, such as a file that a virus scanner holds, stays: it only costs room.

    Parameters
    ----------
    packages
        The site-packages of an environment that is used for lif_nlp alone.
    """
    for folder in [found for pattern in FOLDERS for found in packages.glob(pattern)]:
        shutil.rmtree(folder, ignore_errors=True)
    for source in [found for pattern in SOURCES for found in packages.rglob(pattern)]:
        try:
            source.unlink()
        except OSError:
            continue
    strip = shutil.which("strip")
    compiled = [so for name in WITH_DEBUG_INFORMATION for so in packages.glob(f"{name}/**/*.so")]
    if strip and compiled:
        subprocess.run([strip, "--strip-debug", *compiled], check=False, capture_output=True)


if __name__ == "__main__":
    trim(Path(sysconfig.get_path("purelib")))
