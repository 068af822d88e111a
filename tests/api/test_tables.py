"""The tables of a workspace: their columns, their meanings, and their old names."""

import warnings

import pandas as pd
import pytest

from lif_nlp import Workspace, agreement, show
from lif_nlp.errors import UnknownNameError
from lif_nlp.workflow.tables import OLD_NAMES, TABLES
from tests.api.test_workspace import review_id
from tests.frame_checks import assert_follows_schema

STORED_WITH_ROWS = ("documents", "findings", "themes", "assignments", "facts")


@pytest.mark.parametrize("name", TABLES)
def test_a_table_follows_the_schema_and_every_column_is_explained(ws, name):
    frame = ws.table(name)

    if name in STORED_WITH_ROWS:
        assert len(frame) > 0
    assert list(frame.columns) == ws.explain(name)["column"].tolist()
    assert (ws.explain(name)["meaning"] != "").all()
    if len(frame):
        assert_follows_schema(frame, name)


def test_frames_that_answer_one_question_follow_the_schema(ws):
    doc_id = review_id(ws)

    for frame, table in (
        (ws.blocks(doc_id), "blocks"),
        (ws.questions(doc_id), "hindsight_questions"),
        (ws.search("domestic abuse"), "search_results"),
        (ws.training(), "training"),
    ):
        assert len(frame) > 0, table
        assert_follows_schema(frame, table)


@pytest.mark.parametrize(("old", "new"), OLD_NAMES.items())
def test_a_table_is_still_found_by_its_old_name(ws, tmp_path, old, new):
    with pytest.warns(DeprecationWarning, match=f"'{old}' is now called '{new}'"):
        frame = ws.table(old)
    with pytest.warns(DeprecationWarning, match=f"'{old}' is now called '{new}'"):
        rows = ws.export(old, tmp_path / "table.csv")

    pd.testing.assert_frame_equal(frame, ws.table(new))
    assert rows == len(frame)


def test_an_unknown_table_is_refused_with_the_names(ws, tmp_path):
    message = "unknown table 'league'; choose one of: documents, findings"
    with pytest.raises(UnknownNameError, match=message):
        ws.table("league")
    with pytest.raises(UnknownNameError, match=message):
        ws.export("league", tmp_path / "league.csv")


def test_arguments_are_still_taken_by_their_old_names(ws):
    doc_id = review_id(ws)

    with pytest.warns(DeprecationWarning, match="use report="):
        findings = ws.findings(document=doc_id)
    with pytest.warns(DeprecationWarning, match="use report="):
        questions = ws.questions(document=doc_id)
    with pytest.warns(DeprecationWarning, match="use max_rows="):
        assert show(findings, most=1).max_rows == 1
    with pytest.warns(DeprecationWarning, match="use column="):
        agreed = agreement(findings, findings, of="themes")

    pd.testing.assert_frame_equal(findings, ws.findings(report=doc_id))
    pd.testing.assert_frame_equal(questions, ws.questions(report=doc_id))
    assert (agreed["agreement"] == 1).all() and len(agreed) > 0


def test_opening_a_workspace_leaves_the_filters_of_warnings_alone(tmp_path):
    before = list(warnings.filters)
    with Workspace(tmp_path / "new", encoder="hashed") as workspace:
        workspace.documents()
    assert warnings.filters == before
