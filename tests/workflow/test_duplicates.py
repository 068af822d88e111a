"""A draft and its final count once; wording that stands in many reports makes no theme."""

import pytest

from lif_nlp.config import load_settings
from lif_nlp.runtime.manifest import record_run
from lif_nlp.runtime.session import Session
from lif_nlp.store import Store
from lif_nlp.workflow.add import add

COMMON = "Safeguarding partners must arrange for the review of serious child safeguarding cases."


@pytest.fixture
def session(tmp_path):
    with Store(tmp_path / "w") as store:
        yield Session(store, load_settings(tmp_path / "w", encoder="hashed"))


def run_add(session, *sources):
    with record_run(session, "add") as run:
        added = add(session, sources, run)
    return run.results["repeats"] | {"refreshed": added.refreshed}


def report(folder, name, *lines):
    path = folder / f"{name}.md"
    body = "\n\n".join(f"{n}.1 {line}" for n, line in enumerate(lines, start=1))
    path.write_text(f"# Learning review: {name}\n\n## Findings\n\n{body}\n", encoding="utf-8")
    return path


def lines(start, count=30):
    return [f"Finding number {n} says that step {n * 7} of plan {n * 3} was late." for n in
            range(start, start + count)]  # fmt: skip


def test_a_draft_points_to_its_final_and_does_not_count(session, tmp_path):
    run_add(session, report(tmp_path, "draft", *lines(0)))
    found = run_add(session, report(tmp_path, "final", *lines(0), "One line was added at the end."))
    documents = session.store.frame("documents").set_index("title")
    assert found["copies"] == 1
    copies = documents["duplicate_of"]
    assert copies["Learning review: draft"] == documents.loc["Learning review: final", "doc_id"]
    assert copies["Learning review: final"] == ""
    counted = {finding.doc_id for finding in session.store.findings(counted=True)}
    assert counted == {documents.loc["Learning review: final", "doc_id"]}


def test_wording_of_three_reports_is_marked_in_each(session, tmp_path):
    for n in range(3):
        report(tmp_path, f"report {n}", COMMON, *lines(n * 100))
    run_add(session, tmp_path)
    frame = session.store.frame("findings")
    assert set(frame.loc[frame["stock_wording"], "text"]) == {COMMON}
    assert frame["stock_wording"].sum() == 3
    assert COMMON not in {finding.text for finding in session.store.findings(counted=True)}


def test_a_run_without_news_compares_nothing(session, tmp_path):
    path = report(tmp_path, "only", *lines(0))
    run_add(session, path)
    assert run_add(session, path) == {"copies": 0, "repeated": 0, "refreshed": 0}


def test_common_wording_stays_marked_when_findings_are_made_anew(session, tmp_path):
    for n in range(3):
        report(tmp_path, f"report {n}", COMMON, *lines(n * 100))
    run_add(session, tmp_path)
    session.store.connection.execute("UPDATE documents SET annotated_with = 'older'")
    assert run_add(session, *sorted(tmp_path.glob("*.md")))["refreshed"] == 3
    assert session.store.frame("findings")["stock_wording"].sum() == 3


def test_common_wording_is_marked_by_the_next_run_where_one_was_cut_short(session, tmp_path):
    paths = [report(tmp_path, f"report {n}", COMMON, *lines(n * 100)) for n in range(3)]
    run_add(session, *paths)
    session.store.connection.execute("UPDATE documents SET annotated_with = 'older'")
    with pytest.MonkeyPatch.context() as cut, pytest.raises(KeyboardInterrupt):
        cut.setattr("lif_nlp.workflow.add.mark_duplicates", killed)
        run_add(session, *paths)
    assert session.store.frame("findings")["stock_wording"].sum() == 0
    assert run_add(session, *paths)["refreshed"] == 0
    assert session.store.frame("findings")["stock_wording"].sum() == 3


def killed(*_, **__):
    raise KeyboardInterrupt


def test_wording_is_common_no_more_when_a_report_with_it_is_purged(session, tmp_path):
    for n in range(3):
        report(tmp_path, f"report {n}", COMMON, *lines(n * 100))
    run_add(session, tmp_path)
    session.store.purge(session.store.frame("documents")["doc_id"][0])
    run_add(session)
    assert session.store.frame("findings")["stock_wording"].sum() == 0


def test_a_draft_counts_again_when_its_final_is_gone(session, tmp_path):
    draft = report(tmp_path, "draft", *lines(0))
    run_add(session, draft)
    run_add(session, report(tmp_path, "final", *lines(0), "One line was added at the end."))
    documents = session.store.frame("documents").set_index("title")
    session.store.purge(documents.loc["Learning review: final", "doc_id"])
    run_add(session, draft)
    assert session.store.frame("documents")["duplicate_of"].tolist() == [""]
