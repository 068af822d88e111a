"""Recommendations as records: what is asked, who owns it, by when, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lif_nlp.records import Block, Document, Finding, Recommendation

_UNDER = re.compile(
    r"recommend|action plan|areas? for (?:priority )?(?:action|improvement)|action should be taken"
    r"|improvement plan|partnership response|what needs to (?:change|improve)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:should|must|needs? to|ought to|is to|are to|will)\s+(?!have\b)"
    r"|\brecommend(?:s|ed|ation)?\b|^(?:ensure|develop|review|agree|introduce|provide|improve)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:has|have) (?:since |now |already )?(?:been )?\w+(?:ed|n)\b", re.IGNORECASE
)
_MONTH = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
)  # fmt: skip
_DUE = re.compile(
    rf"\b(?:by|before|no later than)\s+(?:the\s+)?(?:end\s+of\s+)?"
    rf"((?:\d{{1,2}}\s+)?(?:{_MONTH}|spring|summer|autumn|winter)\s+(?:\d{{4}})|\d{{4}})"
    r"|\b(within\s+(?:\w+\s+)?(?:\d+|one|two|three|four|six|nine|twelve)\s+(?:days?|weeks?|months?))"
    r"|\b(immediately|without delay)\b",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"^(?:(?:it is )?recommend(?:ed|ation)?[\w\s]*?(?:that|:)\s*)?"
    r"((?:the|all|each|every)?\s*[\w'’&,\-\s]{3,80}?)\s+(?:should|must|needs? to|ought to|will)\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\b(?:audit|measur|evaluat|report (?:to|on|back)|evidence|monitor|dip[- ]sampl|survey|assur"
    r"|per cent|%|test(?:ed)? (?:by|through))",
    re.IGNORECASE,
)
_OWNER_COLUMNS = re.compile(r"\bowner\b|\blead\b|responsib|by whom|assigned", re.IGNORECASE)
_DUE_COLUMNS = re.compile(
    r"\bdue\b|deadline|\bby when\b|^by$|target|timescale|\bdate\b", re.IGNORECASE
)


def recommendations(
    findings: Iterable[Finding], document: Document | None = None
) -> list[Recommendation]:
    """The findings that ask for a step to be taken, in reading order.

    A step already taken is an action but no recommendation.  Owner and date come
    from the table row's own columns where `document` has them, else from the
    words.  `missing` names what of "owner", "date" and "measure" is not said;
    `repeat_of` is left empty for the synthesis to fill.
    """
    rows = {block.start: block for block in document.blocks} if document else {}
    return [_record(finding, rows) for finding in findings if is_recommendation(finding)]


def is_recommendation(finding: Finding) -> bool:
    """Whether a finding asks for a step to be taken.

    >>> asks = Finding("f", "d", 0, 9, "Schools should ring the hub.", 1, role="action")
    >>> is_recommendation(asks)
    True
    """
    if finding.role != "action":
        return False
    under = any(_UNDER.search(heading) for heading in finding.heading)
    asks = bool(_ASKS.search(finding.text))
    return asks or (under and not _DONE.search(finding.text))


def _record(finding: Finding, rows: Mapping[int, Block]) -> Recommendation:
    cells = rows[finding.start].cells if finding.start in rows else ()
    owner = _cell(cells, _OWNER_COLUMNS) or _owner(finding.text)
    due = _cell(cells, _DUE_COLUMNS) or _due(finding.text)
    said = {"owner": owner, "date": due, "measure": _MEASURE.search(finding.text)}
    return Recommendation(
        finding.finding_id,
        finding.doc_id,
        finding.page,
        finding.text,
        owner=owner,
        due=due,
        missing=tuple(name for name, value in said.items() if not value),
    )


def _cell(cells: tuple[tuple[str, str], ...], column: re.Pattern[str]) -> str:
    return next((value for name, value in cells if value and column.search(name)), "")


def _owner(text: str) -> str:
    found = _OWNER.match(text)
    return " ".join(found.group(1).split()) if found else ""


def _due(text: str) -> str:
    found = _DUE.search(text)
    return next((part for part in found.groups() if part), "") if found else ""
