"""Which files have been processed, by the hash of their bytes and how they were read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from lif_nlp import about
from lif_nlp.config import Settings
from lif_nlp.ids import file_hash


@dataclass(frozen=True, slots=True)
class ProcessedFiles:
    """Files that the store knows, under keys `<hash>-<reading>` or `<hash>-<reading>-<limits>`.

    Attributes
    ----------
    known
        The store's `known_sources`: key to status.
    reading
        Changes when the same bytes would be read differently.
    limits
        Limits that a refused file may exceed.  They are part of its key, so that raising
        them, as the message advises, has the file read again.
    """

    known: Mapping[str, str]
    reading: str
    limits: str

    def contains(self, content_hash: str) -> bool:
        """Whether reading these bytes (again) would change nothing."""
        keys = self.key(content_hash), self.refused_key(content_hash)
        return any(key in self.known for key in keys)

    def key(self, content_hash: str) -> str:
        """Key of a file that was read."""
        return f"{content_hash[:32]}-{self.reading}"

    def refused_key(self, content_hash: str) -> str:
        """Key of a file that was quarantined whole."""
        return f"{self.key(content_hash)}-{self.limits}"


def processed_files(known: Mapping[str, str], settings: Settings) -> ProcessedFiles:
    """The processed files of a workspace, for these settings.

    Parameters
    ----------
    known
        The store's `known_sources`.
    settings
        Settings of the run: corrections, column mapping, redaction, framework and limits.
    """
    rule_files = (settings.corrections, settings.audit_mapping)
    hashes = [file_hash(path) if path and path.is_file() else "" for path in rule_files]
    # A new version may read files better, so everything is read again after an update.
    withheld = f"True {settings.own_names}" if settings.redact else "False"
    parts = [about.__version__, withheld, str(settings.framework), *hashes]
    reading = hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()[:8]
    return ProcessedFiles(known, reading, f"{settings.max_file_mb}-{settings.seconds_per_file}")
