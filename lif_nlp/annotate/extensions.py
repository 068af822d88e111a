"""Every attribute that the components of this room hang on Docs and units.

A Doc is one block of a report (or one loose text); its `sents` are the units
that become findings.  Components read the words and these attributes, and write
marks and scores; they never change the words.

Doc
    `heading`      tuple of headings above the block, outermost first
    `kind`         kind of the block ("paragraph", "bullet", "table_row" ...)
    `whole`        True when the block is one unit, whatever its full stops
    `review_type`  id of the document's review type, or ""
    `phrases`      its units as read by `phrase.phrases_of`, or None before that
Unit (a Span of `doc.sents`)
    `marks`        list of `LabelEvidence`, offsets counted in the text of the unit
    `scores`       dict "layer:code" -> 0..1, also of what was not given
    `vector`       row of unit length, shape (d,), or None without an encoder
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from lif_nlp.records import LabelEvidence

ACCEPT = 0.5
"""A mark with at least this score counts as a label; a lower one goes to review."""


def register() -> None:
    """Declare the attributes with spaCy; safe to call again."""
    for name, value in (("heading", ()), ("kind", "paragraph"), ("review_type", "")):
        Doc.set_extension(name, default=value, force=True)
    Doc.set_extension("whole", default=False, force=True)
    Doc.set_extension("phrases", default=None, force=True)
    # spaCy copies a list or dict default for each unit on first use.
    Span.set_extension("marks", default=[], force=True)
    Span.set_extension("scores", default={}, force=True)
    Span.set_extension("vector", default=None, force=True)


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
    """Give `unit` a label, with the words `evidence` (a part of it) that show it."""
    start = evidence.start_char - unit.start_char
    end = evidence.end_char - unit.start_char
    unit._.marks.append(LabelEvidence(layer, code, start, end, score, by, note))
    key = f"{layer}:{code}"
    scores = unit._.scores
    scores[key] = max(score, scores.get(key, 0.0))


def given(unit: Span, layer: str) -> Iterator[LabelEvidence]:
    """The marks of one layer that count as labels, in the order they were given."""
    return (m for m in unit._.marks if m.layer == layer and m.score >= ACCEPT)


register()
