"""Tiny invented reports, and a workspace that needs no language model."""

import importlib
import os
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from lif_nlp import load_sample, plugins

# The default gives each example 200 ms, which a busy machine breaks without any fault
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# UMAP takes ten seconds to compile, and a third of a second as Python on a few short texts
os.environ.setdefault("NUMBA_DISABLE_JIT", "1")

LONGEST = (
    "packaging/test_wheel.py", "notebooks/test_notebooks.py", "batch/test_cluster.py",
    "batch/test_jobs.py", "briefs/test_quotecheck.py", "batch/test_faults.py",
    "workflow/test_decisions.py", "briefs/test_browser.py", "workflow/test_watch.py",
    "cli/test_commands.py", "workflow/test_stages.py", "batch/test_safety.py",
    "briefs/test_golden.py", "api/test_estimators.py", "embed/test_minilm.py",
)  # fmt: skip
"""Test files that take longest, by CPU time measured in November 2026.

They go first, so that no worker is left at the end with a long file while the other waits.
"""


def pytest_collection_modifyitems(items):
    """Put the tests of the longest files first; a file's own order stays."""
    rank = {Path(__file__).parent / name: at for at, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path, len(rank)))


REVIEW = """# Local child safeguarding practice review: Child K

Published 14 March 2021

Harrowmere Safeguarding Children Partnership

## Good practice

1.1 The health visitor shared her worries about neglect with the school and the GP on the same day.

1.2 The social worker asked Child K what life was like at home and wrote his words in the plan.

## Findings

2.1 Information about home conditions was not shared between the hospital and children's social care
because the two recording systems could not exchange notes.

2.2 The police failed to tell the school about the domestic abuse incident on the Friday night.

2.3 A strategy meeting should have been held when the second bruise was seen.

## Recommendations

3.1 The Partnership should ensure that every police notification reaches the school before
registration by September 2021.
"""

AUDIT = """Child,Agency,Strength,Area for development,Grade
1,School,Daily life of the child is described in her own words.,,Good
2,Health,,The chronology was not used in supervision because of workload.,Requires improvement
3,Police,,,N/A
"""


@pytest.fixture
def reports(tmp_path):
    """A folder with one review (Markdown), one audit sheet (CSV) and one false PDF."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "review.md").write_text(REVIEW, encoding="utf-8")
    (folder / "audit.csv").write_text(AUDIT, encoding="utf-8")
    (folder / "false.pdf").write_bytes(b"<html><body>Report not found</body></html>")
    return folder


@pytest.fixture(scope="session")
def mined_sample(tmp_path_factory):
    """Folder of a workspace of the sample reports, mined with the profile "fast": copy it.

    It is made once a run, by the first of pytest's workers that asks for it.
    """
    place = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent
    folder = place / "mined-sample"
    with FileLock(place / "mined-sample.lock"):
        if not folder.exists():
            # one job: this process has loaded what a worker would have to load again
            load_sample(place / "unfinished", profile="fast", jobs=1).close()
            (place / "unfinished").rename(folder)
    return folder


@pytest.fixture
def real():
    """The folder of real reports; the test is skipped when it is not there."""
    named = os.environ.get("LIF_REAL_CORPUS", "")
    if not named or not Path(named, "real").is_dir():
        pytest.skip("needs the real reports: set LIF_REAL_CORPUS to their folder")
    return Path(named, "real")


@pytest.fixture
def script(monkeypatch):
    """A function that gives a script by its name, as a module that finds its neighbours."""
    monkeypatch.syspath_prepend(Path(__file__).parent.parent / "scripts")
    return importlib.import_module


def forget_plugins():
    plugins.load_plugins.cache_clear()
    plugins._offers_in.cache_clear()


@pytest.fixture
def install_package(tmp_path, monkeypatch):
    """A function that installs a package with entry points for the length of one test.

    `install_package(name, {entry point: "module:object"}, group, code)` writes the module
    `name` and its `.dist-info` into a folder on `sys.path`, as pip would.
    """
    folder = tmp_path / "site-packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    packages = []

    def install(name, offers, group, code):
        packages.append(name)
        (folder / f"{name}.py").write_text(code, encoding="utf-8")
        info = folder / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        lines = [f"{offer} = {value}" for offer, value in offers.items()]
        (info / "entry_points.txt").write_text("\n".join([f"[{group}]", *lines, ""]))
        importlib.invalidate_caches()
        forget_plugins()

    yield install
    forget_plugins()
    for name in packages:
        sys.modules.pop(name, None)
