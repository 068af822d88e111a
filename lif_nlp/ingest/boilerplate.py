"""Marks blocks that carry no finding: contents, letterheads, signatures, standing notices.

Marked blocks stay in the text, so that nothing is lost; the annotator passes
them over and counts them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from lif_nlp.ingest.pieces import Piece

_NOTICES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(pattern, re.IGNORECASE))
    for reason, pattern in (
        ("publication notice",
         r"©|crown copyright|open government licen[cs]e|\bisbn\b|may (?:be )?(?:reproduced|reuse)"
         r"|reproduced? (?:this|in whole)|in a different format|large print or braille"
         r"|nationalarchives\.gov\.uk|psi@|interested in our work\?|register to receive"
         r"|subscribe on our website|this (?:publication|document) is available (?:at|from|online)"
         r"|no part of this (?:report|document) may be"),
        ("contact details",
         r"^(?:t|tel|telephone|textphone|e|email|w|web(?:site)?)\s*:\s*\S|^(?:https?://|www\.)\S+$"
         r"|^\S+@\S+\.\S+$|^[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}$|piccadilly gate|store street"),
        ("cover",
         r"^(?:inspection dates?|dates? of (?:the )?previous inspection|lead inspector"
         r"|reporting inspector"
         r"|(?:independent |lead |report )*(?:author|reviewer)(?= ?:)|report published"
         r"|published:?|publication date|age group)\b.{0,80}$"),
        ("about the inspectorate",
         r"^the office for standards in education|regulates and inspects to achieve excellence"
         r"|^the care quality commission \(cqc\) is|^ofsted is proud to use"),
        ("statutory wording",
         r"^th(?:is|e) (?:joint |targeted |area |local )*(?:inspection|review|report|visit"
         r"|investigation)\b"
         r".{0,60}\b(?:carried out|conducted|undertaken|made|commissioned)\b.{0,160}"
         r"\bunder (?:section|regulation|paragraph|schedule)s? \d"
         r"|^(?:i make|ofsted produces) this report under"
         r"|requested that (?:her|his) majesty.s chief inspector"
         r"|^you are under a duty to respond|your response must contain details of action"),
    )
)  # fmt: skip
_SECTIONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(pattern, re.IGNORECASE))
    for reason, pattern in (
        ("contents", r"^(?:table of )?contents(?: page)?$"),
        ("glossary", r"^(?:glossary|(?:list of )?(?:acronyms|abbreviations)).{0,40}$"),
        ("references", r"^(?:references|bibliography|further reading)$"),
        ("document control",
         r"^(?:version|document) (?:control|history)$|^(?:circulation|distribution) list$"),
        ("inspection team", r"^(?:the )?(?:inspection|review) team(?: members)?$"),
        ("contact details", r"^local area partnership details$|^contact(?: us| details)?$"),
        ("about the inspectorate",
         r"^(?:information )?about (?:this|the) inspection$|^about ofsted$"),
    )
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{2}")
_COUNT = re.compile(r"\W*[IVX]{1,5}[.):]*|\W*[ivx]{1,5}[.):]*")
"""A label with nothing behind it ("II", "iv.")."""

_CONTENTS_LINE = re.compile(r"\S(?:\s*\.{3,}\s*|\s+)\d{1,3}$")
_DEAR = re.compile(r"^dear\b", re.IGNORECASE)
_YOURS = re.compile(r"^yours (?:sincerely|faithfully|truly)\b", re.IGNORECASE)
_LONG = 25
_GAP = 2
_SHORT = 60


def mark_boilerplate(pieces: Sequence[Piece]) -> list[Piece]:
    """The same pieces, with the reason set on those that carry no finding."""
    marked = _sections(list(pieces))
    marked = [replace(p, boilerplate=p.boilerplate or _notice(p)) for p in marked]
    marked = _contents(marked)
    marked = _letterhead(marked)
    return _between(_signatures(marked))


def _between(pieces: list[Piece]) -> list[Piece]:
    """A line or two between two contact details (the town of an address) belong to them."""
    out = list(pieces)
    last = -_GAP - 2
    for place, piece in enumerate(pieces):
        if piece.boilerplate not in ("contact details", "publication notice"):
            continue
        between = range(last + 1, place)
        if 0 < len(between) <= _GAP and all(len(pieces[at].text) < _SHORT for at in between):
            for at in between:
                out[at] = replace(out[at], boilerplate=out[at].boilerplate or piece.boilerplate)
        last = place
    return out


def _notice(piece: Piece) -> str:
    if piece.kind == "heading" or len(piece.text) > 1_200:
        return ""
    empty = not piece.cells and (not _WORD.search(piece.text) or _COUNT.fullmatch(piece.text))
    named = (reason for reason, pattern in _NOTICES if pattern.search(piece.text))
    return next(named, "no words" if empty else "")


_ONLY_SHORT = ("inspection team", "contact details", "document control", "contents")
"""Sections of short lines: a full paragraph shows that the section is over."""


def _sections(pieces: list[Piece]) -> list[Piece]:
    """Everything under a heading that announces such a part, as far as the part goes."""
    out, reason, level = [], "", 0
    for piece in pieces:
        if piece.kind == "heading":
            named = next((why for why, pattern in _SECTIONS if pattern.match(piece.text)), "")
            if named or piece.level <= level or not _is_line_of(piece, reason):
                reason, level = named, piece.level
        elif reason in _ONLY_SHORT and _is_paragraph(piece):
            reason = ""
        out.append(replace(piece, boilerplate=piece.boilerplate or reason) if reason else piece)
    return out


def _is_line_of(piece: Piece, reason: str) -> bool:
    """Whether a lower heading still belongs: a line of contents, a body's name in a team."""
    if reason == "contents":
        return bool(_CONTENTS_LINE.search(piece.text))
    return reason not in _ONLY_SHORT or len(piece.text.split()) <= 6


def _is_paragraph(piece: Piece) -> bool:
    return len(piece.text.split()) >= _LONG and piece.text.endswith((".", ":", ";"))


def _contents(pieces: list[Piece]) -> list[Piece]:
    """Three or more neighbours that end in a page number are a contents page."""
    out = list(pieces)
    start = 0
    for place in range(len(pieces) + 1):
        inside = place < len(pieces) and (
            len(pieces[place].text) < 160 and bool(_CONTENTS_LINE.search(pieces[place].text))
        )
        if inside:
            continue
        if place - start >= 3 and _numbers_rise(pieces[start:place]):
            for at in range(start, place):
                out[at] = replace(out[at], boilerplate=out[at].boilerplate or "contents")
        start = place + 1
    return out


def _numbers_rise(pieces: Sequence[Piece]) -> bool:
    numbers = [int(found.group()) for p in pieces if (found := re.search(r"\d+$", p.text))]
    return all(a <= b for a, b in pairwise(numbers)) and len(set(numbers)) > 1


def _letterhead(pieces: list[Piece]) -> list[Piece]:
    """Everything above "Dear ..." on the first page is the address of a letter."""
    for place, piece in enumerate(pieces[:40]):
        if _DEAR.match(piece.text) and piece.page == pieces[0].page and len(piece.text) < 200:
            head = [
                replace(p, boilerplate=p.boilerplate or "letterhead") for p in pieces[: place + 1]
            ]
            return [*head, *pieces[place + 1 :]]
    return pieces


def _signatures(pieces: list[Piece]) -> list[Piece]:
    """Short lines after "Yours sincerely", up to the next full paragraph."""
    out, signing = [], False
    for piece in pieces:
        if _YOURS.match(piece.text):
            signing = True
        elif signing and len(piece.text.split()) >= _LONG:
            signing = False
        out.append(
            replace(piece, boilerplate=piece.boilerplate or "signature") if signing else piece
        )
    return out
