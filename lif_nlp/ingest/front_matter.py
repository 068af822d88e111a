"""Marks the front matter of reviews: cover lines, contents, method and terms of reference.

What the panel was asked is neither an action nor a finding, although it is worded like one
("whether staff were able to challenge one another").  The answers stand further below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lif_nlp.ingest.pieces import Piece

_COVER, _TERMS, _CONTENTS = "cover", "terms of reference", "contents"

_METHOD_HEADING = re.compile(
    r"^(?:the )?(?:(?:terms of reference|methodology|method|methods used|approach"
    r"|(?:key )?lines of enquiry|scope|process|review process|review method(?:ology)?"
    r"|(?:agency )?contributors(?: to the review)?|(?:review |the )?panel(?: members(?:hip)?)?"
    r"|conduct of the review|confidentiality|dissemination|timescales?"
    r"|parallel (?:reviews|processes)"
    r"|authorship|methodology of the review|scope of the review"
    r"|purpose of the (?:\w+ ){0,2}(?:review|report|audit))"
    r"(?:(?:,| and| &) (?:the )?(?:terms of reference|method(?:ology)?|scope|process|timescales?"
    r"|(?:key )?lines of enquiry|panel|timeframe|purpose|independence))*"
    r"|how (?:i|we|the review|this review)(?: was| were)? (?:did|done|conducted|undertaken"
    r"|carried out|worked|went about)(?: (?:it|this|the review|this review))?"
    r"|statements? (?:by|of) (?:the )?(?:independent )?(?:lead )?(?:reviewers?|authors?|chair)"
    r"|(?:about )?(?:the )?(?:independent )?(?:lead )?(?:reviewer|author)s?"
    r"(?: and (?:his |her |their )?independence)?"
    r"|(?:upcoming |forthcoming )?(?:dates (?:for|in) (?:your|the) diary|events|training dates)"
    r"|thank you|further information|(?:useful )?(?:links|contacts)|where to (?:get|find) help"
    r"|key to (?:the )?(?:codes|abbreviations).*)$",
    re.IGNORECASE,
)
"""Sections on how the review was made, on dates and contacts, up to the next heading."""

_ASKED = re.compile(
    r"(?:terms of reference|lines? of enquiry"
    r"|\b(?:reviews?|reviewers?|panel|authors?|report)\b[^.?]{0,80}?\b(?:asked|agreed|considere?d?"
    r"|examined?|address(?:ed)?|answer(?:ed)?|explored?|regard|seek|sought|aim(?:s|ed)|required))"
    r"[^.?]{0,120}:$",
    re.IGNORECASE,
)
"""Ends of paragraphs that lead into the questions that a review was asked to answer."""

_ASKS_OTHERS = re.compile(
    r"\b(?:leaves?|recommend\w*|invites?|asks|poses|raises|suggests?)\b", re.IGNORECASE
)
_ACTION_HEADING = re.compile(r"recommend|action|learning|next steps|questions? (?:for|to)", re.I)
"""Below such a heading a list of questions is asked of the reader."""

_TERM = re.compile(
    r"^(?:(?:and )?(?:whether|how|what|when|why|who|were|was|did|does|do|is|are|to what extent"
    r"|in what|which|could|should|had|has|have)\b|(?:to )?(?:establish|identify|consider|examine"
    r"|explore|determine|review|assess|analyse|understand|clarify|seek|comment)\b)",
    re.IGNORECASE,
)
_FRONT_HEADING = re.compile(
    r"terms of reference|introduction|scope|purpose|method|preface|lines of enquiry|background",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.?!:;][’”\"')\]]*$")
_LEADER = re.compile(r"\s*(?:\.{2,}|…+|\s)\s*\d{0,3}$")

# Chosen by judgement in November 2026; no tuning is on record.
MAX_METHOD_WORDS = 1_500
"""Words of a section on method.  In a longer one the next heading was probably not recognised,
and nothing is left out, for the report's findings may stand below."""

MAX_COVER_PIECES = 25
"""Pieces at the top of a report among which its first heading is searched."""

MAX_COVER_WORDS = 25
"""Words of a line of the cover; a longer piece is a paragraph, and the cover is over."""

MIN_REPEATED_LINES = 2
"""Consecutive lines that repeat headings of the report and make a menu or contents without page
numbers; with 1, a bullet that happens to be worded like a heading would be lost."""

MIN_TERMS_WORDS = 3
"""Words of a question or clause that counts as a term of reference."""


def mark_front_matter(pieces: Sequence[Piece]) -> list[Piece]:
    """The same pieces, with the reason in `boilerplate` of those that are front matter.

    >>> pieces = [Piece("The panel was asked to consider:"), Piece("Whether he was seen.")]
    >>> [piece.boilerplate for piece in mark_front_matter(pieces)]
    ['terms of reference', 'terms of reference']
    """
    out = list(pieces)
    for places, reason in (
        (_cover(out), _COVER),
        (_repeated_titles(out), _CONTENTS),
        (_method_sections(out), _TERMS),
        (_terms(out), _TERMS),
    ):
        for place in places:
            out[place] = replace(out[place], boilerplate=out[place].boilerplate or reason)
    return out


def _is_heading(piece: Piece) -> bool:
    return piece.kind == "heading" and not piece.boilerplate


def _cover(pieces: Sequence[Piece]) -> list[int]:
    """Lines before the first sentence, if a heading with text below it follows."""
    lines: list[int] = []
    has_sentence = False
    for place, piece in enumerate(pieces[:MAX_COVER_PIECES]):
        if piece.kind == "heading" and piece.level > 0:
            below = pieces[place + 1] if place + 1 < len(pieces) else None
            if below and (below.kind == "heading" or below.boilerplate or _is_cover_line(below)):
                continue
            return lines
        if piece.boilerplate or piece.kind == "heading":
            continue
        has_sentence = has_sentence or not _is_cover_line(piece)
        if not has_sentence:
            lines.append(place)
    # Without a heading after it the first lines may be all there is.
    return []


def _is_cover_line(piece: Piece) -> bool:
    is_line = piece.kind == "paragraph" and not piece.number
    short = len(piece.text.split()) < MAX_COVER_WORDS
    return is_line and short and not _SENTENCE_END.search(piece.text)


def _repeated_titles(pieces: Sequence[Piece]) -> list[int]:
    """Lines of a menu or of contents: each repeats a heading that stands elsewhere."""
    titles = {_folded(piece.text) for piece in pieces if _is_heading(piece)}
    places: list[int] = []
    run: list[int] = []
    for place, piece in enumerate(pieces):
        repeats = piece.kind != "heading" and _folded(piece.text) in titles
        if repeats:
            run.append(place)
        if run and (not repeats or place + 1 == len(pieces)):
            places += run if len(run) >= MIN_REPEATED_LINES else []
            run = []
    return places


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", _LEADER.sub("", text)).strip().lower()


def _method_sections(pieces: Sequence[Piece]) -> list[int]:
    places: list[int] = []
    for place, piece in enumerate(pieces):
        if not _is_heading(piece) or not _METHOD_HEADING.match(piece.text.strip(" :.")):
            continue
        end = next(
            (i for i in range(place + 1, len(pieces)) if pieces[i].kind == "heading"), len(pieces)
        )
        words = sum(len(section.text.split()) for section in pieces[place + 1 : end])
        if words <= MAX_METHOD_WORDS:
            places += range(place, end)
    return places


def _terms(pieces: Sequence[Piece]) -> list[int]:
    """Lead-ins to terms of reference, and the questions and clauses that follow them."""
    places: list[int] = []
    heading, in_terms = "", False
    for place, piece in enumerate(pieces):
        if piece.kind == "heading":
            heading, in_terms = piece.text, False
        elif _leads_in(piece.text, heading):
            in_terms = True
            places.append(place)
        elif in_terms and _is_term(piece):
            places.append(place)
        else:
            in_terms = False
    return places


def _leads_in(text: str, heading: str) -> bool:
    if not text.endswith(":") or _ACTION_HEADING.search(heading) or _ASKS_OTHERS.search(text):
        return False
    return bool(_ASKED.search(text) or (_FRONT_HEADING.search(heading) and _TERM.search(text)))


def _is_term(piece: Piece) -> bool:
    is_short = len(piece.text.split()) >= MIN_TERMS_WORDS
    return is_short and (piece.text.endswith("?") or bool(_TERM.match(piece.text)))
