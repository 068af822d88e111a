"""The wheel as `python -m build` makes it, installed away from the clone."""

import os
import shutil
import site
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import lif_nlp

ROOT = Path(lif_nlp.__file__).parent.parent
LEFTOVERS = shutil.ignore_patterns(
    ".*_cache", ".git", ".venv", "__pycache__", "*.egg-info", "build", "dist", "demo", "learning*"
)


class Install:
    """A virtual environment that holds the wheel and none of the clone's files.

    The packages that lif_nlp needs are lent by the environment of the tests: a path file
    adds its folder, but Python does not read the path files in there, so that its editable
    install stays out of sight.
    """

    def __init__(self, folder, wheel):
        self.folder = folder
        self.python = folder / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
        [packages] = folder.glob("lib/python*/site-packages")
        self.packages = packages
        subprocess.run(
            [
                *(sys.executable, "-m", "pip", "--python", self.python, "install", "-q"),
                *("--no-deps", "--no-index", "--no-compile", wheel),
            ],
            check=True,
        )
        lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *site_of_tests()}
        Path(packages, "lent.pth").write_text("\n".join(sorted(lent)) + "\n", encoding="utf-8")

    def run(self, *command, cwd, **environment):
        """Run a command of the environment in `cwd`, without a way back to the clone."""
        clean = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "LIF_ENCODER"}}
        return subprocess.run(
            [self.folder / "bin" / command[0], *map(str, command[1:])],
            cwd=cwd,
            env={**clean, **environment},
            capture_output=True,
            text=True,
            check=False,
        )


def site_of_tests():
    """Folders of packages that the tests run with, such as those of the user."""
    user = site.getusersitepackages()
    return {user} if site.ENABLE_USER_SITE and Path(user).is_dir() else set()


@pytest.fixture(scope="session")
def dist(tmp_path_factory):
    """Folder with the sdist, and the wheel that was built from it."""
    project, out = tmp_path_factory.mktemp("project") / "lif", tmp_path_factory.mktemp("dist")
    shutil.copytree(ROOT, project, ignore=LEFTOVERS)
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", out, project],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="session")
def wheel(dist):
    [path] = dist.glob("*.whl")
    return path


@pytest.fixture(scope="session")
def install(wheel, tmp_path_factory):
    return Install(tmp_path_factory.mktemp("install") / "venv", wheel)
