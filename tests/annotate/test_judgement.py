"""Models add hindsight, awareness and actors to what the rules give."""

import numpy as np
import pytest
import spacy

from lif_nlp.annotate.attribution import deciding_words
from lif_nlp.annotate.components.judgement import JudgementTagger
from lif_nlp.annotate.extensions import add_mark
from lif_nlp.annotate.models.features import FeatureSpec
from lif_nlp.annotate.models.linear import LinearModel
from lif_nlp.annotate.models.role_features import NAMES
from lif_nlp.annotate.unit_tokens import units_of
from lif_nlp.records import ACTORS, HINDSIGHT_CODES, Finding

LABELS = (*HINDSIGHT_CODES, "aware")


def words_model(words, weights, labels, kind="any-of", lower=0.3):
    """A model that reads the words `words` and nothing else."""
    return LinearModel(
        name="tiny",
        kind=kind,
        labels=labels,
        weights=np.asarray(weights, np.float32),
        bias=np.full(len(labels), -3, np.float32),
        thresholds=(0.5,) * len(labels),
        lower=(lower,) * len(labels),
        features=FeatureSpec(words=words, idf=(1.0,) * len(words), extra=NAMES[:0]),
        probe=np.zeros(0, np.float32),
    )


def doc_of(text):
    doc = spacy.blank("en")(text)
    doc[0].is_sent_start = True
    for token in doc[1:]:
        token.is_sent_start = False
    return doc


@pytest.fixture
def tagger():
    hindsight = words_model(
        ("grief",), [[0], [0], [0], [6], [3]], LABELS
    )  # sure of blame, not quite sure of awareness
    actor = words_model(("grief",), [[6 * (code == "family")] for code in ACTORS], ACTORS, "one-of")
    return JudgementTagger(hindsight, actor)


def marks_of(doc):
    [unit] = units_of(doc)
    return {(m.layer, m.code): m for m in unit.span._.marks}


def test_a_model_gives_codes_that_no_rule_gave_and_sends_doubt_to_review(tagger):
    doc = tagger(doc_of("The grief was theirs."))
    marks = marks_of(doc)
    assert set(marks) == {("hindsight", "blame"), ("aware", "aware")}
    blame, aware = marks["hindsight", "blame"], marks["aware", "aware"]
    assert (blame.by, blame.start, blame.end) == ("model:hindsight", 0, 21)
    assert blame.score > 0.9 and 0.3 <= aware.score <= 0.5


def test_a_code_of_the_rules_stays_theirs(tagger):
    doc = doc_of("The grief was theirs.")
    [unit] = units_of(doc)
    add_mark(unit.span, unit.slice(1, 2), layer="hindsight", code="blame", by="rule:x")
    tagger(doc)
    blame = [m for m in unit.span._.marks if m.code == "blame"]
    assert [m.by for m in blame] == ["rule:x"]
    assert unit.span._.scores["hindsight:blame"] == 1.0


def test_scores_of_codes_and_actors_stay_with_the_unit(tagger):
    doc = tagger(doc_of("The grief was theirs."))
    [unit] = units_of(doc)
    scores = unit.span._.scores
    assert {f"hindsight:{code}" for code in HINDSIGHT_CODES} <= set(scores)
    assert sum(scores[f"actor:{code}"] for code in ACTORS) == pytest.approx(1.0, abs=1e-5)
    assert max(ACTORS, key=lambda code: scores[f"actor:{code}"]) == "family"


def test_without_models_nothing_is_added():
    assert marks_of(JudgementTagger(None, None)(doc_of("The grief was theirs."))) == {}


class _Counting:
    """Labels by whether the word "late" occurs, as a model's score would."""

    def label(self, texts, headings=None):
        return [
            Finding("", "", 0, 0, t, 0, scores={"hindsight:blame": 0.9 if "late" in t else 0.2})
            for t in texts
        ]


def test_the_deciding_words_are_those_whose_absence_lowers_the_score():
    text = "The visit that week came too late for her."
    start, end = deciding_words(_Counting(), text, "hindsight", "blame")
    assert text[start:end] == "came too late"
    assert deciding_words(_Counting(), "Too late.", "hindsight", "blame") == (0, 9)
    assert deciding_words(_Counting(), "All went well there.", "hindsight", "blame") == (0, 20)
