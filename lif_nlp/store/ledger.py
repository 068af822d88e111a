"""Keeps the ledger's records: one table each, its columns the fields of the record.

States are append-only.  What came from a document goes with it when it is purged; what
people keep in sheets stays.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields
from types import MappingProxyType
from typing import TypeVar

from lif_nlp.ids import action_id
from lif_nlp.ledger_records import (
    Action,
    ActionAsk,
    Answer,
    Ask,
    Check,
    Element,
    FollowUp,
    Plan,
    Research,
    Sent,
    SessionHeld,
    Snapshot,
    State,
    Voice,
)
from lif_nlp.records import Document
from lif_nlp.store.connect import transaction
from lif_nlp.store.json_columns import dump_blocks, load_blocks

Record = TypeVar("Record")

TABLES: Mapping[type, str] = MappingProxyType(
    {
        Ask: "ledger_asks",
        FollowUp: "ledger_follow_ups",
        Answer: "ledger_answers",
        Plan: "ledger_plans",
        Snapshot: "ledger_snapshots",
        Action: "ledger_actions",
        ActionAsk: "ledger_action_asks",
        State: "ledger_states",
        Check: "ledger_checks",
        Sent: "ledger_sent",
        SessionHeld: "ledger_sessions",
        Voice: "ledger_voice",
        Element: "ledger_elements",
        Research: "ledger_research",
    }
)
"""Table of each kind of record."""

_OF_DOCUMENTS = (Ask, FollowUp, Answer, Check, Research)
"""Kinds read from a document: they can be read again, and go when it is purged."""


def load(db: sqlite3.Connection, kind: type[Record]) -> tuple[Record, ...]:
    """All records of a kind, in the order in which they were stored."""
    rows = db.execute(f"SELECT {_columns(kind)} FROM {TABLES[kind]} ORDER BY rowid")
    return tuple(kind(*row) for row in rows)


def add(db: sqlite3.Connection, records: Iterable[object]) -> None:
    """Store records of any kinds; one with the key of an earlier record takes its place.

    A state that is stored already stays as it is.
    """
    for record in records:
        kind = type(record)
        # The state that a version of a plan showed is history, which nothing changes.
        verb = "INSERT OR IGNORE" if kind is State else "INSERT OR REPLACE"
        marks = ",".join("?" * len(fields(kind)))  # type: ignore[arg-type]
        db.execute(
            f"{verb} INTO {TABLES[kind]} ({_columns(kind)}) VALUES ({marks})",
            astuple(record),  # type: ignore[call-overload]
        )


def replace_read(db: sqlite3.Connection, records: Sequence[object]) -> None:
    """Put what was read from documents in place of what was read before."""
    for kind in _OF_DOCUMENTS:
        db.execute(f"DELETE FROM {TABLES[kind]}")
    add(db, records)


def holds(db: sqlite3.Connection, doc_id: str) -> bool:
    """Whether an id is of a version of a plan, or of a document that is kept here alone.

    A document that was added as a report as well is a report.
    """
    row = db.execute(
        "SELECT 1 FROM ledger_documents WHERE doc_id=:id"
        " AND doc_id NOT IN (SELECT doc_id FROM documents)"
        " UNION SELECT 1 FROM ledger_snapshots WHERE snapshot_id=:id",
        {"id": doc_id},
    ).fetchone()
    return row is not None


def text_of(db: sqlite3.Connection, doc_id: str) -> str:
    """The text of a document kept here, or the cells that one version of a plan alone has."""
    columns = ("raw", "progress", "evidence", "impact", "escalation", "text")
    cells = " UNION ".join(
        f"SELECT snapshot_id, {column} AS words FROM ledger_states"
        " JOIN ledger_actions USING (action_id)"
        for column in columns
    )
    rows = db.execute(
        f"WITH cells AS ({cells})"
        " SELECT text FROM ledger_documents WHERE doc_id=:id"
        " UNION SELECT words FROM cells WHERE snapshot_id=:id"
        " AND words NOT IN (SELECT words FROM cells WHERE snapshot_id<>:id)",
        {"id": doc_id},
    )
    return "\n".join(text for (text,) in rows)


def forget_document(db: sqlite3.Connection, doc_id: str) -> None:
    """Remove a document or a version of a plan: what was read from it, and links to that.

    An action that no other version of its plan has goes with the version, and the plan with
    its last version.
    """
    asks = [ask for (ask,) in db.execute(
        "SELECT ask_id FROM ledger_asks WHERE doc_id=?", (doc_id,))]  # fmt: skip
    for kind in _OF_DOCUMENTS:
        db.execute(f"DELETE FROM {TABLES[kind]} WHERE doc_id=?", (doc_id,))
    for ask_id in asks:
        for record_kind in (Answer, Check, ActionAsk):
            db.execute(f"DELETE FROM {TABLES[record_kind]} WHERE ask_id=?", (ask_id,))
    # They are kept: the plan or response is still there, only its review is gone.
    for follower in (FollowUp, Plan):
        db.execute(f"UPDATE {TABLES[follower]} SET to_doc='' WHERE to_doc=?", (doc_id,))
    db.execute("DELETE FROM ledger_documents WHERE doc_id=?", (doc_id,))
    if db.execute("SELECT 1 FROM ledger_snapshots WHERE snapshot_id=?", (doc_id,)).fetchone():
        _forget_words(db, doc_id)
        db.execute("DELETE FROM ledger_snapshots WHERE snapshot_id=?", (doc_id,))
        db.execute("DELETE FROM ledger_states WHERE snapshot_id=?", (doc_id,))
        for table, key, holder in (
            ("ledger_actions", "action_id", "ledger_states"),
            ("ledger_action_asks", "action_id", "ledger_states"),
            ("ledger_plans", "plan_id", "ledger_snapshots"),
        ):
            db.execute(f"DELETE FROM {table} WHERE {key} NOT IN (SELECT {key} FROM {holder})")


def _forget_words(db: sqlite3.Connection, snapshot_id: str) -> None:
    """Blank the words of actions that this version changed, and was the last to have.

    What they said before is not kept, so nothing comes back; a version that is read again gives
    its words again.  Of versions of one day, or without a date, each counts as the last.  Actions
    whose words are those of their first version keep them.
    """
    rows = db.execute(
        "SELECT a.action_id, a.plan_id, a.ref, a.text, MAX(o.as_of)"
        " FROM ledger_states s JOIN ledger_snapshots v USING (snapshot_id)"
        " JOIN ledger_actions a USING (action_id)"
        " JOIN ledger_states os ON os.action_id = a.action_id AND os.snapshot_id != v.snapshot_id"
        " JOIN ledger_snapshots o ON o.snapshot_id = os.snapshot_id"
        " WHERE v.snapshot_id=? AND v.as_of >= a.last_seen GROUP BY a.action_id",
        (snapshot_id,),
    ).fetchall()
    for known, plan_id, ref, text, last_seen in rows:
        if action_id(plan_id, ref, text) != known:
            db.execute(
                "UPDATE ledger_actions SET ref='', text='', owner_body='' WHERE action_id=?",
                (known,),
            )
        db.execute("UPDATE ledger_actions SET last_seen=? WHERE action_id=?", (last_seen, known))


def _columns(kind: type) -> str:
    return ",".join(f'"{field.name}"' for field in fields(kind))


class LedgerTables:
    """The ledger of one workspace; every call that writes is one transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def records(self, kind: type[Record]) -> tuple[Record, ...]:
        """All records of a kind, in the order in which they were stored."""
        return load(self._db, kind)

    def save(self, records: Iterable[object]) -> None:
        """Store records of any kinds as a whole, or none of them."""
        with transaction(self._db) as db:
            add(db, records)

    def replace_read(self, records: Sequence[object]) -> None:
        """Put what was read from documents in place of what was read before, as a whole."""
        with transaction(self._db) as db:
            replace_read(db, records)

    def save_document(self, document: Document) -> None:
        """Keep a document that follows a review up; it gives no findings and no themes."""
        with transaction(self._db) as db:
            db.execute(
                "INSERT OR REPLACE INTO ledger_documents VALUES (?,?,?,?,?,?,?,?,?)",
                (
                    document.doc_id, document.source, document.title, document.review_type,
                    document.published, document.area, document.pages, document.text,
                    dump_blocks(document.blocks),
                ),
            )  # fmt: skip

    def documents(self) -> tuple[Document, ...]:
        """The documents kept by `save_document`, by id."""
        rows = self._db.execute("SELECT * FROM ledger_documents ORDER BY doc_id")
        return tuple(
            Document(
                doc_id=doc_id, source=source, title=title, text=text, blocks=load_blocks(blocks),
                pages=pages, review_type=review_type, published=published, area=area,
            )
            for doc_id, source, title, review_type, published, area, pages, text, blocks in rows
        )  # fmt: skip

    def holds(self, doc_id: str) -> bool:
        """Whether an id is of a version of a plan, or of a document kept here and no report."""
        return holds(self._db, doc_id)

    def text_of(self, doc_id: str) -> str:
        """The text of such a document, or the cells that this version of a plan alone has."""
        return text_of(self._db, doc_id)

    def decide_link(
        self, kind: str, from_id: str, to_id: str, decision: str, author: str, at: str
    ) -> None:
        """Record what a person says of a link ("yes" or "no"); it outlives re-reading."""
        with transaction(self._db) as db:
            db.execute(
                # Only added: who said what before stays on record.
                "INSERT INTO ledger_links (kind, from_id, to_id, decision, author, at)"
                " VALUES (?,?,?,?,?,?)",
                (kind, from_id, to_id, decision, author, at),
            )

    def set_action_link(self, action_id: str, ask_id: str, *, holds: bool) -> None:
        """Put in force what a person says of an action's link to a recommendation."""
        with transaction(self._db) as db:
            db.execute(
                f"DELETE FROM {TABLES[ActionAsk]} WHERE action_id=? AND ask_id=?",
                (action_id, ask_id),
            )
            if holds:
                add(db, [ActionAsk(action_id, ask_id, "person", 1.0)])

    def link_decisions(self, kind: str) -> dict[tuple[str, str], str]:
        """The decision in force on each link of a kind, in the order in which they were given."""
        # the decision of a group's row is that of its highest link_id
        rows = self._db.execute(
            "SELECT from_id, to_id, decision, MAX(link_id) AS last FROM ledger_links"
            " WHERE kind=? GROUP BY from_id, to_id ORDER BY last",
            (kind,),
        )
        return {(from_id, to_id): decision for from_id, to_id, decision, _ in rows}
