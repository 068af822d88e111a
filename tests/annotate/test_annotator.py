"""Findings lead back to the document's own words, and everything read is counted."""

import shutil

import numpy as np
import pytest

from lif_nlp.about import MODELS
from lif_nlp.annotate import Annotator
from lif_nlp.errors import ModelError
from lif_nlp.framework import load_framework
from lif_nlp.model_files import LABEL_MODELS
from lif_nlp.records import Block, Document

TEXT = (
    "Findings\n"
    "The trust failed to act on the alert. A strategy meeting should have been held.\n"
    "Good practice\n"
    "Sharing of records. It was swift.\n"
    "This page is left blank. It has two sentences."
)


def block(words, **options):
    start = TEXT.index(words)
    return Block(start, start + len(words), **{"page": 2} | options)


REPORT = Document(
    "d-1",
    "r.md",
    "A review",
    TEXT,
    (
        block("Findings", kind="heading", level=1),
        block(
            "The trust failed to act on the alert. A strategy meeting should have been held.",
            heading=("Findings",),
            number="4.1",
            turns=((TEXT.index("A strategy"), 3),),
        ),
        block("Good practice", kind="heading", level=1),
        block("Sharing of records. It was swift.", kind="bullet", heading=("Good practice",)),
        block("This page is left blank. It has two sentences.", boilerplate="notice"),
    ),
    3,
)


def test_each_finding_is_an_exact_slice_of_its_document(annotator):
    found = annotator.annotate(REPORT).findings
    assert [f.text for f in found] == [TEXT[f.start : f.end] for f in found]
    assert [f.finding_id for f in found] == [f"d-1:{f.start}-{f.end}" for f in found]


def test_sentences_are_findings_and_a_bullet_is_one(annotator):
    found = annotator.annotate(REPORT).findings
    assert [f.kind for f in found] == ["paragraph", "paragraph", "bullet"]
    assert [f.page for f in found] == [2, 3, 2]
    assert found[0].paragraph == "4.1"


def test_what_was_read_is_kept_or_counted_as_boilerplate(annotator):
    annotated = annotator.annotate(REPORT)
    assert (len(annotated.findings), annotated.boilerplate, annotated.read) == (3, 2, 5)


def test_a_withheld_sentence_is_no_finding(annotator):
    text = "Plans were late. [withheld] Records were kept well."
    report = Document("d-2", "r.md", "A review", text, (Block(0, len(text), page=1),), pages=1)
    found = [finding.text for finding in annotator.annotate(report).findings]
    assert found == ["Plans were late.", "Records were kept well."]


def test_labels_come_with_their_words(annotator):
    first, second, third = annotator.annotate(REPORT).findings
    assert (first.hindsight, second.hindsight) == (("blame",), ("counterfactual",))
    [mark] = [m for m in first.marks if m.layer == "hindsight"]
    assert (first.text[mark.start : mark.end], mark.by) == ("failed to", "rule:failed_to")
    assert third.role == "strength"


def test_loose_texts_keep_their_order_and_may_be_empty(annotator):
    texts = ["  Help is timely. It is good.", "", "She died of heart failure."]
    found = annotator.label(texts)
    assert [f.text for f in found] == ["Help is timely. It is good.", "", texts[2]]
    assert [f.role for f in found] == ["strength", "context", "context"]


def test_evidence_lies_within_the_text(annotator):
    text = "   With hindsight, the nurse should have rung.  "
    [found] = annotator.label([text])
    assert [found.text[m.start : m.end] for m in found.marks if m.code == "explicit"] == [
        "With hindsight"
    ]


def test_headings_of_loose_texts_count(annotator):
    text = "Communication between the ward and the school."
    roles = [annotator.label([text], [h])[0].role for h in ("", "Report > Strengths")]
    assert roles[1] == "strength"


def test_an_encoder_is_asked_once_for_each_batch():
    asked = []

    def encode(texts):
        asked.append(list(texts))
        return np.eye(len(texts), 4, dtype=np.float32)

    Annotator(load_framework(), encode=encode, rules_only=True).label(["One visit.", "Two visits."])
    assert asked == [["One visit.", "Two visits."]]


@pytest.fixture
def models(tmp_path):
    for name in LABEL_MODELS:
        shutil.copytree(MODELS / name, tmp_path / name)
    return tmp_path


def by_rules(finding):
    return {m.by.split(":")[0] for m in finding.marks if m.layer == "role"} == {"rule"}


def test_the_models_of_the_package_are_used_unless_rules_alone_are_asked_for(models):
    text = "The team did not share its concerns with the school."
    framework = load_framework()
    for made in (Annotator(framework), Annotator(framework, models=models)):
        assert not by_rules(made.label([text])[0])
    assert by_rules(Annotator(framework, models=models, rules_only=True).label([text])[0])


@pytest.mark.parametrize("name", ["role", "why-static", "themes-words"])
def test_without_one_of_its_models_no_annotator_is_made(models, name):
    shutil.rmtree(models / name)
    with pytest.raises(ModelError, match=f"the model '{name}' is missing"):
        Annotator(load_framework(), models=models)
    assert Annotator(load_framework(), models=models, rules_only=True)


def test_a_byte_that_differs_in_a_model_is_refused(models):
    weights = models / "why-words" / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    with pytest.raises(ModelError, match=r"the model 'why-words' was altered; reinstall"):
        Annotator(load_framework(), models=models)
