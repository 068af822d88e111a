"""Named, ordered steps that bring a workspace's database up to date.

Each step and the record that it ran are one transaction, so that a crash never leaves a
step half done.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from lif_nlp.store.version_0_1 import move_decisions

MIGRATIONS: tuple[tuple[str, str], ...] = (
    (
        "001 documents and findings",
        """
        CREATE TABLE sources (
            source_hash TEXT PRIMARY KEY, path TEXT NOT NULL, status TEXT NOT NULL,
            reason TEXT NOT NULL DEFAULT '', run_id TEXT NOT NULL DEFAULT ''
        );
        CREATE INDEX sources_path ON sources(path);
        CREATE TABLE documents (
            doc_id TEXT PRIMARY KEY,
            source_hash TEXT NOT NULL REFERENCES sources ON DELETE CASCADE,
            source TEXT NOT NULL, title TEXT NOT NULL, review_type TEXT NOT NULL,
            published TEXT NOT NULL, area TEXT NOT NULL, pages INTEGER NOT NULL,
            words INTEGER NOT NULL, text TEXT NOT NULL, blocks TEXT NOT NULL,
            units INTEGER NOT NULL, kept INTEGER NOT NULL, boilerplate INTEGER NOT NULL,
            annotated_with TEXT NOT NULL
        );
        CREATE INDEX documents_source ON documents(source_hash);
        CREATE TABLE quarantined (
            source_hash TEXT NOT NULL REFERENCES sources ON DELETE CASCADE,
            source TEXT NOT NULL, reason TEXT NOT NULL
        );
        CREATE TABLE facts (
            doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
            name TEXT NOT NULL, value TEXT NOT NULL, evidence TEXT NOT NULL, page INTEGER NOT NULL
        );
        CREATE INDEX facts_doc ON facts(doc_id);
        CREATE TABLE unused (
            doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
            place TEXT NOT NULL, reason TEXT NOT NULL
        );
        CREATE INDEX unused_doc ON unused(doc_id);
        CREATE TABLE findings (
            finding_id TEXT PRIMARY KEY,
            doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
            start INTEGER NOT NULL, stop INTEGER NOT NULL, text TEXT NOT NULL,
            page INTEGER NOT NULL, page_end INTEGER NOT NULL, paragraph TEXT NOT NULL,
            heading TEXT NOT NULL, kind TEXT NOT NULL, role TEXT NOT NULL, why INTEGER NOT NULL,
            hindsight TEXT NOT NULL, aware INTEGER NOT NULL, agencies TEXT NOT NULL,
            priorities TEXT NOT NULL, themes TEXT NOT NULL, scores TEXT NOT NULL,
            marks TEXT NOT NULL
        );
        CREATE INDEX findings_doc ON findings(doc_id);
        CREATE VIRTUAL TABLE finding_words USING fts5(
            text, content='findings', content_rowid='rowid', tokenize='porter unicode61'
        );
        CREATE TRIGGER findings_added AFTER INSERT ON findings BEGIN
            INSERT INTO finding_words(rowid, text) VALUES (new.rowid, new.text);
        END;
        CREATE TRIGGER findings_removed AFTER DELETE ON findings BEGIN
            INSERT INTO finding_words(finding_words, rowid, text)
            VALUES ('delete', old.rowid, old.text);
        END;
        CREATE TABLE recommendations (
            finding_id TEXT PRIMARY KEY REFERENCES findings ON DELETE CASCADE,
            owner TEXT NOT NULL, due TEXT NOT NULL, missing TEXT NOT NULL
        );
        """,
    ),
    (
        "002 themes",
        """
        CREATE TABLE themes (
            theme_id TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL,
            kind TEXT NOT NULL, terms TEXT NOT NULL, exemplars TEXT NOT NULL, parent TEXT NOT NULL,
            stability REAL NOT NULL, status TEXT NOT NULL, centroid TEXT NOT NULL
        );
        CREATE TABLE assignments (
            finding_id TEXT NOT NULL REFERENCES findings ON DELETE CASCADE,
            theme_id TEXT NOT NULL REFERENCES themes ON DELETE CASCADE,
            strength REAL NOT NULL, by TEXT NOT NULL,
            PRIMARY KEY (finding_id, theme_id, by)
        ) WITHOUT ROWID;
        CREATE INDEX assignments_theme ON assignments(theme_id);
        CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT NOT NULL);
        """,
    ),
    (
        "003 vectors and runs",
        """
        CREATE TABLE vectors (
            encoder TEXT NOT NULL, key TEXT NOT NULL, shard TEXT NOT NULL, row INTEGER NOT NULL,
            PRIMARY KEY (encoder, key)
        ) WITHOUT ROWID;
        CREATE TABLE runs (
            run_id TEXT PRIMARY KEY, command TEXT NOT NULL, started TEXT NOT NULL,
            finished TEXT NOT NULL DEFAULT '', manifest TEXT NOT NULL DEFAULT ''
        );
        CREATE TABLE briefs (
            path TEXT PRIMARY KEY, run_id TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL
        );
        """,
    ),
    (
        "004 repeats",
        """
        ALTER TABLE documents ADD COLUMN duplicate_of TEXT NOT NULL DEFAULT '';
        ALTER TABLE findings ADD COLUMN repeated INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE fingerprints (
            doc_id TEXT PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
            size INTEGER NOT NULL, print BLOB NOT NULL
        );
        """,
    ),
    (
        "005 briefs know what they quote",
        "ALTER TABLE briefs ADD COLUMN documents TEXT NOT NULL DEFAULT '[]';",
    ),
    (
        # SQLite 3.40 wrongly reports "NULL value in assignments.strength" where a table
        # without row numbers keeps a column between those of its key.
        "006 assignments that every SQLite can check",
        """
        CREATE TABLE assigned (
            finding_id TEXT NOT NULL REFERENCES findings ON DELETE CASCADE,
            theme_id TEXT NOT NULL REFERENCES themes ON DELETE CASCADE,
            strength REAL NOT NULL, by TEXT NOT NULL,
            PRIMARY KEY (finding_id, theme_id, by)
        );
        INSERT INTO assigned SELECT finding_id, theme_id, strength, by FROM assignments;
        DROP TABLE assignments;
        ALTER TABLE assigned RENAME TO assignments;
        CREATE INDEX assignments_theme ON assignments(theme_id);
        """,
    ),
    (
        # a report can stand loose in a folder and in packs; one source holds its document
        "007 every source knows what it gave",
        """
        CREATE TABLE given (
            source_hash TEXT NOT NULL REFERENCES sources ON DELETE CASCADE,
            doc_id TEXT NOT NULL,
            PRIMARY KEY (source_hash, doc_id)
        ) WITHOUT ROWID;
        INSERT INTO given SELECT source_hash, doc_id FROM documents;
        CREATE INDEX given_doc ON given(doc_id);
        """,
    ),
    (
        # the id of a document is the hash of its bytes, with which a source's hash begins
        "008 purged reports stay away",
        """
        CREATE TABLE purged (doc_id TEXT PRIMARY KEY) WITHOUT ROWID;
        INSERT OR IGNORE INTO purged
            SELECT 'd-' || substr(source_hash, 1, 16) FROM sources WHERE status = 'purged';
        CREATE INDEX vectors_key ON vectors(key);
        """,
    ),
    (
        # "strength" is a role; how sure a membership is has a word of its own
        "009 confidence of an assignment",
        "ALTER TABLE assignments RENAME COLUMN strength TO confidence;",
    ),
    (
        # `themes` and `assignments` hold what is in force; what the machine alone found is
        # kept beside them, so that any decision can be undone
        "010 decisions of people",
        """
        ALTER TABLE themes ADD COLUMN floor REAL;
        ALTER TABLE themes ADD COLUMN phrases TEXT NOT NULL DEFAULT '[]';
        CREATE TABLE theme_sets (
            which TEXT PRIMARY KEY, method TEXT NOT NULL, dim INTEGER NOT NULL,
            seed INTEGER NOT NULL, clustered INTEGER NOT NULL, show_from REAL NOT NULL,
            unassigned TEXT NOT NULL, drift TEXT NOT NULL, notes TEXT NOT NULL
        );
        CREATE TABLE machine_themes (
            theme_id TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL,
            kind TEXT NOT NULL, terms TEXT NOT NULL, exemplars TEXT NOT NULL, parent TEXT NOT NULL,
            stability REAL NOT NULL, status TEXT NOT NULL, centroid TEXT NOT NULL,
            floor REAL, phrases TEXT NOT NULL
        );
        CREATE TABLE machine_assignments (
            finding_id TEXT NOT NULL REFERENCES findings ON DELETE CASCADE,
            theme_id TEXT NOT NULL REFERENCES machine_themes ON DELETE CASCADE,
            confidence REAL NOT NULL, by TEXT NOT NULL,
            PRIMARY KEY (finding_id, theme_id, by)
        );
        CREATE INDEX machine_assignments_theme ON machine_assignments(theme_id);
        CREATE TABLE edits (
            edit_id INTEGER PRIMARY KEY, action TEXT NOT NULL, theme_id TEXT NOT NULL,
            value TEXT NOT NULL, new_theme_id TEXT NOT NULL, author TEXT NOT NULL,
            at TEXT NOT NULL, source TEXT NOT NULL, source_hash TEXT NOT NULL,
            row TEXT NOT NULL, batch TEXT NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL,
            before TEXT NOT NULL, after TEXT NOT NULL, undone_by TEXT NOT NULL,
            undone_at TEXT NOT NULL, settled INTEGER NOT NULL
        );
        CREATE TABLE edit_findings (
            edit_id INTEGER NOT NULL REFERENCES edits ON DELETE CASCADE,
            position INTEGER NOT NULL, finding_id TEXT NOT NULL, text_key TEXT NOT NULL,
            PRIMARY KEY (edit_id, position)
        ) WITHOUT ROWID;
        CREATE INDEX edit_findings_finding ON edit_findings(finding_id);
        CREATE TABLE recommendation_reviews (
            edit_id INTEGER PRIMARY KEY, finding_id TEXT NOT NULL, text_key TEXT NOT NULL,
            decision TEXT NOT NULL, same_as TEXT NOT NULL, same_as_key TEXT NOT NULL,
            author TEXT NOT NULL,
            at TEXT NOT NULL, source TEXT NOT NULL, source_hash TEXT NOT NULL,
            row TEXT NOT NULL, batch TEXT NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL,
            before TEXT NOT NULL, after TEXT NOT NULL, undone_by TEXT NOT NULL,
            undone_at TEXT NOT NULL, settled INTEGER NOT NULL
        );
        CREATE TABLE corrections (
            finding_id TEXT PRIMARY KEY, role TEXT, why INTEGER
        ) WITHOUT ROWID;
        CREATE VIEW current_findings AS
            SELECT f.*, COALESCE(c.role, f.role) AS current_role,
                COALESCE(c.why, f.why) AS current_why, c.role AS role_by_person,
                c.why AS why_by_person
            FROM findings f LEFT JOIN corrections c USING (finding_id);
        """,
    ),
    (
        "011 frames of findings",
        "ALTER TABLE findings ADD COLUMN frames TEXT NOT NULL DEFAULT '[]';",
    ),
    (
        "012 whom findings are about",
        "ALTER TABLE findings ADD COLUMN actor TEXT NOT NULL DEFAULT 'none';",
    ),
    (
        # what became of recommendations; the columns are the fields of `ledger_records`
        "013 ledger",
        """
        CREATE TABLE ledger_documents (
            doc_id TEXT PRIMARY KEY, source TEXT NOT NULL, title TEXT NOT NULL,
            review_type TEXT NOT NULL, published TEXT NOT NULL, area TEXT NOT NULL,
            pages INTEGER NOT NULL, text TEXT NOT NULL, blocks TEXT NOT NULL
        );
        CREATE TABLE ledger_asks (
            ask_id TEXT PRIMARY KEY, doc_id TEXT NOT NULL, number TEXT NOT NULL,
            text TEXT NOT NULL, page INTEGER NOT NULL, finding_id TEXT NOT NULL,
            addressees TEXT NOT NULL, scope TEXT NOT NULL
        );
        CREATE INDEX ledger_asks_doc ON ledger_asks(doc_id);
        CREATE TABLE ledger_follow_ups (
            doc_id TEXT PRIMARY KEY, kind TEXT NOT NULL, source TEXT NOT NULL,
            title TEXT NOT NULL, published TEXT NOT NULL, area TEXT NOT NULL,
            to_doc TEXT NOT NULL, link_by TEXT NOT NULL, score REAL NOT NULL
        );
        CREATE TABLE ledger_answers (
            answer_id TEXT PRIMARY KEY, doc_id TEXT NOT NULL, ask_id TEXT NOT NULL,
            position TEXT NOT NULL, progress TEXT NOT NULL, quote TEXT NOT NULL,
            page INTEGER NOT NULL, link_by TEXT NOT NULL, score REAL NOT NULL,
            conflict TEXT NOT NULL
        );
        CREATE INDEX ledger_answers_ask ON ledger_answers(ask_id);
        CREATE TABLE ledger_plans (
            plan_id TEXT PRIMARY KEY, name TEXT NOT NULL, to_doc TEXT NOT NULL
        );
        CREATE TABLE ledger_snapshots (
            snapshot_id TEXT PRIMARY KEY, plan_id TEXT NOT NULL, source TEXT NOT NULL,
            file_hash TEXT NOT NULL, as_of TEXT NOT NULL, as_of_source TEXT NOT NULL,
            position INTEGER NOT NULL
        );
        CREATE TABLE ledger_actions (
            action_id TEXT PRIMARY KEY, plan_id TEXT NOT NULL, ref TEXT NOT NULL,
            text TEXT NOT NULL, owner_body TEXT NOT NULL, first_seen TEXT NOT NULL,
            last_seen TEXT NOT NULL
        );
        CREATE TABLE ledger_action_asks (
            action_id TEXT NOT NULL, ask_id TEXT NOT NULL, link_by TEXT NOT NULL,
            score REAL NOT NULL, conflict TEXT NOT NULL, PRIMARY KEY (action_id, ask_id)
        );
        CREATE TABLE ledger_states (
            action_id TEXT NOT NULL, snapshot_id TEXT NOT NULL, status TEXT NOT NULL,
            raw TEXT NOT NULL, colour TEXT NOT NULL, due TEXT NOT NULL, due_raw TEXT NOT NULL,
            done TEXT NOT NULL, progress TEXT NOT NULL, evidence TEXT NOT NULL,
            impact TEXT NOT NULL, escalation TEXT NOT NULL, cell TEXT NOT NULL,
            conflict TEXT NOT NULL, PRIMARY KEY (action_id, snapshot_id, cell)
        );
        CREATE TABLE ledger_checks (
            check_id TEXT PRIMARY KEY, doc_id TEXT NOT NULL, ask_id TEXT NOT NULL,
            kind TEXT NOT NULL, verdict TEXT NOT NULL, quote TEXT NOT NULL,
            page INTEGER NOT NULL, sample TEXT NOT NULL, baseline TEXT NOT NULL,
            result TEXT NOT NULL, level TEXT NOT NULL, link_by TEXT NOT NULL,
            score REAL NOT NULL
        );
        CREATE INDEX ledger_checks_ask ON ledger_checks(ask_id);
        CREATE TABLE ledger_sent (
            sent_id TEXT PRIMARY KEY, subject TEXT NOT NULL, audience TEXT NOT NULL,
            date TEXT NOT NULL, channel TEXT NOT NULL, by_role TEXT NOT NULL,
            code TEXT NOT NULL, source TEXT NOT NULL
        );
        CREATE TABLE ledger_sessions (
            session_id TEXT PRIMARY KEY, subject TEXT NOT NULL, date TEXT NOT NULL,
            agency TEXT NOT NULL, attended TEXT NOT NULL, level INTEGER NOT NULL,
            stage TEXT NOT NULL, count TEXT NOT NULL, result TEXT NOT NULL, source TEXT NOT NULL
        );
        CREATE TABLE ledger_voice (
            voice_id TEXT PRIMARY KEY, "group" TEXT NOT NULL, words TEXT NOT NULL,
            action TEXT NOT NULL, change TEXT NOT NULL, feedback TEXT NOT NULL,
            source TEXT NOT NULL
        );
        CREATE TABLE ledger_elements (
            requirement TEXT NOT NULL, "group" TEXT NOT NULL, state TEXT NOT NULL,
            evidence TEXT NOT NULL, as_of TEXT NOT NULL, PRIMARY KEY (requirement, "group")
        );
        CREATE TABLE ledger_research (
            doc_id TEXT NOT NULL, citation TEXT NOT NULL, page INTEGER NOT NULL,
            finding_id TEXT NOT NULL, PRIMARY KEY (doc_id, citation)
        );
        CREATE TABLE ledger_links (
            link_id INTEGER PRIMARY KEY, kind TEXT NOT NULL, from_id TEXT NOT NULL,
            to_id TEXT NOT NULL, decision TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL
        );
        """,
    ),
    (
        # as for themes, what the machine alone found is kept beside what is in force
        "014 learning points",
        """
        CREATE TABLE points (
            point_id TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL,
            role TEXT NOT NULL, theme TEXT NOT NULL, origin TEXT NOT NULL, named_by TEXT NOT NULL,
            aspect TEXT NOT NULL, defect TEXT NOT NULL, direction TEXT NOT NULL,
            priorities TEXT NOT NULL, centre TEXT NOT NULL, exemplars TEXT NOT NULL,
            quotes TEXT NOT NULL, documents INTEGER NOT NULL, findings INTEGER NOT NULL,
            opposed_by TEXT NOT NULL, single_area TEXT NOT NULL, stability REAL NOT NULL,
            status TEXT NOT NULL
        );
        CREATE TABLE point_members (
            finding_id TEXT NOT NULL REFERENCES findings ON DELETE CASCADE,
            point_id TEXT NOT NULL REFERENCES points ON DELETE CASCADE,
            confidence REAL NOT NULL, by TEXT NOT NULL, why TEXT NOT NULL,
            PRIMARY KEY (finding_id, point_id)
        );
        CREATE INDEX point_members_point ON point_members(point_id);
        CREATE TABLE machine_points (
            point_id TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL,
            role TEXT NOT NULL, theme TEXT NOT NULL, origin TEXT NOT NULL, named_by TEXT NOT NULL,
            aspect TEXT NOT NULL, defect TEXT NOT NULL, direction TEXT NOT NULL,
            priorities TEXT NOT NULL, centre TEXT NOT NULL, exemplars TEXT NOT NULL,
            quotes TEXT NOT NULL, documents INTEGER NOT NULL, findings INTEGER NOT NULL,
            opposed_by TEXT NOT NULL, single_area TEXT NOT NULL, stability REAL NOT NULL,
            status TEXT NOT NULL
        );
        CREATE TABLE machine_point_members (
            finding_id TEXT NOT NULL REFERENCES findings ON DELETE CASCADE,
            point_id TEXT NOT NULL REFERENCES machine_points ON DELETE CASCADE,
            confidence REAL NOT NULL, by TEXT NOT NULL, why TEXT NOT NULL,
            PRIMARY KEY (finding_id, point_id)
        );
        CREATE INDEX machine_point_members_point ON machine_point_members(point_id);
        CREATE TABLE point_sets (
            which TEXT PRIMARY KEY, encoder TEXT NOT NULL, unassigned TEXT NOT NULL,
            boilerplate TEXT NOT NULL, notes TEXT NOT NULL, retired TEXT NOT NULL,
            changes TEXT NOT NULL
        );
        CREATE TABLE point_edits (
            edit_id INTEGER PRIMARY KEY, action TEXT NOT NULL, point_id TEXT NOT NULL,
            value TEXT NOT NULL, new_point_id TEXT NOT NULL, author TEXT NOT NULL,
            at TEXT NOT NULL, source TEXT NOT NULL, source_hash TEXT NOT NULL,
            row TEXT NOT NULL, batch TEXT NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL,
            before TEXT NOT NULL, after TEXT NOT NULL, undone_by TEXT NOT NULL,
            undone_at TEXT NOT NULL, settled INTEGER NOT NULL
        );
        CREATE TABLE point_edit_findings (
            edit_id INTEGER NOT NULL REFERENCES point_edits ON DELETE CASCADE,
            position INTEGER NOT NULL, finding_id TEXT NOT NULL, text_key TEXT NOT NULL,
            PRIMARY KEY (edit_id, position)
        ) WITHOUT ROWID;
        CREATE INDEX point_edit_findings_finding ON point_edit_findings(finding_id);
        """,
    ),
    (
        "015 bodies of answers",
        "ALTER TABLE ledger_answers ADD COLUMN body TEXT NOT NULL DEFAULT '';",
    ),
    (
        # 0 until the points are built again, which a new test of known points brings about
        "016 likely reports of points",
        """
        ALTER TABLE points ADD COLUMN likely INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE machine_points ADD COLUMN likely INTEGER NOT NULL DEFAULT 0;
        """,
    ),
)

_AFTER: dict[str, Callable[[sqlite3.Connection], None]] = {
    "010 decisions of people": move_decisions,
}
"""What a step does in Python after its SQL, in the same transaction."""


def migrate(connection: sqlite3.Connection) -> list[str]:
    """Names of the steps applied now; a database that is up to date gives none."""
    connection.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)")
    applied_names = {name for (name,) in connection.execute("SELECT name FROM migrations")}
    pending = [(name, script) for name, script in MIGRATIONS if name not in applied_names]
    for name, script in pending:
        # executescript commits what is open, so the step brings its own transaction
        connection.executescript(f"BEGIN IMMEDIATE; {script}")
        try:
            if name in _AFTER:
                _AFTER[name](connection)
            connection.execute("INSERT INTO migrations VALUES (?)", (name,))
            connection.execute("COMMIT")
        except BaseException:
            # When the disk is full, SQLite has rolled back already.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return [name for name, _ in pending]
