"""What a person decided holds everywhere at once, and can be undone in any order."""

import random
import re
from pathlib import Path

import pandas as pd
import pytest

from lif_nlp.api.workspace import Workspace
from lif_nlp.errors import LifError, UnknownNameError
from lif_nlp.records import Edit
from lif_nlp.workflow.decisions import take
from lif_nlp.workflow.digest import theme_counts
from tests.workflow.test_review_round_trip import (
    RECORDING,
    SHARING,
    Book,
    report,
    with_found_themes,
)

NAME = "What we write down"


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory):
    """A workspace in which over thirty decisions of every kind were taken, and what it was."""
    folder = tmp_path_factory.mktemp("decisions")
    (folder / "in").mkdir()
    move = "planned house move"
    asked = (move, move, "new school", move, "lost key of the flat", "new school")
    for n, thing in enumerate(asked):
        report(folder / "in", n, thing)
    with Workspace(folder / "w", encoder="hashed") as ws:
        ws.add(folder / "in")
        ws.themes()
        store = ws._session.store
        store.save_themes(with_found_themes(store.themes()))
        before = everything(ws, folder / "before")
        ids = fill_in(ws, folder / "review.xlsx")
        done = ws.import_review(folder / "review.xlsx", author="A. Reader")
        assert (done.conflicts, done.disagreements, done.notices) == ((), (), ())
        ws.correct(ids["api"], role="context", why=False, author="B. Reader")
        yield ws, ids, before, folder


def fill_in(ws, path):
    """Decide in every way that the workbook offers; returns the findings decided on."""
    ws.export_review(path)
    book = Book(path)
    book.theme(RECORDING, new_name=NAME, decision="approve")
    book.theme("e-1", decision="reject")
    book.theme("e-2", new_name="Blue gates", decision="approve")
    book.theme("e-3", merge_into="Blue gates")
    book.theme("s-1", new_name="Telling the nursery")
    book.theme("s-2", merge_into="Telling the nursery")
    book.fill("Themes", None, new_name="Empty so far")
    ids = {
        "right": book.finding(SHARING, 0, decision="right"),
        "wrong": book.finding(SHARING, 1, decision="wrong"),
        "split": book.finding(SHARING, 2, new_theme="Moves"),
        "split too": book.finding(SHARING, 3, new_theme="Moves"),
        "moved": book.finding(RECORDING, 0, decision="wrong", move_to="information_sharing"),
        "both": book.finding(RECORDING, 1, also_in="Information sharing"),
        "joins": book.finding(RECORDING, 2, new_theme="Moves"),
        "to part": book.finding("e-1", 0, move_to="s-1"),
        "new": book.finding("", 0, new_theme="Late buses"),
        "api": book.finding("", 5),
    }
    for n, role in enumerate(("strength", "problem", "action", "context")):
        ids[role] = book.finding("", 1 + n, role_should_be=role)
    for n, why in enumerate(("yes", "no", "yes")):
        ids[f"why {n}"] = book.finding(RECORDING, n, why_should_be=why)
    rows = book.rows("Recommendations")
    book.fill("Recommendations", rows[0], decision="right")
    book.fill("Recommendations", rows[3], same_as="none")
    book.fill("Recommendations", rows[4], same_as=rows[2]["finding_id"])
    book.fill("Recommendations", rows[5], decision="wrong")
    ids |= {"first": rows[2]["finding_id"], "repeat": rows[4]["finding_id"],
            "none": rows[3]["finding_id"], "not one": rows[5]["finding_id"]}  # fmt: skip
    book.book.save(path)
    return ids


def everything(ws, folder):
    """Every export and some briefs, by name, as bytes without the run's own id."""
    for name in ws.tables:
        if name != "decisions":
            ws.export(name, folder / f"{name}.csv")
    ws.export("themes", folder / "themes.qdc")
    for kind in ("seven-minute", "board", "explorer"):
        ws.brief(kind=kind, theme=RECORDING if kind == "seven-minute" else "",
                 format="md", out=folder)  # fmt: skip
    return {
        path.name: re.sub(rb"\d{8}T\d{6}-[0-9a-f]{6}|\d\d:\d\d:\d\d", b"", path.read_bytes())
        for path in sorted(Path(folder).iterdir())
    }


def one(frame, finding_id):
    return frame.set_index("finding_id").loc[finding_id]


def test_thirty_decisions_of_every_kind_are_in_the_log(reviewed):
    ws, *_ = reviewed
    log = ws.decisions()
    assert len(log) >= 30
    assert set(log["action"]) == {
        "approve", "reject", "rename", "merge", "split", "reassign", "add", "create", "relabel",
        "recommendation",
    }  # fmt: skip
    assert set(log["status"]) == {"applied"}
    assert log["after"].ne("").all()
    assert set(log["author"]) == {"A. Reader", "B. Reader"}
    rename = log[log["action"].eq("rename") & log["theme_id"].eq(RECORDING)].iloc[0]
    assert (rename["before"], rename["after"]) == ("Recording", NAME)
    assert rename["source"] == "review.xlsx"
    assert re.fullmatch(r"Themes \d+", rename["row"])
    moved = log[log["action"].eq("reassign") & log["value"].eq(SHARING)].iloc[0]
    assert NAME in moved["before"] and NAME not in moved["after"]


def test_themes_and_findings_say_the_same(reviewed):
    ws, ids, *_ = reviewed
    findings, themes = ws.findings(), ws.themes(shown_only=False).set_index("theme_id")
    by_name = themes.reset_index().set_index("name")["theme_id"]
    moves, buses = by_name["Moves"], by_name["Late buses"]
    assert SHARING in one(findings, ids["right"])["themes"]
    assert SHARING not in one(findings, ids["wrong"])["themes"]
    assert SHARING in one(findings, ids["moved"])["themes"]
    assert RECORDING not in one(findings, ids["moved"])["themes"]
    assert {SHARING, RECORDING} <= set(one(findings, ids["both"])["themes"])
    assert one(findings, ids["new"])["themes"] == (buses,)
    assert {"s-1", SHARING} <= set(one(findings, ids["to part"])["themes"])
    for who in ("split", "split too", "joins"):
        assert moves in one(findings, ids[who])["themes"]
    assert "e-1" not in {theme for ids in findings["themes"] for theme in ids}
    assert not {"e-3", "s-2"} & set(themes.index)
    for theme_id, theme in themes[themes["status"].ne("rejected")].iterrows():
        filtered = ws.findings(theme=theme_id)
        assert len(filtered) == theme["findings"]
        assert filtered["role"].eq("problem").sum() == theme["problems"]
        assert filtered["role"].eq("strength").sum() == theme["strengths"]
        in_column = findings[findings["themes"].map(lambda ids, t=theme_id: t in ids)]
        assert set(in_column["finding_id"]) == set(filtered["finding_id"])


def test_roles_and_reasons_are_those_that_people_gave(reviewed):
    ws, ids, *_ = reviewed
    findings = ws.findings()
    for role in ("strength", "problem", "action", "context"):
        assert tuple(one(findings, ids[role])[["role", "role_by"]]) == (role, "person")
        assert ids[role] in set(ws.findings(role=role)["finding_id"])
        assert one(findings, ids[role])[f"score_role_{role}"] == 1.0
    for n, why in enumerate((True, False, True)):
        assert tuple(one(findings, ids[f"why {n}"])[["why", "why_by"]]) == (why, "person")
        assert (ids[f"why {n}"] in set(ws.findings(why=True)["finding_id"])) == why
    assert tuple(one(findings, ids["api"])[["role", "why", "why_by"]]) == (
        "context", False, "person",
    )  # fmt: skip
    assert one(findings, ids["right"])["role_by"] == "machine"
    record = ws._session.store.some_findings([ids["strength"]])[ids["strength"]]
    assert [m.by for m in record.marks if m.layer == "role"] == ["person"]
    found = ws.search(record.text, limit=40).set_index("finding_id")
    assert found.loc[ids["strength"], "role"] == "strength"


def test_a_new_name_is_found_and_read_everywhere(reviewed, tmp_path):
    ws, _ids, before, _ = reviewed
    assert len(ws.findings(theme=NAME.upper())) == len(ws.findings(theme=RECORDING))
    [brief] = ws.brief(theme=NAME.lower(), format="md", out=tmp_path)
    text = brief.read_text("utf-8")
    assert text.startswith(f"# Seven-minute briefing: {NAME}")
    assert b"Seven-minute briefing: Recording" in before["seven-minute-theme-recording.md"]
    ws.export("themes", tmp_path / "themes.csv")
    exported = pd.read_csv(tmp_path / "themes.csv").set_index("theme_id")
    assert exported.loc[RECORDING, ["name", "status"]].tolist() == [NAME, "approved"]
    ws.export("themes", tmp_path / "themes.qdc")
    assert NAME in (tmp_path / "themes.qdc").read_text("utf-8")
    [explorer] = ws.brief(kind="explorer", out=tmp_path)
    assert NAME in explorer.read_text("utf-8")
    assert NAME in set(ws.table("trends")["name"])


def test_a_rejected_theme_is_left_out_everywhere_and_marked_where_all_are_listed(
    reviewed, tmp_path
):
    ws, *_ = reviewed
    everything_listed = ws.themes(shown_only=False).set_index("theme_id")
    assert everything_listed.loc["e-1", "status"] == "rejected"
    assert "e-1" not in set(ws.themes()["theme_id"])
    assert "e-1" not in theme_counts(ws._session)
    assert ws.status().themes == len(everything_listed) - 1
    [explorer] = ws.brief(kind="explorer", out=tmp_path)
    assert "Found e-1" not in explorer.read_text("utf-8")
    ws.export("themes", tmp_path / "themes.qdc")
    assert "Found e-1" not in (tmp_path / "themes.qdc").read_text("utf-8")
    with pytest.raises(UnknownNameError, match="unknown theme 'e-1'; choose one of: "):
        ws.brief(theme="e-1", out=tmp_path)


def test_recommendations_are_as_people_read_them(reviewed):
    ws, ids, *_ = reviewed
    found = ws.recommendations().set_index("finding_id")
    assert found.loc[ids["not one"], "decision"] == "wrong"
    assert found.loc[ids["repeat"], "repeat_of"] == ids["first"]
    assert found.loc[ids["none"], "repeat_of"] == ""


def test_undone_in_any_order_every_export_and_brief_is_as_at_first(reviewed, tmp_path):
    ws, _, before, _ = reviewed
    after = everything(ws, tmp_path / "after")
    changed = {name for name in before if before[name] != after[name]}
    assert changed >= {
        "findings.csv", "themes.csv", "assignments.csv", "recommendations.csv", "labels.csv",
        "themes.qdc", "seven-minute-theme-recording.md",
    }  # fmt: skip
    numbers = ws.decisions()["edit_id"].tolist()
    for seed in (1, 2):
        random.Random(seed).shuffle(numbers)
        for number in numbers:
            ws.undo(number, author="C. Reader")
        undone = everything(ws, tmp_path / f"undone {seed}")
        assert {name for name in before if undone[name] != before[name]} == set()
        assert set(ws.decisions()["status"]) == {"undone"}
        for number in sorted(numbers):
            ws.redo(number)
    assert everything(ws, tmp_path / "redone") == after


def test_a_decision_is_undone_once_and_by_its_number(reviewed):
    ws, *_ = reviewed
    ws.undo(1, author="C. Reader")
    with pytest.raises(LifError, match=r"decision 1 has already been undone by C\. Reader, on 20"):
        ws.undo(1)
    ws.redo(1)
    with pytest.raises(LifError, match="decision 1 is not undone, so it cannot be redone"):
        ws.redo(1)
    with pytest.raises(LifError, match="there is no decision 999; list them with their numbers: "):
        ws.undo(999)


def test_a_correction_that_is_not_possible_is_refused(reviewed):
    ws, ids, *_ = reviewed
    with pytest.raises(UnknownNameError, match="unknown role 'good'; choose one of: strength, "):
        ws.correct(ids["api"], role="good")
    with pytest.raises(LifError, match=r"nothing to correct: give role=\.\.\. or why="):
        ws.correct(ids["api"])
    with pytest.raises(LifError, match="there is no finding d-0:1-2"):
        ws.correct("d-0:1-2", why=True)


def test_decisions_survive_new_reports_and_are_undone_after_them(reviewed):
    ws, ids, _, folder = reviewed
    ws.correct(ids["right"], role="action")
    report(folder / "in", 7, "lost letter")
    ws.add(folder / "in")
    ws.themes()
    findings = ws.findings()
    assert one(findings, ids["right"])["role"] == "action"
    assert SHARING in one(findings, ids["moved"])["themes"]
    machine = ws._session.store.machine_themes()
    for number in ws.decisions()["edit_id"]:
        ws.undo(number)
    people_made = {e.new_theme_id for e in ws._session.store.edits()} - {""}
    current = ws._session.store.themes()
    assert {t.theme_id for t in current.themes} == {
        t.theme_id for t in machine.themes
    } - people_made
    assert {t.status for t in current.themes} == {"proposed"}
    assert {a.by for a in current.assignments} == {"machine"}


def test_decisions_follow_a_finding_whose_place_in_the_report_moved(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    report(folder, 1, "school")
    with Workspace(tmp_path / "w", encoder="hashed") as ws:
        ws.add(folder)
        ws.themes()
        finding = ws.findings(theme=RECORDING).iloc[0]
        ws.correct(finding["finding_id"], role="strength", why=True)
        edit = Edit("split", RECORDING, "Words not kept", (finding["finding_id"],))
        take(ws._session, [edit])
        path = folder / "review_1.md"
        text = path.read_text("utf-8").replace("## Findings", "A sentence more.\n\n## Findings")
        path.write_text(text, "utf-8")
        ws.add(folder)
        ws.themes()
        moved = ws.findings(theme="Words not kept").iloc[0]
        assert moved["finding_id"] != finding["finding_id"]
        assert moved["text"] == finding["text"]
        assert tuple(moved[["role", "role_by", "why", "why_by"]]) == (
            "strength", "person", True, "person",
        )  # fmt: skip


def test_purging_a_report_takes_what_decisions_hold_of_it_along(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    report(folder, 1, "school")
    report(folder, 2, "school")
    with Workspace(tmp_path / "w", encoder="hashed") as ws:
        ws.add(folder)
        ws.themes()
        gone, stays = ws.documents().sort_values("source")["doc_id"]
        lost, kept = (ws.findings(report=doc).iloc[0]["finding_id"] for doc in (gone, stays))
        ws.correct(lost, role="action")
        edits = [Edit("create", "", "Kettles", (lost, kept)), Edit("add", RECORDING, "", (lost,)),
                 Edit("merge", RECORDING, lost)]  # fmt: skip
        take(ws._session, edits)
        ws.purge(gone)
        assert [e.finding_ids for e in ws._session.store.edits()] == [(kept,), ()]
        ws.close()
        content = b"".join(p.read_bytes() for p in (tmp_path / "w").glob("learning.db*"))
        assert gone.encode() + b":" not in content
