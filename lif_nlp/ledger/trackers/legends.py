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
    meaning = legend.meaning(
        fill if colour_name(fill) else "", word if word in NAMES or word in legend.by_name else ""
    )
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
            is_in_time = value == "in progress" and _IN_TIME.search(meaning.lower())
            return "on track" if is_in_time else value
    lower = meaning.lower()
    for status, pattern in _LEGEND_FIRST:
        if pattern.search(lower):
            return status
    # an end that is not the whole of it is none: "under way and in time"
    if last := next((status for status, p in _LEGEND_LAST if p.search(lower)), ""):
        return last
    if whole := read_by_rules(meaning, language).progress:
        return whole
    if value := language.cell_words.get(lower.strip(" .")):
        return value
    return read_status(meaning, language).progress or "unreadable"


_IN_TIME = re.compile(
    r"(?<!not )(?<!not finish )\b(?:(?:in|on|within|to) time|on (?:course|track|schedule|target))\b"
)
_END = r"(?:complet|\bdone\b|finish|\bclosed\b|achieved|implemented|\bdelivered\b)"
_SEEN = r"(?:seen|evidenc|verif|sign|check|tested|assur|sustain|embed|look|accept)"
_LEGEND_FIRST = (
    (
        "reopened",
        re.compile(
            r"\b(?:re-?open\w*|sent back|back on the|returned to|refused|not satisfied)\b"
            r"|\bturned down\b"
        ),
    ),
    (
        "closed with risk",
        re.compile(
            r"(?=.*\brisks?\b)(?=.*\b(?:not (?:be |going to be )?(?:delivered|done|complet|achiev)"
            r"|not met|without complet|accept|owned?|held|tolerat|live with|carried))"
        ),
    ),
    (
        "superseded",
        re.compile(
            r"\b(?:something else|replaced|overtaken|superseded|another (?:action|plan)|merged)\b"
            r"|\bno longer (?:needed|required|relevant)\b|\bdoes it now\b"
        ),
    ),
    (
        "late",
        re.compile(
            r"\bnot (?:\w+ )?(?:in|on|within|to) time\b|\bbehind\b|\bstalled\b|\bstuck\b|\bslipp\w+"
            r"|\bdates? (?:has |have )?(?:passed|gone)\b|\bdelay\w*"
        ),
    ),
    (
        "not started",
        re.compile(
            r"\b(?:nobody|no one|no officer|nothing)\b|\bnot (?:yet )?(?:been )?(?:begun|started)\b"
            r"|\bnot (?:yet )?(?:been )?(?:allocated|assigned|due)\b|\bto be (?:begun|started)\b"
            r"|\bno (?:start|action|work)\b"
        ),
    ),
    (
        "done",
        re.compile(
            rf"(?=.*{_END})(?=.*{_SEEN})"
            r"(?=.*(?:\b(?:not|await\w*|no|without|pending|outstanding|due)\b|\bto (?:come|follow"
            r"|be)\b))"
        ),
    ),
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
        "on track",
        re.compile(
            r"\b(?:in|on|within|to) time\b|\bon (?:course|track|schedule|target)\b|\bas (?:planned"
            r"|expected)\b|\bto plan\b|\bwill (?:be )?(?:met|finish|complete)"
        ),
    ),
    (
        "in progress",
        re.compile(
            r"\b(?:moving|under ?way|work(?:ing)?|begun|started|nearly|almost|half|some)\b"
            r"|\bpart\w*\b|at risk"
        ),
    ),
    ("done", re.compile(rf"{_END}|carried out")),
)
