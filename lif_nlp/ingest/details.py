"""Further facts of a report, each with its words: period, author, family, age, scope."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lif_nlp.framework.model import Framework
from lif_nlp.ingest.dates import find_dates
from lif_nlp.ingest.pieces import Piece
from lif_nlp.records import Fact

_PERSON = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Professor|Sir|Dame)\s+)?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){1,3}"
_PERIOD = re.compile(
    r"^inspection dates?|period (?:under|of|for) (?:the )?review|(?:scoping|review|time) period"
    r"|period (?:covered|considered)|reviewed? (?:covers?|considers?) the period|timeframe",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    rf"(?i:\b(?:independent (?:lead )?(?:reviewer|author|scrutineer|chair)|lead (?:reviewer"
    rf"|inspector)"
    rf"|report author|author|reporting inspector|senior coroner|assistant coroner))"
    rf"(?:\s+(?:was|is))?\s*[:,–-]?\s+(?P<name>{_PERSON})"
)
_FAMILY = re.compile(
    r"\b(?:mother|father|parents?|family|grandmother|grandfather|carers?|siblings?|young person"
    r"|child)\b"
    r"[^.]{0,80}\b(?:met (?:with )?the (?:\w+ )?(?:reviewer|author|panel)|spoke (?:to"
    r"|with) the (?:\w+ )?"
    r"(?:reviewer|author)|told the (?:\w+ )?(?:reviewer|review|author|panel)"
    r"|contributed to (?:the|this) review"
    r"|(?:was|were) invited|took part in (?:the|this) review|declined|chose not to"
    r"|did not wish to)",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"declined|chose not to|did not wish to", re.IGNORECASE)
_PRACTITIONERS = re.compile(
    r"\b(?:practitioners?|professionals|staff|frontline)\b[^.]{0,60}\b(?:learning event"
    r"|workshops?|took part"
    r"|practitioner event|were interviewed|met with the reviewer)"
    r"|\bpractitioner (?:learning )?event\b",
    re.IGNORECASE,
)
_NUMBERS = {
    name: value
    for value, name in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
        ],
        1,
    )
}
_AGE = re.compile(
    rf"\b(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)})[\s-](?P<unit>day|week|month|year)s?[\s-]old\b"
    rf"|\baged (?P<years>\d{{1,2}}|{'|'.join(_NUMBERS)})\b(?!\s*(?:to|-|–|and (?:under|over)))"
    rf"|\b(?:boy|girl|child) of (?P<years2>\d{{1,2}}|{'|'.join(_NUMBERS)})\b",
    re.IGNORECASE,
)
_BANDS = ((1, "under 1"), (5, "1 to 4"), (10, "5 to 9"), (16, "10 to 15"), (18, "16 to 17"))
_NATIONAL = ("national",)
_INSPECTIONS = ("inspection", "audit")


def find_details(pieces: Sequence[Piece], review_type: str, framework: Framework) -> list[Fact]:
    """Facts "period", "author", "family_involvement" and so on, as far as they are said."""
    family = {kind.id: kind.family for kind in framework.review_types}.get(review_type, "")
    facts = [_period(pieces), _first(_AUTHOR, pieces[:60], "author")]
    if family and family not in _INSPECTIONS:
        facts += [_family(pieces), _practitioners(pieces), _age(pieces)]
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
    for piece, found in _matches(_FAMILY, pieces):
        value = "declined" if _REFUSED.search(found.group()) else "yes"
        return Fact("family_involvement", value, _around(piece.text, found), piece.page)
    return None


def _practitioners(pieces: Sequence[Piece]) -> Fact | None:
    for piece, found in _matches(_PRACTITIONERS, pieces):
        return Fact("practitioner_involvement", "yes", _around(piece.text, found), piece.page)
    return None


def _age(pieces: Sequence[Piece]) -> Fact | None:
    """The age band of the first child whose age is said; the youngest age of a sentence."""
    for piece, found in _matches(_AGE, pieces[:80]):
        number = found["number"] or found["years"] or found["years2"]
        age = _NUMBERS.get(number.lower()) or int(number)
        age = 0 if found["unit"] and found["unit"].lower() != "year" else age
        band = next((name for limit, name in _BANDS if age < limit), "")
        if band:
            return Fact("age_band", band, _around(piece.text, found), piece.page)
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
