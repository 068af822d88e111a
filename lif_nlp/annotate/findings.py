"""Turns labelled units into Findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from spacy.tokens import Doc, Span

from lif_nlp.annotate.extensions import ACCEPT
from lif_nlp.annotate.unit_tokens import TokenizedUnit, units_of
from lif_nlp.ids import finding_id
from lif_nlp.records import HINDSIGHT_CODES, WITHHELD, Block, Document, Finding, LabelEvidence

_NO_BLOCK = Block(0, 0, page=0)


def collect(
    doc: Doc, *, document: Document | None = None, block: Block = _NO_BLOCK
) -> list[Finding]:
    """One Finding per unit with a letter or digit that is not withheld; a loose text gives one.

    Parameters
    ----------
    doc
        The labelled Doc of one block, or of a loose text.
    document, block
        Where it comes from; left out for a loose text.
    """
    findings = [_finding(unit, document, block) for unit in units_of(doc)]
    if document is None:
        return findings or [Finding("", "", 0, 0, "", 0)]
    return [f for f in findings if any(c.isalnum() for c in f.text.replace(WITHHELD, ""))]


def _finding(unit: TokenizedUnit, document: Document | None, block: Block) -> Finding:
    span, text = unit.span, unit.raw.strip()
    margin = len(unit.raw) - len(unit.raw.lstrip())
    start = block.start + span.start_char + margin
    end = start + len(text)
    doc_id = document.doc_id if document else ""
    page = block.page_at(start)
    codes = _codes_by_layer(span)
    return Finding(
        finding_id=finding_id(doc_id, start, end) if document else "",
        doc_id=doc_id,
        start=start,
        end=end,
        text=text,
        page=page,
        page_end=block.page_at(max(start, end - 1)),
        paragraph=block.number,
        heading=tuple(span.doc._.heading),
        kind=span.doc._.kind,
        # A plug-in may give a second role; the first one that was given counts.
        role=next(iter(codes["role"]), "context"),
        why=bool(codes["why"]),
        hindsight=tuple(c for c in HINDSIGHT_CODES if c in codes["hindsight"]),
        aware=bool(codes["aware"]),
        actor=next(iter(codes["actor"]), "none"),
        agencies=tuple(codes["agency"]),
        priorities=tuple(codes["priority"]),
        themes=tuple(codes["theme"]),
        scores={k: round(v, 4) for k, v in sorted(span._.scores.items())},
        marks=tuple(_shifted(mark, margin, len(text)) for mark in span._.marks),
        frames=span._.frames,
    )


def _codes_by_layer(unit: Span) -> Mapping[str, Mapping[str, None]]:
    """Codes that count as labels, by layer: each once, in the order of their evidence."""
    codes: dict[str, dict[str, None]] = defaultdict(dict)
    for mark in unit._.marks:
        if mark.score >= ACCEPT:
            codes[mark.layer][mark.code] = None
    return codes


def _shifted(mark: LabelEvidence, margin: int, length: int) -> LabelEvidence:
    """The evidence with offsets in the text without its outer spaces."""
    start = min(max(0, mark.start - margin), length)
    end = min(max(start, mark.end - margin), length)
    # Most offsets hold already, and the check is cheaper than a new record.
    return mark if (start, end) == (mark.start, mark.end) else replace(mark, start=start, end=end)
