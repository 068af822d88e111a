"""Units with marks become Findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from spacy.tokens import Doc, Span

from lif_nlp.annotate.extensions import ACCEPT
from lif_nlp.annotate.unit_tokens import Phrase, phrases_of
from lif_nlp.ids import finding_id
from lif_nlp.records import HINDSIGHT_CODES, Block, Document, Finding, LabelEvidence

_LOOSE = Block(0, 0, page=0)


def collect(doc: Doc, *, document: Document | None = None, block: Block = _LOOSE) -> list[Finding]:
    """One Finding per unit that holds a letter or a digit; a loose text always gives one."""
    made = [_finding(phrase, document, block) for phrase in phrases_of(doc)]
    if document is None:
        return made or [Finding("", "", 0, 0, "", 0)]
    return [f for f in made if any(c.isalnum() for c in f.text)]


def _finding(phrase: Phrase, document: Document | None, block: Block) -> Finding:
    unit, text = phrase.unit, phrase.raw.strip()
    lead = len(phrase.raw) - len(phrase.raw.lstrip())
    start = block.start + unit.start_char + lead
    end = start + len(text)
    doc_id = document.doc_id if document else ""
    page = block.page_at(start)
    codes = _codes_by_layer(unit)
    return Finding(
        finding_id=finding_id(doc_id, start, end) if document else "",
        doc_id=doc_id,
        start=start,
        end=end,
        text=text,
        page=page,
        page_end=block.page_at(max(start, end - 1)),
        paragraph=block.number,
        heading=tuple(unit.doc._.heading),
        kind=unit.doc._.kind,
        role=next(iter(codes["role"]), "context"),
        why=bool(codes["why"]),
        hindsight=tuple(c for c in HINDSIGHT_CODES if c in codes["hindsight"]),
        aware=bool(codes["aware"]),
        agencies=tuple(codes["agency"]),
        priorities=tuple(codes["priority"]),
        themes=tuple(codes["theme"]),
        scores={k: round(v, 4) for k, v in sorted(unit._.scores.items())},
        marks=tuple(_shifted(mark, lead, len(text)) for mark in unit._.marks),
    )


def _codes_by_layer(unit: Span) -> Mapping[str, Mapping[str, None]]:
    """Codes that count as labels, by layer: each once, in the order of their marks."""
    codes: dict[str, dict[str, None]] = defaultdict(dict)
    for mark in unit._.marks:
        if mark.score >= ACCEPT:
            codes[mark.layer][mark.code] = None
    return codes


def _shifted(mark: LabelEvidence, lead: int, length: int) -> LabelEvidence:
    """The mark with offsets in the text without its outer spaces."""
    start = min(max(0, mark.start - lead), length)
    end = min(max(start, mark.end - lead), length)
    # Most marks lie within already, and a new one costs more than the question.
    return mark if (start, end) == (mark.start, mark.end) else replace(mark, start=start, end=end)
