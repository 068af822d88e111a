"""A report that is read again keeps its themes, and no report is lost."""

import zipfile

from lif_nlp.config import load_settings
from lif_nlp.runtime.manifest import record_run
from lif_nlp.runtime.session import Session
from lif_nlp.workflow.add import add
from lif_nlp.workflow.mine import mine
from tests.conftest import REVIEW
from tests.workflow.conftest import build


def review(child):
    return REVIEW.replace("Child K", f"Child {child}")


def titles(session):
    frame = session.store.frame("documents")
    return [title.split()[-1] for title in sorted(frame.loc[frame["status"] == "ok", "title"])]


def counted(session):
    """Reports by theme, as people see them."""
    frame = session.store.frame("themes")
    return dict(zip(frame["theme_id"], frame["documents"], strict=True))


def run_add(session, *sources):
    with record_run(session, "add") as run:
        return add(session, sources, run)


def packed(path, **members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.md", text)
    return path


def test_a_report_read_again_stays_in_its_themes(session, tmp_path, reports):
    build(session, reports)
    before, given = counted(session), session.store.themes().assignments
    assert max(before.values()) > 0
    corrections = tmp_path / "corrections.toml"
    corrections.write_text('["review.md"]\narea = "Northmoor"\n', encoding="utf-8")
    again = Session(session.store, load_settings(encoder="hashed", corrections=corrections))
    assert len(run_add(again, reports).document_ids) == 2
    assert session.store.themes().assignments == given
    build(again)
    assert counted(session) == before


def test_an_archive_with_a_known_report_leaves_it_in_its_themes(session, tmp_path, reports):
    build(session, reports)
    given = session.store.themes().assignments
    run_add(session, packed(tmp_path / "pack.zip", review=REVIEW))
    assert session.store.themes().assignments == given


def test_findings_labelled_again_stay_in_their_themes(session, reports):
    build(session, reports)
    before, given = counted(session), session.store.themes().assignments
    session.store.connection.execute("UPDATE documents SET annotated_with = 'older'")
    assert run_add(session, reports).refreshed == 2
    assert session.store.themes().assignments == given
    build(session)
    assert counted(session) == before


def test_themes_and_briefs_are_made_again_if_a_report_was_read_again(session, tmp_path, reports):
    with record_run(session, "mine") as run:
        first = mine(session, [reports], run, formats=("md",))
    for path in first.briefs:
        path.write_text("as it was", encoding="utf-8")
    pack = packed(tmp_path / "pack.zip", review=REVIEW)
    with record_run(session, "mine") as run:
        mine(session, [pack], run, formats=("md",))
    assert "unchanged" not in run.results["themes"]
    assert all(path.read_text("utf-8") != "as it was" for path in first.briefs)


def test_files_of_one_name_in_two_folders_are_two_reports(session, tmp_path, monkeypatch):
    for year, child in (("2023", "K"), ("2024", "L")):
        folder = tmp_path / year
        folder.mkdir()
        (folder / "review.md").write_text(review(child), encoding="utf-8")
        monkeypatch.chdir(folder)
        run_add(session, "review.md")
    assert titles(session) == ["K", "L"]
    (folder / "review.md").write_text(review("M"), encoding="utf-8")
    run_add(session, tmp_path / "2024")
    assert titles(session) == ["K", "M"]


def test_a_single_report_stays_when_an_archive_with_it_is_removed(session, tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.md").write_text(review("K"), encoding="utf-8")
    packed(folder / "pack.zip", a=review("K"), b=review("L"))
    run_add(session, folder)
    assert titles(session) == ["K", "L"]
    packed(folder / "pack.zip", b=review("L"), c=review("M"))
    again = run_add(session, folder)
    assert titles(session) == ["K", "L", "M"]
    assert (len(again.document_ids), again.skipped) == (3, 0)
    (folder / "pack.zip").write_bytes(b"PK, but nothing more")
    run_add(session, folder)
    assert titles(session) == ["K"]
    assert run_add(session, folder).skipped == 2


def test_a_report_in_two_archives_stays_when_one_is_removed(session, tmp_path):
    packed(tmp_path / "1.zip", a=review("K"), b=review("L"))
    second = packed(tmp_path / "2.zip", a=review("K"), c=review("M"))
    run_add(session, tmp_path)
    packed(second, c=review("M"))
    run_add(session, tmp_path)
    assert titles(session) == ["K", "L", "M"]


def test_a_report_whose_archive_changed_unnoticed_is_read_in_the_next_run(session, tmp_path):
    loose = tmp_path / "a.md"
    loose.write_text(review("K"), encoding="utf-8")
    pack = packed(tmp_path / "pack.zip", a=review("K"))
    run_add(session, loose)
    run_add(session, pack)
    packed(pack, b=review("L"))
    run_add(session, pack)
    assert titles(session) == ["L"]
    run_add(session, loose)
    assert titles(session) == ["K", "L"]


def test_a_purged_report_stays_away_however_it_is_read_again(session, tmp_path):
    path = tmp_path / "a.md"
    path.write_text(review("K"), encoding="utf-8")
    run_add(session, path)
    session.store.purge(session.store.frame("documents")["doc_id"][0])
    pack = packed(tmp_path / "pack.zip", a=review("K"), b=review("L"))
    redacting = Session(session.store, load_settings(encoder="hashed", redact=True))
    assert len(run_add(session, pack).document_ids) == 1
    again = run_add(redacting, path)
    assert (again.document_ids, again.skipped) == ((), 1)
    assert titles(session) == ["L"]
    assert run_add(redacting, path).skipped == 1
