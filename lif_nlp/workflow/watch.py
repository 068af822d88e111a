"""Newly published reports -> the main job, and a digest of what is new."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from lif_nlp.ids import file_hash
from lif_nlp.workflow.digest import write_digest
from lif_nlp.workflow.manifest import record_run
from lif_nlp.workflow.mine import mine
from lif_nlp.workflow.session import Session


@dataclass(frozen=True, slots=True)
class ThemeMove:
    """A theme met in more (or fewer) reports than before; `new` when not met before."""

    theme_id: str
    name: str
    before: int
    now: int

    @property
    def new(self) -> bool:
        """Whether the theme was not there before."""
        return self.before == 0


@dataclass(frozen=True, slots=True)
class Digest:
    """What one round of watching found; ids, titles and counts, no report text."""

    run_id: str
    documents: tuple[dict[str, str], ...]
    quarantined: tuple[dict[str, str], ...]
    moves: tuple[ThemeMove, ...]
    briefs: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """The digest as plain values."""
        return asdict(self)


def watch(
    session: Session, folder: Path, *, every_seconds: float = 300, rounds: int | None = None
) -> Iterator[Digest]:
    """A digest for each round in which something new had arrived in `folder`.

    A file is taken only once it has settled (`settings.settle_seconds` without a
    change), and each is processed once.  `rounds` None goes on for ever.
    """
    done = 0
    while rounds is None or done < rounds:
        if done:
            time.sleep(every_seconds)
        found = watch_once(session, folder)
        if found is not None:
            yield found
        done += 1


def watch_once(session: Session, folder: Path) -> Digest | None:
    """One round; None where nothing new has settled."""
    from lif_nlp.ingest import find_sources

    paths, _ = find_sources([folder])
    known = {key.split("-")[0] for key in session.store.known_sources()}
    fresh = [p for p in settled(paths, session.settings.settle_seconds) if _key(p) not in known]
    if not fresh:
        return None
    before = session.store.frame("themes")
    with record_run(session, "watch") as run:
        mined = mine(session, fresh, run)
        documents = session.store.frame("documents").set_index("doc_id")
        columns = ["title", "source", "review_type", "published", "area"]
        digest = Digest(
            run.run_id,
            tuple(
                {"doc_id": doc_id, **{c: str(documents.loc[doc_id, c]) for c in columns}}
                for doc_id in mined.added.read
            ),
            tuple({"source": q.source, "reason": q.reason} for q in mined.added.quarantined),
            _moves(before, session.store.frame("themes")),
            tuple(str(path) for path in mined.briefs),
        )
        write_digest(session.store.folder / "digests", digest.as_dict(), session.settings.house)
    return digest


def settled(paths: list[Path], seconds: float) -> list[Path]:
    """Files that have not changed for `seconds`, so that half a copy is never read."""
    now = time.time()
    return [path for path in paths if now - path.stat().st_mtime >= seconds]


def _key(path: Path) -> str:
    return file_hash(path)[:32]


def _moves(before: pd.DataFrame, now: pd.DataFrame) -> tuple[ThemeMove, ...]:
    then = dict(zip(before["theme_id"], before["documents"], strict=True))
    moves = [
        ThemeMove(row.theme_id, row.name, int(then.get(row.theme_id, 0)), int(row.documents))
        for row in now[["theme_id", "name", "documents"]].itertuples(index=False)
        if int(then.get(row.theme_id, 0)) != int(row.documents)
    ]
    return tuple(sorted(moves, key=lambda move: (move.before - move.now, move.theme_id)))
