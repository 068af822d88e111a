"""What ships is whole: sdist and wheel hold all that a clone holds and a user needs."""

import hashlib
import json
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT

DATA = ("models", "corpora/sample", "corpora/gold", "notebooks")
MOST_MB = 20


def digests(folder, names):
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


@pytest.fixture(scope="module")
def tracked():
    """Files of the project that git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a clone")
    return [name for name in listed.stdout.splitlines() if Path(ROOT, name).is_file()]


def test_the_sdist_is_the_whole_project(dist, tracked):
    [path] = dist.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        packed = {name.partition("/")[2] for name in archive.getnames()}
    assert set(tracked) - packed - {".gitignore"} == set()


def test_the_wheel_holds_the_data_byte_for_byte(wheel, tracked):
    shipped = [name for name in tracked if name.startswith(DATA)]
    with zipfile.ZipFile(wheel) as archive:
        inside = {
            name.removeprefix("lif_nlp/_data/"): hashlib.sha256(archive.read(name)).hexdigest()
            for name in archive.namelist()
            if name.startswith("lif_nlp/_data/")
        }
    assert inside == digests(ROOT, shipped)


def test_the_wheel_holds_every_file_of_the_package(wheel, tracked):
    package = {name for name in tracked if name.startswith("lif_nlp/")}
    with zipfile.ZipFile(wheel) as archive:
        inside = {n for n in archive.namelist() if not n.startswith("lif_nlp/_data/")}
    assert package - inside == set()
    assert {name.split("/")[0].partition("-")[0] for name in inside} == {"lif_nlp"}


def test_the_wheel_is_small(wheel):
    assert wheel.stat().st_size < MOST_MB * 1_000_000


def test_the_install_uses_its_own_files(install, tmp_path):
    code = (
        "import json, lif_nlp; from lif_nlp import about; "
        "print(json.dumps([lif_nlp.__file__, *map(str, "
        "(about.MODELS, about.SAMPLE, about.GOLD, about.NOTEBOOKS))]))"
    )
    done = install.run("python", "-c", code, cwd=tmp_path)
    for path in map(Path, json.loads(done.stdout)):
        assert path.exists()
        assert path.is_relative_to(install.packages)
        assert not path.is_relative_to(ROOT)
