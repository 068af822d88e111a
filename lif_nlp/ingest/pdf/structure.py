"""Turns the chunks of a PDF into pieces: joins them over pages, finds headings, notes and lists.

The order of the steps matters: rows and paragraphs that a page break cuts are joined before
hyphens are resolved, and headings get their levels once all of them are known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from lif_nlp.ingest.list_markers import ListMarker, find_marker
from lif_nlp.ingest.pdf.chunks import Chunk, join_chunks
from lif_nlp.ingest.pdf.hyphens import resolve_line_end_hyphens
from lif_nlp.ingest.pdf.tagged_tables import data_row_indices, join_split_rows, read_tables
from lif_nlp.ingest.pdf.thresholds import (
    CONTINUATION_GAP,
    DEFAULT_SIZE,
    FULL_LINE_GAP,
    FULL_LINE_WIDTH,
    HEADING_SIZE,
    LOOK_BACK_CHUNKS,
    MAX_TAGGED_HEADING_WORDS,
    MAX_UNTAGGED_HEADING_WORDS,
    MIN_HEADING_LETTERS,
    MIN_UNSTYLED_HEADINGS,
    NOTE_SIZE,
    PAGE_BREAK_SIZE_CHANGE,
    PARAGRAPH_END,
    PARAGRAPH_WORDS,
    SHORT_MARKER,
    SIZE_TOLERANCE,
    UNTAGGED_HEADING_LEVEL,
)
from lif_nlp.ingest.pieces import Piece

_CLAUSE_END = re.compile(r"[.?!:;][’”\"')\]]*\d{0,2}$")
_SENTENCE_END = re.compile(r"[.?!][’”\"')\]]*\d{0,2}$")
_HEADING_TAG = re.compile(r"^(H[1-6]?|Title)$")
_COVER_LINE = re.compile(
    r"^(?:inspection dates?|dates? of|lead inspector|reporting inspector|(?:report )?published"
    r"|age group|author)\b.*\S",
    re.IGNORECASE,
)
_EMPTY_BULLET = re.compile(r"(?:^|\s+)[-–•◼■▪●○\ue000-\uf8ff]$")
_EXPECTS_NUMBER = re.compile(
    r"\b(?:[Ss]tage|[Yy]ears?|[Ll]evel|[Ss]ections?|[Pp]aragraphs?|[Cc]hapter|[Pp]age|[Rr]egulation"
    r"|[Ss]chedule|[Aa]rticle|[Tt]able|[Ff]igure|[Aa]ppendix|[Tt]ier|[Oo]utcome|aged|than|least|under"
    r"|over|of|from|by|to|at|in|and)$"
)
"""After such words at the end of a page, a number at the top of the next one belongs to
the sentence."""

_PROSE = re.compile(r"[a-z0-9]{3}[.?!] [A-Z]")
_NAME = re.compile(r"^[A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]+|of|and|the)){0,3}$")

_HeadingStyle = tuple[float, int, bool, bool]
"""Print of a heading, in an order that puts higher levels first: size (negative), level of its
tag, not bold, italic."""


def build_pieces(chunks: Sequence[Chunk]) -> Iterator[Piece]:
    """Pieces of a whole document in reading order.

    Footnotes follow the paragraph that they interrupt at the end of a page.
    """
    body_print = _BodyPrint(chunks)
    whole_chunks = resolve_line_end_hyphens(join_pages(join_split_rows(chunks), body_print))
    levels = _heading_levels([chunk for chunk in whole_chunks if body_print.is_heading(chunk)])
    for item in read_tables(_remove_empty_bullets(whole_chunks), body_print.is_heading):
        if isinstance(item, Piece):
            yield item
        else:
            yield _piece(item, body_print, levels)


def _remove_empty_bullets(chunks: Sequence[Chunk]) -> Iterator[Chunk]:
    """Chunks without the bullet of an empty list item at their end."""
    for chunk in chunks:
        text = _EMPTY_BULLET.sub("", chunk.text)
        if text:
            yield chunk if text == chunk.text else replace(chunk, text=text)


class _BodyPrint:
    """Print of this document's body text, from which headings and notes differ."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        sizes: Counter[float] = Counter()
        bold: Counter[bool] = Counter()
        for chunk in chunks:
            sizes[chunk.size] += len(chunk.text)
            bold[chunk.bold] += len(chunk.text)
        self.size = sizes.most_common(1)[0][0] if sizes else DEFAULT_SIZE
        self.bold = bold[True] > bold[False]

    def is_heading(self, chunk: Chunk) -> bool:
        max_words = MAX_TAGGED_HEADING_WORDS
        words = chunk.text.split(maxsplit=max_words + 1)
        if not 0 < len(words) <= max_words or is_note(chunk, self.size):
            return False
        if sum(char.isalpha() for char in chunk.text) < MIN_HEADING_LETTERS:
            return False
        if chunk.has_tag("TOCI", "TOC") or _COVER_LINE.match(chunk.text):
            return False
        marker = find_marker(chunk.text)
        if marker and marker.kind in ("glyph", "dash", "letter"):
            return False
        ends_clause = re.search(r"[.;,]$", chunk.text)
        if any(_HEADING_TAG.match(name) for name, _ in chunk.tags):
            return not ends_clause or chunk.bold
        is_larger = chunk.size > HEADING_SIZE * self.size
        differs = (chunk.bold and not self.bold) or is_larger
        return differs and not ends_clause and len(words) <= MAX_UNTAGGED_HEADING_WORDS


def _heading_style(chunk: Chunk) -> _HeadingStyle:
    tag = next((name for name, _ in reversed(chunk.tags) if _HEADING_TAG.match(name)), "")
    level = int(tag[1]) if len(tag) == 2 else UNTAGGED_HEADING_LEVEL
    # Sizes in steps of half a point: a font's size varies a little within a file.
    return (-round(chunk.size * 2) / 2, level, not chunk.bold, chunk.italic)


def _heading_levels(headings: Sequence[Chunk]) -> dict[_HeadingStyle, int]:
    """Level of each style of heading, from 1; the size of print decides before the tag."""
    styles = sorted({_heading_style(chunk) for chunk in headings})
    return {style: level for level, style in enumerate(styles, 1)}


def is_note(chunk: Chunk, body_size: float) -> bool:
    """Whether a chunk is a footnote: by its tag, or as small print that starts with a number."""
    if chunk.has_tag("Note", "FENote"):
        return True
    return chunk.size <= NOTE_SIZE * body_size and bool(re.match(r"^\d{1,3}\s+\S", chunk.text))


def join_pages(chunks: list[Chunk], body_print: _BodyPrint) -> list[Chunk]:
    """Chunks in which paragraphs that run over a page break, or a stray tag, are one."""
    result: list[Chunk] = []
    rows = data_row_indices(chunks)
    last_row = -1
    for index, chunk in enumerate(chunks):
        start = None if index in rows else _continued_index(result, chunk, body_print)
        # Nothing continues over a table.
        if start is None or start <= last_row:
            result.append(chunk)
            last_row = len(result) - 1 if index in rows else last_row
        else:
            result[start] = join_chunks(result[start], chunk)
    return result


def _continued_index(chunks: list[Chunk], chunk: Chunk, body_print: _BodyPrint) -> int | None:
    """Index of the earlier chunk that `chunk` continues, or None; notes are skipped."""
    if is_note(chunk, body_print.size) or body_print.is_heading(chunk):
        return None
    for index in range(len(chunks) - 1, max(len(chunks) - LOOK_BACK_CHUNKS, -1), -1):
        if not is_note(chunks[index], body_print.size):
            return index if _continues(chunks[index], chunk, body_print) else None
    return None


def _continues(last: Chunk, chunk: Chunk, body_print: _BodyPrint) -> bool:
    last_page = last.turns[-1][1] if last.turns else last.page
    if body_print.is_heading(last) or last.has_tag("TOCI"):
        return False
    marker = find_marker(chunk.text)
    if marker and _ends_sentence(last, chunk, marker):
        marker = None
    is_word = marker and marker.kind == "letter" and len(marker.number) > SHORT_MARKER
    if marker and marker.kind != "dash" and not is_word:
        return False
    if chunk.page == last_page:
        return _continues_on_page(last, chunk)
    if chunk.has_tag("LI") and last.has_tag("LI"):
        return not marker
    fills_line = last.last_x1 > last.x1 - PARAGRAPH_END * (last.x1 - last.x0)
    in_sentence = chunk.text[:1].islower()
    # Before a lower-case letter even a colon or semicolon ends nothing.
    is_open = not (_SENTENCE_END if in_sentence else _CLAUSE_END).search(last.text)
    same_print = abs(last.size - chunk.size) < PAGE_BREAK_SIZE_CHANGE
    return is_open and (fills_line or in_sentence) and same_print


def _ends_sentence(last: Chunk, chunk: Chunk, marker: ListMarker) -> bool:
    """Whether a number at the top of a page ends a sentence ("Key Stage | 4. However, ...")."""
    after_page_break = marker.number.isdigit() and chunk.page != last.page
    return after_page_break and bool(_EXPECTS_NUMBER.search(last.text))


def _continues_on_page(last: Chunk, chunk: Chunk) -> bool:
    """Whether a sentence that a stray tag cuts continues in lower case, or after a full line."""
    same_cell = last.tag("TD", "TH", "TR") == chunk.tag("TD", "TH", "TR")
    # The cell of a chunk that began on the page before has another position in the tree.
    if not same_cell and not last.turns:
        return False
    same_print = abs(last.size - chunk.size) < SIZE_TOLERANCE and last.bold == chunk.bold
    is_below = 0 < last.bottom - chunk.top < CONTINUATION_GAP * chunk.size
    return (
        same_print
        and is_below
        and not _CLAUSE_END.search(last.text)
        and (chunk.text[:1].islower() or _follows_full_line(last, chunk))
        and not find_marker(chunk.text)
    )


def _follows_full_line(last: Chunk, chunk: Chunk) -> bool:
    """Whether prose fills its last line, and `chunk` is at the distance of the next one.

    Lines without a full stop inside may be a list, such as the addressees of a letter.
    """
    if not _PROSE.search(last.text):
        return False
    is_wide = last.last_x1 - last.x0 > FULL_LINE_WIDTH * last.size
    is_full = last.last_x1 >= chunk.x1 - last.size
    return is_wide and is_full and last.bottom - chunk.top < FULL_LINE_GAP * chunk.size


def _piece(chunk: Chunk, body_print: _BodyPrint, levels: dict[_HeadingStyle, int]) -> Piece:
    if is_note(chunk, body_print.size):
        return _split_marker(chunk, "note")
    if chunk.has_tag("TOCI", "TOC"):
        return replace(_split_marker(chunk, "paragraph"), boilerplate="contents")
    if body_print.is_heading(chunk):
        return replace(_split_marker(chunk, "heading"), level=levels[_heading_style(chunk)])
    marker = find_marker(chunk.text, bare=chunk.has_tag("LI"))
    kind = "bullet" if marker and marker.kind in ("glyph", "dash", "letter") else "paragraph"
    return _split_marker(chunk, kind)


def _split_marker(chunk: Chunk, kind: str) -> Piece:
    """The piece without its printed marker, and page turns moved accordingly."""
    bare = kind in ("note", "heading") or chunk.has_tag("LI")
    marker = find_marker(chunk.text, bare=bare)
    if marker and kind == "paragraph" and marker.kind == "dash":
        marker = None
    cut = marker.length if marker else 0
    return Piece(
        text=chunk.text[cut:],
        page=chunk.page,
        kind=kind,
        number=marker.number if marker else "",
        turns=tuple((max(offset - cut, 0), page) for offset, page in chunk.turns),
    )


def promote_unstyled_headings(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces in which names alone above a full paragraph are headings, if there are several.

    A report by county prints each county's name above its cases. Only underlining marks
    it, and that is a drawing in a PDF, not a property of its letters.
    """
    headings = {
        index for index, (line, below) in enumerate(pairwise(pieces)) if _is_name(line, below)
    }
    if len(headings) < MIN_UNSTYLED_HEADINGS:
        return list(pieces)
    level = max((piece.level for piece in pieces if piece.kind == "heading"), default=0) + 1
    return [
        replace(piece, kind="heading", level=level) if index in headings else piece
        for index, piece in enumerate(pieces)
    ]


def _is_name(line: Piece, below: Piece) -> bool:
    is_plain = line.kind == "paragraph" and not line.number and not line.boilerplate
    above_text = below.kind == "paragraph" and len(below.text.split()) >= PARAGRAPH_WORDS
    return is_plain and above_text and bool(_NAME.match(line.text))
