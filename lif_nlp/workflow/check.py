"""One draft report -> framework check and hindsight notes for its authors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lif_nlp import briefs
from lif_nlp.annotate import (
    NO_EVIDENCE,
    CheckRow,
    check_against_framework,
    hindsight_wordings,
    not_asked,
)
from lif_nlp.atomic_write import write_even_if_open
from lif_nlp.config import Settings
from lif_nlp.errors import LifError, UnknownNameError
from lif_nlp.framework import Framework, load_framework
from lif_nlp.ingest import read
from lif_nlp.records import Brief, Claim, Document, Evidence, Finding, LabelEvidence, Section
from lif_nlp.text import english
from lif_nlp.workflow.annotate import standalone_annotator

NEAR = 2
"""A reason counts as near when it stands in the same or one of the next two sentences."""

_INTRODUCTION = (
    "These notes are about wording, not people. A flag means that a sentence uses hindsight; the"
    " question is one that would test it. Sentences with no reason nearby come first."
)


@dataclass(frozen=True, slots=True)
class HindsightNote:
    """One flagged wording, who says it, and the question that would test it.

    `explained` tells whether a reason stands in the same or the next two sentences.
    """

    finding: Finding
    mark: LabelEvidence
    explained: bool
    question: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a draft shows of the framework's requirements, and its hindsight wording."""

    document: Document
    brief: Brief
    notes: tuple[HindsightNote, ...]
    findings: int


def check(source: Path, settings: Settings) -> Checked:
    """Check one report without a workspace; raises LifError when it cannot be read."""
    framework = load_framework(settings.framework)
    document = _only(source, settings)
    annotator, _ = standalone_annotator(settings)
    findings = annotator.annotate(document).findings
    notes = tuple(hindsight_notes(findings, framework))
    rows = check_against_framework(document, findings, framework)
    by_id = {finding.finding_id: finding for finding in findings}
    sections = (
        Section(
            "Framework check",
            (
                *(_answer(row, by_id, document) for row in rows),
                *_left_out(document, framework),
            ),
        ),
        Section("Hindsight notes", tuple(_claims(notes, document, framework))),
    )
    brief = Brief(
        brief_id=f"check-{document.doc_id}",
        kind="check",
        subject=document.doc_id,
        title=f"Notes for authors: {document.title}",
        sections=sections,
        methods=(_INTRODUCTION, framework.rewrite_frame),
    )
    # As for every brief: no quote leaves that does not stand in the report word for word.
    briefs.verify(brief, lambda _: document.text)
    return Checked(document, brief, notes, len(findings))


def _answer(row: CheckRow, findings: Mapping[str, Finding], document: Document) -> Claim:
    """The answer to one requirement, with the finding that shows it best."""
    evidence_ids = row.finding_ids[:1]
    words = [f"{row.requirement}: {row.status}.", english.full_stop(row.text)]
    if row.missing and row.status != NO_EVIDENCE:
        words.append(f"Missing: {', '.join(row.missing)}.")
    words += [row.ask] if row.ask else []
    if set(evidence_ids) & set(row.against):
        # Otherwise the quote under a requirement would read as proof that it is met.
        words.append("The wording quoted counts against it.")
    evidence = tuple(_evidence(findings[finding_id], document) for finding_id in evidence_ids)
    return Claim("statement", " ".join(words), row.finding_ids, evidence)


def _left_out(document: Document, framework: Framework) -> Iterator[Claim]:
    """What was not asked, because the report is no review of practice."""
    if names := not_asked(document, framework):
        kinds = {kind.id: kind.name for kind in framework.review_types}
        kind = kinds.get(document.review_type, document.review_type)
        yield Claim(
            "statement",
            f"Not asked of this kind of report ({kind}): {', '.join(names)}.",
        )


def write_check(checked: Checked, path: Path, settings: Settings) -> None:
    """Write the notes as .html, .docx, .md ...; raises UnknownNameError for other endings."""
    form = path.suffix.removeprefix(".")
    writers = briefs.brief_writers()
    if form not in writers:
        raise UnknownNameError("format", form or path.name, list(writers))
    branding = briefs.resolve_branding(
        checked.brief, load_framework(settings.framework), settings.branding
    )
    write_even_if_open(path, writers[form](checked.brief, branding))


def hindsight_notes(findings: Sequence[Finding], framework: Framework) -> Iterator[HindsightNote]:
    """A note for each hindsight wording, those without a reason nearby first."""
    notes = [
        HindsightNote(
            finding,
            mark,
            any(near.why for near in findings[place : place + NEAR + 1]),
            framework.hindsight_code(mark.code).ask(mark.by.removeprefix("rule:")),
        )
        for place, finding in enumerate(findings)
        for mark in hindsight_wordings(finding)
    ]
    yield from sorted(notes, key=lambda note: (note.explained, note.finding.start))


def _only(source: Path, settings: Settings) -> Document:
    if not source.is_file():
        what = "a folder" if source.is_dir() else "no such file"
        raise LifError(f"{source}: {what}; give the path of one report")
    for result in read(source, framework=load_framework(settings.framework), settings=settings):
        if isinstance(result, Document):
            return result
        raise LifError(f"{result.source}: {result.reason}")
    raise LifError(f"{source}: holds no report")


def _claims(
    notes: Sequence[HindsightNote], document: Document, framework: Framework
) -> Iterator[Claim]:
    """A line for each note, which calls the kind of wording by its name in the framework."""
    if not notes:
        yield Claim("statement", "No hindsight wording was found.")
    for note in notes:
        why = "A reason is given nearby." if note.explained else "No reason is given nearby."
        yield Claim(
            "statement",
            f"{framework.hindsight_code(note.mark.code).name}. {why} {note.question}",
            (note.finding.finding_id,),
            (_evidence(note.finding, document),),
        )


def _evidence(finding: Finding, document: Document) -> Evidence:
    return Evidence(
        finding.finding_id,
        document.doc_id,
        finding.start,
        finding.end,
        finding.text,
        document.title,
        finding.page,
        finding.page_end,
        finding.paragraph,
        document.published,
    )
