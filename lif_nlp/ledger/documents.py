"""What a document is to a review: a response, a check, a yearly report, or nothing of these."""

from __future__ import annotations

import re

from lif_nlp.framework.status import StatusLanguage
from lif_nlp.ledger.status import read_status
from lif_nlp.ledger.words import sentences
from lif_nlp.records import Document
from lif_nlp.text.number_words import CARDINALS

_RESPONSE = re.compile(
    r"\b(?:response|reply|replies|answers?)\b(?! (?:time|police|officers?|team|unit))"
    r"|\bwhat happens next\b|\bwhat we (?:are|will|have) (?:doing|do|done)\b"
    r"|\bour (?:position|commitments?)\b"
    r"|\b(?:joint |partnership |partners.? |public )+statement\b|\bagency returns?\b"
    r"|\breturns? from (?:the )?agenc"
    r"|\bforeword\b|\bpublished alongside\b|\bposition statement\b|\bregulation 29\b",
    re.IGNORECASE,
)
_SAYS_SO = re.compile(
    r"\bthis (?:is|sets out|document is) (?:our|the) (?:\w+ )?(?:response|answer|reply)",
    re.IGNORECASE,
)
_LETTER = re.compile(r"^\s*dear\b", re.IGNORECASE | re.MULTILINE)
_YEARLY = re.compile(
    r"\b(?:annual|yearly) report\b|\breport (?:for|of) the year\b|\byear(?:ly)? (?:in )?review\b",
    re.IGNORECASE,
)
_CHECK = re.compile(
    r"\bre-?audit\b|\baudit\b|\binspect\w*\b|\bdeep dive\b|\bdip[- ]sampl\w*\b|\bassurance\b"
    r"|\bspot checks?\b"
    r"|\bscrutin(?!eer\b)\w+\b|\bevaluation\b|\bcase file\b|\bthematic visit\b"
    r"|\bfollow[- ]up review\b"
    r"|\brapid review\b|\bregulator\b|\bvisit report\b|\b(?:dip )?sample\b"
    r"|\bsecond (?:review|look)\b|\bpractice week\b|\bimpact\b|\bfindings? of the (?:visit"
    r"|audit)\b",
    re.IGNORECASE,
)
_CHECKED = re.compile(
    r"\b(?:inspectors|auditors|the regulator|we (?:sampled|audited|looked (?:at|again)|read the))\b"
    r"|\b(?:records|files|charts|cases|children) (?:was|were) (?:read|sampled|audited|opened"
    r"|followed|tracked)\b",
    re.IGNORECASE,
)
"""What an audit or an inspection says of itself at its beginning."""

_SINCE_RESPONSE = re.compile(
    r"\b(?:follow(?:ing)?[- ]up|progress|results?)\b[^.]{0,30}\b(?:to|on|since|after) (?:our|the"
    r"|its)\b"
    r"[^.]{0,40}\b(?:response|reply)\b",
    re.IGNORECASE,
)
"""A title that tells what came after a response."""

_HEAD = 600
"""Characters at the start of a document that say what it is."""

KINDS = ("response", "annual report", "check")
"""Kinds of document that follow a review up."""


def kind_of(document: Document) -> str:
    """The kind of follow-up a document would be, or an empty string.

    It says nothing on which review it follows up; a review of its own is none of them.
    """
    head = _head(document)
    start = document.text[:_HEAD]
    is_letter = bool(_LETTER.search(document.text[: 2 * _HEAD]))
    # What a document is called goes before how it begins.
    signs = (
        ("annual report", _YEARLY.search(head)),
        ("check", _SINCE_RESPONSE.search(head)),
        ("response", _RESPONSE.search(head) or (is_letter and not _CHECK.search(head))),
        ("check", _CHECK.search(head)),
        ("check", _CHECKED.search(start)),
        ("response", _SAYS_SO.search(start)),
        ("annual report", _YEARLY.search(start)),
    )
    return next((kind for kind, sign in signs if sign), "")


_CALLED_MINUTES = re.compile(
    r"(?<![\d-])\bminutes\b(?! (?:walk|drive|late|early|after|before|briefing))"
    r"|\bnotes? of (?:the|a|our) meeting\b|\bmeeting of\b|\bmeeting (?:notes|minutes)\b",
    re.IGNORECASE,
)
"""What minutes are called in a title or a file's name: no "seven-minute briefing"."""

_BEGINS_AS_MINUTES = re.compile(
    r"^\W*(?:(?:draft|approved|confirmed|agreed|unconfirmed|redacted|full|the|extracts?|from|of)"
    r" )*minutes\b(?= of\b| from\b|\W*$|[:,–-]| \d)|\bminutes of (?:the|an?|its|our) (?:\w+ )"
    r"{0,6}(?:meeting|board|group|committee|executive|panel)\b"
    r"|^\W*notes? of (?:the|a|our) meeting\b|^\W*(?:\w+ ){0,6}meeting of (?:the|\d)",
    re.IGNORECASE | re.MULTILINE,
)
"""How minutes begin; "within thirty minutes" in a letter is no such beginning."""


def are_minutes(document: Document) -> bool:
    """Whether a document is the minutes of a meeting, by its name or how it begins."""
    is_called_so = _CALLED_MINUTES.search(re.sub(r"\b\w+ minutes\b", _no_count, _head(document)))
    return bool(is_called_so or _BEGINS_AS_MINUTES.search(document.text[:_HEAD]))


def _no_count(match: re.Match[str]) -> str:
    """Two words before a test for minutes, without the second where the first counts them."""
    first = match.group().split()[0].lower()
    is_count = first.isdigit() or first in {*CARDINALS, "few", "several", "thirty", "forty"}
    return first if is_count else match.group()


def _head(document: Document) -> str:
    """The title and the file's name, as words."""
    return f"{document.title} {document.source.rsplit('/', 1)[-1].replace('_', ' ')}"


def kind_by_words(document: Document, language: StatusLanguage) -> str:
    """The kind of a document that somebody gave as a follow-up, by what it says.

    Its title decides, unless what it says is clearly of the other kind: an inspection is a
    letter too, and a reply may be called an update.
    """
    kind = kind_of(document)
    if kind == "annual report":
        return kind
    positions = verdicts = 0
    for block in document.blocks:
        for unit in sentences(document.text[block.start : block.end])[:MAX_UNITS]:
            reading = read_status(unit, language)
            positions += bool(reading.position)
            verdicts += bool(reading.effect)
    # a letter is no sign: inspectors write letters, too
    is_said = kind != "response" or _RESPONSE.search(_head(document))
    clear = CLEAR_RATIO if kind and is_said else 1
    if positions >= clear * max(verdicts, 1) and kind != "response":
        return "response"
    if verdicts > clear * max(positions, 1) and kind != "check":
        return "check"
    return kind or "check"


MAX_UNITS = 40
"""Sentences of a block that are looked at."""

CLEAR_RATIO = 3
"""How many times more positions than verdicts (or the reverse) overrule a document's title;
judgement, November 2026."""
