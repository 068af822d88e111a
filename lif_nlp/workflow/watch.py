"""Newly published reports -> the main job, and a digest of what is new."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from lif_nlp.errors import LifError
from lif_nlp.ids import file_hash
from lif_nlp.records import Quarantined
from lif_nlp.runtime.locks import watcher_lock
from lif_nlp.runtime.manifest import record_run
from lif_nlp.runtime.processed_files import processed_files_of
from lif_nlp.runtime.session import Session
from lif_nlp.workflow.digest import Digest, make_digest, theme_counts, write_digest
from lif_nlp.workflow.mine import mine

_OPEN = "watch.open"
_A_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Round:
    """What one round came to: a digest, nothing new (None), or a fault that can pass.

    `not_fetched` and `not_taken` name addresses and files that were left, with reasons.
    """

    digest: Digest | None = None
    fault: str = ""
    fetched: int = 0
    not_fetched: tuple[str, ...] = ()
    not_taken: tuple[str, ...] = ()


Hashes = dict[Path, tuple[int, int, str]]
"""Size, time of the last change (ns) and hash of files that were looked at before."""


def watch(
    session: Session,
    folder: Path,
    *,
    every_seconds: float = 300,
    rounds: int | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Round]:
    """One Round after the other; `rounds` None goes on for ever.

    A file is taken only once it has settled (`settings.settle_seconds` without a
    change), and each is processed once.  A round that fails (the workspace is in use,
    the disk is full) is told and tried again.  Raises StoreError where another
    process watches for this workspace.
    """
    seen: Hashes = {}
    with watcher_lock(session.store.folder):
        done = 0
        while rounds is None or done < rounds:
            if done:
                sleep(every_seconds)
            try:
                yield watch_once(session, folder, seen=seen)
            except (LifError, OSError) as error:
                yield Round(fault=str(error))
            done += 1


def watch_once(session: Session, folder: Path, *, seen: Hashes | None = None) -> Round:
    """One round: fetch what is listed (if that is on), mine what has settled, tell of it.

    A round that was cut short is told of by the next one.  `seen` is what an earlier
    round looked at, so that a file is hashed anew only where it changed; it is kept up
    to date.
    """
    from lif_nlp.ingest import find_sources

    if not folder.is_dir():
        raise LifError(f"{folder}: no such folder; make it, or see why its drive is gone")
    fetched, not_fetched = _fetch(session, folder)
    paths, refused = find_sources([folder])
    fresh, unread = _fresh(session, paths, fetched, {} if seen is None else seen)
    refused += unread
    left = tuple(f"{item.source}: {item.reason}" for item in refused)
    nothing_new = Round(fetched=len(fetched), not_fetched=not_fetched, not_taken=left)
    told = session.store.note(_OPEN)
    if not fresh and not told:
        return nothing_new
    before, runs = json.loads(told) if told else (theme_counts(session), [])
    with record_run(session, "watch") as run:
        # noted before the work, so that a round cut short leaves its news to the next
        runs = [*runs, run.run_id]
        session.store.set_note(_OPEN, json.dumps([before, runs]))
        mined = mine(session, fresh, run)
        digest = make_digest(session, runs, before, mined, [*refused, *mined.added.quarantined])
        write_digest(session.store.folder / "digests", digest, session.settings.branding)
        session.store.set_note(_OPEN, "")
    return replace(nothing_new, digest=digest)


def settled(paths: list[Path], seconds: float) -> list[Path]:
    """Files that have not changed for `seconds`, so that half a copy is never read.

    A file whose time lies a day ahead was stamped by a wrong clock and is taken.
    """
    now = time.time()
    found = []
    for path in paths:
        # gone meanwhile, or told when it is opened
        with suppress(OSError):
            age = now - path.stat().st_mtime
            if age >= seconds or age < -_A_DAY:
                found.append(path)
    return found


def _fresh(
    session: Session, paths: list[Path], whole: Collection[Path], seen: Hashes
) -> tuple[list[Path], list[Quarantined]]:
    """Settled files whose bytes were not dealt with, under these limits, by any version.

    Those in `whole` need not settle.  Beside them what cannot be opened, with the reason.
    """
    known = session.store.known_sources()
    processed = processed_files_of(known, session.settings)
    read = {key.split("-")[0] for key, status in known.items() if status != "quarantined"}
    ready = {*settled(paths, session.settings.settle_seconds), *whole}
    fresh, unread = [], []
    for path in paths:
        try:
            content_hash = _hash(path, seen) if path in ready else ""
        except FileNotFoundError:
            continue
        except OSError as error:
            reason = f"the file cannot be opened ({error.strerror}); see who may read it"
            unread.append(Quarantined(str(path), reason))
            continue
        if content_hash and content_hash[:32] not in read and not processed.holds(content_hash):
            fresh.append(path)
    return fresh, unread


def _hash(path: Path, seen: Hashes) -> str:
    """The hash of the file's bytes, "" for one that changed meanwhile."""
    before = path.stat()
    if path in seen and seen[path][:2] == (before.st_size, before.st_mtime_ns):
        return seen[path][2]
    content_hash = file_hash(path)
    now = path.stat()
    if (before.st_size, before.st_mtime_ns) != (now.st_size, now.st_mtime_ns):
        return ""
    seen[path] = (now.st_size, now.st_mtime_ns, content_hash)
    return content_hash


def _fetch(session: Session, folder: Path) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """The files that were fetched, and what was not; nothing where fetching is off."""
    wanted = session.settings.fetch
    if not (wanted.on and wanted.pages):
        return (), ()
    from lif_nlp.fetch import fetch_pages

    try:
        result = fetch_pages(wanted, folder)
    except OSError as error:
        # what lies in the folder already is mined all the same
        return (), (f"fetching stopped: {error}",)
    return result.files, tuple(f"{item.address}: {item.reason}" for item in result.skipped)
