"""Version of the package, and where its data lies; the only module that knows.

Models, gold, sample reports and notebooks stand at the top of the repository, where
people look for them.  The build copies them into the package (`_data/`), so that an
install and a clone find the same files.
"""

from __future__ import annotations

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
