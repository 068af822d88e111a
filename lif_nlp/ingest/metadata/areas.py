"""The area of a report: names that its first pages put where an area stands, weighed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lif_nlp.text.months import FULL_MONTH

_WORD = r"(?:St\.?\s)?[A-Z][\w’'-]+"
_JOIN = r"(?:,\s|\s(?:and|&|upon|on|of|with|the|in|under|by|le)(?:\sthe)?\s|\s|-)"
_NAME = rf"(?P<name>{_WORD}(?:{_JOIN}{_WORD}){{0,5}})"
_COUNCIL = (
    r"(?:\s(?:City|County|Borough|District|Metropolitan|Unitary|London))*\s(?:Council|Authority)"
)
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
_HEAD = 4
_TITLE = 30
_REPORT = re.compile(r"inspection|review|audit|report", re.IGNORECASE)
_ALONE = re.compile(rf"(?:The )?(?:(?:London|Royal|Metropolitan) Borough of )?{_NAME}")
_LEADING = re.compile(
    r"^(?:dear |the |city of |county of |(?:london|royal|metropolitan) borough of )+", re.IGNORECASE
)
_TRAILING = re.compile(
    r"(?:\s(?:city|county|borough|district|metropolitan|unitary|london|council|local|area|authority"
    r"|partnership|children|safeguarding|lscb|lscp|mbc))+$",
    re.IGNORECASE,
)
_NO_AREA = re.compile(
    r"^(?:child|children|local|national|independent|multi|serious|safeguarding|her|his|the|this"
    rf"|{FULL_MONTH}|england|wales|london|ofsted|secretary"
    r"|family|practice|learning|joint|royal|greater|services?|area|board|partnership|report"
    r"|inspection|review)\b"
    r"(?!\s[A-Z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Evident:
    """A value with the words that say so and their page."""

    value: str
    words: str
    page: int


def find_area(lines: Iterable[tuple[str, int]], text: str) -> Evident | None:
    """The area named in `lines` of (words, page); `text` is the whole document.

    Each place where an area usually stands gives its name some weight, and a
    name that returns throughout the text gains more.

    >>> find_area([("Joint targeted area inspection of Northmoor", 1)], "Northmoor").value
    'Northmoor'
    """
    weights: dict[str, float] = defaultdict(float)
    first: dict[str, Evident] = {}
    told = list(lines)
    for place, (words, page) in enumerate(told):
        below = told[place + 1][0] if place + 1 < len(told) else ""
        head = place < _HEAD and _is_title(below) and not _REPORT.search(words)
        for weight, name in _named(words, head=head):
            key = _key(name)
            first.setdefault(key, Evident(name, words[:200], page))
            weights[key] = max(weights[key], weight) + 0.1
    folded = _key(text)
    scores = {key: weight + min(folded.count(key), 20) / 5 for key, weight in weights.items()}
    if not scores:
        return None
    return first[max(sorted(scores), key=lambda key: scores[key])]


def _is_title(line: str) -> bool:
    """Whether the line below a lone name says which report it is, not what happened there."""
    return bool(_REPORT.search(line)) and len(line.split()) <= _TITLE and not line.endswith(".")


def _named(words: str, *, head: bool) -> Iterator[tuple[float, str]]:
    alone = _ALONE.fullmatch(words.strip()) if head else None
    if alone and (name := bare_area(alone["name"])):
        yield 3, name
    for weight, pattern in _RULES:
        for match in pattern.finditer(words):
            name = bare_area(match["name"])
            if name:
                yield weight, name


def bare_area(name: str) -> str:
    """An area's name without the words for its council, or empty where none is left.

    >>> bare_area("Royal Borough of Northmoor and Eastleigh Borough Council")
    'Northmoor and Eastleigh'
    """
    name = _LEADING.sub("", name.strip())
    name = _TRAILING.sub("", name).strip(" ,-")
    name = re.sub(r"\s+(?:and|of|in|on|with|the|by)$", "", name)
    return "" if _NO_AREA.match(name) or len(name) < 3 or name.isupper() else name


def _key(name: str) -> str:
    return re.sub(r"\s+", " ", name.replace("&", "and").replace("-", " ")).lower()
