"""Titles that are sentences are findings; subjects, grades and questions are not."""

import pytest

from lif_nlp.annotate.finding_titles import finding_titles, states_finding
from lif_nlp.records import Block, Document


def report(*headings, review_type="cspr", path=("Analysis",)):
    """A document of headings of one level; None stands for a paragraph."""
    text, blocks = "", []
    for words in headings:
        line = words or "The letters lay unread."
        kind = "heading" if words else "paragraph"
        blocks.append(
            Block(len(text), len(text) + len(line), 1, kind, path, level=2 if words else 0)
        )
        text += line + "\n\n"
    return Document("d", "r", "R", text, tuple(blocks), 1, review_type=review_type)


@pytest.mark.parametrize(
    "title",
    [
        "Nobody counted the letters",
        "Finding 3. Once the police begin, brothers and sisters come second",
        "What was written down was seldom read",
        "The house became the measure of the child",
        "Lesson B: checklists crowd out the talk that joins things up",
    ],
)
def test_sentences_and_numbered_findings_are_findings(title):
    assert states_finding(title)


@pytest.mark.parametrize(
    "title",
    [
        "Areas where leaders are doing well",
        "What went well in the first year",
        "Was his death predictable or preventable?",
        "How the agencies worked with each other",
        "Services provided to the family in 2019",
        "Finding 1: Information sharing",
        "Leadership and management are inadequate",
        "Key events, March to May 2021",
        "He was late",
        "The experiences of children who need help",
    ],
)
def test_subjects_questions_and_grades_are_none(title):
    assert not states_finding(title)


def test_a_title_without_a_verb_counts_among_sentences():
    titles = ("Nobody counted the letters", "Two homes, one plan", "Her word was taken for it")
    assert finding_titles(report(*titles)) == [0, 1, 2]
    assert finding_titles(report("Two homes, one plan", "Her word was taken for it")) == [1]


def test_a_repeated_title_counts_once_above_its_paragraph():
    twice = report("Nobody counted the letters", "Family", "Nobody counted the letters", None)
    assert finding_titles(twice) == [2]


def test_the_annotator_ties_a_title_to_its_paragraphs(annotator):
    document = report("Nobody counted the letters", None)
    result = annotator.annotate(document)
    assert [(f.text, f.kind) for f in result.findings] == [
        ("Nobody counted the letters", "heading"),
        ("The letters lay unread.", "paragraph"),
    ]
    assert result.read == 2
    letter = report("Nobody counted the letters", None, review_type="ilacs")
    assert [f.kind for f in annotator.annotate(letter).findings] == ["paragraph"]
