"""Columns are written once, and what docstrings say of them is true."""

import re

import pytest

from lif_nlp import Workspace, agreement, check, label_texts, score_gold
from lif_nlp.schema import DTYPES, TABLES, column_names, describe, make_frame
from lif_nlp.synthesis import TABLES as SYNTHESIS
from lif_nlp.workflow.tables import TABLES as SHOWN
from tests.frame_checks import assert_follows_schema

DOCUMENTED = {
    "documents": Workspace.documents,
    "blocks": Workspace.blocks,
    "themes": Workspace.themes,
    "points": Workspace.points,
    "point_results": Workspace.search_points,
    "hindsight_questions": Workspace.questions,
    "search_results": Workspace.search,
    "training": Workspace.training,
    "comparison": Workspace.compare,
    "text_labels": label_texts,
    "gold_scores": score_gold,
    "report_check": check,
    "agreement": agreement,
}


def listed_columns(function):
    """Names in back quotes after "Columns:", up to the end of that sentence."""
    [listed] = re.findall(r"Columns: (.*?)\.(?:\s|$)", function.__doc__, re.DOTALL)
    return tuple(re.findall(r"`(\w+)`", listed))


def with_title(columns):
    at = columns.index("doc_id") + 1
    return (*columns[:at], "title", *columns[at:])


@pytest.mark.parametrize("table", DOCUMENTED)
def test_a_docstring_lists_the_columns_of_the_schema(table):
    assert listed_columns(DOCUMENTED[table]) == column_names(table)


@pytest.mark.parametrize("table", ["findings", "recommendations", "point_members"])
def test_a_docstring_adds_the_title_of_the_report(table):
    listed = listed_columns(getattr(Workspace, table))
    assert listed == with_title(column_names(table))


def test_every_table_that_can_be_shown_is_in_the_schema():
    assert {*SHOWN, *SYNTHESIS} <= set(TABLES)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_column_has_a_known_type_and_a_meaning_of_one_line(table):
    assert table.description and len(set(table.names)) == len(table.names)
    for column in table.columns:
        assert column.dtype in DTYPES, column
        assert column.description and "\n" not in column.description, column


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_frame_has_the_types_of_the_schema(table):
    assert_follows_schema(make_frame(table), table)


def test_an_unknown_column_has_no_meaning():
    assert describe("findings", ["page", "nonsense"])[1] == ("nonsense", "")


def test_a_name_may_mean_something_else_in_another_table():
    meaning = {name: dict(describe(name, ["status"]))["status"] for name in ("documents", "themes")}
    assert "quarantined" in meaning["documents"] and "rejected" in meaning["themes"]
