"""What every reader returns (a `Reading` of `Piece`s), and how pieces become text and blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lif_nlp.records import Block, Fact, SkippedPart

BLOCK_SEPARATOR = "\n\n"
"""Separates two blocks in the text of a document."""


WITHIN_SECTION = -1
"""Level of the title of a box or of the label of a list: the section goes on below it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One heading, paragraph, bullet, table row or note, before it has offsets.

    Attributes
    ----------
    text
        Its words, without the printed bullet or number.
    page
        Page on which it starts, from 1 (the number of the sheet in a workbook).
    kind
        "heading", "paragraph", "bullet", "table_row" or "note".
    level
        Depth of a heading (1 is the highest; 0 heads nothing, nor does `WITHIN_SECTION`,
        which ends no section) or nesting of a bullet (0 is the outermost).
    number
        The printed number ("4.12"), or "row 7" in a sheet.
    turns
        `(offset in text, page)` for each page that begins within the piece.
    cells
        `(column, value)` of the whole table row.
    boilerplate
        Why the piece carries no finding ("contents", "signature"), or empty.
    path
        Replaces the heading path that the preceding headings give, if not None.
    under
        Title of the box or name of the column that holds it; ends the heading path.
    """

    text: str
    page: int = 1
    kind: str = "paragraph"
    level: int = 0
    number: str = ""
    turns: tuple[tuple[int, int], ...] = ()
    cells: tuple[tuple[str, str], ...] = ()
    boilerplate: str = ""
    path: tuple[str, ...] | None = None
    under: str = ""


@dataclass(frozen=True, slots=True)
class RemovedText:
    """Words that are printed in the source but not part of its text, such as a page number."""

    kind: str
    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a reader extracted from one source.

    Every word of the source is either in `pieces` or in `removed_text`.

    Attributes
    ----------
    pieces
        The text, in reading order.
    pages
        Number of pages.
    removed_text
        Running headers, page numbers and footnote marks.
    skipped
        Parts that gave no text, with the reason.
    facts
        Facts the reader noticed, such as the pages without text.
    title
        Title in the file's properties; used only if none is printed.
    column_values
        Metadata that columns of a table state ("published", "area"); believed before
        anything found in the text.
    """

    pieces: tuple[Piece, ...]
    pages: int = 1
    removed_text: tuple[RemovedText, ...] = ()
    skipped: tuple[SkippedPart, ...] = ()
    facts: tuple[Fact, ...] = ()
    title: str = ""
    column_values: dict[str, str] = field(default_factory=dict)


def assemble(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """Text of a document and its blocks; each block's words are its slice of the text.

    >>> text, blocks = assemble([Piece("Findings", kind="heading", level=1), Piece("Staff met.")])
    >>> [(text[b.start : b.end], b.heading) for b in blocks]
    [('Findings', ()), ('Staff met.', ('Findings',))]
    """
    parts: list[str] = []
    blocks: list[Block] = []
    path: list[tuple[int, str]] = []
    start = 0
    for piece in pieces:
        if not piece.text:
            continue
        if piece.kind == "heading" and piece.level != WITHIN_SECTION:
            # A heading ends every section of its own level or below.
            path = [(level, text) for level, text in path if level < piece.level]
        # Sheets give the path themselves: it comes from columns, not from headings above.
        heading = tuple(text for _, text in path) if piece.path is None else piece.path
        heading += (piece.under,) if piece.under else ()
        blocks.append(_block(piece, start, heading))
        parts.append(piece.text)
        start += len(piece.text) + len(BLOCK_SEPARATOR)
        if piece.kind == "heading" and piece.level > 0:
            path.append((piece.level, piece.text))
    return BLOCK_SEPARATOR.join(parts), tuple(blocks)


def _block(piece: Piece, start: int, heading: tuple[str, ...]) -> Block:
    return Block(
        start=start,
        end=start + len(piece.text),
        page=piece.page,
        kind=piece.kind,
        heading=heading,
        number=piece.number,
        level=max(piece.level, 0),
        turns=tuple((start + offset, page) for offset, page in piece.turns),
        cells=piece.cells,
        boilerplate=piece.boilerplate,
    )
