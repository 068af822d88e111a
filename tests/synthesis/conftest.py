"""A workspace of three invented themes over twelve invented reports."""

import pandas as pd
import pytest

from lif_nlp.framework.model import Agency, Framework, PracticeTheme, Priority


@pytest.fixture
def framework():
    return Framework(
        name="test",
        partnership="Test",
        priorities=(
            Priority("neglect", "Neglect", "Basic needs not met.", ("neglect",)),
            Priority("domestic_abuse", "Domestic abuse", "Abuse at home.", ("abuse",)),
        ),
        themes=(
            PracticeTheme("sharing", "Sharing information", "Passing on.", groups=("police", "gp")),
            PracticeTheme("voice", "Voice of the child", "Heard.", groups=("school",)),
        ),
        review_types=(),
        agencies=(
            Agency("police", "Police"),
            Agency("gp", "General practice"),
            Agency("school", "Schools"),
        ),
        requirements=(),
        hindsight=(),
        glossary={},
    )


def document(doc_id, published, review_type="jtai", **more):
    row = {"doc_id": doc_id, "title": f"Report {doc_id}", "review_type": review_type}
    return row | {"published": published, "area": "", "status": "ok"} | more


def finding(doc_id, number, role="problem", **more):
    row = {"finding_id": f"{doc_id}:{number}", "doc_id": doc_id, "page": 1, "heading": ""}
    row |= {"text": f"Sentence {number}.", "role": role, "why": False, "hindsight": ()}
    row |= {"aware": False, "agencies": (), "priorities": (), "themes": (), "speaker": ""}
    return row | more


def frames_of(documents, findings, **more):
    themes = [
        {"theme_id": "sharing", "name": "Sharing information", "kind": "known"},
        {"theme_id": "voice", "name": "Voice of the child", "kind": "known"},
        {"theme_id": "e-1", "name": "Night visits", "kind": "emergent"},
    ]
    return {
        "documents": pd.DataFrame(documents),
        "findings": pd.DataFrame(findings),
        "themes": pd.DataFrame([t | {"parent": "", "status": "proposed"} for t in themes]),
    } | more


@pytest.fixture
def frames():
    """Sharing stands in three reports of four, voice in one; one report is a copy."""
    documents = [
        document("a", "2019-02-01"),
        document("b", "2019"),
        document("c", "2021-05"),
        document("d", ""),
        document("e", "2021", duplicate_of="c"),
        document("f", "2022", status="quarantined"),
    ]
    findings = [
        finding("a", 1, themes=("sharing",), agencies=("police",), priorities=("neglect",)),
        finding("a", 2, themes=("sharing",), why=True, hindsight=("blame", "counterfactual")),
        finding("b", 1, "strength", themes=("sharing", "voice"), agencies=("police", "gp")),
        finding("c", 1, "action", themes=("sharing",), heading="Recommendations"),
        finding("d", 1, "context", priorities=("neglect",)),
        finding("e", 1, themes=("voice",)),
        finding("f", 1, themes=("voice",)),
    ]
    return frames_of(documents, findings)
