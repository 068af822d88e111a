"""Finishes an environment that a bundle was installed into; needs nothing but Python.

It drops what lif_nlp never uses of other packages: tests, sources, the places of telephone numbers
all over the world, and what only a debugger of compiled code reads.  Where torch is left out, it
makes "fast" the profile, for notebooks too.  It changes only the environment it is started with.
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


def choose_profile(packages: Path) -> None:
    """Make "fast" the profile of an environment without torch, unless its user sets another.

    Python runs such a line of a path file whenever it starts, in Jupyter's kernels as well.
    """
    if not (packages / "torch").is_dir():
        # An empty variable counts as unset, as it does for lif_nlp itself.
        line = 'import os; os.environ["LIF_PROFILE"] = os.environ.get("LIF_PROFILE") or "fast"\n'
        (packages / "lif_nlp_profile.pth").write_text(line, encoding="utf-8")


if __name__ == "__main__":
    site = Path(sysconfig.get_path("purelib"))
    trim(site)
    choose_profile(site)
