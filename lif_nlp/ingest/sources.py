"""Finds the files to read in files, folders and globs."""

from __future__ import annotations

import errno
import glob
import logging
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import takewhile
from pathlib import Path, PureWindowsPath

from lif_nlp.errors import traceback_of
from lif_nlp.records import Quarantined

_log = logging.getLogger(__name__)

_HIDDEN = (".", "~$", "Thumbs.db", "desktop.ini")
_WORKSPACE = "learning.db"
"""A folder with this file is a workspace: its briefs and exports are made from reports."""

IS_WORKSPACE = (
    "this is a lif_nlp workspace, not a folder of reports; name the folder of the reports"
)
LINK_LOOP = "a link that points to itself; remove it"
LINK_OUTSIDE = "a link that leads out of the folder; add the file it points to instead"
NO_FILE = ("a {}, not a file", "name a file or a folder of reports")
BAD_NAME = "its name contains bytes that are not UTF-8; rename it"


def find_sources(sources: Iterable[str | Path]) -> tuple[list[Path], list[Quarantined]]:
    """Files to read, and what was refused, with the reason.

    Parameters
    ----------
    sources
        Files, folders and glob patterns. A folder includes all files below it; hidden
        files, Office lock files and workspaces in it are ignored.

    Returns
    -------
    tuple
        Files, sorted and without repeats; and sources that were refused. A link that leads
        out of its folder is refused: anyone who can write to a watched folder could point
        it at any file of this machine.
    """
    files: dict[str, Path] = {}
    refusals: list[Quarantined] = []
    for source in sources:
        paths = _expand(source)
        if not paths:
            refusals.append(Quarantined(_printable(source), missing_reason(source)))
        for path in paths:
            for file, reason in _files(path):
                if reason:
                    refusals.append(Quarantined(_printable(file), reason))
                else:
                    # One file may be named twice, by a folder and by a link.
                    files.setdefault(os.path.realpath(file), file)
    return sorted(files.values()), refusals


def locate(source: str | Path, *, mounts: Path = Path("/mnt")) -> Path:
    r"""The path that someone means, with `~` as the home folder.

    Parameters
    ----------
    source
        As typed.  Where Python runs on Linux or macOS, a path with backslashes is looked for
        with slashes, and one with a drive letter below `mounts`.
    mounts
        Folder of Windows' drives; in WSL, `C:\reviews` is `/mnt/c/reviews`.
    """
    path = Path(source)
    with suppress(RuntimeError):
        path = path.expanduser()
    # On Linux a backslash is a letter of a name, so a file of that name goes first.
    if os.sep == "\\" or "\\" not in str(source) or os.path.exists(path):  # noqa: PTH110
        return path
    windows = PureWindowsPath(source)
    drive = windows.drive.rstrip(":").lower()
    other = mounts.joinpath(drive, *windows.parts[1:]) if drive else Path(windows.as_posix())
    return other if os.path.exists(other) or not drive else path  # noqa: PTH110


def missing_reason(source: str | Path) -> str:
    """Why nothing is found at a path, with what is likely to be wrong with it.

    >>> missing_reason("/no/reviews")
    'no such file or folder; check the spelling, and put a path with blanks in quotation marks'
    """
    is_whole = Path(source).is_absolute() or PureWindowsPath(source).drive
    where = "" if is_whole else f" (looked for in {Path.cwd()})"
    if '"' in str(source):
        # cmd.exe reads \" as a quotation mark, so "C:\reviews\" -w learning is one argument.
        advice = "leave out the \\ before the closing quotation mark"
    elif PureWindowsPath(source).drive and os.sep == "/":
        advice = "this is a Windows path, and lif runs on Linux here, where drive C: is /mnt/c"
    else:
        advice = "check the spelling, and put a path with blanks in quotation marks"
    return f"no such file or folder{where}; {advice}"


def is_workspace(source: str | Path) -> bool:
    """Whether a source, as typed, is the folder of a workspace."""
    return os.path.isfile(locate(source) / _WORKSPACE)  # noqa: PTH113


def _expand(source: str | Path) -> list[Path]:
    """The path that `source` names, or those that it matches as a glob."""
    path = locate(source)
    if os.path.exists(path):  # noqa: PTH110, the method raises if a folder may not be entered
        return [path]
    source = str(path)
    if not glob.has_magic(source):
        return []
    top = Path(*takewhile(lambda part: not glob.has_magic(part), path.parts))
    matches = (Path(name) for name in glob.glob(source, recursive=True))  # noqa: PTH207
    return sorted(file for file in matches if not _in_workspace(file, top))


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    """Each file at or below `path`, and why it is refused (empty if it is not)."""
    if not path.is_dir():
        yield path, _fault(path)
        return
    # Else briefs, which quote reports, would come back as reports of their own.
    if (path / _WORKSPACE).is_file():
        yield path, IS_WORKSPACE
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
    """Whether a folder between `top` and the file is a workspace; `top` itself does not count."""
    between = file.relative_to(top).parents
    return any(os.path.isfile(top / part / _WORKSPACE) for part in between if part.name)  # noqa: PTH113


def _fault(file: Path, root: Path | None = None) -> str:
    """Why a file is refused before it is opened; links may not lead out of `root`."""
    if _printable(file) != str(file):
        return BAD_NAME
    special: tuple[str, str] | None = None
    try:
        # A file may go between the listing and this line; opening it will say so.
        with suppress(FileNotFoundError):
            special = special_file(file.stat().st_mode)
        if special:
            return "; ".join(special)
        if not file.is_symlink():
            return ""
    except OSError as error:
        _log.warning("%s: not opened\n%s", file, traceback_of(error))
        if error.errno == errno.ELOOP:
            return LINK_LOOP
        return f"it cannot be opened ({error.strerror}); check who may read it"
    return "" if root is None or file.resolve().is_relative_to(root) else LINK_OUTSIDE


def special_file(mode: int) -> tuple[str, str] | None:
    """Why what is not a file of its own is not read, and what to do; None for a file or folder.

    Parameters
    ----------
    mode
        As in `os.stat_result.st_mode`.

    >>> special_file(stat.S_IFIFO)
    ('a pipe, not a file', 'name a file or a folder of reports')
    """
    kinds = {
        stat.S_IFIFO: "pipe",
        stat.S_IFSOCK: "socket",
        stat.S_IFCHR: "device",
        stat.S_IFBLK: "device",
    }
    kind = kinds.get(stat.S_IFMT(mode))
    return (NO_FILE[0].format(kind), NO_FILE[1]) if kind else None


def _printable(path: str | Path) -> str:
    r"""The path as UTF-8 text: bytes that are not UTF-8 become escapes such as `\xe9`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
