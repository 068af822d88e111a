"""Limits that protect against hostile or broken files: archives, time and memory."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from lif_nlp.errors import UnreadableError

# All chosen by judgement (November 2026), far above what a report or a year's reports in one
# archive need. Lower them and real files are refused; raise them and one bad file can stop a
# whole run.
MAX_MEMBERS = 2_000
"""Files in one archive."""

MAX_UNPACKED_BYTES = 1 << 30
"""Bytes (1 GB) that all files of an archive may unpack to."""

MAX_COMPRESSION_RATIO = 200
"""Unpacked size over packed size of one file. Text compresses 3 to 10 times; deflate allows
about 1,030, which is what zip bombs reach."""

MIN_BOMB_BYTES = 1 << 20
"""The ratio counts only above this size (1 MB): small repetitive parts compress as well."""

MAX_MEMORY_GROWTH = 4 << 30
"""Bytes (4 GB) by which the process may grow while one file is read; a report takes a fiftieth."""

_XML_PROLOG_BYTES = 2_048
"""Start of an XML part that is searched for a document type; it must precede the root element."""

_STATM = Path("/proc/self/statm")


def safe_members(content: bytes, source: str) -> list[zipfile.ZipInfo]:
    """Members of an archive, folders excluded.

    Raises UnreadableError for a damaged archive, or one that would unpack to too much.
    Nothing is unpacked here: the sizes come from the archive's index.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise UnreadableError(source, "the archive is damaged", "download it again") from error
    if len(members) > MAX_MEMBERS:
        raise UnreadableError(
            source,
            f"the archive holds {len(members)} files, more than {MAX_MEMBERS}",
            "split it into smaller ones",
        )
    unpacked_bytes = sum(info.file_size for info in members)
    suspicious = any(
        info.file_size > MIN_BOMB_BYTES
        and info.file_size > MAX_COMPRESSION_RATIO * max(info.compress_size, 1)
        for info in members
    )
    if unpacked_bytes > MAX_UNPACKED_BYTES or suspicious:
        raise UnreadableError(
            source,
            "the file unpacks to far more than a report holds (possibly a zip bomb)",
            "do not open it",
        )
    return members


def safe_office_members(content: bytes, source: str) -> list[zipfile.ZipInfo]:
    """Members of an office file; one whose XML declares a document type is refused as well.

    No office program writes a document type into its parts. It is there to make a parser
    expand a few bytes into gigabytes, or to load a file from this machine (XXE, CWE-611).
    """
    members = safe_members(content, source)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for info in members:
            is_encrypted = info.flag_bits & 0x1
            if info.filename.endswith((".xml", ".rels")) and not is_encrypted:
                with archive.open(info) as part:
                    if b"<!DOCTYPE" in part.read(_XML_PROLOG_BYTES):
                        raise UnreadableError(
                            source,
                            "its XML declares entities, which only hostile files do",
                            "do not open it",
                        )
    return members


class Deadline:
    """The time by which one source must have been read."""

    def __init__(self, seconds: float, source: str) -> None:
        self._seconds, self._source = seconds, source
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raise UnreadableError once the deadline has passed."""
        if time.monotonic() > self._end:
            raise UnreadableError(
                self._source,
                f"reading took longer than {self._seconds:g} seconds",
                "raise seconds_per_file in lif.toml if you trust the file",
            )


class _ActiveLimit:
    """How many readings are under the limit, and the limit before the first of them."""

    lock = Lock()
    count = 0
    previous = (0, 0)


@contextmanager
def limit_memory(growth: int | None = None) -> Iterator[None]:
    """Limit the growth of the process, in bytes, within the block.

    A request for more raises MemoryError; a parser written in C may end the process
    instead, which is why files are read in a process of their own. Only Linux enforces
    such a limit; elsewhere this does nothing.

    Parameters
    ----------
    growth
        Bytes; `MAX_MEMORY_GROWTH` by default.
    """
    active = _set_limit(MAX_MEMORY_GROWTH if growth is None else growth)
    try:
        yield
    finally:
        if active:
            _restore_limit()


def _set_limit(growth: int) -> bool:
    if not _STATM.exists():
        return False
    import resource

    with _ActiveLimit.lock:
        if not _ActiveLimit.count:
            _ActiveLimit.previous = resource.getrlimit(resource.RLIMIT_AS)
            pages = int(_STATM.read_text(encoding="ascii").split()[0])
            limit = pages * resource.getpagesize() + growth
            soft, hard = _ActiveLimit.previous
            # A stricter limit that is already set stays; -1 means there is none.
            strictest = min((value for value in (soft, hard) if value > 0), default=limit)
            resource.setrlimit(resource.RLIMIT_AS, (min(limit, strictest), hard))
        _ActiveLimit.count += 1
    return True


def _restore_limit() -> None:
    import resource

    with _ActiveLimit.lock:
        _ActiveLimit.count -= 1
        if not _ActiveLimit.count:
            resource.setrlimit(resource.RLIMIT_AS, _ActiveLimit.previous)
