"""What audits, inspections and yearly reports say of practice since a review.

A verdict is about practice at the time of the check.  It is no statement about what brought
it about, and an output (training given, guidance sent) is never one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from lif_nlp.framework.status import StatusLanguage
from lif_nlp.ids import text_key
from lif_nlp.ledger.matching import AskMatcher
from lif_nlp.ledger.status import read_status
from lif_nlp.ledger.words import sentences
from lif_nlp.ledger_records import Check
from lif_nlp.records import Document

_NUMBER = (
    r"(?:\d[\d,.]*(?:\s?%| per cent)?|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|no(?:ne)?)"
)
_OF = re.compile(
    rf"\b(?P<part>{_NUMBER})\s+(?:\w+\s+)?(?:of|in)\s+(?:the\s+|a\s+|our\s+)?(?P<all>{_NUMBER})\b",
    re.I,
)
_PER_CENT = re.compile(r"\b\d[\d.]*\s?(?:%|per cent)", re.I)
_BASELINE = re.compile(
    rf"(?:against|compared with|compared to|down from|up from|from|where|was)\s+(?P<what>{_NUMBER}"
    rf"(?:\s+(?:of|in)\s+(?:the\s+)?{_NUMBER})?)",
    re.I,
)
_OUTPUT = re.compile(
    r"\b(?:\d[\d,]*|all|many|most) (?:\w+ ){0,3}(?:attended|trained|briefed|were sent"
    r"|received|copies|completed the (?:course|training))"
    r"|\b(?:was|were|been) (?:sent|e-?mailed|issued|circulated|distributed|delivered) to\b"
    r"|\b(?:training|sessions?|briefings?|guidance|newsletter|course)\b[^.]{0,30}\b(?:was"
    r"|were|has been|have been) (?:sent|delivered|given|attended|issued|held|run"
    r"|circulated)\b",
    re.I,
)
_PROCESS = re.compile(
    r"\b(?:steps?|actions?)\b[^.]*\b(?:taken|completed?|closed|on time|implemented)\b", re.I
)
_OUTCOME = re.compile(
    r"\b(?:no|fewer|\d+) (?:bab(?:y|ies)|child(?:ren)?|young people)\b[^.]*\b(?:discharged"
    r"|harmed|died|hurt|admitted|missing|removed|returned|injured)\b"
    r"|\bchildren (?:told|said|feel|are safer)\b",
    re.I,
)
_FIGURES = re.compile(r"\b(?:median|mean|average|rate|per cent|\d+ of|%)\b", re.I)

LEVELS = ("process", "output", "practice", "outcome")
"""What a figure is about: steps taken, things sent, practice, what children live with."""


def level_of(sentence: str) -> str:
    """The level of impact a sentence is about; an output never counts as more.

    >>> level_of("Guidance was sent to 212 practitioners in four services.")
    'output'
    """
    if _OUTPUT.search(sentence):
        return "output"
    if _OUTCOME.search(sentence):
        return "outcome"
    return "process" if _PROCESS.search(sentence) else "practice"


def checks_of(
    document: Document, kind: str, matcher: AskMatcher, language: StatusLanguage
) -> list[Check]:
    """Verdicts of a document on practice, each linked to a recommendation where it is clear.

    Parameters
    ----------
    document
        The audit, inspection letter, yearly report or later review.
    kind
        What the document is, in words ("audit", "inspection" ...).
    matcher
        The recommendations of the review that it follows up.
    language
        The rules that read verdicts.
    """
    return list(_checks(document, kind, matcher, language))


def _checks(
    document: Document, kind: str, matcher: AskMatcher, language: StatusLanguage
) -> Iterator[Check]:
    seen: set[str] = set()
    for block in document.blocks:
        if block.kind == "heading" or block.boilerplate not in ("", "statutory wording"):
            continue
        words = document.text[block.start : block.end]
        others = (value for _, value in block.cells if value not in words)
        title = " ".join((*block.heading[-2:], *others))
        for unit in sentences(words):
            if unit in seen or len(unit.split()) < 4:
                continue
            seen.add(unit)
            reading = read_status(unit, language)
            level = level_of(unit)
            if not reading.effect and level == "practice":
                continue
            if reading.effect and level == "output":
                continue
            named = [key for mention in matcher.mentioned(unit) for key in mention.keys]
            asks = [ask for key in dict.fromkeys(named) if (ask := matcher.by_key(key))]
            link = None if asks else matcher.by_words(unit, title=title)
            ask_id = asks[0].ask_id if len(asks) == 1 else link.ask_id if link else ""
            if not reading.effect and not ask_id:
                continue
            yield Check(
                check_id="c-"
                + hashlib.sha256(f"{document.doc_id}|{text_key(unit)}".encode()).hexdigest()[:12],
                doc_id=document.doc_id,
                ask_id=ask_id,
                kind=kind,
                verdict=reading.effect,
                quote=unit,
                page=block.page,
                sample=_sample(unit),
                baseline=(match["what"] if (match := _BASELINE.search(unit)) else ""),
                result=_result(unit),
                level=level,
                link_by="number" if asks else link.link_by if link else "none",
                score=1.0 if asks else link.score if link else 0.0,
            )


def _sample(unit: str) -> str:
    match = _OF.search(unit)
    return match["all"] if match else ""


def _result(unit: str) -> str:
    match = _OF.search(unit) or _PER_CENT.search(unit)
    return match.group() if match else ""
