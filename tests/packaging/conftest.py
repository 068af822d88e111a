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
    *(".*_cache", ".git", ".venv", "__pycache__", "*.egg-info", "build", "dist"),
    *("demo", "learning", "learning-sample"),
)
"""What .gitignore leaves out of the repository."""


class Environment:
    """A virtual environment to install lif_nlp into, away from the clone.

    The packages that lif_nlp needs are lent by the environment of the tests: a path file
    adds its folder, but Python does not read the path files in there, so that its editable
    install stays out of sight.
    """

    def __init__(self, folder):
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
        self.programs = folder / "bin"
        [self.packages] = folder.glob("lib/python*/site-packages")
        lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *site_of_tests()}
        path = self.packages / "lent.pth"
        path.write_text("\n".join(sorted(lent)) + "\n", encoding="utf-8")

    def install(self, *arguments):
        """Install by pip, without the packages that lif_nlp needs and without a network."""
        pip = (sys.executable, "-m", "pip", "--python", self.programs / "python", "install")
        options = ("-q", "--no-deps", "--no-index", "--no-compile", "--ignore-installed")
        done = subprocess.run(
            [*pip, *options, *arguments], env=clean(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    def run(self, *command, cwd, given="", **environment):
        """Run a program of the environment in `cwd`, without a way back to the clone."""
        return subprocess.run(
            [self.programs / command[0], *map(str, command[1:])],
            cwd=cwd,
            env={**clean(), **environment},
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )


def clean():
    """The environment without what would lead to the clone or change settings."""
    dropped = ("PYTHONPATH", "LIF_", "NUMBA_")
    return {key: value for key, value in os.environ.items() if not key.startswith(dropped)}


def site_of_tests():
    """Folders of packages that the tests run with, such as those of the user."""
    user = site.getusersitepackages()
    return {user} if site.ENABLE_USER_SITE and Path(user).is_dir() else set()


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """A copy of the project, so that building leaves nothing in it."""
    folder = tmp_path_factory.mktemp("project") / "lif"
    return shutil.copytree(ROOT, folder, ignore=LEFTOVERS)


@pytest.fixture(scope="session")
def dist(project, tmp_path_factory):
    """Folder with the sdist, and the wheel that was built from it."""
    out = tmp_path_factory.mktemp("dist")
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
    """An environment that holds the wheel and none of the clone's files."""
    environment = Environment(tmp_path_factory.mktemp("install") / "venv")
    environment.install(wheel)
    return environment
