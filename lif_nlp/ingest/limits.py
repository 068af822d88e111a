"""Bounds for hostile or broken input: members and sizes of archives, seconds of a read."""

from __future__ import annotations

import io
import time
import zipfile

from lif_nlp.errors import UnreadableError

MAX_MEMBERS = 2_000
MAX_UNPACKED = 1 << 30
MAX_RATIO = 200
_SMALL = 1 << 20


def checked_members(content: bytes, source: str) -> list[zipfile.ZipInfo]:
    """Members of an archive that may be unpacked; raises UnreadableError for a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise UnreadableError(source, "the archive is damaged", "fetch it again") from error
    unpacked = sum(info.file_size for info in members)
    if len(members) > MAX_MEMBERS:
        raise UnreadableError(
            source, f"the archive holds {len(members)} files", f"split it below {MAX_MEMBERS}"
        )
    steep = any(
        info.file_size > _SMALL and info.file_size > MAX_RATIO * max(info.compress_size, 1)
        for info in members
    )
    if unpacked > MAX_UNPACKED or steep:
        raise UnreadableError(
            source,
            "the file unpacks to far more than a report holds (a zip bomb?)",
            "do not open it",
        )
    return members


class Deadline:
    """A moment after which reading one source stops."""

    def __init__(self, seconds: float, source: str) -> None:
        self._seconds, self._source = seconds, source
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raise UnreadableError once the time is over."""
        if time.monotonic() > self._end:
            raise UnreadableError(
                self._source,
                f"reading took longer than {self._seconds:g} seconds",
                "raise seconds_per_file in lif.toml if the file is to be trusted",
            )
