"""Bounds for hostile or broken input: members and sizes of archives, seconds, memory."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from lif_nlp.errors import UnreadableError

MAX_MEMBERS = 2_000
MAX_UNPACKED = 1 << 30
MAX_RATIO = 200
MAX_GROWTH = 4 << 30
"""By so many bytes the process may grow while one file is read; a report takes a fiftieth."""

_SMALL = 1 << 20
_HEAD_OF_PART = 2_048
_STATM = Path("/proc/self/statm")


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


def checked_office_members(content: bytes, source: str) -> list[zipfile.ZipInfo]:
    """Members of an office file; one that declares XML entities is refused as well.

    No office program writes a document type into its parts: it is there to make a
    parser expand a few bytes into gigabytes, or fetch a file of this machine.
    """
    members = checked_members(content, source)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for info in members:
            if info.filename.endswith((".xml", ".rels")) and not info.flag_bits & 0x1:
                with archive.open(info) as part:
                    if b"<!DOCTYPE" in part.read(_HEAD_OF_PART):
                        raise UnreadableError(
                            source,
                            "its XML declares entities, as only hostile files do",
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


class _Held:
    """How many readings hold the bound now, and what it was before the first of them."""

    lock = Lock()
    count = 0
    before = (0, 0)


@contextmanager
def bounded_memory(growth: int | None = None) -> Iterator[None]:
    """While it holds, the process may grow by `growth` bytes at most (MAX_GROWTH by default).

    What asks for more gets a MemoryError; a parser written in C may end the process,
    which is why the corridor reads in a process of its own.  Linux alone enforces such
    a bound; elsewhere this holds nothing.
    """
    held = _hold(MAX_GROWTH if growth is None else growth)
    try:
        yield
    finally:
        if held:
            _let_go()


def _hold(growth: int) -> bool:
    if not _STATM.exists():
        return False
    import resource

    with _Held.lock:
        if not _Held.count:
            _Held.before = resource.getrlimit(resource.RLIMIT_AS)
            pages = int(_STATM.read_text(encoding="ascii").split()[0])
            bound = pages * resource.getpagesize() + growth
            soft, hard = _Held.before
            tightest = min((limit for limit in (soft, hard) if limit > 0), default=bound)
            resource.setrlimit(resource.RLIMIT_AS, (min(bound, tightest), hard))
        _Held.count += 1
    return True


def _let_go() -> None:
    import resource

    with _Held.lock:
        _Held.count -= 1
        if not _Held.count:
            resource.setrlimit(resource.RLIMIT_AS, _Held.before)
