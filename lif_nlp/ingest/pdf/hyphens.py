"""Resolves hyphens at line ends: removed if they split a word, kept if they join two words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from lif_nlp.ingest.pdf.chunks import SOFT_HYPHEN, Chunk
from lif_nlp.ingest.pdf.thresholds import MIN_CUT_WORDS

_LINE_END = re.compile(rf"([A-Za-z’']+|\d+){SOFT_HYPHEN}([A-Za-z’']+)")


def resolve_line_end_hyphens(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Chunks whose line-end hyphens are resolved by the other words of the document.

    A hyphen is removed if the word occurs elsewhere without it. If neither form occurs, it
    stays, because reports join words ("decision-making") far more often than they split
    them; unless the document is known to split words.
    """
    words = _vocabulary(chunk.text for chunk in chunks)
    pairs = [pair for chunk in chunks for pair in _LINE_END.findall(chunk.text)]
    cuts = sum(_votes(left, right, words) > 0 for left, right in pairs)
    joins = sum(_votes(left, right, words) < 0 for left, right in pairs)
    hyphenates = cuts >= MIN_CUT_WORDS and cuts > joins

    def is_cut(left: str, right: str) -> bool:
        votes = _votes(left, right, words)
        return votes > 0 or (votes == 0 and hyphenates and not left.isdigit())

    return [_resolve(chunk, is_cut) if SOFT_HYPHEN in chunk.text else chunk for chunk in chunks]


def _votes(left: str, right: str, words: Counter[str]) -> int:
    """Above 0 if the document mostly writes the word as one, below 0 if with a hyphen."""
    return words[(left + right).lower()] - words[f"{left}-{right}".lower()]


def _vocabulary(texts: Iterable[str]) -> Counter[str]:
    """Words of the document that no line end splits, hyphenated ones as they are."""
    words: Counter[str] = Counter()
    for text in texts:
        whole = re.sub(rf"\S*{SOFT_HYPHEN}\S*", " ", text).lower()
        words.update(re.findall(r"[a-z’']+(?:-[a-z’']+)*", whole))
    return words


def _resolve(chunk: Chunk, is_cut: Callable[[str, str], bool]) -> Chunk:
    """The chunk with plain hyphens; page turns after a removed one move by one character."""
    text, turns = chunk.text, list(chunk.turns)
    while match := _LINE_END.search(text):
        hyphen = "" if is_cut(match[1], match[2]) else "-"
        end = match.end(1)
        text = text[:end] + hyphen + text[end + 1 :]
        if not hyphen:
            turns = [(offset - (offset > end), page) for offset, page in turns]
    return replace(chunk, text=text.replace(SOFT_HYPHEN, "-"), turns=tuple(turns))
