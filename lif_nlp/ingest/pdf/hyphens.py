"""Hyphens at line ends: dropped where they cut a word, kept where they join two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from lif_nlp.ingest.pdf.chunks import SOFT_HYPHEN, Chunk

_CUT = re.compile(rf"([A-Za-z’']+|\d+){SOFT_HYPHEN}([A-Za-z’']+)")
_SURE = 2
"""So many words known to be cut show that the document hyphenates its lines."""


def resolve_line_end_hyphens(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Chunks whose line-end hyphens are settled by the other words of the document.

    A hyphen goes where the word stands elsewhere without it.  Where neither form
    stands elsewhere it stays, for reports join words ("decision-making") far more
    often than they cut them, unless the document is seen to cut words.
    """
    words = _vocabulary(chunk.text for chunk in chunks)
    pairs = [found for chunk in chunks for found in _CUT.findall(chunk.text)]
    cuts = sum(_votes(left, right, words) > 0 for left, right in pairs)
    joins = sum(_votes(left, right, words) < 0 for left, right in pairs)
    hyphenates = cuts >= _SURE and cuts > joins

    def is_cut(left: str, right: str) -> bool:
        votes = _votes(left, right, words)
        return votes > 0 or (votes == 0 and hyphenates and not left.isdigit())

    return [_settled(chunk, is_cut) if SOFT_HYPHEN in chunk.text else chunk for chunk in chunks]


def _votes(left: str, right: str, words: Counter[str]) -> int:
    """Above 0 where the document writes the word whole, below 0 where with a hyphen."""
    return words[(left + right).lower()] - words[f"{left}-{right}".lower()]


def _vocabulary(texts: Iterable[str]) -> Counter[str]:
    """Words that stand whole in the document, hyphenated ones as they are."""
    words: Counter[str] = Counter()
    for text in texts:
        whole = re.sub(rf"\S*{SOFT_HYPHEN}\S*", " ", text).lower()
        words.update(re.findall(r"[a-z’']+(?:-[a-z’']+)*", whole))
    return words


def _settled(chunk: Chunk, is_cut: Callable[[str, str], bool]) -> Chunk:
    """The chunk with plain hyphens; page turns move along with the dropped ones."""
    text, turns = chunk.text, list(chunk.turns)
    while found := _CUT.search(text):
        glue = "" if is_cut(found[1], found[2]) else "-"
        at = found.end(1)
        text = text[:at] + glue + text[at + 1 :]
        if not glue:
            turns = [(place - (place > at), page) for place, page in turns]
    return replace(chunk, text=text.replace(SOFT_HYPHEN, "-"), turns=tuple(turns))
