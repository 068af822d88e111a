"""The attributes that components of this room set on Docs and units.

A Doc is one block of a report (or one loose text); its `sents` are the units
that become findings.  Components read the words and these attributes, and write
evidence and scores; they never change the words.

Doc
    `heading`      tuple of headings above the block, outermost first
    `kind`         kind of the block ("paragraph", "bullet", "table_row" ...)
    `whole`        True if the block is one unit, whatever its full stops
    `review_type`  id of the document's review type, or ""
    `position`     where the block begins in its document, 0..1
    `units`        its units as tokenized by `unit_tokens.units_of`, or None before that
Unit (a Span of `doc.sents`)
    `marks`        list of `LabelEvidence`, with offsets in the text of the unit
    `scores`       dict "layer:code" -> 0..1, also for labels that were not given
    `vector`       row of unit length, shape (d,), or None without an encoder
    `frames`       tuple of `Frame`, with offsets in the text without its outer spaces
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from lif_nlp.records import LabelEvidence

ACCEPT = 0.5
"""Score (0..1) from which evidence counts as a label; below it, it goes to review.

A convention and not a tuned value: every model's own thresholds are moved to 0.5 before
they get here (`models.linear.strengths`).
"""


def register() -> None:
    """Declare the attributes with spaCy; safe to call again."""
    for name, value in (("heading", ()), ("kind", "paragraph"), ("review_type", "")):
        Doc.set_extension(name, default=value, force=True)
    Doc.set_extension("position", default=0.0, force=True)
    Doc.set_extension("whole", default=False, force=True)
    Doc.set_extension("units", default=None, force=True)
    # spaCy copies a list or dict default for each unit on first use.
    Span.set_extension("marks", default=[], force=True)
    Span.set_extension("scores", default={}, force=True)
    Span.set_extension("vector", default=None, force=True)
    Span.set_extension("frames", default=(), force=True)


def add_mark(
    unit: Span,
    evidence: Span,
    *,
    layer: str,
    code: str,
    score: float = 1.0,
    by: str = "rule",
    note: str = "",
) -> None:
    """Label a unit.

    Parameters
    ----------
    unit
        The unit.
    evidence
        The part of it that shows the label.
    layer, code
        The question and its answer: "role", "strength".
    score
        0..1; from `ACCEPT` the label is given, below it the evidence goes to review.
    by
        "rule:<name>" or "model:<name>".
    note
        What the layer adds: who speaks, a sub-area, a kind of factor.
    """
    start = evidence.start_char - unit.start_char
    end = evidence.end_char - unit.start_char
    unit._.marks.append(LabelEvidence(layer, code, start, end, score, by, note))
    key = f"{layer}:{code}"
    scores = unit._.scores
    scores[key] = max(score, scores.get(key, 0.0))


def add_evidence(unit: Span, evidence: LabelEvidence) -> None:
    """Label a unit with evidence whose offsets count in `unit.text`."""
    span = unit.doc.char_span(
        unit.start_char + evidence.start, unit.start_char + evidence.end, alignment_mode="expand"
    )
    add_mark(
        unit,
        span if span is not None else unit,
        layer=evidence.layer,
        code=evidence.code,
        score=evidence.score,
        by=evidence.by,
        note=evidence.note,
    )


def accepted(unit: Span, layer: str) -> Iterator[LabelEvidence]:
    """The evidence of one layer that counts as a label, in order."""
    return (m for m in unit._.marks if m.layer == layer and m.score >= ACCEPT)


register()
