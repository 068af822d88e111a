"""The clauses of a sentence: its halves before and after a contrast, and texts without claims."""

from __future__ import annotations

import re

Span = tuple[int, int]
"""Offsets in a text, the end excluded."""

# "not yet" and "as yet" are no contrast; "while waiting" is one of time.
_CONTRAST = re.compile(
    r";|[,(–-]?\s*\b(?:but|however|although|though|whereas|nevertheless|nonetheless|despite"
    r"|even though|(?<!not )(?<!as )yet(?! to\b)|albeit|in contrast)\b,?"
    r"|,\s*(?:while|whilst|with the exception of|except)\b",
    re.IGNORECASE,
)
# "Although visits are regular, plans are late": the contrast is at the comma.
_OPENING = re.compile(
    r"\W*(?:although|though|while|whilst|despite|whereas|even though|notwithstanding)\b[^,;]{8,}?,",
    re.IGNORECASE,
)
_NO_CLAIM = re.compile(
    r"\?\W*$"
    r"|\bterms of reference\b|\bkey lines? of enquiry\b|\bthe (?:purpose|aim|scope) of (?:this|the)"
    r" (?:review|audit|inspection|report)\b"
    r"|\b(?:this|the) (?:review|audit|report) (?:will|aims? to|seeks? to|set out to|is intended)\b"
    r"|\b(?:guidance|legislation|regulations?|the act|statute|standards?|policy|procedures?|law)"
    r" (?:says?|states?|requires?|sets? out|makes? clear|expects?|is clear|stipulates?)\b"
    r"|\b(?:section|regulation) \d+\w* of the\b"
    r"|^\W*(?:has|have|had|is|are|was|were|did|do|does|how|what|why|when|where|whether|which|who"
    r"|to what extent) (?:[\w’']+ ){3,}[^.]*\?",
    re.IGNORECASE,
)

MIN_CLAUSE = 12
"""Characters that a clause needs: fewer hold no aspect and defect.  Set by judgement; a
higher number leaves halves of short contrasts unread."""


def makes_no_claim(text: str) -> bool:
    """Whether a text is a question, law, or what a review sets out to do.

    >>> makes_no_claim("Were the visits on time?"), makes_no_claim("The visits were late.")
    (True, False)
    """
    return bool(_NO_CLAIM.search(text))


def split_clauses(text: str) -> list[Span]:
    """The spans of a text's clauses, divided where it contrasts two things.

    >>> text = "Although visits are regular, plans are late."
    >>> [text[start:end] for start, end in split_clauses(text)]
    ['Although visits are regular,', ' plans are late.']
    """
    cuts = [0]
    opening = _OPENING.match(text)
    begin = 0
    if opening:
        cuts.append(opening.end())
        begin = opening.end()
    for match in _CONTRAST.finditer(text, begin):
        if match.start() - cuts[-1] >= MIN_CLAUSE and len(text) - match.end() >= MIN_CLAUSE:
            cuts.append(match.start())
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))
