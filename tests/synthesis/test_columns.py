"""Every table of the synthesis has the columns and types of the schema, with and without rows."""

import pandas as pd
import pytest

from lif_nlp.synthesis import TABLES, compare
from tests.frame_checks import assert_follows_schema
from tests.synthesis.conftest import document, finding, frames_of


@pytest.fixture
def frames():
    """Two areas with a recommendation each and a later report on a baby, and one emergent theme."""
    documents, findings = [], []
    for area in ("Northam", "Southam"):
        for year in (2018, 2022):
            doc_id = f"{area}{year}"
            documents.append(document(doc_id, f"{year}-05-01", area=area))
            labels = {"themes": ("voice",), "agencies": ("police",), "priorities": ("neglect",)}
            findings.append(finding(doc_id, 1, **labels))
            findings.append(finding(doc_id, 2, "strength", why=True, **labels))
            findings.append(finding(doc_id, 3, hindsight=("blame",), **labels))
            findings.append(finding(doc_id, 4, "action", text="Ask who lives here.", **labels))
    actions = [f for f in findings if f["role"] == "action"]
    recommendations = [
        {key: f[key] for key in ("finding_id", "doc_id", "page", "text")} | {"owner": "", "due": ""}
        for f in actions
    ]
    assignments = [(f["finding_id"], theme, 0.9) for f in findings for theme in ("voice", "e-1")]
    facts = [(d["doc_id"], "age_band", "under 1", 1.0) for d in documents]
    frames = frames_of(
        documents,
        findings,
        facts=pd.DataFrame(facts, columns=["doc_id", "name", "value", "confidence"]),
        recommendations=pd.DataFrame(recommendations),
        assignments=pd.DataFrame(assignments, columns=["finding_id", "theme_id", "confidence"]),
    )
    themes = frames["themes"].assign(stability=0.9, exemplars=[("Northam2018:1",)] * 3)
    return frames | {"themes": themes}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_with_rows_follows_the_schema(table, frames, framework):
    made = TABLES[table](frames, framework)
    assert len(made) > 0
    assert_follows_schema(made, table)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_without_rows_follows_the_schema(table, framework):
    assert_follows_schema(TABLES[table]({}, framework), table)


@pytest.mark.parametrize("ours", [["Northam2018", "Northam2022"], []], ids=["rows", "no rows"])
def test_a_comparison_follows_the_schema(ours, frames, framework):
    compared = compare(frames, framework, ours=ours)
    assert (len(compared) > 0) == bool(ours)
    assert_follows_schema(compared, "comparison")
