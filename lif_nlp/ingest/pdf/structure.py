"""Chunks of a whole PDF -> pieces: kinds, heading levels, labels, joins over pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lif_nlp.ingest.list_markers import ListMarker, find_marker
from lif_nlp.ingest.pdf.chunks import Chunk, joined_over_page
from lif_nlp.ingest.pdf.hyphens import resolve_line_end_hyphens
from lif_nlp.ingest.pdf.tagged_tables import in_data_row, join_split_rows, rows_of_tables
from lif_nlp.ingest.pieces import Piece

_TERMINAL = re.compile(r"[.?!:;][’”\"')\]]*\d{0,2}$")
_FULL_STOP = re.compile(r"[.?!][’”\"')\]]*\d{0,2}$")
_HEADING_TAG = re.compile(r"^(H[1-6]?|Title)$")
_COVER_LINE = re.compile(
    r"^(?:inspection dates?|dates? of|lead inspector|reporting inspector|(?:report )?published"
    r"|age group|author)\b.*\S",
    re.IGNORECASE,
)
_EMPTY_BULLET = re.compile(r"(?:^|\s+)[-–•◼■▪●○\ue000-\uf8ff]$")
_MAX_HEADING_WORDS = 30
_LOWEST = 9
_WANTS_NUMBER = re.compile(
    r"\b(?:[Ss]tage|[Yy]ears?|[Ll]evel|[Ss]ections?|[Pp]aragraphs?|[Cc]hapter|[Pp]age|[Rr]egulation"
    r"|[Ss]chedule|[Aa]rticle|[Tt]able|[Ff]igure|[Aa]ppendix|[Tt]ier|[Oo]utcome|aged|than|least|under"
    r"|over|of|from|by|to|at|in|and)$"
)
"""A sentence that breaks off here goes on with the number at the top of the next page."""

_PROSE = re.compile(r"[a-z0-9]{3}[.?!] [A-Z]")
_FULL_LINE = 30
"""A line of text is at least so many times as wide as its print is high."""


def build_pieces(chunks: Sequence[Chunk]) -> Iterator[Piece]:
    """Pieces in reading order; notes follow the paragraph that their page interrupts."""
    look = _Look(chunks)
    whole = resolve_line_end_hyphens(join_pages(join_split_rows(chunks), look))
    ranks = look.ranks([chunk for chunk in whole if look.is_heading(chunk)])
    for item in rows_of_tables(_without_empty_bullets(whole), look.is_heading):
        if isinstance(item, Piece):
            yield item
        else:
            yield _piece(item, look, ranks)


def _without_empty_bullets(chunks: Sequence[Chunk]) -> Iterator[Chunk]:
    """Chunks without the glyph of an item that holds no words."""
    for chunk in chunks:
        text = _EMPTY_BULLET.sub("", chunk.text)
        if text:
            yield chunk if text == chunk.text else replace(chunk, text=text)


class _Look:
    """What plain text of this document looks like, so that headings stand out."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        sizes: Counter[float] = Counter()
        bold: Counter[bool] = Counter()
        for chunk in chunks:
            sizes[chunk.size] += len(chunk.text)
            bold[chunk.bold] += len(chunk.text)
        self.size = sizes.most_common(1)[0][0] if sizes else 12.0
        self.bold = bold[True] > bold[False]

    def is_heading(self, chunk: Chunk) -> bool:
        words = chunk.text.split(maxsplit=_MAX_HEADING_WORDS + 1)
        if not 0 < len(words) <= _MAX_HEADING_WORDS or is_note(chunk, self.size):
            return False
        if sum(char.isalpha() for char in chunk.text) < 3:
            return False
        if chunk.has("TOCI", "TOC") or _COVER_LINE.match(chunk.text):
            return False
        label = find_marker(chunk.text)
        if label and label.kind in ("glyph", "dash", "letter"):
            return False
        if any(_HEADING_TAG.match(name) for name, _ in chunk.tags):
            return not re.search(r"[.;,]$", chunk.text) or chunk.bold
        stands_out = (chunk.bold and not self.bold) or chunk.size > 1.12 * self.size
        return stands_out and not re.search(r"[.;,]$", chunk.text) and len(words) <= 25

    def style(self, chunk: Chunk) -> tuple[float, int, bool, bool]:
        tag = next((name for name, _ in reversed(chunk.tags) if _HEADING_TAG.match(name)), "")
        level = int(tag[1]) if len(tag) == 2 else _LOWEST
        return (-round(chunk.size * 2) / 2, level, not chunk.bold, chunk.italic)

    def ranks(self, headings: Sequence[Chunk]) -> dict[tuple[float, int, bool, bool], int]:
        """Level of each heading style: the larger the print, the higher it stands."""
        styles = sorted({self.style(chunk) for chunk in headings})
        return {style: rank for rank, style in enumerate(styles, 1)}


def is_note(chunk: Chunk, body: float) -> bool:
    """Whether a chunk is a footnote: tagged so, or small print that starts with its mark."""
    if chunk.has("Note", "FENote"):
        return True
    return chunk.size <= 0.87 * body and bool(re.match(r"^\d{1,3}\s+\S", chunk.text))


def join_pages(chunks: list[Chunk], look: _Look) -> list[Chunk]:
    """Chunks with those that run over a page end made one."""
    out: list[Chunk] = []
    rows = in_data_row(chunks)
    closed = -1
    for place, chunk in enumerate(chunks):
        at = None if place in rows else _open_end(out, chunk, look)
        if at is None or at <= closed:
            out.append(chunk)
            closed = len(out) - 1 if place in rows else closed
        else:
            out[at] = joined_over_page(out[at], chunk)
    return out


def _open_end(out: list[Chunk], chunk: Chunk, look: _Look) -> int | None:
    """Place of the earlier chunk that `chunk` continues, or None."""
    if is_note(chunk, look.size) or look.is_heading(chunk):
        return None
    for at in range(len(out) - 1, max(len(out) - 12, -1), -1):
        if not is_note(out[at], look.size):
            return at if _continues(out[at], chunk, look) else None
    return None


def _continues(last: Chunk, chunk: Chunk, look: _Look) -> bool:
    last_page = last.turns[-1][1] if last.turns else last.page
    if look.is_heading(last) or last.has("TOCI"):
        return False
    label = find_marker(chunk.text)
    if label and _ends_a_sentence(last, chunk, label):
        label = None
    if label and label.kind != "dash" and not (label.kind == "letter" and len(label.number) > 3):
        return False
    if chunk.page != last_page:
        if chunk.has("LI") and last.has("LI"):
            return not label
        reaches = last.last_x1 > last.x1 - 0.3 * (last.x1 - last.x0)
        small = chunk.text[:1].islower()
        open_end = not (_FULL_STOP if small else _TERMINAL).search(last.text)
        return open_end and (reaches or small) and abs(last.size - chunk.size) < 1.5
    return _runs_on(last, chunk)


def _ends_a_sentence(last: Chunk, chunk: Chunk, label: ListMarker) -> bool:
    """Whether a number at the top of a page ends a sentence ("Key Stage | 4. However, ...")."""
    counts = label.number.isdigit() and chunk.page != last.page
    return counts and bool(_WANTS_NUMBER.search(last.text))


def _runs_on(last: Chunk, chunk: Chunk) -> bool:
    """On one page: a sentence cut by a stray tag goes on in small letters, or a full line."""
    in_same_cell = last.place("TD", "TH", "TR") == chunk.place("TD", "TH", "TR")
    # The cell of a chunk that began on the page before has another place there.
    if not in_same_cell and not last.turns:
        return False
    same = abs(last.size - chunk.size) < 1.0 and last.bold == chunk.bold
    near = 0 < last.bottom - chunk.top < 2.0 * chunk.size
    return (
        same
        and near
        and not _TERMINAL.search(last.text)
        and (chunk.text[:1].islower() or _is_full_line(last, chunk))
        and not (find_marker(chunk.text))
    )


def _is_full_line(last: Chunk, chunk: Chunk) -> bool:
    """Whether prose fills its last line and `chunk` follows as the next line does.

    Lines without a full stop within may be a list, as of those a letter is sent to.
    """
    if not _PROSE.search(last.text):
        return False
    wide = last.last_x1 - last.x0 > _FULL_LINE * last.size and last.last_x1 >= chunk.x1 - last.size
    return wide and last.bottom - chunk.top < 1.35 * chunk.size


def _piece(chunk: Chunk, look: _Look, ranks: dict[tuple[float, int, bool, bool], int]) -> Piece:
    if is_note(chunk, look.size):
        return _labelled(chunk, "note", note=True)
    if chunk.has("TOCI", "TOC"):
        return replace(_labelled(chunk, "paragraph"), boilerplate="contents")
    if look.is_heading(chunk):
        piece = _labelled(chunk, "heading")
        return replace(piece, level=ranks[look.style(chunk)])
    label = find_marker(chunk.text, bare=chunk.has("LI"))
    kind = "bullet" if label and label.kind in ("glyph", "dash", "letter") else "paragraph"
    return _labelled(chunk, kind)


def _labelled(chunk: Chunk, kind: str, *, note: bool = False) -> Piece:
    """The piece without its printed label, page turns moved along."""
    bare = note or kind == "heading" or chunk.has("LI")
    label = find_marker(chunk.text, bare=bare)
    if label and kind == "paragraph" and label.kind == "dash":
        label = None
    cut = label.length if label else 0
    return Piece(
        text=chunk.text[cut:],
        page=chunk.page,
        kind=kind,
        number=label.number if label else "",
        turns=tuple((max(at - cut, 0), page) for at, page in chunk.turns),
    )
