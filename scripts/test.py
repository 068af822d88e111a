"""Sets up what is needed, then runs format, lint, types and tests; arguments go to pytest.

py scripts/test.py         on Windows
python3 scripts/test.py    on Linux and macOS
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile

from set_up import ROOT, VENV, run, set_up

EXTRAS = "notebook,slides,pdf,card,ocr,feeds,cluster,corpus,dev"

DEBIAN_PACKAGES = (
    "chromium", "tesseract-ocr", "poppler-utils", "libreoffice-writer", "libreoffice-impress",
    "libpango-1.0-0", "libpangoft2-1.0-0",
)  # fmt: skip
"""Programs that some tests need; they are skipped without."""

AXE = VENV / "axe" / "node_modules" / "axe-core" / "axe.min.js"
"""Checks pages for everyone's use."""

REPORTS = ROOT.parent / "shared" / "data"
"""Real reports, where they are there to be tested on."""


def main() -> int:
    """Exit code of the step that failed, or 0."""
    python = set_up(EXTRAS)
    need_packages()
    environment = tools()
    # Some containers forbid bytecode; without it each of some hundred processes compiles lif_nlp.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for step in (("format", "--check", "."), ("check", ".")):
        if code := run([python, "-m", "ruff", *step]):
            return code
    # Types are checked while tests run, since tests also wait: for workers, browsers and limits.
    with tempfile.TemporaryFile() as report:
        types = subprocess.Popen(
            [python, "-m", "mypy"], cwd=ROOT, stdout=report, stderr=subprocess.STDOUT
        )
        try:
            # One worker a core of the smallest machine, so each with one thread; a file stays on
            # one worker, which shares its fixtures, and the longest begin first (conftest.py).
            workers = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
            command = [python, "-m", "pytest", *workers, *sys.argv[1:]]
            code = run(command, OMP_NUM_THREADS="1", **environment)
            code = types.wait() or code
        finally:
            types.kill()
        report.seek(0)
        sys.stdout.write(report.read().decode("utf-8", "replace"))
    return code


def tools() -> dict[str, str]:
    """Environment variables that tell the tests what there is to test with."""
    environment = {}
    npm = shutil.which("npm")
    if not AXE.is_file() and npm:
        install = [npm, "install", "--silent", "--no-save", "--prefix", VENV / "axe", "axe-core@4"]
        if run(install):
            print("setup: axe-core could not be installed", file=sys.stderr)
    if AXE.is_file():
        environment["LIF_AXE"] = str(AXE)
    if "LIF_REAL_CORPUS" not in os.environ and (REPORTS / "real").is_dir():
        environment["LIF_REAL_CORPUS"] = str(REPORTS)
    return environment


def need_packages() -> None:
    """Install Debian packages where root and apt are there, else name them."""
    query = shutil.which("dpkg-query")
    if query is None:
        return
    missing = [name for name in DEBIAN_PACKAGES if not _is_installed(query, name)]
    if not missing:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"setup: installing {' '.join(missing)}", flush=True)
        run(["apt-get", "update", "-qq"])
        run(["apt-get", "install", "-y", "-qq", *missing], DEBIAN_FRONTEND="noninteractive")
    else:
        print(
            "setup: these system packages are missing and some tests will be skipped: "
            + " ".join(missing),
            file=sys.stderr,
        )


def _is_installed(query: str, name: str) -> bool:
    asked = [query, "-W", "-f=${Status}", name]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return "ok installed" in done.stdout


if __name__ == "__main__":
    sys.exit(main())
