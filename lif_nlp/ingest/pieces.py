"""What the readers of this room hand on: pieces in reading order, and what was dropped."""

from __future__ import annotations

from dataclasses import dataclass, field

from lif_nlp.records import Fact, SkippedPart


@dataclass(frozen=True, slots=True)
class Piece:
    """One heading, paragraph, bullet, row or note before it has offsets.

    `level` is the depth of a heading (1 is the highest) or the nesting of a
    bullet (0 is the outermost).  `turns` are `(offset in text, page)` pairs.
    `path` overrides the heading path that the headings before the piece give.
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


@dataclass(frozen=True, slots=True)
class Dropped:
    """Words of a source that are no part of its text: a running header, a page number."""

    kind: str
    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a reader took from one source.

    The words of the source are those of the pieces plus those dropped.  `title`
    is a hint (a property of the file), never more than a fall-back.  `given` are
    facts that the source states as such, in columns of a table.
    """

    pieces: tuple[Piece, ...]
    pages: int = 1
    dropped: tuple[Dropped, ...] = ()
    unused: tuple[SkippedPart, ...] = ()
    facts: tuple[Fact, ...] = ()
    title: str = ""
    given: dict[str, str] = field(default_factory=dict)
