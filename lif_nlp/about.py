"""The package's version, where its data is, and how to install what is missing.

Models, gold, sample reports and notebooks are kept at the top of the repository, where
people look for them.  The build copies them into the package (`_data/`, see setup.py), so
that an install and a clone use the same files.  No other module works out their paths.
"""

from __future__ import annotations

import sys
from pathlib import Path

__version__ = "0.2.0"

PACKAGE = Path(__file__).resolve().parent
"""The package's own folder."""

ROOT = PACKAGE.parent
"""The folder to have on the path for `import lif_nlp`: the clone, or site-packages."""


def data_folder(*names: str) -> Path:
    """Folder of data that ships with the package, such as `data_folder("corpora", "gold")`.

    In an install that is the copy inside the package, in a clone the folder at the top of
    the repository.  It may be missing: the caller decides what that means.
    """
    in_package = PACKAGE.joinpath("_data", *names)
    return in_package if in_package.exists() else ROOT.joinpath(*names)


MODELS = data_folder("models")
"""The trained label models and the static encoder, each with its hashes and card."""

SAMPLE = data_folder("corpora", "sample")
"""Fictional sample reports."""

FOLLOW_UP = data_folder("corpora", "follow_up")
"""Folder of the fictional follow-up to two of the sample reports."""

GOLD = data_folder("corpora", "gold")
"""Sentences and passages labelled by people."""

NOTEBOOKS = data_folder("notebooks")
"""Notebooks for learning leads."""


def install_command(package: str, extra: str) -> str:
    """Command that installs what an extra needs into the Python now running.

    It names the packages themselves, because lif_nlp is not on a package index, and uses
    double quotes, which cmd.exe understands as well as bash.

    Parameters
    ----------
    package
        What to install where lif_nlp is used from a clone that is not installed.
    extra
        Extra of pyproject.toml, such as "slides".
    """
    from importlib.metadata import PackageNotFoundError, requires

    try:
        requirements = requires("lif_nlp") or []
    except PackageNotFoundError:
        requirements = []
    end = f'; extra == "{extra}"'
    # A clone that is only on the path has no metadata; the package alone is then better than none.
    names = [line.removesuffix(end) for line in requirements if line.endswith(end)] or [package]
    return " ".join([f'"{sys.executable}" -m pip install', *(f'"{name}"' for name in names)])
