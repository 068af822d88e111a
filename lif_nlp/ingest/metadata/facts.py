"""Further facts of a report, each with its words: period, author, family, age, scope."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lif_nlp.framework.model import Framework
from lif_nlp.ingest.metadata.agencies import find_agencies
from lif_nlp.ingest.metadata.child import find_child
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
_NOT_OTHERS = r"(?:(?!\b(?:staff|practitioners?|professionals?|workers?)\b)[^.;]){0,80}"
_FAMILY = re.compile(
    rf"\b(?:{_RELATIVES})\b{_NOT_OTHERS}\b(?:met (?:with )?{_REVIEWER}"
    rf"|spoke (?:to|with) {_REVIEWER}|told {_REVIEWER}"
    r"|contributed (?:to (?:the|this) review|in|by)|took part|was interviewed"
    r"|were (?:interviewed|seen separately)|read (?:this report|the report|an? (?:early )?draft))"
    rf"|\bmet {_REVIEWER}",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    rf"\b(?:{_RELATIVES})\b{_NOT_OTHERS}\b(?:declined|chose not to|did not wish to|did not reply)",
    re.IGNORECASE,
)
_FAMILY_PART = re.compile(
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
_NATIONAL = ("national",)
_INSPECTIONS = ("inspection", "audit")
_ABROAD = "abroad"
_OF_ONE_CHILD = (
    "practice_review", "learning_product", "child_death", "coroner", "adult", "nhs", "other_uk",
)  # fmt: skip
_OF_CHILDREN = ("practice_review", "learning_product", "other_uk")
_OF_MANY = ("thematic_review", "child_death_review")


def find_details(
    pieces: Sequence[Piece], review_type: str, framework: Framework, *, title: str = ""
) -> list[Fact]:
    """Facts "period", "author", "family_involvement" and so on, as far as they are said."""
    family = {kind.id: kind.family for kind in framework.review_types}.get(review_type, "")
    facts = [_period(pieces), _first(_AUTHOR, pieces[:60], "author")]
    if family and family not in _INSPECTIONS:
        facts += [_family(pieces), _practitioners(pieces)]
    if family in _OF_ONE_CHILD and review_type not in _OF_MANY:
        child = find_child(pieces, title)
        # Most who die with a coroner's report or a review of adults are adults.
        sure = family in _OF_CHILDREN or any(fact.name == "age_band" for fact in child)
        facts += child if sure else []
    if family and family != _ABROAD:
        facts.append(find_agencies(pieces, framework))
    if family:
        facts.append(Fact("scope", "national" if family in _NATIONAL else "local", review_type))
    return [fact for fact in facts if fact]


def _first(pattern: re.Pattern[str], pieces: Sequence[Piece], name: str) -> Fact | None:
    for piece in pieces:
        found = pattern.search(piece.text)
        if found:
            return Fact(name, found["name"], _around(piece.text, found), piece.page)
    return None


def _period(pieces: Sequence[Piece]) -> Fact | None:
    for piece in pieces:
        if len(piece.text) < 600 and _PERIOD.search(piece.text):
            dates = [found.value for found in find_dates(piece.text)]
            if len(dates) >= 2:
                return Fact("period", f"{min(dates)} to {max(dates)}", piece.text[:200], piece.page)
    return None


def _family(pieces: Sequence[Piece]) -> Fact | None:
    """Whether the family took part: "yes", or "declined" where nobody of it did."""
    for value, pattern in (("yes", _FAMILY), ("yes", _FAMILY_PART), ("declined", _REFUSED)):
        parts = [p for p in pieces if pattern is not _FAMILY_PART or p.kind == "heading"]
        for piece, found in _matches(pattern, parts):
            return Fact("family_involvement", value, _around(piece.text, found), piece.page)
    return None


def _practitioners(pieces: Sequence[Piece]) -> Fact | None:
    for piece, found in _matches(_PRACTITIONERS, pieces):
        return Fact("practitioner_involvement", "yes", _around(piece.text, found), piece.page)
    return None


def _matches(
    pattern: re.Pattern[str], pieces: Sequence[Piece]
) -> Iterator[tuple[Piece, re.Match[str]]]:
    for piece in pieces:
        if not piece.boilerplate:
            yield from ((piece, found) for found in pattern.finditer(piece.text))


def _around(text: str, found: re.Match[str]) -> str:
    """The words of a match with a little before and after, cut at spaces."""
    start = text.rfind(" ", 0, max(found.start() - 60, 0)) + 1
    end = text.find(" ", min(found.end() + 40, len(text)))
    return text[start : end if end > 0 else len(text)]
