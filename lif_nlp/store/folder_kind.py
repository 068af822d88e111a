"""Whether a folder lies on this machine's disk, on a network drive, or in a synchronised folder.

SQLite's write-ahead log needs memory that all processes of one machine share, which a network
drive does not offer, and a synchronising program uploads the log apart from its database.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path, PurePath, PureWindowsPath
from typing import Literal

FolderKind = Literal["local", "network", "synchronised"]

_SYNCHRONISED = re.compile(
    r"^(?:onedrive\b.*|dropbox\b.*|google ?drive\b.*|my drive|icloud ?drive\b.*|mobile documents"
    r"|nextcloud\b.*|owncloud\b.*|box sync|box|sharepoint\b.*|creative cloud files)$",
    re.IGNORECASE,
)
"""Names of folders that synchronising programs make, such as "OneDrive - Harrowmere Council"."""

_NETWORK_TYPES = re.compile(
    r"^(?:nfs\d?|cifs|smb\w*|afpfs|webdav|davfs\d?|9p|drvfs|ncpfs|fuse\.(?:sshfs|rclone|davfs\d?))$"
)
"""File systems without shared memory between processes; 9p and drvfs are WSL's Windows drives."""

_REMOTE_DRIVE = 4
"""What Windows' GetDriveTypeW answers for a network drive."""

_MOUNTS = Path("/proc/mounts")


def folder_kind(folder: Path, *, mounts: Path = _MOUNTS) -> FolderKind:
    """What kind of place a folder is; "local" where it cannot be known.

    Parameters
    ----------
    folder
        The folder, which need not exist.
    mounts
        List of the mounted file systems, on Linux.
    """
    whole = folder.absolute()
    if is_network_path(PureWindowsPath(whole) if sys.platform == "win32" else whole, mounts=mounts):
        return "network"
    return "synchronised" if is_synchronised(whole) else "local"


def is_synchronised(folder: PurePath) -> bool:
    """Whether a part of the path is named as a synchronising program names its folder.

    >>> is_synchronised(PureWindowsPath("C:/Users/ab/OneDrive - Vale Council/Documents"))
    True
    >>> is_synchronised(PureWindowsPath("C:/Users/ab/one drive notes"))
    False
    """
    return any(_SYNCHRONISED.match(part) for part in folder.parts)


def is_network_path(folder: PurePath, *, mounts: Path = _MOUNTS) -> bool:
    r"""Whether a path is a share, lies on a network drive, or below a network mount.

    >>> is_network_path(PureWindowsPath(r"\\server\safeguarding\learning"))
    True
    """
    if isinstance(folder, PureWindowsPath):
        drive = folder.drive
        return drive.startswith("\\\\") or _drive_type(drive) == _REMOTE_DRIVE
    return bool(_NETWORK_TYPES.match(_file_system(folder, mounts)))


def _drive_type(drive: str) -> int:
    """Windows' number for the type of a drive such as "H:"; 0 elsewhere."""
    import ctypes

    windows = getattr(ctypes, "windll", None)
    return int(windows.kernel32.GetDriveTypeW(f"{drive}\\")) if windows else 0


def _file_system(folder: PurePath, mounts: Path) -> str:
    """Type of the file system that holds a folder, from the list of mounts; "" if unknown."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        # macOS has no such list
        return ""
    # device, mount point, type, options; blanks of a path are written as \040
    entries = [line.split() for line in lines if len(line.split()) > 2]
    around = [
        (point, kind)
        for _, point, kind, *_ in ((e[0], e[1].replace("\\040", " "), *e[2:]) for e in entries)
        # Part by part: by letters alone, /mnt/share would hold /mnt/shared.
        if os.path.commonpath([point, str(folder)]) == point
    ]
    # The innermost mount decides: a network drive is often mounted inside a local disk.
    return max(around, key=lambda entry: len(entry[0]), default=("", ""))[1]
