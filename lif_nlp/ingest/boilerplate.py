"""Marks parts of a report that carry no finding: contents, letterheads, notices, signatures.

They stay in the text, so that nothing is lost; the annotator skips and counts them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from lif_nlp.ingest.front_matter import mark_front_matter
from lif_nlp.ingest.pieces import Piece

# (reason, expression) of single blocks. Postal address and names are those of inspectorates.
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
        ("web page",
         r"^page \d{1,3}(?: of \d{1,3})?(?: ?[:|–-].{0,80})?$"
         r"|^(?:skip to (?:main )?content|back to (?:the )?top"
         r"|(?:we use |accept (?:all )?)?cookies?"
         r"|privacy (?:notice|policy)|menu|log ?in|share this page|print this page|you are here)\b"
         r".{0,80}$"
         r"|^page last (?:updated|reviewed)\b|^(?:last )?updated:? \d"
         r"|^if you are worried about a child\b.{0,40}\b(?:call|ring|phone|contact)\b"
         r"|\b(?:issue|briefing|bulletin|version)\W+(?:no\.? ?)?\d[\d.]*,? .{0,40}\b20\d\d"
         r"(?:/\d\d)?\W*(?:.{0,60}\bpartnership)?\W*$"),
        ("grade descriptors",
         r"^an? (?:local authority|authority|board|lscb|service|partnership|area) that"
         r" (?:is|requires?) (?:judged )?(?:to be )?"
         r"(?:outstanding|good|inadequate|(?:requires )?improvement)\b"),
        ("nothing asked",
         r"^(?:there (?:are|were)|(?:we|inspectors|the panel|this review) (?:have |has )?"
         r"(?:identified|made|makes?)) no (?:further |new )?(?:areas? (?:for|of) )?"
         r"(?:(?:priority|immediate)(?:,? (?:and|or) )?)*\s?(?:actions?|recommendations?)\.?$"
         r"|^no (?:further |new )?(?:recommendations?|actions?)(?: (?:is|are|was|were)"
         r" (?:made|needed|required|identified))?\.?$"),
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
_GRADE_LINE = re.compile(
    r"^(?!.*\b(?:is|are|was|were|has|have|had|(?<!to )be|been|remains?|judged|continues?)\b)"
    r".{3,140}?[\s:|–-]+(?:Outstanding|Good|Requires [Ii]mprovement(?: to be [Gg]ood)?|Inadequate"
    r"|Adequate|Satisfactory)\.?$"
)
"""An inspected area with its grade in capitals, and no verb: what is good is not said."""

# (reason, expression) of headings: everything below one of them is boilerplate.
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
        ("grade descriptors", r"^what (?:the|our) (?:.{1,40} )?judge?ments? means?\b"),
        ("about the inspectorate",
         r"^(?:information )?about (?:this|the) inspection$|^about ofsted$"),
    )
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{2}")
_NUMERAL_ONLY = re.compile(r"\W*[IVX]{1,5}[.):]*|\W*[ivx]{1,5}[.):]*")
"""A list number without words ("II", "iv.")."""

_CONTENTS_LINE = re.compile(r"\S(?:\s*\.{3,}\s*|\s+)\d{1,3}$")
_DEAR = re.compile(r"^dear\b", re.IGNORECASE)
_PART = re.compile(
    r"^(?:appendix|annex|section|chapter|part|recommend|action|finding|learning)", re.IGNORECASE
)
_YOURS = re.compile(r"^yours (?:sincerely|faithfully|truly)\b", re.IGNORECASE)

# Thresholds, chosen by judgement in November 2026; no tuning is on record. Higher values of
# the lengths mark more text as boilerplate, and findings may be lost; lower ones leave
# addresses and contents among the findings.
PARAGRAPH_WORDS = 25
"""Words of a full paragraph, which ends a section of short lines or a signature."""

MAX_ADDRESS_GAP = 2
"""Lines between two contact details that belong to them, such as the town of an address."""

MAX_ADDRESS_LINE = 60
"""Characters of such a line."""

MAX_NOTICE = 1_200
"""Characters of a notice; in longer text the words of a notice are there by chance."""

MAX_TEAM_NAME_WORDS = 6
"""Words of a lower heading that still belongs to a list of names, such as a body's name."""

MIN_CONTENTS_LINES = 3
"""Consecutive lines that end in a page number and make a contents page."""

MAX_CONTENTS_LINE = 160
"""Characters of such a line."""

MAX_LETTERHEAD_BLOCKS = 40
"""Blocks among which "Dear ..." is searched."""

MAX_SALUTATION = 200
"""Characters of the block that begins "Dear ..."."""

_LISTS = ("inspection team", "contact details", "document control", "contents")
"""Sections of short lines: a full paragraph shows that the section is over."""


def mark_boilerplate(pieces: Sequence[Piece]) -> list[Piece]:
    """The same pieces, with the reason in `boilerplate` of those that carry no finding.

    The first reason that is found stays.
    """
    out = _mark_sections(list(pieces))
    out = [_mark(piece, _notice(piece)) for piece in out]
    # Address lines last: they stand between contact details that are marked by then.
    for step in (_mark_contents, _mark_letterhead, _mark_signatures, _mark_address_lines):
        out = step(out)
    return mark_front_matter(out)


def _mark(piece: Piece, reason: str) -> Piece:
    return replace(piece, boilerplate=piece.boilerplate or reason)


def _mark_address_lines(pieces: list[Piece]) -> list[Piece]:
    """Marks a line or two between two contact details."""
    out = list(pieces)
    previous = -MAX_ADDRESS_GAP - 2
    for index, piece in enumerate(pieces):
        if piece.boilerplate not in ("contact details", "publication notice"):
            continue
        gap = range(previous + 1, index)
        is_gap = 0 < len(gap) <= MAX_ADDRESS_GAP
        if is_gap and all(len(pieces[line].text) < MAX_ADDRESS_LINE for line in gap):
            for line in gap:
                out[line] = _mark(out[line], piece.boilerplate)
        previous = index
    return out


def _notice(piece: Piece) -> str:
    if piece.kind == "heading" or len(piece.text) > MAX_NOTICE:
        return ""
    has_words = piece.cells or (
        _WORD.search(piece.text) and not _NUMERAL_ONLY.fullmatch(piece.text)
    )
    # In a sheet a cell such as "Recording: Good" is an answer.
    if _GRADE_LINE.match(piece.text) and not piece.number.startswith("row "):
        return "grade"
    reasons = (reason for reason, pattern in _NOTICES if pattern.search(piece.text))
    return next(reasons, "" if has_words else "no words")


def _mark_sections(pieces: list[Piece]) -> list[Piece]:
    """Marks everything under a heading that announces boilerplate, as far as it goes."""
    out, reason, level = [], "", 0
    for piece in pieces:
        if piece.kind == "heading":
            new_reason = next(
                (name for name, pattern in _SECTIONS if pattern.match(piece.text)), ""
            )
            if new_reason or piece.level <= level or not _is_line_of(piece, reason):
                reason, level = new_reason, piece.level
        elif reason in _LISTS and _is_paragraph(piece):
            reason = ""
        out.append(_mark(piece, reason) if reason else piece)
    return out


def _is_line_of(heading: Piece, reason: str) -> bool:
    """Whether a lower heading still belongs: a line of contents, a body's name in a team."""
    if reason == "contents":
        return bool(_CONTENTS_LINE.search(heading.text))
    return reason not in _LISTS or len(heading.text.split()) <= MAX_TEAM_NAME_WORDS


def _is_paragraph(piece: Piece) -> bool:
    return len(piece.text.split()) >= PARAGRAPH_WORDS and piece.text.endswith((".", ":", ";"))


def _mark_contents(pieces: list[Piece]) -> list[Piece]:
    """Marks runs of lines that end in rising page numbers."""
    out = list(pieces)
    start = 0
    for index in range(len(pieces) + 1):
        if index < len(pieces) and _is_contents_line(pieces[index]):
            continue
        if index - start >= MIN_CONTENTS_LINES and _numbers_rise(pieces[start:index]):
            for line in range(start, index):
                out[line] = _mark(out[line], "contents")
        start = index + 1
    return out


def _is_contents_line(piece: Piece) -> bool:
    return len(piece.text) < MAX_CONTENTS_LINE and bool(_CONTENTS_LINE.search(piece.text))


def _numbers_rise(pieces: Sequence[Piece]) -> bool:
    numbers = [int(match.group()) for p in pieces if (match := re.search(r"\d+$", p.text))]
    return all(a <= b for a, b in pairwise(numbers)) and len(set(numbers)) > 1


def _mark_letterhead(pieces: list[Piece]) -> list[Piece]:
    """Marks everything down to "Dear ..." on the first page: the address of a letter."""
    for index, piece in enumerate(pieces[:MAX_LETTERHEAD_BLOCKS]):
        on_first_page = piece.page == pieces[0].page
        if _DEAR.match(piece.text) and on_first_page and len(piece.text) < MAX_SALUTATION:
            end = index + 1
            return [*(_mark(p, "letterhead") for p in pieces[:end]), *pieces[end:]]
    return pieces


def _mark_signatures(pieces: list[Piece]) -> list[Piece]:
    """Marks "Yours sincerely" and the short lines after it, up to the next full paragraph.

    A letter may be appended to a report, and another appendix may follow it.
    """
    out, in_signature = [], False
    for piece in pieces:
        begins_part = piece.kind == "heading" and bool(_PART.match(piece.text))
        if _YOURS.match(piece.text):
            in_signature = True
        elif begins_part or len(piece.text.split()) >= PARAGRAPH_WORDS:
            in_signature = False
        out.append(_mark(piece, "signature") if in_signature else piece)
    return out
