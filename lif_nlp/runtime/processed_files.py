"""Which files were dealt with, by the hash of their bytes and how they were read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from lif_nlp import about
from lif_nlp.config import Settings
from lif_nlp.ids import file_hash


@dataclass(frozen=True, slots=True)
class ProcessedFiles:
    """Keys under which files are noted: `<hash>-<reading>`, and `-<limits>` where refused.

    `reading` changes when the same bytes would be read otherwise.  A refusal is noted
    with the limits it was made under, so that raising them, as the message advises,
    has the file read again.
    """

    known: Mapping[str, str]
    reading: str
    limits: str

    def holds(self, content_hash: str) -> bool:
        """Whether nothing is to be gained from reading these bytes (again)."""
        return self.key(content_hash) in self.known or self.refused(content_hash) in self.known

    def key(self, content_hash: str) -> str:
        """Key of a file that was read."""
        return f"{content_hash[:32]}-{self.reading}"

    def refused(self, content_hash: str) -> str:
        """Key of a file that was not."""
        return f"{self.key(content_hash)}-{self.limits}"


def processed_files_of(known: Mapping[str, str], settings: Settings) -> ProcessedFiles:
    """The ledger over the store's `known_sources`, for these settings."""
    files = [
        file_hash(path) if path and path.is_file() else ""
        for path in (settings.corrections, settings.audit_mapping)
    ]
    parts = [about.__version__, str(settings.redact), str(settings.framework), *files]
    reading = hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()[:8]
    return ProcessedFiles(known, reading, f"{settings.max_file_mb}-{settings.seconds_per_file}")
