"""A clone keeps its bytes on a machine that changes line ends, as Git for Windows does."""

import hashlib
import json
import subprocess

import pytest

from tests.packaging.conftest import ROOT


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clone") / "lif"
    options = ("-q", "--depth", "1", "-c", "core.autocrlf=true")
    done = subprocess.run(
        ["git", "clone", *options, f"file://{ROOT}", folder],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        pytest.skip(f"not a clone: {done.stderr}")
    return folder


def test_models_keep_their_hashes(clone):
    sums = sorted(clone.glob("models/*/SHA256SUMS"))
    assert len(sums) == len(list(clone.glob("models/*/README.md")))
    for path in sums:
        for line in path.read_text(encoding="utf-8").splitlines():
            digest, name = line.split()
            assert hashlib.sha256((path.parent / name).read_bytes()).hexdigest() == digest


def test_sample_reports_keep_their_hashes(clone):
    manifest = json.loads((clone / "corpora" / "manifest.json").read_text(encoding="utf-8"))
    for facts in manifest:
        content = (clone / "corpora" / "sample" / facts["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == facts["sha256"]


def test_scripts_are_still_shell(clone):
    scripts = [*clone.glob("scripts/*.sh"), clone / ".ci" / "run"]
    for path in scripts:
        assert b"\r" not in path.read_bytes()
        subprocess.run(["bash", "-n", path], check=True)


def test_nothing_counts_as_changed(clone):
    done = subprocess.run(
        ["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
