"""Files, folders and globs -> the files to read, sorted, each once."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path

from lif_nlp.records import Quarantined

_HIDDEN = (".", "~$", "Thumbs.db", "desktop.ini")


def find_sources(sources: Iterable[str | Path]) -> tuple[list[Path], list[Quarantined]]:
    """Files named by `sources`, sorted and each once, and what could not be found.

    A folder gives all files below it; hidden files and the lock files of Office
    are passed over.  A link that leads out of its folder is not followed but
    listed, since whoever can write into a watched folder could point it anywhere.
    """
    found: dict[Path, Path] = {}
    missing: list[Quarantined] = []
    for source in sources:
        paths = [Path(source)]
        if not paths[0].exists() and glob.has_magic(str(source)):
            paths = [Path(name) for name in sorted(glob.glob(str(source), recursive=True))]  # noqa: PTH207
        if not paths or not paths[0].exists():
            missing.append(Quarantined(str(source), "no such file or folder; check the path"))
            continue
        for path in paths:
            for file, reason in _files(path):
                if reason:
                    missing.append(Quarantined(str(file), reason))
                else:
                    found.setdefault(file.resolve(), file)
    return sorted(found.values()), missing


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    if not path.is_dir():
        yield path, ""
        return
    root = path.resolve()
    for file in sorted(path.rglob("*")):
        if any(part.startswith(_HIDDEN) for part in file.relative_to(path).parts):
            continue
        if file.is_symlink() and not file.resolve().is_relative_to(root):
            yield file, "a link that leads out of the folder; add the file it points to instead"
        elif file.is_file():
            yield file, ""
