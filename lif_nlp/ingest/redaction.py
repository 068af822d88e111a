"""Redaction as reports are read: personal data replaced, sentences that may identify withheld.

What rules find alone ("Mrs Hart", an NHS number) gives way to its kind; a sentence in which the
guard (`lif_nlp.circulation`) still sees somebody gives way as a whole.  So what is stored passes
the same test as what circulates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from lif_nlp.circulation import KnownWords, identifying_kinds
from lif_nlp.ingest.personal_data import facts_of_kinds, find_personal_data
from lif_nlp.ingest.pieces import Piece
from lif_nlp.records import WITHHELD, Fact, SkippedPart

_BOUNDARY = re.compile(r"(?<=[.!?])[”’\"')]*\s+(?=[“‘\"'(]?[A-Z0-9])|\n+")
"""Between two sentences."""


@dataclass(frozen=True, slots=True)
class _Change:
    """What is replaced in a text, by what, and of which kind it was."""

    start: int
    end: int
    placeholder: str
    kind: str

    @property
    def longer(self) -> int:
        return len(self.placeholder) - (self.end - self.start)


def redacted(text: str, known: Collection[str] = ()) -> str:
    """A text without personal data and without sentences that may identify somebody.

    Parameters
    ----------
    text
        A paragraph, heading or cell.
    known
        Capitalised words that name nobody, and a partnership's own names (`KnownWords`).

    >>> redacted("Plans were late. Kayleigh hid under the pier. Mrs Hart was told.")
    'Plans were late. [withheld] Mrs [name] was told.'
    """
    return _applied(text, list(_changes(text, known)))


def redact_pieces(
    pieces: Sequence[Piece], known: Collection[str]
) -> tuple[list[Piece], list[Fact]]:
    """Redacted pieces, and a fact "redacted" for each kind and page: counts, never values."""
    counts: Counter[tuple[str, int]] = Counter()
    return [_piece(piece, known, counts) for piece in pieces], facts_of_kinds("redacted", counts)


def redact_facts(facts: Sequence[Fact], title: str, known: Collection[str]) -> list[Fact]:
    """Facts with `title` for the title's value, and words only where these may circulate."""
    return [
        replace(
            fact,
            value=title if fact.name == "title" else fact.value,
            evidence="" if identifying_kinds(fact.evidence, known) else fact.evidence,
        )
        for fact in facts
    ]


def redact_reading_facts(facts: Sequence[Fact], known: Collection[str]) -> list[Fact]:
    """Facts that a reader noted; a hidden sheet has its number where its name may not be stored."""
    return [
        replace(fact, value=f"number {fact.page}" if fact.page else WITHHELD)
        if identifying_kinds(fact.value, known)
        else fact
        for fact in facts
    ]


def redact_skipped(parts: Sequence[SkippedPart], known: Collection[str]) -> tuple[SkippedPart, ...]:
    """Parts that made no block, without the names of sheets and columns that may not be stored."""
    return tuple(replace(part, where=_place(part.where, known)) for part in parts)


def _place(where: str, known: Collection[str]) -> str:
    """ "sheet [withheld], row 3": each part of a place judged alone, then all together."""
    shown = [
        f"{part.split()[0]} {WITHHELD}" if identifying_kinds(part, known) else part
        for part in where.split(", ")
    ]
    place = ", ".join(shown)
    return WITHHELD if identifying_kinds(place.replace(WITHHELD, ""), known) else place


def _piece(piece: Piece, known: Collection[str], counts: Counter[tuple[str, int]]) -> Piece:
    changes = list(_changes(piece.text, known))
    counts.update((change.kind, piece.page) for change in changes)
    text = _applied(piece.text, changes)
    return replace(
        piece,
        text=text,
        cells=tuple(
            (redacted(column, known), redacted(value, known)) for column, value in piece.cells
        ),
        turns=tuple((_moved(offset, changes), page) for offset, page in piece.turns),
        path=None if piece.path is None else tuple(redacted(part, known) for part in piece.path),
        under=redacted(piece.under, known),
        boilerplate=piece.boilerplate or ("withheld" if _is_withheld(text) else ""),
    )


def _is_withheld(text: str) -> bool:
    """Whether no word of a text is left, of however many sentences."""
    return WITHHELD in text and not re.search(r"\w", text.replace(WITHHELD, ""))


def _changes(text: str, known: Collection[str]) -> Iterator[_Change]:
    """What to replace, in order and without overlaps."""
    names = known.own_names if isinstance(known, KnownWords) else ()
    found = [
        _Change(match.start, match.end, f"[{match.kind}]", match.kind)
        for match in find_personal_data(text, names=names)
    ]
    for start, end in _sentences(text):
        own = [change for change in found if start <= change.start and change.end <= end]
        inner = [replace(c, start=c.start - start, end=c.end - start) for c in own]
        if identifying_kinds(_applied(text[start:end], inner), known):
            yield _Change(start, end, WITHHELD, "sentence")
        else:
            yield from own


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _BOUNDARY.finditer(text):
        yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _applied(text: str, changes: Sequence[_Change]) -> str:
    parts, end = [], 0
    for change in changes:
        parts += [text[end : change.start], change.placeholder]
        end = change.end
    return "".join([*parts, text[end:]])


def _moved(offset: int, changes: Sequence[_Change]) -> int:
    """Where an offset of the text as read lies in the redacted text."""
    before = [change for change in changes if change.end <= offset]
    moved = offset + sum(change.longer for change in before)
    within = next((c for c in changes if c.start < offset < c.end), None)
    if within is None:
        return moved
    return moved - (offset - within.start) + len(within.placeholder)
