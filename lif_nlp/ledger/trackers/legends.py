"""What the words of a legend mean for a step of a plan."""

from __future__ import annotations

import re

from lif_nlp.framework.status import StatusLanguage
from lif_nlp.ledger.status import read_by_rules, read_status
from lif_nlp.ledger.trackers.colours import NAMES, Legend, colour_name
from lif_nlp.ledger.trackers.dates import days_past

LATE_DAYS = 0
"""Days past its date after which an action whose legend says "not started or past target" is
late.  The legend's own number of weeks is read where it gives one."""


def as_status(value: str) -> str:
    """ "planned" is a word of sentences; of an action in a plan it says "not started"."""
    return "not started" if value == "planned" else value


def by_colour(
    fill: str, word: str, legend: Legend, language: StatusLanguage, due: str, as_of: str
) -> str:
    """What the legend says of the colour, as a status, or an empty string."""
    meaning = legend.meaning(fill if colour_name(fill) else "", word if word in NAMES else "")
    if not meaning:
        return ""
    lower = meaning.lower()
    late = re.search(r"\b(?:past|overdue|late|missed|behind|slipp)\w*", lower)
    unstarted = re.search(
        r"\bnot (?:yet )?(?:been )?(?:started|begun)|\bno (?:progress|action)|\bnone of\b", lower
    )
    if late and unstarted:
        past = days_past(due, as_of)
        weeks = re.search(r"(\d+)\s*weeks?", lower)
        limit = int(weeks[1]) * 7 if weeks else LATE_DAYS
        return "late" if past is not None and past > limit else "not started"
    if value := language.cell_words.get(lower.strip(" .")):
        return value
    return as_status(legend_reading(meaning, language))


def legend_reading(meaning: str, language: StatusLanguage) -> str:
    """The status that a legend's words stand for; evidence seen goes before an end."""
    for part in re.split(r"[:;,-]\s+|\bor\b", meaning):
        value = language.cell_words.get(part.lower().strip(" ."))
        # An end may be qualified by what follows: "complete, evidence awaited".
        if value and value != "done":
            return value
    lower = meaning.lower()
    for status, pattern in _LEGEND_FIRST:
        if pattern.search(lower):
            return status
    if whole := read_by_rules(meaning, language).progress:
        return whole
    if last := next((status for status, p in _LEGEND_LAST if p.search(lower)), ""):
        return last
    if value := language.cell_words.get(lower.strip(" .")):
        return value
    return read_status(meaning, language).progress or "unreadable"


_END = r"(?:complet|\bdone\b|finish|\bclosed\b|achieved|implemented|\bdelivered\b)"
_SEEN = r"(?:seen|evidenc|verif|sign|check|tested|assur|sustain|embed)"
_LEGEND_FIRST = (
    ("done", re.compile(rf"(?=.*{_END})(?=.*{_SEEN})(?=.*\b(?:not|await\w*|no|without)\b)")),
    ("verified", re.compile(rf"(?=.*{_END})(?=.*{_SEEN})")),
    (
        "verified",
        re.compile(
            r"\b(?:has|have|was|is|been) (?:checked|seen|tested|verified"
            r"|assured)\b"
        ),
    ),
    (
        "late",
        re.compile(
            r"\b(?:overdue|missed|off[- ](?:track|course)|not on (?:track|target)"
            r"|past (?:its|the|their) \w+)\b"
        ),
    ),
    ("superseded", re.compile(r"\b(?:stopped|withdrawn|cancelled|dropped|abandoned)\b")),
)
_LEGEND_LAST = (
    (
        "in progress",
        re.compile(
            r"\b(?:begun|started|nearly|almost|half|some|part\w*)\b|slipp"
            r"|at risk"
        ),
    ),
    ("done", re.compile(rf"{_END}|carried out")),
)
