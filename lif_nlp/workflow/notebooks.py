"""The notebooks that ship -> a folder of the user's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lif_nlp.about import NOTEBOOKS, PACKAGE
from lif_nlp.atomic_write import write_atomically
from lif_nlp.errors import LifError

GUIDES = ("METHODS.md", "DATA_PROTECTION.md")
"""Pages that the notebooks refer to."""

SUFFIXES = (".ipynb", ".md", ".png")
"""Files of the notebooks; anything else beside them was left by whoever ran one there."""


@dataclass(frozen=True, slots=True)
class CopiedNotebooks:
    """Files written, files that were there already, and files kept because they differ."""

    written: tuple[Path, ...]
    unchanged: tuple[Path, ...]
    kept: tuple[Path, ...]


def copy_notebooks(folder: Path, *, source: Path = NOTEBOOKS) -> CopiedNotebooks:
    """Copy notebooks, their pictures and the pages they refer to into `folder`.

    A file that is there already and differs is left alone: it may hold someone's work.
    Raises LifError when the notebooks are not part of this installation, or when `folder`
    cannot be written to.
    """
    contents = {
        path.relative_to(source): _content(path)
        for path in sorted(source.rglob("*"))
        # Workspaces that a notebook made, and what Jupyter keeps, are no part of what ships.
        if path.suffix in SUFFIXES and not path.parent.name.startswith((".", "learning"))
    }
    if not contents:
        raise LifError(f"{source}: the notebooks are missing; reinstall lif_nlp")
    contents |= {Path(name): _content(PACKAGE / name) for name in GUIDES}
    written, unchanged, different = [], [], []
    for name, content in contents.items():
        target = folder / name
        try:
            if not target.exists():
                write_atomically(target, content)
                written.append(target)
            elif target.read_bytes() == content:
                unchanged.append(target)
            else:
                # Somebody has worked in it, so it stays.
                different.append(target)
        except OSError as error:
            raise LifError(
                f"{target}: cannot be written ({error.strerror}); name another folder"
            ) from error
    return CopiedNotebooks(tuple(written), tuple(unchanged), tuple(different))


def _content(path: Path) -> bytes:
    """A file's bytes; links of a page lead to its neighbours in the one folder of the copy."""
    content = path.read_bytes()
    if path.suffix == ".md":
        for home in (b"../lif_nlp/", b"../notebooks/"):
            content = content.replace(b"](" + home, b"](")
    return content
