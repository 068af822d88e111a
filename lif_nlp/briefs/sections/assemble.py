"""What stands around every brief: cautions, follow-up, and how it was made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from lif_nlp.briefs.audiences import Audience, naming
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.claims import Quoter
from lif_nlp.briefs.sections.evidence_strength import likely_reports
from lif_nlp.briefs.sections.whose_reports import whose_reports
from lif_nlp.briefs.subjects import Subject
from lif_nlp.framework.model import OF_SERVICES
from lif_nlp.records import Brief, Chart, Claim, Evidence, Section
from lif_nlp.text import english

FORM = Claim("form", "We will | Who | By when | How we will know it helped a child")
"""An empty row that a team fills in and sends back."""

STEPS = ("Stop", "Start", "Keep")
"""Lead words of the lines on what to do, each before a colon."""

CIRCLE = "○"
"""What people circle on paper, in each cell of a table that is a questionnaire."""

WRITTEN_ON = "My words"
"""Last column of a table that people write on, and nobody shows on a screen."""

_NOT_PUBLISHED = (
    "Rapid reviews are not published. Ask the partnership that wrote it before you pass this on."
)

_QUOTES_NOT_PUBLISHED = (
    "Some quotes come from papers that are not published: rapid reviews, or agencies' reviews of "
    "their own work. Keep this within the learning team, or ask those who wrote them first."
)

_COUNTING = frozenset({"seven-minute", "wheel", "summary", "session", "annual", "board"})
"""Kinds that say how many reports speak of their subject, and so how sure that number is."""

_WEEKS = 8
"""Weeks until a team is asked what it did: time to try something. Chosen by judgement."""

_NOT_IN_NAME = re.compile(r"[^A-Za-z0-9_-]+")
_SHORT = re.compile(r"\b[A-Z][A-Za-z0-9]*[A-Z][A-Za-z0-9]*\b")


def cautions(material: Material, subject: Subject) -> tuple[str, ...]:
    """What a reader must know first: content, support, and how thin the evidence is."""
    # An inspection's letter tells of services, and of no child.
    is_letter = subject.kind == "report" and material.family(subject.id) in OF_SERVICES
    lines = [] if is_letter else [care_note(material)]
    whose = whose_reports(material, subject)
    if whose:
        lines.append(whose)
    if subject.kind == "report" and material.is_unpublished(subject.id):
        lines.append(_NOT_PUBLISHED)
    rows = subject.rows
    if rows.empty:
        reports = len(material.reports)
        none = english.share_of(0, reports, "report")
        lead = f"{none} mentions this." if reports else "No reports have been added yet."
        lines.append(f"{lead} The questions below can still support a team discussion.")
    elif subject.kind != "report" and subject.reports == 1:
        lines.append("All of this comes from one report. It shows what can happen, not how often.")
    # Readers take silence for a verdict.
    if len(rows) and not rows["role"].eq("strength").any():
        where = "this report" if rows["doc_id"].nunique() == 1 else "these reports"
        lines.append(f"No strengths were found in {where}. That does not mean there are none.")
    return tuple(lines)


def care_note(material: Material) -> str:
    """What readers are told first where a page tells of harm to a child."""
    own = material.framework.support_line
    return own or "This briefing describes harm to children. Please take care of yourself."


def assemble(
    kind: tuple[str, str],
    quoter: Quoter,
    audience: Audience,
    sections: Sequence[tuple[str, Sequence[Claim]]],
    charts: Sequence[Chart | None] = (),
) -> Brief:
    """A brief of these headed lines, with its cautions and notes.

    `kind` is the id and the printed name; sections without a line are left out.
    """
    material, subject = quoter.material, quoter.subject
    sections, spelt = spell_out(sections, material)
    texts = [c.text for _, lines in sections for c in lines if not c.evidence]
    is_of_one = subject.kind == "report"
    quoted = {one.doc_id for _, lines in sections for c in lines for one in c.evidence}
    is_unpublished = any(
        map(material.is_unpublished, quoted | ({subject.id} if is_of_one else set()))
    )
    first = cautions(material, subject)
    warning = (_QUOTES_NOT_PUBLISHED,) if is_unpublished and not is_of_one else ()
    return Brief(
        brief_id=brief_id(kind[0], subject),
        kind=kind[0],
        subject=subject.name,
        title=kind[1] if subject.id == "all" else f"{kind[1]}: {subject.name}",
        sections=tuple(Section(head, tuple(lines)) for head, lines in sections if lines),
        charts=tuple(chart for chart in charts if chart),
        audience=audience.name,
        priority=subject.priority,
        methods=(
            *abbreviations(texts, spelt, material),
            *methods(material, subject, quoter, has_likely=kind[0] in _COUNTING),
        ),
        # The care note comes first in every brief.
        cautions=(
            *first[:1],
            *warning,
            *(() if is_of_one else _unnamed(audience, quoter)),
            *first[1:],
        ),
        is_unpublished=is_unpublished,
        created=material.created,
        run_id=material.run_id,
    )


def _unnamed(audience: Audience, quoter: Quoter) -> tuple[str, ...]:
    """First of all, for whom the page is where no report names a service; else empty."""
    if not audience.group or len(naming(quoter.subject.rows, audience.group)):
        return ()
    return (
        f"This page is for {audience.name}: signs, steps and questions for your own work. The "
        "reports are about other services.",
    )


def brief_id(kind: str, subject: Subject) -> str:
    """ID of a brief, which is also the name of its files for everyone."""
    return f"{kind}-{subject.kind}-{subject.id}" if subject.id != "all" else kind


def file_stem(name: str, audience: str = "") -> str:
    """Name of a brief's files without their ending, made of ids.

    >>> file_stem("seven-minute-theme-early_help", "gp")
    'seven-minute-theme-early_help-gp'
    """
    parts = [name, audience]
    return "-".join(_NOT_IN_NAME.sub("-", part).strip("-") for part in parts if part)


def abbreviations(texts: Sequence[str], spelt: Sequence[str], material: Material) -> list[str]:
    """A line that spells out the abbreviations of our own lines that no quote before spelt out."""
    # Two capitals in one word: "GP", "MASH", "SENDCo"; a name at the start of a sentence has one.
    forms = dict.fromkeys(word for text in texts for word in _SHORT.findall(text))
    entries = [f"{word}, {meaning}" for word in forms if (meaning := material.meaning(word))]
    entries = [entry for entry in entries if entry.partition(",")[0] not in spelt]
    return [f"Abbreviations: {'; '.join(entries)}."] if entries else []


def spell_out(
    sections: Sequence[tuple[str, Sequence[Claim]]], material: Material
) -> tuple[list[tuple[str, list[Claim]]], list[str]]:
    """The sections with each abbreviation spelt out behind the first quote that holds it.

    Quotes themselves stay as they are.  Also returns what was spelt out.
    """
    spelt: list[str] = []

    def with_meanings(one: Evidence) -> Evidence:
        forms = [word for word in dict.fromkeys(_SHORT.findall(one.quote)) if word not in spelt]
        entries = {word: material.meaning(word, one.doc_id) for word in forms}
        entries = {
            word: meaning
            for word, meaning in entries.items()
            if meaning and meaning.casefold() not in one.quote.casefold()
        }
        spelt.extend(entries)
        words = "; ".join(f"{word}: {meaning}" for word, meaning in entries.items())
        return replace(one, spelt_out=words) if words else one

    result = []
    for heading, lines in sections:
        claims = [
            replace(claim, evidence=tuple(map(with_meanings, claim.evidence)))
            if claim.evidence
            else claim
            for claim in lines
        ]
        result.append((heading, claims))
    return result, spelt


def follow_up(created: str, *, is_board: bool = False, has_start: bool = False) -> str:
    """When and how to look again, eight weeks after the brief was made.

    What to check is the step to start, where the page has one.
    """
    due = date.fromisoformat(created) + timedelta(weeks=_WEEKS)
    if is_board:
        return (
            f"Follow up: at the first meeting after {english.day(due.isoformat())}, ask each "
            "agency for one thing that is different for a child, and put the answer in the minutes."
        )
    how = "in supervision or by dip sample"
    step = f"check {how} how often the step under “Start” is taken"
    check = step if has_start else f"check again {how}"
    return (
        f"Follow up: by {english.day(due.isoformat())}, {check}, and tell the learning lead what "
        "changed for a child."
    )


def methods(
    material: Material,
    subject: Subject,
    quoter: Quoter,
    *,
    has_likely: bool = False,
) -> tuple[str, ...]:
    """How the brief was made, what it cannot say, and how sure its counts are."""
    likely = likely_reports(material, subject) if has_likely else ""
    of_one = subject.kind == "report"
    reports = "the report" if of_one else english.some(len(material.reports), "report")
    # A web page or a Word file has no pages that stay the same.
    place = "its page" if not of_one or material.has_pages(subject.id) else "the report"
    made = (
        "Dates, bodies and owners are as in the report."
        if of_one
        else "Counts and sources are worked out by the program;"
    )
    words = "the quotes" if of_one else "them"
    made = f"{made} {'People' if of_one else 'people'} wrote the words around {words}."
    lines = [
        f"How this was made: a computer program sorted the sentences of {reports}. Every quote is "
        f"word for word and was checked against {place}. {made}",
        "What it cannot say: how common this is where nobody looked. The program makes "
        f"mistakes, so read the page before you act.{likely}{_left_out(subject, quoter)}",
    ]
    return tuple(lines)


def _left_out(subject: Subject, quoter: Quoter) -> str:
    why = []
    if subject.rows["hindsight"].map(bool).any():
        why.append("judge with hindsight")
    if quoter.identifying:
        why.append("could identify someone")
    done = "left out" if subject.kind == "report" else "counted, not quoted"
    return f" Sentences that {english.listed(why, 'or')} are {done}." if why else ""
