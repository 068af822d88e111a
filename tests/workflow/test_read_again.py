"""A report that is read again keeps its themes, and no report is lost on the way."""

import zipfile

from lif_nlp.config import load_settings
from lif_nlp.workflow.add import add
from lif_nlp.workflow.manifest import record_run
from lif_nlp.workflow.mine import mine
from lif_nlp.workflow.session import Session
from tests.conftest import REVIEW
from tests.workflow.conftest import build


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
    assert len(run_add(again, reports).read) == 2
    assert session.store.themes().assignments == given
    build(again)
    assert counted(session) == before


def test_a_pack_that_holds_a_known_report_leaves_it_in_its_themes(session, tmp_path, reports):
    build(session, reports)
    given = session.store.themes().assignments
    run_add(session, packed(tmp_path / "pack.zip", review=REVIEW))
    assert session.store.themes().assignments == given


def test_findings_made_anew_stay_in_their_themes(session, reports):
    build(session, reports)
    before, given = counted(session), session.store.themes().assignments
    session.store.connection.execute("UPDATE documents SET annotated_with = 'older'")
    assert run_add(session, reports).refreshed == 2
    assert session.store.themes().assignments == given
    build(session)
    assert counted(session) == before


def test_themes_and_briefs_are_made_anew_where_a_report_was_read_again(session, tmp_path, reports):
    with record_run(session, "mine") as run:
        first = mine(session, [reports], run, formats=("md",))
    for path in first.briefs:
        path.write_text("as it was", encoding="utf-8")
    pack = packed(tmp_path / "pack.zip", review=REVIEW)
    with record_run(session, "mine") as run:
        mine(session, [pack], run, formats=("md",))
    assert "unchanged" not in run.results["themes"]
    assert all(path.read_text("utf-8") != "as it was" for path in first.briefs)
