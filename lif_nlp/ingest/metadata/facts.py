"""Finds further facts of a report with their evidence: period, author, family, child, scope."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lif_nlp.framework.model import OF_SERVICES, Framework
from lif_nlp.ingest.metadata.agencies import find_agencies
from lif_nlp.ingest.metadata.child import find_child_facts
from lif_nlp.ingest.metadata.dates import find_dates
from lif_nlp.ingest.pieces import Piece
from lif_nlp.records import Fact

_WORD = r"(?!(?:Her|His|HMI|Published|Agreed|Report|Date)\b)[A-Z][\w’'-]+"
_PERSON = (
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Professor|Sir|Dame)\s+)?"
    rf"(?:(?:[A-Z]\.\s?)+{_WORD}|{_WORD}(?:\s+{_WORD}){{1,3}})"
)
_PERIOD = re.compile(
    r"^inspection dates?|period (?:under|of|for) (?:the )?review|(?:scoping|review|time) period"
    r"|period (?:covered|considered)|reviewed? (?:covers?|considers?) the period|timeframe",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    rf"(?i:\b(?:independent (?:lead )?(?:reviewer|author|scrutineer|chair)|lead (?:reviewer"
    rf"|inspector)|facilitator|(?:facilitated|written|prepared) by"
    rf"|report author|author|reporting inspector|senior coroner|assistant coroner)s?)"
    rf"(?:\s+(?:and (?:author|chair|lead reviewer)|was|were|is))*\s*[:,–-]?\s+"
    rf"(?P<name>{_PERSON}(?:\s+(?:and|&)\s+{_PERSON})?)"
)
_RELATIVES = (
    r"mother|father|parents?|family|grand(?:mother|father|parents)|carers?|siblings?|sister|brother"
    r"|aunt|uncle|young person|child"
)
_REVIEWER = r"the (?:\w+ )?(?:reviewers?|review|authors?|panel|facilitators?|chair)\b"
# "The mother's support workers met the reviewer" does not say that the family did.
_NOT_OTHERS = r"(?:(?!\b(?:staff|practitioners?|professionals?|workers?)\b)[^.;]){0,80}"
_FAMILY = re.compile(
    rf"\b(?:{_RELATIVES})\b{_NOT_OTHERS}\b(?:met (?:with )?{_REVIEWER}"
    rf"|spoke (?:to|with) {_REVIEWER}|told {_REVIEWER}"
    r"|contributed (?:to (?:the|this) review|in|by)|took part|was interviewed"
    r"|were (?:interviewed|seen separately)|read (?:this report|the report|an? (?:early )?draft))"
    rf"|\bmet {_REVIEWER}",
    re.IGNORECASE,
)
_DECLINED = re.compile(
    rf"\b(?:{_RELATIVES})\b{_NOT_OTHERS}\b(?:declined|chose not to|did not wish to|did not reply)",
    re.IGNORECASE,
)
_FAMILY_HEADING = re.compile(
    r"^(?:the )?(?:views?|voices?|experiences?|perspectives?|contributions?|involvement) of "
    rf"(?:the )?(?:\w+ )?(?:{_RELATIVES})\b"
    r"|^(?:family|parental) (?:views?|involvement|contributions?)"
    rf"|^what\b.{{0,40}}\b(?:{_RELATIVES})\b.{{0,20}}\b(?:told|want|said|says?)\b",
    re.IGNORECASE,
)
_PRACTITIONERS = re.compile(
    r"\b(?:practitioners?|professionals|staff|people|frontline)\b[^.;]{0,60}"
    r"\b(?:learning (?:events?|days?)|workshops?|took part|practitioner event"
    r"|were interviewed|met with the reviewer)"
    r"|\bpractitioner (?:learning )?(?:event|workshop|group)s?\b"
    r"|\bconversations with (?:\w+ )?(?:practitioners|staff)\b",
    re.IGNORECASE,
)
# Families of review types (and, in the last line, types) to which a fact applies.
_NATIONAL_FAMILIES = ("national",)
_ABROAD_FAMILY = "abroad"
_SINGLE_CASE_FAMILIES = (
    "practice_review", "learning_product", "child_death", "coroner", "adult", "nhs", "other_uk",
)  # fmt: skip
_CHILD_FAMILIES = ("practice_review", "learning_product", "other_uk")
_MULTIPLE_CASE_TYPES = ("thematic_review", "child_death_review")

# Chosen by judgement in November 2026; no tuning is on record.
AUTHOR_PIECES = 60
"""Blocks at the start in which the author is searched; later ones cite other authors."""

MAX_PERIOD_PIECE = 600
"""Characters of a block that states the period under review; longer ones narrate the case."""

EVIDENCE_BEFORE, EVIDENCE_AFTER = 60, 40
"""Characters before and after a match that are stored as evidence, up to a space."""

EVIDENCE_CHARACTERS = 200
"""Characters of a block that are stored as evidence."""


def find_further_facts(
    pieces: Sequence[Piece], review_type: str, framework: Framework, *, title: str = ""
) -> list[Fact]:
    """Facts "period", "author", "family_involvement" and so on, as far as the report states them.

    Parameters
    ----------
    pieces
        The report, with its boilerplate marked.
    review_type
        Its id, or empty; decides which facts apply.
    framework
        Families of the review types, and agencies.
    title
        The report's title, which may name the child.
    """
    family = {kind.id: kind.family for kind in framework.review_types}.get(review_type, "")
    facts = [_period(pieces), _author(pieces[:AUTHOR_PIECES])]
    # Inspections and audits look at many cases, so no one family could take part.
    if family and family not in OF_SERVICES:
        facts += [_family(pieces), _practitioners(pieces)]
    if family in _SINGLE_CASE_FAMILIES and review_type not in _MULTIPLE_CASE_TYPES:
        child_facts = find_child_facts(pieces, title)
        # Coroners' reports and reviews of adults are mostly about adults: without a child's
        # age, the harm there is an adult's.
        about_child = family in _CHILD_FAMILIES or any(
            fact.name == "age_band" for fact in child_facts
        )
        facts += child_facts if about_child else []
    if family and family != _ABROAD_FAMILY:
        facts.append(find_agencies(pieces, framework))
    if family:
        facts.append(
            Fact("scope", "national" if family in _NATIONAL_FAMILIES else "local", review_type)
        )
    return [fact for fact in facts if fact]


def _author(pieces: Sequence[Piece]) -> Fact | None:
    for piece in pieces:
        match = _AUTHOR.search(piece.text)
        if match:
            return Fact("author", match["name"], _context(piece.text, match), piece.page)
    return None


def _period(pieces: Sequence[Piece]) -> Fact | None:
    for piece in pieces:
        if len(piece.text) < MAX_PERIOD_PIECE and _PERIOD.search(piece.text):
            dates = [match.value for match in find_dates(piece.text)]
            if len(dates) >= 2:
                period = f"{min(dates)} to {max(dates)}"
                return Fact("period", period, piece.text[:EVIDENCE_CHARACTERS], piece.page)
    return None


def _family(pieces: Sequence[Piece]) -> Fact | None:
    """Whether the family took part: "yes", or "declined" if nobody in it did."""
    headings = [piece for piece in pieces if piece.kind == "heading"]
    for value, pattern, parts in (
        ("yes", _FAMILY, pieces),
        ("yes", _FAMILY_HEADING, headings),
        ("declined", _DECLINED, pieces),
    ):
        for piece, match in _matches(pattern, parts):
            return Fact("family_involvement", value, _context(piece.text, match), piece.page)
    return None


def _practitioners(pieces: Sequence[Piece]) -> Fact | None:
    for piece, match in _matches(_PRACTITIONERS, pieces):
        return Fact("practitioner_involvement", "yes", _context(piece.text, match), piece.page)
    return None


def _matches(
    pattern: re.Pattern[str], pieces: Sequence[Piece]
) -> Iterator[tuple[Piece, re.Match[str]]]:
    for piece in pieces:
        if not piece.boilerplate:
            yield from ((piece, match) for match in pattern.finditer(piece.text))


def _context(text: str, match: re.Match[str]) -> str:
    """The words of a match with some words before and after."""
    start = text.rfind(" ", 0, max(match.start() - EVIDENCE_BEFORE, 0)) + 1
    end = text.find(" ", min(match.end() + EVIDENCE_AFTER, len(text)))
    return text[start : end if end > 0 else len(text)]
