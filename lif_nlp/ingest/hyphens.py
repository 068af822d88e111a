"""Hyphens at line ends: dropped where they cut a word, kept where they join two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from lif_nlp.ingest.pdf_chunks import SOFT_HYPHEN, Chunk

_CUT = re.compile(rf"([A-Za-z’']+|\d+){SOFT_HYPHEN}([A-Za-z’']+)")
_PREFIXES = frozenset(
    "multi co re pre non self inter ex sub anti under well cross semi mid post pro long short".split()
)


def settle_hyphens(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Chunks whose line-end hyphens are settled by the other words of the document."""
    words = _vocabulary(chunk.text for chunk in chunks)
    return [_settled(chunk, words) if SOFT_HYPHEN in chunk.text else chunk for chunk in chunks]


def _vocabulary(texts: Iterable[str]) -> Counter[str]:
    """Words that stand whole in the document, hyphenated ones as they are."""
    words: Counter[str] = Counter()
    for text in texts:
        whole = re.sub(rf"\S*{SOFT_HYPHEN}\S*", " ", text).lower()
        words.update(re.findall(r"[a-z’']+(?:-[a-z’']+)*", whole))
    return words


def _settled(chunk: Chunk, words: Counter[str]) -> Chunk:
    """The chunk with plain hyphens; page turns move along with the dropped ones."""
    text, turns = chunk.text, list(chunk.turns)
    while found := _CUT.search(text):
        glue = "" if _is_cut_word(found[1].lower(), found[2].lower(), words) else "-"
        at = found.end(1)
        text = text[:at] + glue + text[at + 1 :]
        if not glue:
            turns = [(place - (place > at), page) for place, page in turns]
    return replace(chunk, text=text.replace(SOFT_HYPHEN, "-"), turns=tuple(turns))


def _is_cut_word(left: str, right: str, words: Counter[str]) -> bool:
    joined, hyphened = words[left + right], words[f"{left}-{right}"]
    if joined != hyphened:
        return joined > hyphened
    if left.isdigit() or left in _PREFIXES:
        return False
    return not (words[left] and words[right])
