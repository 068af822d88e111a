"""Roles in context: what is read of a unit's surroundings, and what that changes."""

import copy

import numpy as np
import pytest

from lif_nlp.annotate.models.features import FeatureSpec
from lif_nlp.annotate.models.linear import LinearModel
from lif_nlp.annotate.role_context import (
    LABELS,
    NAMES,
    RoleSettler,
    context_rows,
    placed_units,
    settled_role,
)
from lif_nlp.records import ROLES, Block, Document, LabelEvidence

SECTIONS = (
    ("Analysis", "The alert was not passed on. Nobody rang the school. He was four in May."),
    ("The family", "Rowan kept his drawings."),
    ("Good practice", "The midwife listened."),
    ("Method", "The purpose of this review is to learn."),
)


def report(review_type=""):
    text, blocks = "", []
    for heading, words in SECTIONS:
        kind = "bullet" if heading == "Good practice" else "paragraph"
        blocks.append(
            Block(len(text), len(text) + len(words), page=1, heading=(heading,), kind=kind)
        )
        text += words + "\n"
    return Document("d-1", "r.md", "A review", text, tuple(blocks), 1, review_type=review_type)


@pytest.fixture(scope="module")
def rows(annotator):
    [(_, docs)] = annotator.until_roles(report())
    return context_rows(placed_units(docs))


def column(rows, name):
    return rows[:, NAMES.index(name)]


def settled(annotator, *, review_type="", **weights):
    """Findings of the report under a model in which each named column speaks for a label."""
    table = np.zeros((len(LABELS), len(NAMES)), np.float32)
    for name, label in weights.items():
        table[LABELS.index(label), NAMES.index(name.replace("__", ":"))] = 9.0
    half = (0.5,) * len(LABELS)
    spec = FeatureSpec(extra=NAMES)
    bias = np.zeros(len(LABELS), np.float32)
    model = LinearModel("r", "one-of", LABELS, table, bias, half, half, spec, np.zeros(0))
    with_model = copy.copy(annotator)
    with_model._roles = RoleSettler(model)
    return with_model.annotate(report(review_type)).findings


def test_every_column_has_its_name(rows):
    assert rows.shape == (6, len(NAMES))
    assert len(set(NAMES)) == len(NAMES)


def test_neighbours_are_read_within_the_section_only(rows):
    assert column(rows, "-1:none").tolist() == [1, 0, 0, 1, 1, 1]
    assert column(rows, "+1:none").tolist() == [0, 0, 1, 1, 1, 1]
    assert column(rows, "+1:problem")[0] == column(rows, "own:problem")[1] > 0


def test_a_section_is_told_by_the_other_sentences(rows):
    shares = np.exp(column(rows, "own:problem")) / 4
    assert column(rows, "section:problem")[0] == pytest.approx((shares[1] + shares[2]) / 2)
    assert column(rows, "section:problem")[3] == 0


def test_headings_and_places_are_columns(rows):
    assert column(rows, "heading:context").tolist() == [0, 0, 0, 1, 0, 1]
    assert column(rows, "listed:strength").tolist() == [0, 0, 0, 0, 1, 0]
    assert column(rows, "first").tolist() == [1, 0, 0, 1, 1, 1]
    assert (np.diff(column(rows, "position")) >= 0).all()


def test_a_report_without_units_has_no_rows():
    assert context_rows([]).shape == (0, len(NAMES))


def test_the_surroundings_change_a_role_and_its_scores(annotator):
    alone = annotator.annotate(report()).findings
    found = settled(annotator, kind__paragraph="problem")
    assert (alone[2].role, found[2].role) == ("context", "problem")
    assert found[2].scores["role:problem"] > 0.9
    [mark] = [m for m in found[2].marks if m.layer == "role"]
    assert (mark.code, mark.by) == ("problem", "model:role-context")


def test_a_role_that_stays_keeps_its_evidence(annotator):
    before, after = (
        annotator.annotate(report()).findings[4],
        settled(annotator, kind__bullet="strength")[4],
    )
    assert [(m.start, m.end, m.by) for m in after.marks if m.layer == "role"] == [
        (m.start, m.end, m.by) for m in before.marks if m.layer == "role"
    ]


def test_boilerplate_is_context(annotator):
    found = settled(annotator, kind__paragraph="boilerplate")
    assert {f.role for f in found if f.kind == "paragraph"} == {"context"}
    assert set(found[0].scores) >= {f"role:{role}" for role in LABELS[:-1]}
    assert "role:boilerplate" not in found[0].scores


def test_a_sentence_about_the_review_stays_context(annotator):
    assert settled(annotator, kind__paragraph="problem")[5].role == "context"


def test_inspection_letters_keep_the_roles_of_their_words(annotator):
    alone = annotator.annotate(report("jtai")).findings
    found = settled(annotator, review_type="jtai", kind__paragraph="action")
    assert [f.role for f in found] == [f.role for f in alone]


def test_what_depends_on_the_role_follows_the_settled_one(annotator):
    # A bare name is the child's in what happened, and a service's in what is judged.
    alone, found = annotator.annotate(report()), settled(annotator, kind__paragraph="strength")
    assert (alone.findings[3].actor, found[3].actor) == ("child", "agency")


@pytest.mark.parametrize(
    ("first", "by", "kind", "shares", "role"),
    [
        ("problem", "model:role", "paragraph", (0.5, 0.4, 0, 0.1), "problem"),
        ("problem", "model:role", "paragraph", (0.7, 0.2, 0, 0.1), "strength"),
        ("strength", "model:role", "paragraph", (0.5, 0.1, 0, 0.4), "context"),
        ("strength", "model:role", "paragraph", (0.56, 0.4, 0, 0.04), "strength"),
        ("strength", "model:role", "paragraph", (0.4, 0.5, 0, 0.1), "problem"),
        ("strength", "heading:strength", "table_row", (0.1, 0.8, 0, 0.1), "strength"),
        ("strength", "heading:strength", "bullet", (0.1, 0.8, 0, 0.1), "problem"),
        ("context", "rule:about-the-review", "paragraph", (0, 0.9, 0, 0.1), "context"),
    ],
)
def test_a_role_changes_where_it_is_safe(first, by, kind, shares, role):
    mark = LabelEvidence("role", first, 0, 4, by=by)
    assert settled_role(mark, kind, dict(zip(ROLES, shares, strict=True))) == role
