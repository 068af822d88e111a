"""What goes into a workspace comes out of it, whole or not at all."""

import sqlite3
import threading

import numpy as np
import pandas as pd
import pytest

from lif_nlp.errors import StoreError, UnknownNameError
from lif_nlp.frame_record import Frame
from lif_nlp.ids import finding_id
from lif_nlp.records import (
    Annotated,
    Assignment,
    Block,
    Document,
    Fact,
    Finding,
    LabelEvidence,
    Quarantined,
    Recommendation,
    SkippedPart,
    Theme,
    ThemeChange,
    ThemeSet,
)
from lif_nlp.store import Store
from lif_nlp.store.state import THEMES_MADE

TEXT = "Good practice\n\nThe nurse rang the school the same day.\n\nCarry on."


def document(doc_id="d-1", published="2021-03"):
    return Document(
        doc_id,
        "reports/one.pdf",
        "Child A",
        TEXT,
        (
            Block(0, 13, 1, "heading", (), "", 1),
            Block(15, 54, 1, "paragraph", ("Good practice",), "2.1", 0, ((30, 2),)),
            Block(56, 65, 2, "table_row", ("Actions",), "", 0, (), (("Owner", "Health"),), ""),
        ),
        2,
        "cspr",
        published,
        "Harrowmere",
        (Fact("period", "2019", "from 2019", 1),),
        (SkippedPart("row 4", "blank"),),
    )


def finding(doc_id="d-1", **changes):
    fields = {
        "page": 1,
        "page_end": 2,
        "paragraph": "2.1",
        "heading": ("Good practice",),
        "role": "strength",
        "why": True,
        "hindsight": ("blame",),
        "agencies": ("education", "health_community"),
        "priorities": ("neglect",),
        "themes": ("information_sharing",),
        "scores": {"role:strength": 0.9},
        "marks": (
            LabelEvidence("hindsight", "blame", 0, 3, 0.8, "rule:x", "family"),
            LabelEvidence("why", "workload", 4, 9, 1.0, "rule", "workload"),
            LabelEvidence("held", "outcome", 4, 9, 0.0, "guard:not_negated", "negated"),
        ),
        "actor": "agency",
        "frames": (Frame("strength", "school_contact", "late", "late", start=4, end=38),),
    } | changes
    place = {"finding_id": finding_id(doc_id, 15, 54), "start": 15, "end": 54, "text": TEXT[15:54]}
    return Finding(doc_id=doc_id, **{**place, **fields})


def save(store, *, path="reports/one.pdf", source_hash="h1", doc=None, found=None):
    doc, found = doc or document(), found or finding()
    store.save_source(
        source_hash,
        path,
        "run-1",
        read=[(doc, Annotated(doc.doc_id, (found,), 2), [_recommendation(found)])],
        annotated_with="v1",
    )


def _recommendation(found):
    return Recommendation(found.finding_id, found.doc_id, 1, found.text, "Health", "2022", "", ())


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "w") as opened:
        yield opened


def test_document_and_findings_come_back_as_they_went_in(store):
    save(store)
    assert store.document("d-1") == document()
    assert list(store.findings()) == [finding()]
    assert store.some_findings(["d-1:15-54", "absent"]) == {"d-1:15-54": finding()}


def test_only_the_scores_asked_for_are_read(store):
    save(store, found=finding(scores={"role:strength": 0.9, "why:why": 0.8}))
    assert list(store.findings(scores="role:")) == [finding()]
    [whole] = store.findings()
    assert len(whole.scores) == 2


def test_counts_add_up(store):
    save(store)
    store.save_source("h2", "bad.pdf", "run-1", read=[], quarantined=[Quarantined("bad.pdf", "no")])
    counts = store.counts()
    assert counts["documents_read"] == 2 == 1 + counts["documents_quarantined"]
    assert counts["units_read"] == (
        counts["units_kept"] + counts["units_boilerplate"] + counts["units_quarantined"]
    )
    assert store.known_sources() == {"h1": "ok", "h2": "quarantined"}


def test_a_changed_file_replaces_its_earlier_reading(store):
    save(store)
    newer = document("d-2")
    save(store, source_hash="h9", doc=newer, found=finding("d-2"))
    assert store.frame("documents")["doc_id"].tolist() == ["d-2"]
    assert [f.doc_id for f in store.findings()] == ["d-2"]
    assert store.word_search("nurse") == ["d-2:15-54"]


def test_a_failure_inside_a_document_leaves_nothing_of_it(store):
    found = finding()
    twice = Annotated("d-1", (found, found), 0)
    with pytest.raises(sqlite3.IntegrityError):
        store.save_source("h1", "one.pdf", "r", read=[(document(), twice, [])])
    assert store.counts()["documents_read"] == 0
    assert store.known_sources() == {}


def test_findings_frame_holds_the_contracts_columns_and_tuples(store):
    save(store)
    frame = store.frame("findings")
    row = frame.iloc[0]
    assert row["heading"] == "Good practice"
    assert row["agencies"] == ("education", "health_community")
    assert (row["reasons"], row["speaker"]) == (("workload",), "family")
    assert (row["actor"], row["note"]) == ("agency", ("outcome held back: negated",))
    assert row["score_role_strength"] == 0.9


def test_documents_frame_lists_quarantined_sources_with_their_reason(store):
    save(store)
    store.save_source("h2", "b.pdf", "r", read=[], quarantined=[Quarantined("b.pdf", "a scan")])
    frame = store.frame("documents").set_index("source")
    assert frame.loc["b.pdf", ["status", "reason"]].tolist() == ["quarantined", "a scan"]
    assert frame.loc["reports/one.pdf", "year"] == 2021
    assert pd.isna(frame.loc["b.pdf", "year"])


def test_themes_are_replaced_as_one_set_and_counted_over_documents(store):
    save(store)
    theme = Theme("information_sharing", "Information sharing", "known", ("share",), ("d-1:15-54",))
    found = ThemeSet(
        (theme,), (Assignment("d-1:15-54", "information_sharing", 0.75),), ("x",), ("note",),
        "phrases-1", 8, 1, 40, 0.9, {"information_sharing": 0.5},
        {"information_sharing": ("share", "told")}, (ThemeChange("e-1", "gone", 0, 2),),
    )  # fmt: skip
    store.save_themes(found)
    store.save_themes(found)
    assert store.themes() == found
    row = store.frame("themes").iloc[0]
    assert row[["documents", "findings", "strengths", "problems"]].tolist() == [1, 1, 1, 0]
    assert row["first_seen"] == "2021-03"


def test_a_finding_that_comes_again_stays_in_its_theme(store):
    save(store)
    given = (Assignment("d-1:15-54", "t", 0.75, "person"),)
    store.save_themes(ThemeSet((Theme("t", "T", "known"),), given))
    store.set_note(THEMES_MADE, "as it was")
    save(store, path="pack.zip", source_hash="h2")
    assert store.themes().assignments == given
    assert store.note(THEMES_MADE) is None
    store.save_annotated(Annotated("d-1", (finding(role="problem"),), 1), (), "k")
    assert store.themes().assignments == given
    store.save_annotated(Annotated("d-1", (), 1), (), "k")
    assert store.themes().assignments == ()


def test_the_digest_of_labels_changes_with_them_and_not_with_copies(store):
    save(store)
    before = store.labels_digest()
    assert store.labels_digest() == before
    store.save_annotated(Annotated("d-1", (finding(role="problem"),), 1), (), "k")
    assert store.labels_digest() != before
    store.save_repeats({}, {"d-1": "d-0"}, [])
    assert store.labels_digest() == Store(store.folder / "empty").labels_digest()


def test_sqlite_finds_no_fault_in_a_workspace_with_themes(store):
    save(store)
    theme = Theme("neglect", "Neglect", "known")
    store.save_themes(ThemeSet((theme,), (Assignment(finding().finding_id, "neglect", 0.8),)))
    assert store.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_unknown_table_names_those_there_are(store):
    with pytest.raises(UnknownNameError, match="unknown table 'x'; choose one of: assignments, "):
        store.frame("x")


class CountingEncoder:
    name, revision, dim = "counting", "1", 2

    def __init__(self):
        self.seen = []

    def encode(self, texts):
        self.seen += texts
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)


def test_no_text_is_encoded_twice(store):
    encoder = CountingEncoder()
    encode = store.encode_with(encoder)
    assert encode(["aa", "b", "aa"]).tolist() == [[2, 1], [1, 1], [2, 1]]
    encode.flush()
    again = store.encode_with(encoder)
    assert again(["ccc", "b"]).tolist() == [[3, 1], [1, 1]]
    assert encoder.seen == ["aa", "b", "ccc"]
    assert encode([]).shape == (0, 2)


def test_a_reader_reads_while_a_writer_writes(store, tmp_path):
    save(store)
    store.connection.execute("BEGIN IMMEDIATE")
    counted = []

    def read():
        with Store(tmp_path / "w") as other:
            counted.append(len(other.frame("findings")))

    reader = threading.Thread(target=read)
    reader.start()
    reader.join(10)
    store.connection.execute("ROLLBACK")
    assert counted == [1]


def test_a_workspace_of_a_newer_version_is_refused(tmp_path):
    with Store(tmp_path) as store:
        store.connection.execute("INSERT INTO migrations VALUES ('999 later')")
    with pytest.raises(StoreError, match=r"made by a newer lif_nlp \(step '999 later'\)"):
        Store(tmp_path)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "learning.db").write_bytes(b"not a database, but long enough to be read as one")
    with pytest.raises(StoreError, match="the workspace cannot be opened"):
        Store(tmp_path)


def test_purge_leaves_no_trace_of_a_document(store):
    save(store)
    other = finding("d-2", start=0, end=9, text="Carry on.", finding_id="d-2:0-9")
    kept = Document("d-2", "two.pdf", "Child B", "Carry on.", (Block(0, 9, 1),), 1)
    save(store, path="two.pdf", source_hash="h2", doc=kept, found=other)
    theme = Theme("t", "T", "known", (), ("d-1:15-54", "d-2:0-9"))
    assigned = (Assignment("d-1:15-54", "t", 1.0), Assignment("d-2:0-9", "t", 1.0))
    store.save_themes(ThemeSet((theme,), assigned))
    encode = store.encode_with(CountingEncoder())
    encode([TEXT[15:54], "Carry on."])
    encode.flush()
    store.purge("d-1")
    assert store.themes().themes[0].exemplars == ("d-2:0-9",)
    assert [a.finding_id for a in store.themes().assignments] == ["d-2:0-9"]
    assert store.word_search("nurse") == []
    assert store.known_sources() == {"h1": "purged", "h2": "ok"}
    [shard] = (store.folder / "vectors").glob("*.npy")
    assert np.load(shard).tolist() == [[0, 0], [9, 1]]
    store.close()
    assert b"nurse" not in b"".join(p.read_bytes() for p in store.folder.glob("learning.db*"))
    with pytest.raises(KeyError), Store(store.folder) as again:
        again.purge("d-1")


def test_a_purged_document_does_not_come_back_from_another_file(store):
    save(store)
    store.purge("d-1")
    save(store, path="pack.zip", source_hash="h2")
    assert list(store.findings()) == []
    assert store.known_sources() == {"h1": "purged", "h2": "purged"}


def test_a_workspace_of_before_knows_what_was_purged(store):
    digits = "90bd35df60f1e27d"
    save(store, source_hash=f"{digits}0123456789abcdef-key")
    store.purge("d-1")
    store.connection.execute("DROP TABLE purged")
    store.connection.execute("DROP INDEX vectors_key")
    store.connection.execute("DELETE FROM migrations WHERE name LIKE '008%'")
    with Store(store.folder) as again:
        save(again, path="b.pdf", source_hash="h2", doc=document(f"d-{digits}"),
             found=finding(f"d-{digits}"))  # fmt: skip
        assert list(again.findings()) == []


def test_vectors_of_a_text_are_found_without_reading_all(store):
    plan = store.connection.execute("EXPLAIN QUERY PLAN DELETE FROM vectors WHERE key = 'x'")
    assert "INDEX vectors_key" in " ".join(str(row) for row in plan)


def test_vectors_with_numbers_that_are_none_are_made_again(store):
    encode = store.encode_with(CountingEncoder())
    encode(["aa", "b"])
    encode.flush()
    [shard] = (store.folder / "vectors").glob("*.npy")
    np.save(shard, np.full((2, 2), np.nan, dtype=np.float32))
    encoder = CountingEncoder()
    again = store.encode_with(encoder)
    assert np.isfinite(again(["aa", "b"])).all()
    assert encoder.seen == ["aa", "b"]


def test_a_file_whose_stored_words_changed_is_due_again(store):
    save(store)
    store.mark_due(["d-1"])
    assert store.known_sources() == {}
