"""A purge leaves no byte of a report: looked for in every file of the workspace."""

import io
import json
import os
import shutil
import sqlite3
import zipfile

import pytest

from lif_nlp.briefs import BriefRequest
from lif_nlp.ledger_records import Action, Snapshot
from lif_nlp.runtime.manifest import record_run
from lif_nlp.store.purge import READER_SECONDS, REMOVED
from lif_nlp.workflow.brief import brief
from lif_nlp.workflow.export import export
from lif_nlp.workflow.follow import follow
from lif_nlp.workflow.purge import purge
from lif_nlp.workflow.themes import themes
from tests.workflow.conftest import build, opened

MARK = "The zwenkgrau notice lay unread because nobody had opened the quillonberg tray."
NAME = "quorvexil review"
REPORT = f"""# Learning review: Vextholm

Published 3 March 2024

## Findings

{MARK}

Plans came late because staff were few.
"""
OTHER = (
    "# Learning review: Child K\n\n## Findings\n\nSocial workers shared what they knew in time.\n"
)
WORDS = (b"zwenkgrau", b"quillonberg", b"quorvexil", b"Vextholm")


def traces(folder):
    """Where a word of the report stands, packed files and all."""
    places = []
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            if zipfile.is_zipfile(io.BytesIO(content)):
                with zipfile.ZipFile(io.BytesIO(content)) as archive:
                    content += b"".join(map(archive.read, archive.namelist()))
            places += [(path.name, word) for word in WORDS if word.lower() in content.lower()]
    return places


@pytest.fixture(scope="module")
def kept_folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("purge")
    (place / f"{NAME}.md").write_text(REPORT, encoding="utf-8")
    (place / "other.md").write_text(OTHER, encoding="utf-8")
    session = opened(place / "w")
    with session.store:
        build(session, place / f"{NAME}.md", place / "other.md")
    return place


@pytest.fixture
def kept(kept_folder, tmp_path):
    shutil.copytree(kept_folder, tmp_path / "p")
    session = opened(tmp_path / "p" / "w")
    yield session
    session.store.close()


def purged(session):
    documents = session.store.frame("documents")
    [doc_id] = documents.loc[documents["title"].str.contains("Vextholm"), "doc_id"]
    with record_run(session, "purge") as run:
        return purge(session, doc_id, run)


def test_the_words_stand_in_the_workspace_before(kept):
    assert {word for _, word in traces(kept.store.folder)} == set(WORDS)


def test_nothing_of_a_report_stays(kept):
    done = purged(kept)
    assert done.finished and done.holding == ()
    assert traces(kept.store.folder) == []
    kept.store.close()
    assert traces(kept.store.folder) == []


def test_search_and_other_reports_go_on(kept):
    purged(kept)
    assert kept.store.word_search("zwenkgrau") == []
    assert len(kept.store.word_search("shared")) == 1


def test_what_killed_runs_left_goes_with_the_next_run(kept):
    for folder in ("briefs", "vectors", "manifest"):
        (kept.store.folder / folder).mkdir(exist_ok=True)
        (kept.store.folder / folder / f".x.html.{os.getpid() + 1}.part").write_text(REPORT)
    purged(kept)
    assert traces(kept.store.folder) == []


def test_while_somebody_reads_the_words_stay_and_the_next_run_removes_them(kept, monkeypatch):
    monkeypatch.setattr("lif_nlp.store.purge.READER_SECONDS", 0.05)
    reader = sqlite3.connect(kept.store.folder / "learning.db")
    reader.execute("BEGIN")
    reader.execute("SELECT COUNT(*) FROM findings").fetchone()
    done = purged(kept)
    assert not done.finished and traces(kept.store.folder) != []
    reader.close()
    with record_run(kept, "add"):
        pass
    assert traces(kept.store.folder) == []
    assert kept.store.word_search("shared") and READER_SECONDS >= 1


def test_briefs_that_quote_it_go_and_are_named(kept):
    with record_run(kept, "brief") as run:
        written = brief(kept, run, BriefRequest(kind="explorer"))
    done = purged(kept)
    assert done.briefs == tuple(str(path) for path in written)
    assert traces(kept.store.folder) == []


def test_a_digest_that_lists_it_goes(kept):
    documents = kept.store.frame("documents")
    ids = [{"doc_id": doc_id} for doc_id in documents["doc_id"]]
    folder = kept.store.folder / "digests"
    folder.mkdir()
    (folder / "d.json").write_text(json.dumps({"documents": ids, "title": "Vextholm"}))
    (folder / "d.html").write_text("Vextholm")
    assert [path[-6:] for path in purged(kept).briefs] == ["d.json", "d.html"]
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["findings.csv", "findings.xlsx"])
def test_an_export_that_a_person_put_there_is_named(kept, name):
    path = kept.store.folder / name
    export(kept, "findings", path)
    assert purged(kept).holding == (str(path),)
    assert {place for place, _ in traces(kept.store.folder)} == {name}


def test_themes_built_again_and_a_moved_workspace(kept, tmp_path):
    with record_run(kept, "themes") as run:
        themes(kept, run)
    kept.store.close()
    moved = (kept.store.folder).rename(tmp_path / "moved")
    session = opened(moved)
    with session.store:
        purged(session)
        assert traces(moved) == []


def test_two_versions_of_a_report_go_one_after_the_other(kept, tmp_path):
    source = tmp_path / f"{NAME} 2.md"
    source.write_text(REPORT.replace("tray", "drawer"), encoding="utf-8")
    build(kept, source)
    documents = kept.store.frame("documents")
    for doc_id in documents.loc[documents["title"].str.contains("Vextholm"), "doc_id"]:
        with record_run(kept, "purge") as run:
            purge(kept, doc_id, run)
    assert traces(kept.store.folder) == []


def test_a_database_of_before_that_kept_what_it_deleted(kept):
    kept.store.connection.execute("PRAGMA secure_delete=OFF")
    kept.store.connection.execute("CREATE TABLE old (words TEXT)")
    kept.store.connection.execute("INSERT INTO old VALUES (?)", (MARK * 200,))
    kept.store.connection.execute("DROP TABLE old")
    purged(kept)
    assert traces(kept.store.folder) == []


def test_the_file_is_known_without_its_name(kept):
    purged(kept)
    rows = kept.store.connection.execute("SELECT path, status FROM sources ORDER BY status")
    assert [(path == REMOVED, status) for path, status in rows] == [(False, "ok"), (True, "purged")]
    build(kept, kept.store.folder.parent / f"{NAME}.md")
    assert len(kept.store.frame("documents")) == 1


FOLLOW_UPS = {
    f"{NAME}.md": f"# Response to the review: Vextholm\n\n{MARK}\n",
    f"{NAME}.csv": f"Vextholm plan\nRef,Action,Lead,Due,Status\n1,{MARK},Trust,30/04/24,underway\n",
}


@pytest.mark.parametrize("name", sorted(FOLLOW_UPS))
def test_nothing_of_a_response_or_a_plan_stays(tmp_path, name):
    (tmp_path / name).write_text(FOLLOW_UPS[name], encoding="utf-8")
    session = opened(tmp_path / "w")
    folder, ledger = session.store.folder, session.store.ledger
    with session.store:
        with record_run(session, "follow") as run:
            follow(session, [tmp_path / name], run)
        assert {word for _, word in traces(folder)} == set(WORDS)
        shutil.copy(tmp_path / name, folder / "copy.txt")
        ids = [d.doc_id for d in ledger.documents()]
        ids += [s.snapshot_id for s in ledger.records(Snapshot)]
        with record_run(session, "purge") as run:
            done = purge(session, *ids, run)
        assert done.finished and done.holding == (str(folder / "copy.txt"),)
        assert {place for place, _ in traces(folder)} == {"copy.txt"}


def test_a_purged_version_takes_its_rewording_along_and_brings_no_older_one_back(tmp_path):
    head = "Vextholm plan, as at {}\nRef,Action,Lead,Due,Status\n"
    for name, date, words in (
        ("v1.csv", "1 May 2024", "Write the bruising form with wards"),
        ("v2.csv", "1 June 2024", f"Write the bruising form with {MARK}"),
    ):
        rows = f"1,{words},Trust,30/09/24,underway\n2,Ring the school,Trust,30/09/24,underway\n"
        (tmp_path / name).write_text(head.format(date) + rows, encoding="utf-8")
    session = opened(tmp_path / "w", rules_only=True)
    ledger = session.store.ledger
    with session.store:
        with record_run(session, "follow") as run:
            follow(session, [tmp_path / "v1.csv", tmp_path / "v2.csv"], run)
        newest = max(ledger.records(Snapshot), key=lambda snapshot: snapshot.as_of)
        assert {a.text.split()[-1] for a in ledger.records(Action)} == {
            MARK.rsplit(maxsplit=1)[-1],
            "school",
        }
        with record_run(session, "purge") as run:
            purge(session, newest.snapshot_id, run)
        assert [a.text for a in ledger.records(Action)] == ["", "Ring the school"]
        assert {a.last_seen for a in ledger.records(Action)} == {"2024-05-01"}
