"""The whole way: a review, its tracker in two versions, a response; and nothing but a review."""

from dataclasses import replace
from pathlib import Path

import pytest

from lif_nlp.errors import LifError
from lif_nlp.framework import load_framework
from lif_nlp.ingest.reader import read
from lif_nlp.ledger.lifelines import LifeLineStage
from lif_nlp.ledger_records import (
    Action,
    ActionAsk,
    Answer,
    Ask,
    FollowUp,
    Plan,
    Snapshot,
    State,
)
from lif_nlp.records import Annotated
from lif_nlp.runtime.manifest import record_run
from lif_nlp.workflow.follow import follow
from lif_nlp.workflow.ledger_tables import LEDGER_TABLES, all_life_lines, life_line
from lif_nlp.workflow.purge import purge
from lif_nlp.workflow.sent import record_sent
from lif_nlp.workflow.tables import table
from tests.workflow.conftest import opened

REVIEW = """# Local child safeguarding practice review: Child Heron

Published 14 January 2024

Saltmere Safeguarding Children Partnership

## Recommendations

1. The Partnership should replace the two bruising forms with one pathway.

2. The Trust should record the father at the booking appointment.
"""
RESPONSE = """# Response to the review of Child Heron

Published 2 March 2024

Saltmere Safeguarding Children Partnership

Recommendation 1: Accepted. One pathway will replace the two forms.
"""
PLAN = """Ref,Rec,Action,Lead,Target date,Status,Comment
1.1,1,Withdraw the two forms,Trust,30/04/2024,{first},
1.2,1,Publish the pathway,Trust,31/05/2024,underway,
{last}
"""
SECOND = "2,2,Add the father to the booking form,Trust,30/06/2024,Not started,"


def take(session, *files, **options):
    with record_run(session, "follow") as run:
        return follow(session, files, run, **options)


def add_review(session, folder):
    """Store the review; returns its id."""
    path = folder / "heron.md"
    path.write_text(REVIEW, encoding="utf-8")
    [document] = read(path, framework=load_framework())
    annotated = Annotated(document.doc_id, ())
    session.store.save_source("heron", str(path), "run", read=[(document, annotated, ())])
    return document.doc_id


@pytest.fixture
def session(tmp_path):
    """A workspace with the review alone, as it is stored; nothing here needs its findings."""
    made = opened(tmp_path / "w")
    add_review(made, tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def plans(tmp_path):
    """Two versions of a plan; in the second, an action is done and another is missing."""
    first, second = tmp_path / "heron_plan_2024-04.csv", tmp_path / "heron_plan_2024-07.csv"
    first.write_text(PLAN.format(first="underway", last=SECOND), encoding="utf-8")
    second.write_text(PLAN.format(first="Done", last=""), encoding="utf-8")
    return first, second


def stages(session, number):
    [line] = [line for line in all_life_lines(session) if line.ask.number == number]
    return {stage.name: stage for stage in line.stages}


def test_nothing_but_a_review_claims_nothing(session):
    take(session)
    for line in all_life_lines(session):
        assert [s.name for s in line.stages if s.recorded] == ["asked"]
        assert all("nothing recorded" in s.words for s in line.stages[1:])


def test_a_life_line_cites_a_page_only_where_a_reader_finds_one(session):
    take(session)
    [first, _] = all_life_lines(session)
    assert first.stages[0].source == "Local child safeguarding practice review: Child Heron"


def test_versions_keep_ids_and_tell_what_changed(session, plans):
    first, second = plans
    take(session, first)
    ids = {a.ref: a.action_id for a in session.store.ledger.records(Action)}
    result = take(session, second)
    assert {a.ref: a.action_id for a in session.store.ledger.records(Action)} == ids
    assert "  1.1: in progress -> done" in result.changes
    assert "  one earlier action not in this version" in result.changes
    line = stages(session, "2")
    assert not line["done"].recorded
    assert line["done"].words == (
        "nothing recorded in heron_plan_2024-04.csv, heron_plan_2024-07.csv up to 2024-07"
    )
    history = next(x.history for x in all_life_lines(session) if x.ask.number == "2")
    assert history == ("2 2024-04: not started", "2 2024-07: not in this version")


def test_the_same_file_again_changes_nothing(session, plans):
    take(session, plans[0])
    before = session.store.ledger.records(State)
    result = take(session, plans[0])
    assert result.changes == ["heron_plan_2024-04.csv: this version is here already"]
    assert session.store.ledger.records(State) == before


def test_a_version_from_before_its_review_is_linked_when_it_is_taken_in_again(tmp_path, plans):
    early = opened(tmp_path / "early")
    take(early, plans[0])
    [plan] = early.store.ledger.records(Plan)
    doc_id = add_review(early, tmp_path)
    take(early, plans[0])
    assert early.store.ledger.records(Plan) == (replace(plan, to_doc=doc_id),)
    assert len(early.store.ledger.records(Snapshot)) == 1
    assert len(early.store.ledger.records(ActionAsk)) == 3
    early.store.close()


def test_done_is_a_claim_of_all_actions_and_no_effect(session, plans):
    take(session, *plans)
    line = stages(session, "1")
    assert (line["done"].recorded, line["done"].words) == (False, "1 of 2 actions, as claimed")
    assert not line["effect"].recorded


def test_a_response_is_linked_and_no_report(session, tmp_path):
    response = tmp_path / "response.md"
    response.write_text(RESPONSE, encoding="utf-8")
    take(session, response)
    assert stages(session, "1")["answered"].words.startswith("accepted: Accepted.")
    assert not stages(session, "2")["answered"].recorded
    assert len(session.store.frame("documents")) == 1


def test_decisions_of_people_outlive_reading_again(session, tmp_path):
    response = tmp_path / "response.md"
    response.write_text(RESPONSE, encoding="utf-8")
    take(session, response)
    [answer] = session.store.ledger.records(Answer)
    session.store.ledger.decide_link("answer", answer.answer_id, answer.ask_id, "no", "A", "2024")
    take(session)
    assert not stages(session, "1")["answered"].recorded


def test_the_review_that_a_person_named_last_counts(session, tmp_path):
    response = tmp_path / "response.md"
    response.write_text(RESPONSE, encoding="utf-8")
    take(session, response)
    [item] = session.store.ledger.records(FollowUp)
    for review in (item.to_doc, "d-other", item.to_doc):
        session.store.ledger.decide_link("follow_up", item.doc_id, review, "yes", "A", "2024")
    take(session)
    assert session.store.ledger.records(FollowUp) == (replace(item, link_by="person", score=1.0),)


def test_purging_the_review_takes_its_lines_along(session, plans):
    take(session, plans[0])
    [doc_id] = session.store.frame("documents")["doc_id"]
    with record_run(session, "purge") as run:
        purge(session, doc_id, run)
    assert session.store.ledger.records(Ask) == ()
    assert session.store.ledger.records(ActionAsk) == ()


def test_purging_a_version_leaves_the_others(session, plans):
    take(session, *plans)
    last = session.store.ledger.records(Snapshot)[-1]
    with record_run(session, "purge") as run:
        purge(session, last.snapshot_id, run)
    assert [s.as_of for s in session.store.ledger.records(Snapshot)] == ["2024-04"]
    assert len(session.store.ledger.records(Action)) == 3


def test_a_fault_while_a_version_is_stored_leaves_nothing(session, plans, monkeypatch):
    from lif_nlp.store import ledger

    add = ledger.add

    def broken(db, records):
        add(db, list(records)[:-1])
        raise KeyboardInterrupt

    monkeypatch.setattr(ledger, "add", broken)
    from lif_nlp.ingest.sheets.grids import read_grids
    from lif_nlp.workflow.follow import language_of
    from lif_nlp.workflow.follow_tracker import take_tracker

    content = Path(plans[0]).read_bytes()
    grids = read_grids(content, str(plans[0]))
    with pytest.raises(KeyboardInterrupt):
        take_tracker(session, plans[0], content, grids, language_of(session))
    monkeypatch.undo()
    assert session.store.ledger.records(Snapshot) == ()
    assert session.store.ledger.records(State) == ()


def test_elements_of_the_framework_have_their_groups(session, tmp_path):
    sheet = tmp_path / "elements.csv"
    sheet.write_text(
        "Requirement,Group,State,Evidence\nR23,Quality group,in progress,Report of May\n"
        "R37,Board,,\n",
        encoding="utf-8",
    )
    take(session, sheet)
    elements = table(session, "elements")
    assert len(elements) == len(session.framework.requirements)
    named = elements[elements["group"] != ""]
    assert named[["requirement", "group", "state"]].to_numpy().tolist() == [
        ["R23", "Quality group", "in progress"], ["R37", "Board", "none recorded"],
    ]  # fmt: skip


def test_the_sheet_of_elements_is_filled_in_and_comes_back(session, tmp_path):
    sheet = tmp_path / "elements.csv"
    elements = table(session, "elements")
    elements.to_csv(sheet, index=False)
    assert take(session, sheet).changes == [
        "elements.csv: no requirement has a group yet; name one in its row"
    ]
    assert session.store.ledger.records(FollowUp) == ()
    elements.assign(group="Board").to_csv(sheet, index=False)
    take(session, sheet)
    assert set(table(session, "elements")["group"]) == {"Board"}


def test_a_log_of_what_was_sent_leaves_out_what_was_not(session, tmp_path):
    sheet = tmp_path / "log.csv"
    sheet.write_text(
        "Product,Audience,How,Sent,By\nBriefing,Schools,e-mail,29 Jan 2024,Officer\n"
        "Slides,GPs,to be sent,,Officer\n",
        encoding="utf-8",
    )
    take(session, sheet)
    assert table(session, "sent")[["subject", "audience", "date"]].to_numpy().tolist() == [
        ["Briefing", "Schools", "2024-01-29"]
    ]


def test_what_was_sent_has_a_code_for_returns(session):
    row = record_sent(session, "briefs/heron.docx", audience="Head teachers", date="2024-05-01")
    assert (len(row.code), row.date) == (5, "2024-05-01")
    with pytest.raises(LifError, match="not a date"):
        record_sent(session, "briefs/heron.docx", audience="Heads", date="soon")


def test_every_ledger_table_has_its_columns(session, plans):
    take(session, plans[0])
    for name in LEDGER_TABLES:
        table(session, name)
    ageing = table(session, "ageing")
    # not one is past its date at the version's own, and each is listed for a later day
    assert ageing["ref"].tolist() == ["1.1", "1.2", "2"] and ageing["days_past"].max() <= 0
    assert table(session, "case_tracker")["local_reference"].tolist() == [
        session.store.frame("documents")["doc_id"][0]
    ]


def test_a_picture_reads_in_grey_and_in_words(session):
    from lif_nlp.display.lifeline import LifeLinePicture

    take(session)
    ask = session.store.ledger.records(Ask)[0]
    picture = LifeLinePicture(life_line(session, ask.ask_id))
    assert picture.svg().count('fill="#fff"') == 6
    assert "answered: nothing recorded" in picture.svg()
    assert "○ answered" in repr(picture)
    # that a check did not test it is recorded, and as hollow as nothing
    tested = LifeLineStage("effect", True, "2025-09", "improved", "audit")
    for stage, hollow in ((tested, 5), (replace(tested, words="not tested"), 6)):
        line = replace(
            picture.line, stages=(*picture.line.stages[:5], stage, picture.line.stages[6])
        )
        assert LifeLinePicture(line).svg().count('fill="#fff"') == hollow
    assert "effect: not tested 2025-09" in LifeLinePicture(line).svg()
    assert '<span style="white-space:nowrap">2025-09</span>' in LifeLinePicture(line)._repr_html_()
