"""Each stage does its work once, counts add up, and nothing incomplete is kept."""

import json
import sys

import pandas as pd
import pytest

from lif_nlp.config import load_settings
from lif_nlp.errors import LifError, MissingExtraError, UnknownNameError
from lif_nlp.runtime.manifest import record_run
from lif_nlp.runtime.session import Session
from lif_nlp.workflow.add import add
from lif_nlp.workflow.export import export
from lif_nlp.workflow.mine import mine
from lif_nlp.workflow.search import search
from lif_nlp.workflow.status import status
from lif_nlp.workflow.tables import TABLES, table
from lif_nlp.workflow.themes import themes
from tests.frame_checks import assert_follows_schema


def run_add(session, *sources):
    with record_run(session, "add") as run:
        return add(session, sources, run)


def test_add_keeps_the_good_and_quarantines_the_bad(session, reports):
    added = run_add(session, reports)
    assert len(added.document_ids) == 2
    [refused] = added.quarantined
    assert refused.source.endswith("false.pdf")
    assert refused.reason.startswith("a web page saved as .pdf")
    counts = session.store.counts()
    assert counts["documents_read"] == 3
    assert counts["units_read"] == (
        counts["units_kept"] + counts["units_boilerplate"] + counts["units_quarantined"]
    )


def test_each_file_of_the_same_bad_bytes_is_named(session, reports):
    (reports / "twin.pdf").write_bytes((reports / "false.pdf").read_bytes())
    added = run_add(session, reports)
    assert sorted(q.source[-9:] for q in added.quarantined) == ["/twin.pdf", "false.pdf"]
    assert (len(added.document_ids), added.skipped) == (2, 0)
    assert session.store.counts()["documents_quarantined"] == 2


def test_a_second_add_reads_nothing(session, reports):
    run_add(session, reports)
    before = session.store.frame("findings")
    again = run_add(session, reports)
    assert (again.document_ids, again.quarantined, again.skipped) == ((), (), 3)
    pd.testing.assert_frame_equal(session.store.frame("findings"), before)


def test_a_changed_file_replaces_the_old_one(session, reports):
    run_add(session, reports)
    path = reports / "review.md"
    path.write_text(path.read_text("utf-8").replace("Child K", "Child L"), encoding="utf-8")
    assert len(run_add(session, reports).document_ids) == 1
    titles = session.store.frame("documents")["title"].tolist()
    assert sum("Child K" in title for title in titles) == 0


def test_a_changed_framework_labels_stored_reports_again(session, reports, tmp_path):
    run_add(session, reports)
    from lif_nlp.framework import load_framework
    from lif_nlp.framework.load import DEFAULT

    edited = tmp_path / "own.toml"
    text = DEFAULT.read_text(encoding="utf-8")
    edited.write_text(text.replace(load_framework().partnership, "Elsewhere SCP"), encoding="utf-8")
    settings = load_settings(encoder="hashed", framework=edited)
    other = Session(session.store, settings)
    with record_run(other, "add") as run:
        assert add(other, [], run).refreshed == 2


def test_findings_of_the_review_have_its_labels(filled):
    found = filled.store.frame("findings").set_index("text")
    reason = found.filter(like="could not exchange", axis=0).iloc[0]
    assert (reason["role"], bool(reason["why"])) == ("problem", True)
    assert found.filter(like="failed to tell", axis=0).iloc[0]["hindsight"] == ("blame",)
    assert found.filter(like="strategy meeting", axis=0).iloc[0]["hindsight"] == ("counterfactual",)
    assert found.filter(like="same day", axis=0).iloc[0]["role"] == "strength"
    assert found.filter(like="by September", axis=0).iloc[0]["role"] == "action"


def test_every_finding_is_a_slice_of_its_document(filled):
    for row in filled.store.frame("findings").itertuples():
        assert filled.store.text_of(row.doc_id)[row.start : row.end] == row.text


def test_themes_are_built_once_for_the_same_findings(filled):
    with record_run(filled, "themes") as run:
        first = themes(filled, run)
    with record_run(filled, "themes") as run:
        second = themes(filled, run)
    assert run.results["themes"]["unchanged"] is True
    assert [t.theme_id for t in first.themes] == [t.theme_id for t in second.themes]
    assert "information_sharing" in {t.theme_id for t in first.themes}


def test_mine_writes_briefs_and_a_manifest_whose_counts_add_up(session, reports):
    with record_run(session, "mine") as run:
        mined = mine(session, [reports], run, formats=("md",))
    assert mined.briefs
    assert all(path.suffix == ".md" and path.stat().st_size for path in mined.briefs)
    path = session.store.folder / "manifest" / f"{run.run_id}.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    assert manifest["seed"] == session.settings.seed
    assert len(manifest["inputs"]) == 3
    counts = manifest["counts"]
    assert counts["documents_read"] == counts["documents_kept"] + counts["documents_quarantined"]


def test_mine_again_writes_nothing_new(session, reports):
    with record_run(session, "mine") as run:
        first = mine(session, [reports], run, formats=("md",))
    stamps = {path: path.stat().st_mtime_ns for path in first.briefs}
    with record_run(session, "mine") as run:
        second = mine(session, [reports], run, formats=("md",))
    assert {path: path.stat().st_mtime_ns for path in second.briefs} == stamps


# what two reports of one year, without decisions of people and follow-up documents, cannot fill
EMPTY = {
    *("decisions", "emergent", "directions", "horizon", "recurring_problems", "labels"),
    *("points", "point_members", "point_years"),
    *("asks", "answers", "actions", "action_asks", "plans", "snapshots", "states", "checks"),
    *("sent", "sessions", "voice", "research", "follow_ups"),
    *("life_lines", "programme", "ageing", "case_tracker"),
}


def test_every_table_can_be_made(filled):
    with record_run(filled, "themes") as run:
        themes(filled, run)

    made = {name: table(filled, name) for name in TABLES}
    assert {name for name, frame in made.items() if frame.empty} == EMPTY
    for name in made.keys() - EMPTY:
        assert_follows_schema(made[name], name)


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx", ".jsonl"])
def test_export_keeps_every_row(filled, suffix, tmp_path):
    path = tmp_path / f"findings{suffix}"
    read = {
        ".csv": pd.read_csv,
        ".parquet": pd.read_parquet,
        ".xlsx": pd.read_excel,
        ".jsonl": lambda p: pd.read_json(p, lines=True),
    }[suffix]
    rows = export(filled, "findings", path)
    assert rows == len(read(path)) > 5


def test_export_leaves_no_formula_for_a_spreadsheet(session, tmp_path):
    path = tmp_path / "sums.md"
    path.write_text(
        "# Review\n\n=cmd|' /C calc'!A0 was written by the auditor.\n", encoding="utf-8"
    )
    run_add(session, path)
    export(session, "findings", tmp_path / "findings.csv")
    texts = pd.read_csv(tmp_path / "findings.csv")["text"]
    assert texts.str.startswith("'=cmd").sum() == 1


def test_export_names_what_it_can_write(session, tmp_path):
    with pytest.raises(UnknownNameError, match=r"unknown file type '\.doc'; choose one of: \.csv"):
        export(session, "findings", tmp_path / "x.doc")
    with pytest.raises(UnknownNameError, match="unknown table 'nope'; choose one of: documents"):
        export(session, "nope", tmp_path / "x.csv")


def test_search_finds_words_with_report_and_page(filled):
    best = search(filled, "strategy meeting about a bruise", limit=1).iloc[0]
    assert "strategy meeting" in best["text"]
    assert best["page"] == 1
    with pytest.raises(LifError, match="the words are empty"):
        search(filled, "  ")


def test_status_lists_what_was_not_used(filled):
    found = status(filled)
    assert found.quarantined["source"].str.endswith("false.pdf").all()
    assert len(found.unused) == found.counts["units_quarantined"] >= 1


def test_parquet_without_pyarrow_says_what_to_install(session, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r'needs the package pyarrow.*install "pyarrow"'):
        export(session, "documents", tmp_path / "x.parquet")
    assert export(session, "documents", tmp_path / "x.csv") == 0
