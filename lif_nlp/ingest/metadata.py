"""Title, review type, date and area of a report, each with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from lif_nlp.framework.model import Framework
from lif_nlp.ingest.dates import find_dates
from lif_nlp.ingest.pieces import Piece, Reading
from lif_nlp.records import Fact

_FIRST_PIECES = 40


def find_facts(reading: Reading, framework: Framework, source: str) -> dict[str, Fact]:
    """Facts "title", "review_type", "published" and "area", as far as they are known."""
    first = [p for p in reading.pieces if p.page <= 3 and p.boilerplate != "contents"][
        :_FIRST_PIECES
    ]
    title = _title(first, reading, source)
    facts = [
        title,
        _review_type(title, first, framework, reading),
        _published(first, reading, source),
        _area(title, first, reading),
    ]
    return {fact.name: fact for fact in facts if fact and fact.value}


def _title(first: Sequence[Piece], reading: Reading, source: str) -> Fact:
    if reading.given.get("title"):
        return Fact("title", reading.given["title"])
    lines = [
        p for p in first if p.page == 1 and p.kind in ("heading", "paragraph") and len(p.text) < 200
    ]
    for piece in lines:
        if _NAMES_A_REPORT.search(piece.text) and not piece.text.endswith("."):
            return Fact("title", piece.text, piece.text, piece.page)
    headings = [p for p in first if p.kind == "heading"]
    if headings:
        return Fact("title", headings[0].text, headings[0].text, headings[0].page)
    return Fact("title", reading.title or PurePath(source).stem.replace("_", " "))


_NAMES_A_REPORT = re.compile(
    r"inspection|review|report|audit|briefing|self-assessment|inquest", re.IGNORECASE
)


def _review_type(
    title: Fact, first: Sequence[Piece], framework: Framework, reading: Reading
) -> Fact | None:
    given = reading.given.get("review_type", "")
    for text, page in [(given, 0), (title.value, title.page), *((p.text, p.page) for p in first)]:
        best = _longest_alias(text, framework)
        if best:
            return Fact("review_type", best[0], best[1], page)
    return None


def _longest_alias(text: str, framework: Framework) -> tuple[str, str] | None:
    found = [
        (len(match.group()), kind.id, match.group())
        for kind in framework.review_types
        for alias in (kind.name, *kind.aliases)
        if (match := re.search(rf"\b{re.escape(alias)}\b", text, re.IGNORECASE))
    ]
    return max(found)[1:] if found else None


def _published(first: Iterable[Piece], reading: Reading, source: str) -> Fact | None:
    if reading.given.get("published"):
        return Fact("published", reading.given["published"])
    for piece in first:
        if re.search(r"publi(shed|cation)", piece.text, re.IGNORECASE):
            for found in find_dates(piece.text):
                return Fact("published", found.value, piece.text[:200], piece.page)
    for piece in first:
        dates = list(find_dates(piece.text))
        if dates and dates[0].start == 0 and dates[0].end > len(piece.text) - 3:
            return Fact("published", dates[0].value, piece.text, piece.page)
    named = list(find_dates(PurePath(source).stem.replace("_", " ")))
    return Fact("published", named[-1].value, "file name") if named else None


_AREA = re.compile(
    r"inspections? of (?:the )?(?P<a>[A-Z][\w’'&,-]*(?: (?:[A-Z][\w’'&,-]*|and|upon|on|of|with|the|in|under))*)"
)
_TAIL = re.compile(
    r"\s+(?:local area|local authority|(?:city|county|borough|metropolitan|district|unitary|council)\b.*|children.*)$",
    re.IGNORECASE,
)


def _area(title: Fact, first: Sequence[Piece], reading: Reading) -> Fact | None:
    if reading.given.get("area"):
        return Fact("area", reading.given["area"])
    for text, page in [(title.value, title.page), *((p.text, p.page) for p in first)]:
        match = _AREA.search(text)
        if match:
            area = _TAIL.sub("", match["a"]).strip()
            area = re.sub(r" Local Area.*", "", area, flags=re.IGNORECASE)
            if area:
                return Fact("area", area, text[:200], page)
    return None
