"""Recommendations: what is asked, who owns it, by when, and which details are missing.

A finding is a recommendation if its role is action and it asks for a step or is listed
under a heading for recommendations.  Steps that were already taken are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lif_nlp.annotate.grammar import opens_with_imperative
from lif_nlp.annotate.rules.headings import role_of_heading
from lif_nlp.records import Document, Finding, Recommendation
from lif_nlp.text.months import FULL_MONTH

Cells = tuple[tuple[str, str], ...]
"""(column, value) pairs of a row of an audit sheet."""

SMART = ("step", "measure", "owner", "purpose", "date")
"""Details of a specific, measurable, achievable, relevant and timed recommendation."""

# A request in any of its usual forms; "to be agreed" comes from action plans.
_ASKS = re.compile(
    r"\b(?:should|must|shall|needs? to|ought to|(?:is|are) (?:asked|required|requested|invited|"
    r"urged) to"
    r"|recommend(?:s|ed)?|please (?:consider|review|ensure)|to be (?:agreed|reviewed|"
    r"held|done))\b",
    re.IGNORECASE,
)
# Quoting guidance, or describing a recommendation, asks for nothing new.
_DESCRIPTION = re.compile(
    r"\b(?:guidance|policy|law|procedures?|act) (?:is clear|says?|states?|requires?|makes clear)"
    r" that\b"
    r"|\brecommendations? [\d.]* ?(?:will|would|is|was|has|cannot)\b",
    re.IGNORECASE,
)
# "has introduced", "since then": a step that was taken already
_TAKEN = re.compile(
    r"\b(?:has|have) (?:\w+ ){0,2}(?:introduced|implemented|taken|put|revised|appointed|"
    r"updated|been)\b"
    r"|\bsince (?:then|the|this)\b|\bnow (?:has|have|run|runs|use|uses)\b",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"^(?:\W*(?:recommendation|action|"
    r"learning point)\s*[\d.]*\s*[:.–-]?\s*)?(?:it is recommended that |that )?"
    r"(?P<owner>(?:the |all |each |both |every )?[A-Za-z][^.;:]{1,90}?)"
    r"\s+(?:should|must|shall|needs? to|ought to|(?:is|are) (?:asked|required|requested|"
    r"invited|urged) to|to (?=[a-z]+ ))",
    re.IGNORECASE,
)
# "It should be noted", "Consideration should be given": the subject is nobody.
_NOT_OWNER = re.compile(
    r"^(?:it|this|these|that|there|consideration|action|steps|work|children|every child|a |"
    r"an )|\b(?:which|who|where|when|if)\b",
    re.IGNORECASE,
)
# "Training should be improved" names nobody to improve it.
_PASSIVE = re.compile(r"\s*(?:\w+ly )?be \w+(?:ed|en|wn|ught|de|ld)\b")
# "Owner: Head of Service. By May 2024" after a request or inside the text of a table row
_CELL = re.compile(
    r"\b(?:owner|lead|responsible)\s*[:=]\s*(?P<owner>[^;|\n]{2,120}?)"
    r"(?=\.? By\b|\. [A-Z]|[;|\n]|$)",
    re.IGNORECASE,
)
_NOTE = re.compile(r"(?:owners?|leads?|responsible|by whom)\s*[:=]", re.IGNORECASE)
_MOST_NOTES = 3
"""Sentences after a recommendation in which its owner and date are looked for."""
_MONTHS_AND_SEASONS = f"{FULL_MONTH}|spring|summer|autumn|winter"
_DUE = re.compile(
    rf"\b(?:by|before|no later than|until|"
    rf"due(?: date)?\s*[:=]?)\s+(?P<date>(?:the )?(?:end of )?(?:\d{{1,2}}(?:st|nd|rd|th)? )?"
    rf"(?:{_MONTHS_AND_SEASONS})(?: \d{{4}})?|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|"
    rf"(?:the )?(?:end of )?(?:the )?(?:next |financial )?(?:year|quarter|20\d\d)|"
    rf"20\d\d-\d\d(?:-\d\d)?)"
    r"|\b(?P<span>within (?:the next )?(?:\w+|\d+) (?:working )?(?:days?|weeks?|months?|years?))\b"
    r"|\b(?P<now>immediately|without delay|as a matter of urgency)\b",
    re.IGNORECASE,
)
# "consider", "raise awareness": no step that could be checked
_VAGUE = re.compile(
    r"\b(?:consider|be mindful|be aware|remind(?:ed)?|raise awareness|promote|reflect on|"
    r"think about|encourage|explore"
    r"|improved?|strengthen(?:ed)?|support|enhanced?|continue to|"
    r"give (?:further )?consideration)\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\b(?:\d+ ?(?:%|per cent)|audit(?:ed|s)?|measur\w+|evidence(?:d)? (?:of|that|by)|"
    r"report(?:ed|s)? (?:back |progress )?to"
    r"|dip[- ]sampl\w+|data|indicator|survey|re-audit|evaluat\w+|monitor(?:ed|ing)?|number of)\b",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"\b(?:so that|in order (?:to|that)|to (?:ensure|make sure|reduce|prevent|protect|avoid|"
    r"enable|help|give)|because|thereby)\b",
    re.IGNORECASE,
)


def find_recommendations(
    findings: Iterable[Finding], document: Document | None = None
) -> list[Recommendation]:
    """The recommendations among `findings`, in their order; `repeat_of` is left empty.

    Parameters
    ----------
    findings
        Findings of one document.
    document
        The document: owner and date of an audit sheet's row are read from its columns.

    >>> step = Finding("f1", "d1", 0, 0, "The Trust should audit discharges by May 2025.", 3,
    ...                role="action")
    >>> [(r.owner, r.due, r.missing) for r in find_recommendations([step])]
    [('The Trust', 'May 2025', ('purpose',))]
    """
    rows = {b.start: b.cells for b in document.blocks if b.cells} if document else {}
    ordered = list(findings)
    return [
        _recommendation(finding, rows.get(finding.start, ()), _note_below(ordered, at))
        for at, finding in enumerate(ordered)
        if is_recommendation(finding)
    ]


def _note_below(findings: Sequence[Finding], at: int) -> str:
    """The line "Owner: Designated Doctor. By June 2024" after a recommendation, or "".

    In a PDF a label in bold print parts it into several sentences of the same paragraph or of none.
    """
    own = findings[at]
    words: list[str] = []
    for other in findings[at + 1 : at + 1 + _MOST_NOTES]:
        if other.heading != own.heading or other.paragraph not in ("", own.paragraph):
            break
        words.append(other.text)
    note = " ".join(words)
    return note if _NOTE.match(note) else ""


def is_recommendation(finding: Finding) -> bool:
    """Whether the finding asks for a step that has not been taken yet."""
    if finding.kind == "heading":
        return False
    commands = opens_with_imperative(_tokens(finding.text))
    # "Commission non-instructed advocacy" is whole; a topic without a verb needs more words.
    if len(finding.text.split()) < (3 if commands else 4):
        return False
    is_listed = role_of_heading(finding.heading) == "action"
    asks = bool(_ASKS.search(finding.text))
    if _DESCRIPTION.search(finding.text) or (_TAKEN.search(finding.text) and not asks):
        return False
    return finding.role == "action" and (asks or is_listed or commands)


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", text.lower())


_OWNER_COLUMN = re.compile(r"owner|lead|responsib|\bwho\b", re.IGNORECASE)
_DUE_COLUMN = re.compile(r"due|deadline|by when|target date|timescale|^(?:by|when)$", re.IGNORECASE)
_DATE_COLUMN = re.compile(r"^(?:completion )?date$", re.IGNORECASE)
"""The date of an action where the row names an owner too; else of an event."""


def _cell(cells: Cells, column: re.Pattern[str]) -> str:
    return next(
        (value.strip() for name, value in cells if column.search(name) and value.strip()), ""
    )


def _recommendation(finding: Finding, cells: Cells, note: str) -> Recommendation:
    # A column of owners, or a line that names one, goes before a guess from the words.
    asked = _cell(cells, _OWNER_COLUMN)
    owner = asked or owner_of(note) or owner_of(finding.text)
    due = _cell(cells, _DUE_COLUMN) or (_cell(cells, _DATE_COLUMN) if asked else "")
    due = due or due_of(note) or due_of(finding.text)
    details = {
        "step": not _VAGUE.search(finding.text),
        "measure": bool(_MEASURE.search(finding.text)),
        "owner": bool(owner),
        "purpose": bool(_PURPOSE.search(finding.text)),
        "date": bool(due),
    }
    return Recommendation(
        finding_id=finding.finding_id,
        doc_id=finding.doc_id,
        page=finding.page,
        text=finding.text,
        owner=owner,
        due=due,
        missing=tuple(part for part in SMART if not details[part]),
    )


def owner_of(text: str) -> str:
    """Who has to act, in the words of the text, or "".

    >>> owner_of("All schools must hold two contacts for each child.")
    'All schools'
    >>> owner_of("Consideration should be given to a shared form.")
    ''
    """
    cell = _CELL.search(text)
    if cell:
        return cell["owner"].strip(" .,")
    match = _OWNER.search(text)
    if not match or _PASSIVE.match(text, match.end()) or _NOT_OWNER.search(match["owner"]):
        return ""
    return match["owner"].strip(" ,")


def due_of(text: str) -> str:
    """By when, in the words of the text, or "".

    >>> due_of("This is to be done within three months.")
    'within three months'
    """
    match = _DUE.search(text)
    return next((part for part in match.groups() if part), "") if match else ""
