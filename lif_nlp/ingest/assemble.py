"""Pieces -> the text and blocks of a document, each with its heading path."""

from __future__ import annotations

from collections.abc import Iterable

from lif_nlp.ingest.pieces import Piece
from lif_nlp.records import Block

GAP = "\n\n"
"""What stands between two blocks in the text of a document."""


def assemble(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """The text of a document and its blocks; a block's text is its slice of the text.

    >>> text, blocks = assemble([Piece("Findings", kind="heading", level=1), Piece("Staff met.")])
    >>> [(text[b.start : b.end], b.heading) for b in blocks]
    [('Findings', ()), ('Staff met.', ('Findings',))]
    """
    parts: list[str] = []
    blocks: list[Block] = []
    path: list[tuple[int, str]] = []
    at = 0
    for piece in pieces:
        if not piece.text:
            continue
        if piece.kind == "heading":
            path = [(level, text) for level, text in path if level < piece.level]
        heading = tuple(text for _, text in path) if piece.path is None else piece.path
        blocks.append(_block(piece, at, heading))
        parts.append(piece.text)
        at += len(piece.text) + len(GAP)
        if piece.kind == "heading" and piece.level > 0:
            path.append((piece.level, piece.text))
    return GAP.join(parts), tuple(blocks)


def _block(piece: Piece, at: int, heading: tuple[str, ...]) -> Block:
    return Block(
        start=at,
        end=at + len(piece.text),
        page=piece.page,
        kind=piece.kind,
        heading=heading,
        number=piece.number,
        level=piece.level,
        turns=tuple((at + place, page) for place, page in piece.turns),
        cells=piece.cells,
        boilerplate=piece.boilerplate,
    )
