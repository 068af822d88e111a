"""Themes and coded reports for programs of qualitative analysis (REFI-QDA), and back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from lif_nlp.records import Finding, Theme, ThemeSet
from lif_nlp.themes import Edit, edit_log
from lif_nlp.themes.coders import coders
from lif_nlp.themes.edits import made_id
from lif_nlp.themes.refi import Code, codebook, read_codebook, theme_guid
from lif_nlp.themes.refi_project import MACHINE, project, source_guid
from lif_nlp.themes.refi_read import Coding, Project, read_project
from lif_nlp.workflow.manifest import write_atomically
from lif_nlp.workflow.session import Session

Key = tuple[str, str]
"""A finding id and a theme id."""


def export_codebook(session: Session, themes: ThemeSet, path: Path) -> int:
    """Write the themes that nobody rejected as a `.qdc` codebook; returns how many."""
    kept = _kept(themes)
    write_atomically(path, codebook(kept, _meanings(session)))
    return len(kept)


def export_project(session: Session, themes: ThemeSet, path: Path) -> int:
    """Write the reports with their coded findings as a `.qdpx` project; returns the codings.

    Rejected themes are left out, and second copies of a report.
    """
    store, kept = session.store, _kept(themes)
    frame = store.frame("documents")
    counted = frame[frame["status"].eq("ok") & frame["duplicate_of"].eq("")]
    ids = {theme.theme_id for theme in kept}
    given = [a for a in themes.assignments if a.theme_id in ids]
    findings = {f.finding_id: f for f in store.findings() if f.doc_id in set(counted["doc_id"])}
    content = project(
        (store.document(doc_id) for doc_id in counted["doc_id"]),
        findings.values(),
        kept,
        given,
        created=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        coders=coders(edit_log(themes)),
        meanings=_meanings(session),
    )
    write_atomically(path, content)
    return sum(a.finding_id in findings for a in given)


def codebook_edits(themes: ThemeSet, path: Path, author: str, now: str) -> list[Edit]:
    """What a `.qdc` codebook changes: new names of themes, and codes that are new.

    A code that is not in the file is left as it is.  Raises UnreadableError when the
    file is no codebook.
    """
    codes = read_codebook(path)
    known = _themes_of(codes, themes)
    new = [Edit("create", "", c.name, (), author, now) for c in codes if c.code_id not in known]
    return [*_renamed(codes, known, themes, author, now), *new]


def project_edits(
    session: Session, themes: ThemeSet, path: Path, author: str, now: str
) -> tuple[list[Edit], list[str]]:
    """What people coded, renamed and uncoded in a `.qdpx` project, and what cannot be taken.

    A coding belongs to each finding of which it covers more than half, or that covers
    more than half of it.  A coding of ours that is gone from a report in which its coder
    still has others counts as taken back.  `author` is used where a coder has no name.
    Raises UnreadableError when the file is no project.
    """
    held = read_project(path)
    known = _themes_of(held.codes, themes)
    read = _read(session, held)
    standing = _standing(themes, read.reports)
    edits = _renamed(held.codes, known, themes, author, now)
    edits += _given(held, read, known, standing, author, now)
    edits += _taken_back(read, known, standing, author, now)
    if held.left_out:
        read.notes.append(f"{held.left_out} codings are not of text and were left out")
    return edits, read.notes


@dataclass
class _Read:
    """Who said that a finding carries a code, over the reports that were recognised."""

    said: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))
    reports: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Of each report the coders who have codings in it."""
    notes: list[str] = field(default_factory=list)


def _read(session: Session, held: Project) -> _Read:
    """The codings of a project, laid over our findings."""
    frame = session.store.frame("documents")
    doc_ids = frame.loc[frame["status"].eq("ok"), "doc_id"].tolist()
    # programs differ in what they keep of the end of a text
    texts = {session.store.text_of(doc_id).rstrip(): doc_id for doc_id in doc_ids}
    ours = {source_guid(doc_id) for doc_id in doc_ids}
    by_doc: dict[str, list[Finding]] = defaultdict(list)
    for finding in session.store.findings():
        by_doc[finding.doc_id].append(finding)
    codings: dict[str, list[Coding]] = defaultdict(list)
    for coding in held.codings:
        codings[coding.source].append(coding)
    read = _Read()
    for source in held.sources:
        mine = codings[source.source_id]
        doc_id = texts.get(source.text.rstrip(), "")
        if doc_id:
            _lay(read, mine, doc_id, sorted(by_doc[doc_id], key=lambda f: f.start))
        elif mine:
            changed = source.source_id.strip("{}").upper() in ours
            why = "its text was changed" if changed else "no such report is in the workspace"
            read.notes.append(
                f"source {source.source_id}: {why}, so its {len(mine)} codings were left out"
            )
    return read


def _lay(read: _Read, codings: Sequence[Coding], doc_id: str, findings: Sequence[Finding]) -> None:
    starts, ends = [f.start for f in findings], [f.end for f in findings]
    for coding in codings:
        read.reports[doc_id].add(coding.author)
        near = findings[bisect_right(ends, coding.start) : bisect_left(starts, coding.end)]
        met = [f.finding_id for f in near if _covers(coding, f)]
        for finding_id in met:
            read.said[finding_id, coding.code].add(coding.author)
        if not met:
            read.notes.append(
                f"report {doc_id}, characters {coding.start} to {coding.end}: no finding stands "
                "there (a heading, or wording that is left out), so the coding was left out"
            )


def _covers(coding: Coding, finding: Finding) -> bool:
    shared = min(coding.end, finding.end) - max(coding.start, finding.start)
    shorter = min(coding.end - coding.start, finding.end - finding.start)
    return shared > 0 and 2 * shared > shorter


def _standing(themes: ThemeSet, reports: Iterable[str]) -> dict[Key, frozenset[str]]:
    """Who gave each finding of these reports its themes."""
    people = coders(edit_log(themes))
    among = set(reports)
    return {
        key: frozenset(people.get(key, (MACHINE,)))
        for a in themes.assignments
        if (key := (a.finding_id, a.theme_id)) and a.finding_id.partition(":")[0] in among
    }


def _given(
    held: Project,
    read: _Read,
    known: Mapping[str, str],
    standing: Mapping[Key, frozenset[str]],
    author: str,
    now: str,
) -> list[Edit]:
    """What people coded and did not stand yet, one edit per code and coder."""
    signed = any(coding.author == MACHINE for coding in held.codings)
    names = {code.code_id: code.name for code in held.codes}
    given: dict[Key, set[str]] = defaultdict(set)
    unsigned = unknown = 0
    for (finding_id, code), who in sorted(read.said.items()):
        here = standing.get((finding_id, known.get(code, "")), frozenset())
        for coder in sorted(who - here - {MACHINE}):
            if code not in names:
                unknown += 1
            elif not signed and MACHINE in here:
                unsigned += 1
            else:
                given[code, coder or author].add(finding_id)
    if unknown:
        read.notes.append(f"{unknown} codings name a code that is not in the file's codebook")
    if unsigned:
        read.notes.append(
            f"{unsigned} codings are the machine's own, and the file does not say who checked "
            "them; they are left as they are"
        )
    edits: list[Edit] = []
    made = dict(known)
    for (code, coder), ids in sorted(given.items()):
        found = tuple(sorted(ids))
        if code in made:
            edits.append(Edit("add", made[code], "", found, coder, now))
        else:
            edits.append(Edit("create", "", names[code], found, coder, now))
            made[code] = made_id(edits[-1])
    return edits


def _taken_back(
    read: _Read,
    known: Mapping[str, str],
    standing: Mapping[Key, frozenset[str]],
    author: str,
    now: str,
) -> Iterator[Edit]:
    there = {(finding_id, known.get(code, "")) for finding_id, code in read.said}
    codes = set(known.values())
    gone: dict[str, list[str]] = defaultdict(list)
    for key, who in sorted(standing.items()):
        finding_id, theme_id = key
        seen = who <= read.reports[finding_id.partition(":")[0]]
        if seen and theme_id in codes and key not in there:
            gone[theme_id].append(finding_id)
    for theme_id, ids in gone.items():
        yield Edit("reassign", theme_id, "", tuple(ids), author, now)


def _themes_of(codes: Sequence[Code], themes: ThemeSet) -> dict[str, str]:
    """The theme that each code is, by its id or else by its name; new codes are not there."""
    by_guid = {theme_guid(t.theme_id): t.theme_id for t in themes.themes}
    by_name = {t.name.casefold(): t.theme_id for t in themes.themes}
    found = {
        c.code_id: by_guid.get(c.code_id.strip("{}").upper()) or by_name.get(c.name.casefold(), "")
        for c in codes
    }
    return {code_id: theme_id for code_id, theme_id in found.items() if theme_id}


def _renamed(
    codes: Sequence[Code], known: Mapping[str, str], themes: ThemeSet, author: str, now: str
) -> list[Edit]:
    names = {t.theme_id: t.name for t in themes.themes}
    return [
        Edit("rename", known[c.code_id], c.name, (), author, now)
        for c in codes
        if c.code_id in known and c.name and c.name != names[known[c.code_id]]
    ]


def _kept(themes: ThemeSet) -> list[Theme]:
    return [theme for theme in themes.themes if theme.status != "rejected"]


def _meanings(session: Session) -> dict[str, str]:
    return {theme.code: theme.definition for theme in session.framework.themes}
