"""Lines of a label and its value, and lists behind a label, in pages that list many reviews.

Libraries of case reviews print for each review a line "year – board – name", one paragraph on
the case, and lists behind a label ("Learning includes: a; b"), with the items between
semicolons.  Each item is a finding of its own, on the side that the label names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lif_nlp.ingest.pieces import WITHIN_SECTION, Piece

LABEL_LINE = re.compile(
    r"^(?:model|keywords?|last updated|page last (?:updated|reviewed)|date of (?:publication|issue)"
    r"|owner|timescales?|lead(?: agency| officer)?|by when|deadline|due|rag(?: rating)?|status"
    r"|review date|read the (?:full )?(?:overview|report|review)|library catalogue)\s*:\s*\S",
    re.IGNORECASE,
)
"""A label and a value that is no finding: how a review is filed, who has to act and by when."""

_LISTS = re.compile(
    r"^(?P<label>(?:key |main )?(?:learning|lessons?|issues?|findings|recommendations?|themes)"
    r"(?: points?| themes?| identified| learned)*"
    r"(?: (?:include[sd]?|focus(?:es|ed)? on|are|were|identified|cover(?:s|ed)?))*):\s+(?=\S)",
    re.IGNORECASE,
)
_ASKS = re.compile(r"recommend", re.IGNORECASE)
_REVIEW_LINE = re.compile(r"^(?:19|20)\d\d\s+[–—-]\s+(?=\S)[^–—]{2,60}\s[–—-]\s+\S.{0,80}$")
MAX_LABEL_LINE = 160
"""Characters of a label and its value.  Chosen by judgement (November 2026): longer text behind
such a word is a sentence."""

MIN_ITEMS = 2
"""Items between semicolons that make a list; a single one is an ordinary sentence."""

MIN_ABSTRACTS = 2
"""Lines "year – board – name" that make a page of many reviews; one may be a report's title."""

REVIEW_LEVEL = 2
"""Level of the heading that such a line becomes."""


def split_labelled_lists(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces in which lists behind a label are items, and lines that name a review headings.

    >>> [p.text for p in split_labelled_lists([Piece("Learning includes: no lead; a late visit.")])]
    ['Learning includes:', 'no lead;', 'a late visit.']
    """
    lines = [place for place, piece in enumerate(pieces) if _names_review(piece)]
    headings = set(lines) if len(lines) >= MIN_ABSTRACTS else set()
    out: list[Piece] = []
    for place, piece in enumerate(pieces):
        if place in headings:
            out.append(replace(piece, kind="heading", level=REVIEW_LEVEL))
        elif is_label_line(piece):
            out.append(replace(piece, boilerplate=piece.boilerplate or "label and value"))
        else:
            out += _items(piece)
    return out


def is_label_line(piece: Piece) -> bool:
    """Whether a piece is a label with a value, such as "Keywords: neglect, housing"."""
    is_short = len(piece.text) <= MAX_LABEL_LINE
    return piece.kind != "heading" and is_short and bool(LABEL_LINE.match(piece.text))


def _names_review(piece: Piece) -> bool:
    return piece.kind in ("paragraph", "heading") and bool(_REVIEW_LINE.match(piece.text))


def _items(piece: Piece) -> Iterator[Piece]:
    label = _LISTS.match(piece.text) if piece.kind in ("paragraph", "bullet") else None
    ends = list(_item_ends(piece.text, label.end())) if label else []
    if label is None or len(ends) < MIN_ITEMS:
        yield piece
        return
    yield _part(piece, 0, label.end(), kind="heading", level=WITHIN_SECTION)
    start = label.end()
    # Learning holds strengths as well as problems, so that its label only leans to one side:
    # a bullet takes the side of its heading, a paragraph is judged by its words too.
    kind = "bullet" if _ASKS.match(label["label"]) else "paragraph"
    for end in ends:
        yield _part(piece, start, end, kind=kind, level=0, number="", under=label["label"])
        start = end


def _item_ends(text: str, start: int) -> Iterator[int]:
    """Where each item ends: behind a semicolon outside brackets, and at the end of the text."""
    depth = 0
    for at in range(start, len(text)):
        # A semicolon in brackets parts no items.
        if text[at] in "([":
            depth += 1
        elif text[at] in ")]":
            depth = max(0, depth - 1)
        elif text[at] == ";" and not depth and text[at + 1 :].strip():
            yield at + 1
    yield len(text)


def _part(piece: Piece, start: int, end: int, **changes: object) -> Piece:
    """The words from `start` to `end`, with the pages that turn within them."""
    text = piece.text[start:end]
    margin = start + len(text) - len(text.lstrip())
    page = max((page for offset, page in piece.turns if offset <= margin), default=piece.page)
    turns = tuple((at - margin, turn) for at, turn in piece.turns if margin < at < end)
    return replace(piece, text=text.strip(), page=page, turns=turns, **changes)  # type: ignore[arg-type]
