"""The store of one workspace as one object."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from lif_nlp.point_records import PointEdit, PointSet
from lif_nlp.protocols import Encoder, Vectors
from lif_nlp.records import (
    Annotated,
    Document,
    Edit,
    Finding,
    Quarantined,
    Recommendation,
    RecommendationReview,
    ThemeSet,
)
from lif_nlp.store import decisions, documents, duplicates, findings, points, state, themes
from lif_nlp.store.connect import connect, is_read_only, transaction
from lif_nlp.store.folder_kind import folder_kind
from lif_nlp.store.json_columns import dump, strings
from lif_nlp.store.ledger import LedgerTables
from lif_nlp.store.memberships import memberships_kept
from lif_nlp.store.purge import (
    finish_purge,
    names_of_this_alone,
    purge_document,
    purged_among,
)
from lif_nlp.store.vectors import StoredEncode, stored_vectors

if TYPE_CHECKING:
    import pandas as pd


_REMARKS = {
    "network": "the workspace is on a network drive: only one command at a time can use it, and "
    "a local disk is faster",
    "synchronised": "the workspace is in a synchronised folder (such as OneDrive), which copies "
    "it to a server: only one command at a time can use it; keep it on a local disk if it must "
    "not leave this computer",
}
"""What to say of a workspace by the kind of its folder."""


class Store:
    """Reads and writes the records of the workspace in `folder`.

    Use it as a context manager, or call `close`.  Raises StoreError when the
    workspace cannot be opened.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     len(store.frame("documents"))
    0
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self._db = connect(self.folder)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a user should know of the folder that the workspace lies in."""
        kind = folder_kind(self.folder)
        remarks = [_REMARKS[kind]] if kind in _REMARKS else []
        if is_read_only(self._db, self.folder):
            remarks.append(
                "the workspace can only be read from here; copy its folder to a local disk "
                "to add reports or write briefs"
            )
        return tuple(remarks)

    def close(self) -> None:
        """Close the database; what was committed stays."""
        self._db.close()

    @property
    def ledger(self) -> LedgerTables:
        """What became of recommendations: answers, actions, checks, and what was sent."""
        return LedgerTables(self._db)

    def known_sources(self) -> dict[str, str]:
        """Status ("ok", "quarantined" or "purged") of every processed file, by its hash.

        Files that are due to be read again are left out.
        """
        return dict(
            self._db.execute("SELECT source_hash, status FROM sources WHERE status <> 'due'")
        )

    def save_source(
        self,
        source_hash: str,
        path: str,
        run_id: str,
        *,
        read: Sequence[tuple[Document, Annotated, Sequence[Recommendation]]],
        quarantined: Sequence[Quarantined] = (),
        annotated_with: str = "",
    ) -> list[str]:
        """Commit everything read from one file; an older file at `path` (absolute) is removed.

        Its findings are replaced in the same transaction.  A finding with the same id stays
        in its themes until the next build, and decisions follow findings whose offsets
        changed.  Purged documents are left out.  Returns the ids of the committed ones.
        """
        reason = "; ".join(item.reason for item in quarantined)
        # A purged report stays out, also when it comes back in an archive.
        purged_ids = purged_among(self._db, [document.doc_id for document, *_ in read])
        left_out = "purged" if purged_ids else "quarantined"
        read = [entry for entry in read if entry[0].doc_id not in purged_ids]
        ids = [document.doc_id for document, *_ in read]
        status = "ok" if read else left_out
        with transaction(self._db) as db, memberships_kept(db, ids):
            old_ids = documents.remove_source(db, path, source_hash)
            if read or old_ids:
                state.findings_changed(db)
            documents.add_source(db, source_hash, path, run_id, status=status, reason=reason)
            documents.add_quarantined(db, source_hash, quarantined)
            for document, annotated, recommended in read:
                documents.add_document(
                    db, source_hash, document, annotated, recommended, annotated_with
                )
            documents.read_again(db, old_ids)
            decisions.follow_findings(db, ids, old_ids)
        return ids

    def read_by(self, run_ids: Iterable[str]) -> list[str]:
        """Ids of the documents that these runs read, sorted."""
        rows = self._db.execute(
            "SELECT doc_id FROM documents JOIN sources USING (source_hash) WHERE run_id IN"
            " (SELECT value FROM json_each(?)) ORDER BY doc_id",
            (json.dumps(list(run_ids)),),
        )
        return [doc_id for (doc_id,) in rows]

    def mark_due(self, doc_ids: Sequence[str]) -> None:
        """Have the files of these documents read again by the next `add`."""
        with transaction(self._db) as db:
            documents.mark_due(db, doc_ids)

    def save_annotated(
        self, annotated: Annotated, recommended: Sequence[Recommendation], annotated_with: str
    ) -> None:
        """Replace a stored document's findings; those with the same id stay in their themes."""
        with (
            transaction(self._db) as db,
            memberships_kept(db, [annotated.doc_id]),
        ):
            state.findings_changed(db)
            documents.replace_findings(db, annotated, recommended, annotated_with)
            decisions.follow_findings(db, [annotated.doc_id], [])

    def document(self, doc_id: str) -> Document:
        """The document as it was read; raises KeyError if there is none with this id."""
        return documents.load_document(self._db, doc_id)

    def text_of(self, doc_id: str) -> str:
        """The stored text of a document; raises KeyError if there is none with this id."""
        row = self._db.execute("SELECT text FROM documents WHERE doc_id=?", (doc_id,)).fetchone()
        if row is None:
            raise KeyError(doc_id)
        return str(row[0])

    def stale_documents(self, annotated_with: str) -> list[str]:
        """Ids of documents annotated with another framework, model or version."""
        return list(documents.stale_documents(self._db, annotated_with))

    def findings(
        self,
        *,
        counted: bool = False,
        marks: bool = True,
        machine: bool = False,
        scores: str = "",
    ) -> Iterator[Finding]:
        """All findings as records, sorted by id.

        Parameters
        ----------
        counted
            Leave out findings of duplicate reports, and stock wording.
        marks
            Read the evidence spans too, which doubles the time.
        machine
            Give the machine's labels instead of those in force.
        scores
            Read only the scores whose names begin so; a quarter of the memory with "role:".
        """
        return findings.iter_findings(
            self._db, counted=counted, marks=marks, machine=machine, scores=scores
        )

    def counted_ids(self) -> set[str]:
        """Ids of the findings that count: none of duplicates, no stock wording."""
        return findings.counted_ids(self._db)

    def corrected_ids(self) -> list[str]:
        """Ids of the findings whose role or reason a person corrected."""
        return findings.corrected_ids(self._db)

    def labels_digest(self, doc_ids: Iterable[str] | None = None) -> str:
        """Hash that changes when a counted finding is added, removed or labelled differently.

        With `doc_ids`, only findings of these documents count.
        """
        return findings.labels_digest(self._db, doc_ids)

    def shown_digest(self) -> str:
        """Hash that changes with reports' titles and dates, themes, and people's decisions."""
        return findings.shown_digest(self._db)

    def prints(self) -> duplicates.Prints:
        """Fingerprints of the documents, by id."""
        return duplicates.load_prints(self._db)

    def without_print(self) -> list[str]:
        """Ids of documents to compare with the others: new, or their original was removed."""
        with transaction(self._db) as db:
            duplicates.forget_lost(db)
        return duplicates.without_print(self._db)

    def sentences(self) -> Iterator[tuple[str, int, int, str]]:
        """Every finding of the documents that count: document, start, end, text."""
        return duplicates.sentences(self._db)

    def save_repeats(
        self,
        prints: duplicates.Prints,
        copies: Mapping[str, str],
        places: Iterable[tuple[str, int, int]],
    ) -> None:
        """Commit fingerprints, the original of each duplicate, and the places of stock wording.

        A place is (document, start, end).
        """
        with transaction(self._db) as db:
            duplicates.save_prints(db, prints)
            duplicates.save_copies(db, copies)
            duplicates.save_repeated(db, places)
            # In the same transaction, so that a run that is killed looks for repeats again.
            state.forget_notes(db, state.REPEATS_DUE)

    def some_findings(
        self, finding_ids: Iterable[str], *, machine: bool = False
    ) -> dict[str, Finding]:
        """The findings with these ids, by id; with `machine`, with its own labels."""
        return findings.some_findings(self._db, finding_ids, machine=machine)

    def word_search(self, words: str, limit: int = 50) -> list[str]:
        """Ids of findings that contain any of the words, best first."""
        return findings.word_search(self._db, words, limit)

    def frame(self, table: str) -> pd.DataFrame:
        """A table as a pandas frame; raises UnknownNameError, listing the tables."""
        from lif_nlp.store import frames

        return frames.frame(self._db, table)

    def purge(self, doc_id: str) -> bool:
        """Remove a document and everything derived from it; raises KeyError if unknown.

        Returns False while another program reads and so keeps its words in the files.
        """
        purge_document(self._db, self.folder / "vectors", doc_id)
        return self.finish_purge()

    def finish_purge(self) -> bool:
        """Take the words of purged documents out of the files, if that is still due.

        Returns False while another program reads them.
        """
        return finish_purge(self._db)

    def names_of(self, doc_id: str) -> set[str]:
        """Title and file of a document, without those that another one has too."""
        return names_of_this_alone(self._db, doc_id)

    def save_themes(self, machine: ThemeSet, current: ThemeSet | None = None) -> None:
        """Commit the machine's theme set, and the one in force (the same without decisions)."""
        with transaction(self._db) as db:
            # Both or neither: the set in force is the machine's with people's decisions.
            themes.save_themes(db, machine, themes.MACHINE)
            themes.save_themes(db, current or machine)

    def themes(self) -> ThemeSet | None:
        """The theme set in force, or None when themes were never built."""
        return themes.load_themes(self._db)

    def machine_themes(self) -> ThemeSet | None:
        """The theme set as the machine built it, or None when themes were never built."""
        return themes.load_themes(self._db, themes.MACHINE)

    def points(self) -> PointSet | None:
        """The learning points in force, or None when points were never built."""
        return points.load_points(self._db)

    def machine_points(self) -> PointSet | None:
        """The learning points as the machine built them, or None when they never were."""
        return points.load_points(self._db, points.MACHINE)

    def point_edits(self) -> tuple[PointEdit, ...]:
        """Every decision on learning points, undone ones included, oldest first."""
        return decisions.load_point_edits(self._db)

    def edits(self) -> tuple[Edit, ...]:
        """Every decision on themes and labels, undone ones included, oldest first."""
        return decisions.load_edits(self._db)

    def recommendation_reviews(self) -> tuple[RecommendationReview, ...]:
        """Every decision on recommendations, undone ones included, oldest first."""
        return decisions.load_reviews(self._db)

    def next_edit_id(self) -> int:
        """Number for the next decision of any kind."""
        return decisions.next_id(self._db)

    def save_decisions(
        self,
        edits: Iterable[Edit],
        reviews: Iterable[RecommendationReview] = (),
        point_edits: Iterable[PointEdit] = (),
        *,
        machine: ThemeSet | None = None,
        current: ThemeSet | None = None,
        machine_points: PointSet | None = None,
        current_points: PointSet | None = None,
    ) -> None:
        """Commit decisions, each under its number, and the sets given, as a whole."""
        with transaction(self._db) as db:
            decisions.save_edits(db, edits)
            decisions.save_reviews(db, reviews)
            decisions.save_point_edits(db, point_edits)
            for theme_set, which in ((machine, themes.MACHINE), (current, themes.CURRENT)):
                if theme_set is not None:
                    themes.save_themes(db, theme_set, which)
            for point_set, which in (
                (machine_points, points.MACHINE),
                (current_points, points.CURRENT),
            ):
                if point_set is not None:
                    points.save_points(db, point_set, which)

    def encode_with(self, encoder: Encoder) -> StoredEncode:
        """An encoder that looks in the store first, so that no text is encoded twice."""
        return StoredEncode(self._db, self.folder / "vectors", encoder)

    def stored_vectors(self, texts: Sequence[str], encoder: str, dim: int) -> Vectors:
        """Vectors of `texts` as far as an encoder of this name made them, zeros elsewhere.

        Shape (n, dim), float32; the encoder is not loaded.
        """
        return stored_vectors(self._db, self.folder / "vectors", texts, encoder, dim)

    def note(self, key: str) -> str | None:
        """The small value stored under a key, or None."""
        return state.get_note(self._db, key)

    def set_note(self, key: str, value: str) -> None:
        """Store a small value under a key."""
        with transaction(self._db) as db:
            state.set_note(db, key, value)

    def counts(self) -> dict[str, int]:
        """Counts of documents and units of text: read = kept + boilerplate + quarantined."""
        one = self._db.execute(
            "SELECT COUNT(*), COALESCE(SUM(units),0), COALESCE(SUM(kept),0),"
            " COALESCE(SUM(boilerplate),0) FROM documents"
        ).fetchone()
        (quarantine_count,) = self._db.execute("SELECT COUNT(*) FROM quarantined").fetchone()
        (skipped_count,) = self._db.execute("SELECT COUNT(*) FROM unused").fetchone()
        read, units, findings_count, boilerplate = one
        return {
            "documents_read": read + quarantine_count,
            "documents_kept": read,
            "documents_quarantined": quarantine_count,
            "units_read": units + skipped_count,
            "units_kept": findings_count,
            "units_boilerplate": boilerplate,
            "units_quarantined": skipped_count,
        }

    def save_run(
        self, run_id: str, command: str, started: str, finished: str, manifest: object
    ) -> None:
        """Write the record of a run."""
        with transaction(self._db) as db:
            db.execute(
                "INSERT OR REPLACE INTO runs VALUES (?,?,?,?,?)",
                (run_id, command, started, finished, json.dumps(manifest)),
            )

    def save_briefs(
        self, run_id: str, kind: str, subject: str, written: Iterable[tuple[str, Sequence[str]]]
    ) -> None:
        """Record the files of a brief, each with the ids of the documents it quotes."""
        with transaction(self._db) as db:
            db.executemany(
                "INSERT OR REPLACE INTO briefs VALUES (?, ?, ?, ?, ?)",
                [(path, run_id, kind, subject, dump(list(ids))) for path, ids in written],
            )

    def briefs_quoting(self, doc_id: str) -> list[str]:
        """Paths of the briefs that quote a document."""
        rows = self._db.execute("SELECT path, documents FROM briefs ORDER BY path")
        return [path for path, documents in rows if doc_id in strings(documents)]

    def briefs(self) -> list[str]:
        """Paths of the briefs written so far."""
        return [path for (path,) in self._db.execute("SELECT path FROM briefs ORDER BY path")]

    @property
    def connection(self) -> sqlite3.Connection:
        """The open connection, for tests and migrations."""
        return self._db
