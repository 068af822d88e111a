"""Links of answers, actions and checks go out to people and come back; decisions last."""

import pytest
from openpyxl import load_workbook

from lif_nlp.ledger_records import ActionAsk, Answer, Ask
from lif_nlp.records import ThemeSet
from lif_nlp.workflow.link_sheet import link_sheet
from lif_nlp.workflow.review import export_review
from tests.ledger.test_follow import PLAN, RESPONSE, SECOND, session, take  # noqa: F401
from tests.workflow.conftest import take as review


@pytest.fixture
def linked(session, tmp_path):  # noqa: F811
    """The review with a response and a plan, and empty themes to review."""
    response, plan = tmp_path / "response.md", tmp_path / "heron_plan_2024-04.csv"
    response.write_text(RESPONSE, encoding="utf-8")
    plan.write_text(PLAN.format(first="underway", last=SECOND), encoding="utf-8")
    take(session, response, plan)
    session.store.save_themes(ThemeSet((), (), ()))
    return session


def decide(linked, path, kind, **cells):
    """Export the workbook, fill in the first row of a kind, and give it back."""
    export_review(linked, path)
    book = load_workbook(path)
    sheet = book["Links"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = next(r for r in range(2, sheet.max_row + 1) if sheet.cell(r, 2).value == kind)
    for column, words in cells.items():
        sheet.cell(row, heads[column]).value = words
    book.save(path)
    return review(linked, path, "A")


def numbers(linked, kind):
    asks = {ask.ask_id: ask.number for ask in linked.store.ledger.records(Ask)}
    return [asks.get(r.ask_id, "") for r in linked.store.ledger.records(kind)]


def test_every_link_has_a_row(linked):
    assert sorted(link_sheet(linked)["kind"]) == ["action", "action", "action", "answer"]


def test_an_answer_goes_to_the_recommendation_that_a_person_names(linked, tmp_path):
    decide(linked, tmp_path / "b.xlsx", "answer", link_to="2")
    for _ in range(2):  # reading again does not undo it
        take(linked)
        assert numbers(linked, Answer) == ["2"]


def test_a_refused_link_of_an_action_stays_away(linked, tmp_path):
    decide(linked, tmp_path / "b.xlsx", "action", decision="wrong")
    assert len(numbers(linked, ActionAsk)) == 2


def test_a_number_that_is_not_there_is_told(linked, tmp_path):
    done = decide(linked, tmp_path / "b.xlsx", "answer", link_to="9")
    assert any("there is no recommendation '9'" in notice for notice in done.notices)
