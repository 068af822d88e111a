"""The order of the components, and components of other packages."""

import pytest

from lif_nlp.annotate import Annotator
from lif_nlp.annotate.pipeline import COMPONENTS
from lif_nlp.errors import ConfigError
from lif_nlp.framework import load_framework
from lif_nlp.plugins import COMPONENT_GROUP

WAITING = """
from spacy.language import Language
from lif_nlp.annotate.extensions import add_mark

@Language.factory("our_waiting", requires=["doc.sents"], assigns=["span._.marks"])
def make_waiting(nlp, name):
    def label_waiting(doc):
        for unit in doc.sents:
            for token in unit:
                if token.lower_ == "waiting":
                    evidence = doc[token.i : token.i + 1]
                    add_mark(unit, evidence, layer="theme", code="waiting", by="rule:waiting")
        return doc

    return label_waiting
"""


def made_annotator():
    return Annotator(load_framework(), rules_only=True)


def test_components_run_in_the_order_of_the_list():
    assert made_annotator().nlp.pipe_names == [component.name for component in COMPONENTS]


def test_a_component_of_another_package_runs_after_ours(install_package):
    install_package("ours", {"our_waiting": "ours:make_waiting"}, COMPONENT_GROUP, WAITING)
    annotator = made_annotator()
    assert annotator.nlp.pipe_names[-1] == "our_waiting"
    [finding] = annotator.label(["She was on the waiting list for a year."])
    assert "waiting" in finding.themes
    [mark] = [mark for mark in finding.marks if mark.by == "rule:waiting"]
    assert finding.text[mark.start : mark.end] == "waiting"


def test_a_component_that_registers_no_factory_is_refused(install_package):
    install_package("theirs", {"other": "theirs:make"}, COMPONENT_GROUP, "def make(nlp, name): ...")
    with pytest.raises(
        ConfigError, match=r"'other' in lif_nlp\.components registers no .* decorate make with"
    ):
        made_annotator()
