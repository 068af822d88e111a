"""Files, folders and globs -> the files to read, sorted, each once."""

from __future__ import annotations

import errno
import glob
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import takewhile
from pathlib import Path

from lif_nlp.records import Quarantined

_HIDDEN = (".", "~$", "Thumbs.db", "desktop.ini")
_WORKSPACE = "learning.db"
"""A folder that holds it is a workspace: what lies there was made from reports."""

NO_SOURCE = "a workspace of lif_nlp, whose briefs are no reports; name the folder of the reports"
CIRCLE = "a link that leads to itself; remove it"
OUTSIDE = "a link that leads out of the folder; add the file it points to instead"
ODD_NAME = "its name holds bytes that are not UTF-8; rename it"


def find_sources(sources: Iterable[str | Path]) -> tuple[list[Path], list[Quarantined]]:
    """Files named by `sources`, sorted and each once, and what cannot be taken.

    A folder gives all files below it; hidden files, the lock files of Office and
    workspaces are passed over.  A link that leads out of its folder is not followed
    but listed, since whoever can write into a watched folder could point it anywhere.
    """
    found: dict[str, Path] = {}
    refused: list[Quarantined] = []
    for source in sources:
        paths = _named(source)
        if not paths:
            refused.append(Quarantined(_shown(source), "no such file or folder; check the path"))
        for path in paths:
            for file, reason in _files(path):
                if reason:
                    refused.append(Quarantined(_shown(file), reason))
                else:
                    found.setdefault(os.path.realpath(file), file)
    return sorted(found.values()), refused


def _named(source: str | Path) -> list[Path]:
    """The one path that `source` names, or those that it fits as a glob."""
    path = Path(source)
    if os.path.exists(path):  # noqa: PTH110, the method raises where a folder may not be entered
        return [path]
    if not glob.has_magic(str(source)):
        return []
    top = Path(*takewhile(lambda part: not glob.has_magic(part), path.parts))
    fitting = (Path(name) for name in glob.glob(str(source), recursive=True))  # noqa: PTH207
    return sorted(file for file in fitting if not _in_workspace(file, top))


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    """Each file at or below `path`, with the reason why it is refused, if it is."""
    if not path.is_dir():
        yield path, _fault(path)
        return
    if (path / _WORKSPACE).is_file():
        yield path, NO_SOURCE
        return
    root = path.resolve()
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith(_HIDDEN) for part in file.relative_to(path).parts)
        if hidden or _in_workspace(file, path):
            continue
        if reason := _fault(file, root):
            yield file, reason
        elif file.is_file():
            yield file, ""


def _in_workspace(file: Path, top: Path) -> bool:
    """Whether a folder between `top` and the file is a workspace; `top` itself is not asked."""
    between = file.relative_to(top).parents
    return any(os.path.isfile(top / part / _WORKSPACE) for part in between if part.name)  # noqa: PTH113


def _fault(file: Path, root: Path | None = None) -> str:
    """Why a file is refused before it is opened; `root` is the folder that it may not leave."""
    if _shown(file) != str(file):
        return ODD_NAME
    try:
        if not file.is_symlink():
            return ""
        with suppress(FileNotFoundError):
            file.stat()
    except OSError as error:
        if error.errno == errno.ELOOP:
            return CIRCLE
        return f"it cannot be opened ({error.strerror}); see who may read it"
    return "" if root is None or file.resolve().is_relative_to(root) else OUTSIDE


def _shown(path: str | Path) -> str:
    r"""The path as it can be written anywhere: bytes that are not UTF-8 become `\xe9`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
