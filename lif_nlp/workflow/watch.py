"""Runs the main job on newly published reports, and writes a digest of what is new."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lif_nlp.errors import LifError, traceback_of
from lif_nlp.ids import file_hash
from lif_nlp.records import Quarantined
from lif_nlp.runtime.locks import watcher_lock
from lif_nlp.runtime.log import log_to_workspace
from lif_nlp.runtime.manifest import record_run
from lif_nlp.runtime.processed_files import processed_files
from lif_nlp.runtime.session import Session
from lif_nlp.workflow.digest import Digest, make_digest, theme_counts, write_digest
from lif_nlp.workflow.mine import mine

_log = logging.getLogger(__name__)

_UNREPORTED = "watch.open"
"""Key under which the store keeps `_Unreported` from the start of a round to its digest."""

_DAY_SECONDS = 86_400.0
"""A day.  A file dated further ahead was stamped by a wrong clock, and is not waited for."""


@dataclass(frozen=True, slots=True)
class WatchRound:
    """What one round did.

    Attributes
    ----------
    digest
        What is new; None when nothing is.
    fault
        Why the round failed, or "".  The next round tries again.
    fetched
        Number of files downloaded.
    not_fetched, not_taken
        Addresses and files that were left out, with reasons.
    """

    digest: Digest | None = None
    fault: str = ""
    fetched: int = 0
    not_fetched: tuple[str, ...] = ()
    not_taken: tuple[str, ...] = ()


FileHashes = dict[Path, tuple[int, int, str]]
"""Size, time of the last change (ns) and hash of each file hashed in an earlier round."""


@dataclass(frozen=True, slots=True)
class _Unreported:
    """Runs of which no digest has been written yet, and the theme counts before the first.

    It is stored before the work begins, so that the next round can report a round that was
    interrupted.
    """

    counts: dict[str, int]
    runs: tuple[str, ...] = ()

    @staticmethod
    def load(session: Session) -> _Unreported | None:
        note = session.store.note(_UNREPORTED)
        if not note:
            return None
        counts, runs = json.loads(note)
        return _Unreported(counts, tuple(runs))

    def save(self, session: Session) -> None:
        session.store.set_note(_UNREPORTED, json.dumps([self.counts, self.runs]))

    @staticmethod
    def clear(session: Session) -> None:
        session.store.set_note(_UNREPORTED, "")


def watch(
    session: Session,
    folder: Path,
    *,
    every_seconds: float = 300,
    rounds: int | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[WatchRound]:
    """The rounds, one after the other.

    A file is taken only when it has settled (no change for `settings.settle_seconds`), and
    each file is processed once.  A round that fails (the workspace is in use, the disk is
    full) is yielded with its fault, and the next round tries again.

    Parameters
    ----------
    session
        The open workspace.
    folder
        Folder in which reports arrive.
    every_seconds
        Pause between rounds.
    rounds
        Number of rounds; None for no end.
    sleep
        Waits; tests pass their own.

    Raises
    ------
    StoreError
        When another process watches for this workspace.
    """
    hashes: FileHashes = {}
    with watcher_lock(session.store.folder), log_to_workspace(session.store.folder):
        count = 0
        while rounds is None or count < rounds:
            if count:
                sleep(every_seconds)
            try:
                yield watch_once(session, folder, hashes=hashes)
            except (LifError, OSError) as error:
                _log.error("round failed\n%s", traceback_of(error))
                yield WatchRound(fault=str(error))
            count += 1


def watch_once(session: Session, folder: Path, *, hashes: FileHashes | None = None) -> WatchRound:
    """One round: fetch new reports (if that is on), mine what has settled, write a digest.

    If an earlier round was interrupted, the digest covers it too.

    Parameters
    ----------
    session
        The open workspace.
    folder
        Folder in which reports arrive.
    hashes
        Hashes from earlier rounds, updated here, so that only changed files are hashed.
    """
    from lif_nlp.ingest import find_sources

    if not folder.is_dir():
        raise LifError(f"{folder}: no such folder; create it, or check that its drive is connected")
    fetched, not_fetched = _fetch(session, folder)
    paths, refused = find_sources([folder])
    new, unopened = _new_files(session, paths, fetched, {} if hashes is None else hashes)
    refused += unopened
    reasons = tuple(f"{item.source}: {item.reason}" for item in refused)
    nothing_new = WatchRound(fetched=len(fetched), not_fetched=not_fetched, not_taken=reasons)
    unreported = _Unreported.load(session)
    if not new and not unreported:
        return nothing_new
    unreported = unreported or _Unreported(theme_counts(session))
    with record_run(session, "watch") as run:
        unreported = replace(unreported, runs=(*unreported.runs, run.run_id))
        unreported.save(session)
        # After `save`: if it is interrupted, the next round knows that this one has no digest.
        result = mine(session, new, run)
        quarantined = [*refused, *result.added.quarantined]
        digest = make_digest(
            session, unreported.runs, unreported.counts, result.briefs, quarantined
        )
        write_digest(session.store.folder / "digests", digest, session.settings.branding)
        _Unreported.clear(session)
    return replace(nothing_new, digest=digest)


def settled(paths: list[Path], seconds: float) -> list[Path]:
    """Files that have not changed for `seconds`, so that no half-copied file is read.

    A file dated more than a day in the future was stamped by a wrong clock and is taken.
    """
    now = time.time()
    result = []
    for path in paths:
        try:
            age = now - path.stat().st_mtime
        except OSError as error:
            # Removed meanwhile; or closed to this user, which opening it will report.
            _log.debug("%s: no time of change\n%s", path, traceback_of(error))
            continue
        if age >= seconds or age < -_DAY_SECONDS:
            result.append(path)
    return result


def _new_files(
    session: Session, paths: list[Path], complete: Collection[Path], hashes: FileHashes
) -> tuple[list[Path], list[Quarantined]]:
    """Settled files whose bytes are new, and files that cannot be opened, with the reason.

    Bytes that any version has read are not new; bytes that were refused are, if a limit has
    been raised since.  Files in `complete` need not settle.
    """
    sources = session.store.known_sources()
    processed = processed_files(sources, session.settings)
    read_hashes = {key.split("-")[0] for key, status in sources.items() if status != "quarantined"}
    ready = {*settled(paths, session.settings.settle_seconds), *complete}
    new, unopened = [], []
    for path in paths:
        try:
            content_hash = _hash(path, hashes) if path in ready else ""
        except FileNotFoundError:
            _log.info("%s: removed before it was read", path)
            continue
        except OSError as error:
            _log.warning("%s: cannot be opened\n%s", path, traceback_of(error))
            reason = f"the file cannot be opened ({error.strerror}); check who may read it"
            unopened.append(Quarantined(str(path), reason))
            continue
        if (
            content_hash
            and content_hash[:32] not in read_hashes
            and not processed.contains(content_hash)
        ):
            new.append(path)
    return new, unopened


def _hash(path: Path, hashes: FileHashes) -> str:
    """The hash of the file's bytes, or "" if the file changed while it was hashed."""
    before = path.stat()
    # A folder of hundreds of reports is looked through every few minutes.
    if path in hashes and hashes[path][:2] == (before.st_size, before.st_mtime_ns):
        return hashes[path][2]
    content_hash = file_hash(path)
    after = path.stat()
    # Still being copied; the next round looks again.
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return ""
    hashes[path] = (after.st_size, after.st_mtime_ns, content_hash)
    return content_hash


def _fetch(session: Session, folder: Path) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """The files that were fetched, and what was not, with reasons; none if fetching is off."""
    options = session.settings.fetch
    if not (options.on and options.pages):
        return (), ()
    from lif_nlp.fetch import fetch_pages

    try:
        result = fetch_pages(options, folder)
    except OSError as error:
        # What is in the folder already is mined all the same.
        _log.error("fetching stopped\n%s", traceback_of(error))
        return (), (f"fetching stopped: {error}",)
    return result.files, tuple(f"{item.address}: {item.reason}" for item in result.skipped)
