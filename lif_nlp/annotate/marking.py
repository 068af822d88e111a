"""Marks found by plain functions on text, hung on the units of a Doc."""

from __future__ import annotations

from spacy.tokens import Span

from lif_nlp.annotate.extensions import add_mark
from lif_nlp.records import LabelEvidence


def add_found(unit: Span, mark: LabelEvidence) -> None:
    """Give `unit` a mark whose offsets count in `unit.text`."""
    evidence = unit.doc.char_span(
        unit.start_char + mark.start, unit.start_char + mark.end, alignment_mode="expand"
    )
    add_mark(
        unit,
        evidence if evidence is not None else unit,
        layer=mark.layer,
        code=mark.code,
        score=mark.score,
        by=mark.by,
        note=mark.note,
    )
