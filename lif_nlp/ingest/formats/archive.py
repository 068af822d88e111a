"""ZIP -> its members, bounded; a member that is an archive again is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lif_nlp.errors import UnreadableError
from lif_nlp.ingest.limits import checked_members

_SKIPPED = ("__MACOSX/", ".DS_Store", "Thumbs.db")


def members_of_zip(content: bytes, source: str, *, largest: int) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each member, by name; `largest` is the most bytes one may have.

    Raises UnreadableError for a damaged archive or a zip bomb, before anything is
    unpacked, and for a member that asks for a password.
    """
    members = checked_members(content, source)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for info in sorted(members, key=lambda item: item.filename):
            if info.filename.startswith(_SKIPPED[0]) or info.filename.endswith(_SKIPPED[1:]):
                continue
            yield info.filename, _unpacked(archive, info, source, largest)


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: str, largest: int) -> bytes:
    if info.flag_bits & 0x1:
        raise UnreadableError(
            source, "the archive asks for a password", "unpack it and add the folder"
        )
    with archive.open(info) as stream:
        # The index may lie about the size, so no more than the bound is unpacked.
        return stream.read(largest + 1)
