"""The fictional follow-up of two sample reports, against its gold."""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from lif_nlp import about
from lif_nlp.briefs import brief_kinds, subject_of
from lif_nlp.briefs.audiences import EVERYONE
from lif_nlp.briefs.kinds.cdop import followed_factors
from lif_nlp.briefs.kinds.voice import told_back
from lif_nlp.briefs.sections.followed_up import followed_up, not_routine
from lif_nlp.cli.follow import questions_of, told
from lif_nlp.framework import load_framework
from lif_nlp.ingest.reader import read
from lif_nlp.ledger_records import (
    NOTHING_RECORDED,
    Action,
    ActionAsk,
    Answer,
    Ask,
    Check,
    FollowUp,
    Sent,
    Snapshot,
    State,
)
from lif_nlp.records import Annotated
from lif_nlp.runtime.manifest import record_run
from lif_nlp.workflow.follow import follow
from lif_nlp.workflow.ledger_tables import all_life_lines
from lif_nlp.workflow.material_cache import MaterialCache
from lif_nlp.workflow.tables import brief_frames
from tests.workflow.conftest import opened

GOLD = json.loads((about.FOLLOW_UP / "gold.json").read_text(encoding="utf-8"))
REVIEWS = ("02_lcspr_baby_t_saltby_2023.pdf", "03_lcspr_jordan_wensford_2024.pdf")


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """A workspace of the two reviews and all that follows them up, and what changed."""
    session = opened(tmp_path_factory.mktemp("sample") / "w")
    for name in REVIEWS:
        path = about.SAMPLE / name
        [document] = read(path, framework=load_framework())
        read_now = [(document, Annotated(document.doc_id, ()), ())]
        session.store.save_source(name, str(path), "run", read=read_now)
    with record_run(session, "follow") as run:
        result = follow(session, sorted(about.FOLLOW_UP.glob("*_*.*")), run)
    yield session, result
    session.store.close()


@pytest.fixture
def ledger(followed):
    return followed[0].store.ledger


def numbers(ledger):
    return {ask.ask_id: ask.number for ask in ledger.records(Ask)}


def names(ledger):
    return {item.doc_id: Path(item.source).name for item in ledger.records(FollowUp)}


def test_positions_of_the_responses(ledger):
    read_positions = {name: {} for name in GOLD["positions"]}
    stated = [a for a in ledger.records(Answer) if a.position != NOTHING_RECORDED]
    for answer in stated:
        number = numbers(ledger)[answer.ask_id]
        read_positions[names(ledger)[answer.doc_id]][number] = answer.position
    assert read_positions == GOLD["positions"]


def test_statuses_of_every_version(ledger):
    files = {s.snapshot_id: Path(s.source).name for s in ledger.records(Snapshot)}
    refs = {a.action_id: a.ref for a in ledger.records(Action)}
    old = {new: ref for ref, new in GOLD["renumbered"].items()}
    read_states = {name: {} for name in GOLD["states"]}
    for state in ledger.records(State):
        name, ref = files[state.snapshot_id], refs[state.action_id]
        read_states[name][old[ref] if "2025-02" in name else ref] = state.status
    assert read_states == GOLD["states"]


def test_verdicts_of_the_checks(ledger):
    read_verdicts = {name: {} for name in GOLD["verdicts"]}
    for check in ledger.records(Check):
        if check.verdict:
            number = numbers(ledger)[check.ask_id]
            read_verdicts[names(ledger)[check.doc_id]][number] = check.verdict
    assert read_verdicts == GOLD["verdicts"]


def test_silence_says_nothing(followed):
    areas = dict(followed[0].store.frame("documents")[["doc_id", "area"]].to_numpy().tolist())
    lines = {(areas[x.ask.doc_id], x.ask.number): x for x in all_life_lines(followed[0])}
    for area, silent in GOLD["nothing_recorded"].items():
        for number, stages in silent.items():
            for name in stages:
                stage = lines[area, number].stage(name)
                assert not stage.recorded and stage.words.startswith("nothing recorded"), stage


def test_what_changed_is_told(followed):
    changes = followed[1].changes
    assert "  3.1: done -> reopened" in changes
    assert "  W/01: renumbered, before 3" in changes
    assert "  one earlier action not in this version" in changes


def test_what_was_sent(ledger):
    assert len(ledger.records(Sent)) == GOLD["sent"]


def test_board_and_annual_report_say_what_is_recorded(followed):
    frames = brief_frames(followed[0])
    cache = MaterialCache(frames, load_framework())
    material = cache.material(brief_kinds()["board"], created="2026-11-30")
    [first, second, third, *actions, last] = [claim.text for claim in followed_up(material)]
    assert "two reports that made 12 recommendations: 8 had an answer" in first and "4" in first
    assert "the change was not yet routine (1)" in second
    # one that was not yet due when its plan was written is past its date by now
    assert third.startswith("Five open actions are past the date on 30 November 2026, the day")
    assert actions[0] == (
        "Publish the one-page injury pathway: due 30 September 2023 (designated doctor); reopened "
        "in the plan of 19 July 2024."
    )
    # one that left its plan is told of too, in its place by date; none is left out
    assert actions[1] == (
        "Tell general practice of each handover: due 30 November 2023 (head of 0-19 service); no "
        "longer in the newest plan, and no end is recorded: ask what became of it."
    )
    assert len(actions) == 5 and third.endswith("A missed date does not say why.")
    assert "Where nothing is recorded, draw no conclusion" in last
    early = cache.material(brief_kinds()["board"], created="2025-06-28")
    assert len(early.ageing) == 3 and len(not_routine(early)) == 1


def test_a_board_decides_on_what_its_own_page_shows(followed):
    frames = brief_frames(followed[0])
    cache = MaterialCache(frames, load_framework())
    material = cache.material(brief_kinds()["board"], created="2026-11-30")
    board = brief_kinds()["board"].compose(material, subject_of(material), EVERYONE)
    lines = {part.heading: [claim.text for claim in part.claims] for part in board.sections}
    leads = [line.partition(":")[0] for line in lines["Decisions we ask for"]]
    assert leads == ["Actions past their date", "Not yet routine, a check found"]
    assert not any("past their date" in line for line in lines.get("Challenge questions", []))


def test_actions_go_by_the_number_in_their_column(ledger):
    assert {link.link_by for link in ledger.records(ActionAsk)} == {"number"}
    assert len({link.action_id for link in ledger.records(ActionAsk)}) == 8


def test_the_child_death_brief_joins_factor_action_and_check(followed):
    frames = brief_frames(followed[0])
    material = MaterialCache(frames, load_framework()).material(brief_kinds()["cdop"])
    told = [claim.text for claim in followed_factors(material).values()]
    assert told, frames["life_lines"]["words"].tolist()
    assert all("It became an action in a plan." in line for line in told)
    assert all("later check found it too early to tell" in line for line in told)
    assert followed_factors(replace(material, life_lines=material.life_lines.iloc[:0])) == {}


def programme_lines(frames, created=""):
    cache = MaterialCache(frames, load_framework())
    material = cache.material(brief_kinds()["programme"], created=created)
    brief = brief_kinds()["programme"].compose(material, subject_of(material), EVERYONE)
    told = [
        c.text for section in brief.sections for c in section.claims if c.kind in ("point", "count")
    ]
    return brief, told


def test_a_programme_of_action_tells_what_is_recorded_and_ranks_nobody(followed):
    brief, told = programme_lines(brief_frames(followed[0]), created="2026-11-30")
    assert told[0] == "Recommendation 9.1 (page 7): its words say who is asked."
    assert told[1].startswith("“All agencies should record")
    assert "verified as done on 19 July 2024). Latest check: practice had improved." in told[2]
    assert told[-1].startswith(
        "This page shows 11 of 12 recommendations; the others cannot be read"
    )
    # what an old plan calls on track is past its date by the day of making
    assert any("on track on 27 June 2025, now past its date)" in line for line in told)
    [table] = brief.charts
    assert [row[0] for row in table.rows][:2] == ["Baby T 9.1", "Baby T 9.2"]
    assert len(table.rows) == 8


def test_a_programme_names_no_page_of_a_file_without_pages(followed):
    frames = dict(brief_frames(followed[0]))
    frames["documents"] = frames["documents"].assign(source="review.docx")
    _, told = programme_lines(frames)
    assert told[0] == "Recommendation 9.1: its words say who is asked."


def test_a_body_of_several_capitals_keeps_the_first_one(followed):
    frames = dict(brief_frames(followed[0]))
    frames["programme"] = frames["programme"].assign(addressees="Community Safety Partnership")
    _, told = programme_lines(frames)
    assert told[0].startswith("Recommendation 9.1 (page 7): put to Community Safety Partnership.")


def test_a_long_programme_says_in_words_that_there_is_more(followed):
    frames = dict(brief_frames(followed[0]))
    rows = frames["programme"]
    copies = [rows.assign(ask_id=rows["ask_id"] + end) for end in "abc"]
    frames["programme"] = pd.concat(copies, ignore_index=True)
    _, told = programme_lines(frames)
    assert told[-1].startswith("This page shows 21 of 36 recommendations;")


def test_a_programme_of_reviews_alone_claims_nothing_of_what_was_done(followed):
    frames = dict(brief_frames(followed[0]))
    steps = ["position", "action_id", "action", "owner_body", "due", "status", "as_of", "verdict"]
    frames["programme"] = (
        frames["programme"].drop_duplicates("ask_id").assign(**dict.fromkeys(steps, ""))
    )
    brief, told = programme_lines(frames)
    assert not brief.charts
    assert told[2::3] == ["Recorded since: nothing here."] * 9
    words = " ".join(c.text for section in brief.sections for c in section.claims).lower()
    for claim in ("not done", "nothing was done", "no action was taken", "failed", "overdue"):
        assert claim not in words


def test_the_voice_page_says_which_groups_were_told():
    rows = pd.DataFrame(
        [
            ("Young carers", "a form was changed", "shorter form", "told on 3 May"),
            ("Care leavers", "", "", "not yet"),
            ("Mum of Oswin Tull", "", "", ""),
        ],
        columns=["group", "action", "change", "feedback"],
    )
    first, second = [claim.text for claim in told_back(rows)]
    assert first.startswith(
        "Your sheet holds three lines on what groups said: 1 with what was done"
    )
    assert second.startswith("Nothing is recorded of telling Care leavers and one other group.")
    assert told_back(rows.iloc[:0]) == []


def test_life_lines_are_told_by_report_with_what_is_recorded_first(followed):
    lines = all_life_lines(followed[0])
    shown = list(told(lines, everything=False))
    assert shown[1] == "12 recommendations of two reports; something is recorded of nine."
    assert sum("Baby T" in line and not line.startswith(" ") for line in shown) == 1
    assert "Of three other recommendations nothing is recorded here" in shown[-1]
    assert "nothing was done" in shown[-1] and "does not" in shown[-1]
    # stages of which the same sources say nothing share a line
    assert any(line.startswith("  ○ checked, effect: nothing recorded") for line in shown)
    assert len(list(told(lines, everything=True))) > len(shown)
    assert list(questions_of([])) == []
    assert list(questions_of(["answer r-1: its number is 9.4"]))[-1].endswith("number is 9.4")
