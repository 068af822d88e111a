"""Finds the area of a report: place names in positions where reports name their area."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from lif_nlp.records import Fact
from lif_nlp.text.months import FULL_MONTH

_WORD = r"(?:St\.?\s)?[A-Z][\w’'-]+"
_JOIN = r"(?:,\s|\s(?:and|&|upon|on|of|with|the|in|under|by|le)(?:\sthe)?\s|\s|-)"
_NAME = rf"(?P<name>{_WORD}(?:{_JOIN}{_WORD}){{0,5}})"
_COUNCIL = (
    r"(?:\s(?:City|County|Borough|District|Metropolitan|Unitary|London))*\s(?:Council|Authority)"
)
# (weight, expression): how surely a name in this position is the report's own area. "Inspection
# of X" (5) is almost always it, a council (3) may be a neighbour, a director's address (2) may be
# anyone's. Chosen by judgement while reading first pages (November 2026); not tuned.
_RULES: tuple[tuple[float, re.Pattern[str]], ...] = tuple(
    (weight, re.compile(pattern))
    for weight, pattern in (
        (5, rf"(?:[Ii]nspection|[Rr]eview|[Vv]isit|[Rr]evisit|[Aa]udit) of (?:the )?{_NAME}"
            rf"(?:{_COUNCIL})?(?: [Ll]ocal (?:[Aa]uthority|[Aa]rea)|(?: [Cc]ity"
            rf"| [Cc]ounty)? [Cc]hildren|$|\s*[:–])"),
        (5, rf"(?:[Ii]nspection|[Rr]eview|[Aa]udit|[Rr]esponse)\b.*\bin (?:the )?{_NAME}\d?$"),
        (5, rf"^{_NAME}:\s(?:[Jj]oint|[Ii]nspection|[Rr]eview|[Mm]ulti|[Aa]rea)"),
        (4, rf"{_NAME} (?:Child Death|Community Safety|Integrated Care|Youth Justice"
            rf"|Safeguarding Adults)"),
        (4, rf"^Dear {_NAME}(?: [Ll]ocal)?(?: [Aa]rea)?(?: [Ss]afeguarding.*"
            rf"| [Cc]hild.*)? [Pp]artner"),
        (4, rf"[Ss]ervices (?:for children )?in {_NAME} (?:are|is|require|have|remain)"),
        (4, rf"{_NAME}(?: Local)? Safeguarding (?:Children(?:’s|'s)? )?(?:Partnership|Board)"),
        (4, rf"[Cc]oroner(?:’s [Aa]rea)?,? (?:for|of)(?: the)?(?: [Cc]oroner [Aa]rea of"
            rf"| area of)? {_NAME}"),
        (4, rf"^(?:Local )?[Aa]rea:? {_NAME}$"),
        (2, rf"^(?P<name>{_WORD}(?:{_JOIN}{_WORD}){{0,3}}?)(?: (?:Community|Mental|Children.s))*"
            rf"(?: (?:Health(?:care)?|Hospitals?|University|Teaching))* NHS (?:Foundation )?Trust"),
        (3, rf"{_NAME}{_COUNCIL}\b"),
        (3, rf"(?:London|Royal|Metropolitan) Borough of {_NAME}"),
        (3, rf"(?:City|County) of {_NAME}"),
        (2, rf"[Dd]irector(?:, | of |, )[Cc]hildren.{{0,40}}, {_NAME}$"),
        (2, rf"multi-agency response .{{0,80}} in {_NAME}(?:[.,]|$)"),
        (2, rf"(?:JTAI|[Ii]nspection|[Rr]eview) (?:in|of) {_NAME}\."),
    )
)  # fmt: skip
_NAME_LINE_WEIGHT = 3
"""Weight of a name alone on one of the first lines, above a line that names the report."""

_FIRST_LINES = 4
"""Lines at the top of a report where such a name may be."""

_MAX_TITLE_WORDS = 30
"""Words of the line below it; a longer one is a sentence, not a title."""

_REPEAT_BONUS = 0.1
"""Added when a further position names the same area: decides between names of equal weight."""

_MENTIONS_PER_POINT = 5
"""Mentions in the whole text that add 1 to a name's weight. Lower lets a much-mentioned
neighbour win over a name in a better position."""

_MAX_MENTIONS = 20
"""Mentions beyond these do not count: in a long report every local name is frequent."""

_EVIDENCE_CHARACTERS = 200
"""Characters of the line that are stored as evidence."""

_BODY_IN_CAPITALS = re.compile(r"SAFEGUARDING\b.*\b(?:PARTNERSHIP|BOARD)\b|\bCOUNCIL\b")
"""A line in capitals that names a body, as title pages print it.  Other lines in capitals are
headings, whose words would all pass for names."""

_SMALL_WORDS = frozenset(
    ("and", "by", "for", "in", "le", "of", "on", "the", "under", "upon", "with")
)

_REPORT = re.compile(r"inspection|review|audit|report", re.IGNORECASE)
_NAME_LINE = re.compile(rf"(?:The )?(?:(?:London|Royal|Metropolitan) Borough of )?{_NAME}")
_LEADING = re.compile(
    r"^(?:(?:commissioned|published|prepared|written) (?:by|for) |dear |the |city of |"
    r"county of |(?:london|royal|metropolitan) borough of )+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:\s(?:city|county|borough|district|metropolitan|unitary|london|council|local|area|authority"
    r"|partnership|children(?:[’']s)?|safeguarding|lscb|lscp|mbc))+$",
    re.IGNORECASE,
)
_NOT_AN_AREA = re.compile(
    r"^(?:child|children|local|national|independent|multi|serious|safeguarding|her|his|the|this"
    rf"|{FULL_MONTH}|england|wales|london|ofsted|secretary"
    r"|family|practice|learning|joint|royal|greater|services?|area|board|partnership|report"
    r"|inspection|review|education|health)\b"
    r"(?!\s[A-Z])",
    re.IGNORECASE,
)


def find_area(lines: Iterable[tuple[str, int]], text: str) -> Fact | None:
    """The fact "area", or None.

    Each position that names an area adds weight to its name, and so do mentions throughout
    the text; the name of most weight wins.

    Parameters
    ----------
    lines
        (words, page) of the title and the first pages.
    text
        The whole document.

    >>> find_area([("Joint targeted area inspection of Northmoor", 1)], "Northmoor").value
    'Northmoor'
    """
    weights: dict[str, float] = defaultdict(float)
    facts: dict[str, Fact] = {}
    all_lines = list(lines)
    for index, (words, page) in enumerate(all_lines):
        line_below = all_lines[index + 1][0] if index + 1 < len(all_lines) else ""
        at_top = index < _FIRST_LINES and _is_title(line_below) and not _REPORT.search(words)
        for weight, name in _names_in(words, at_top=at_top):
            key = _key(name)
            facts.setdefault(key, Fact("area", name, words[:_EVIDENCE_CHARACTERS], page))
            weights[key] = max(weights[key], weight) + _REPEAT_BONUS
    text_key = _key(text)
    scores = {
        key: weight + min(text_key.count(key), _MAX_MENTIONS) / _MENTIONS_PER_POINT
        for key, weight in weights.items()
    }
    if not scores:
        return None
    # Sorted, so that ties give the same area in every run.
    return facts[max(sorted(scores), key=lambda key: scores[key])]


def _is_title(line: str) -> bool:
    """Whether a line names a report, rather than saying what happened."""
    is_short = len(line.split()) <= _MAX_TITLE_WORDS
    return bool(_REPORT.search(line)) and is_short and not line.endswith(".")


def _names_in(words: str, *, at_top: bool) -> Iterator[tuple[float, str]]:
    """Weight and name of each area that a line names."""
    name_line = _NAME_LINE.fullmatch(words.strip()) if at_top else None
    if name_line and (name := bare_area(name_line["name"])):
        yield _NAME_LINE_WEIGHT, name
    line = _without_capitals(words) if _BODY_IN_CAPITALS.search(words) else words
    for weight, pattern in _RULES:
        for match in pattern.finditer(line):
            name = bare_area(match["name"])
            if name:
                yield weight, name


def _without_capitals(line: str) -> str:
    """A line printed in capitals as a sentence would write the name; any other stays as it is.

    >>> _without_capitals("STOKE-ON-MOOR AND VALE SAFEGUARDING BOARD")
    'Stoke-on-Moor and Vale Safeguarding Board'
    """
    if not line.isupper():
        return line
    return re.sub(
        r"[^\W\d_]+(?:[’'][^\W\d_]+)?",
        lambda word: low if (low := word[0].lower()) in _SMALL_WORDS else word[0].capitalize(),
        line,
    )


def bare_area(name: str) -> str:
    """An area's name without the words for its council, or empty if nothing else is left.

    >>> bare_area("Royal Borough of Northmoor and Eastleigh Borough Council")
    'Northmoor and Eastleigh'
    >>> bare_area("Northmoor & Safeguarding")
    'Northmoor'
    """
    name = _LEADING.sub("", name.strip())
    name = _TRAILING.sub("", name).strip(" ,-")
    name = re.sub(r"\s+(?:&|and|of|in|on|with|the|by)$", "", name)
    return "" if _NOT_AN_AREA.match(name) or len(name) < 3 or name.isupper() else name


def _key(name: str) -> str:
    # One report writes its area with "&" and with "and", with hyphens and without.
    return re.sub(r"\s+", " ", name.replace("&", "and").replace("-", " ")).lower()
