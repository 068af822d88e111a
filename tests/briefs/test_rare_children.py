"""A brief tells age and harm of a child only as far as enough reports share them."""

import pandas as pd

from lif_nlp.briefs import Material
from lif_nlp.framework import load_framework


def material(*children):
    """Material of reports with these age bands and kinds of harm."""
    ids = [f"d{number}" for number in range(len(children))]
    facts = [
        (doc_id, name, value)
        for doc_id, child in zip(ids, children, strict=True)
        for name, value in zip(("age_band", "harm"), child, strict=True)
    ]
    return Material(
        framework=load_framework(),
        reports=pd.DataFrame({"doc_id": ids}),
        findings=pd.DataFrame(),
        links=pd.DataFrame(),
        themes=pd.DataFrame(),
        tables={},
        created="2026-01-31",
        facts=pd.DataFrame(facts, columns=["doc_id", "name", "value"]),
    )


def test_what_enough_reports_share_is_told():
    told = material(*[("under 1", "neglect; domestic abuse")] * 3)
    assert told.child_of("d0") == ("under 1", ("neglect", "domestic abuse"))


def test_the_rare_kind_of_harm_is_held_back():
    common = [("under 1", "neglect")] * 3
    told = material(*common, ("under 1", "neglect; fabricated illness"))
    assert told.child_of("d3") == ("under 1", ("neglect",))


def test_the_rare_age_is_held_back():
    common = [("under 1", "neglect")] * 3
    told = material(*common, ("16 to 17", "neglect; domestic abuse; self-harm"))
    assert told.child_of("d3") == ("", ("neglect",))


def test_nothing_is_told_of_a_report_without_facts():
    assert material(("", "")).child_of("d0") == ("", ())
