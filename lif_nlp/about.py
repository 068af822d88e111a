"""Version of the package, and where its data lies; the only module that knows.

Models, gold, sample reports and notebooks stand at the top of the repository, where
people look for them.  The build copies them into the package (`_data/`), so that an
install and a clone find the same files.
"""

from __future__ import annotations

import sys
from pathlib import Path

__version__ = "0.1.0"

PACKAGE = Path(__file__).resolve().parent
"""Folder of the package."""

ROOT = PACKAGE.parent
"""Folder that must be on the path for `import lif_nlp`: the clone, or site-packages."""


def data_folder(*names: str) -> Path:
    """Folder of data that ships with the package, such as `data_folder("corpora", "gold")`.

    The copy inside the package is taken where there is one (a wheel), else the folder at
    the top of the repository (a clone).  The folder may be missing; the caller says what
    that means.
    """
    bundled = PACKAGE.joinpath("_data", *names)
    return bundled if bundled.exists() else ROOT.joinpath(*names)


MODELS = data_folder("models")
"""Trained label models and the static encoder, each with its hashes and card."""

SAMPLE = data_folder("corpora", "sample")
"""Fictional sample reports."""

GOLD = data_folder("corpora", "gold")
"""Sentences and passages marked by people, on invented text and by reference."""

NOTEBOOKS = data_folder("notebooks")
"""Notebooks for learning leads."""


def install_command(package: str, extra: str) -> str:
    """Command that installs what an extra needs into the Python that runs now.

    It names the packages themselves, because lif_nlp is on no index, and has double
    quotes, which cmd.exe understands as well as bash.

    Parameters
    ----------
    package
        Name to install where lif_nlp is used without being installed.
    extra
        Extra of pyproject.toml, such as "slides".
    """
    from importlib.metadata import PackageNotFoundError, requires

    try:
        required = requires("lif_nlp") or []
    except PackageNotFoundError:
        required = []
    end = f'; extra == "{extra}"'
    names = [line.removesuffix(end) for line in required if line.endswith(end)] or [package]
    return " ".join([f'"{sys.executable}" -m pip install', *(f'"{name}"' for name in names)])
