"""What people did in a program of qualitative analysis (REFI-QDA) -> edits of themes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lif_nlp.interchange.refi_qda.codebook import Code, read_codebook, theme_guid
from lif_nlp.interchange.refi_qda.project_reader import Coding, Project, read_project
from lif_nlp.interchange.refi_qda.project_writer import MACHINE, source_guid
from lif_nlp.records import Edit, Finding, ThemeSet
from lif_nlp.runtime.session import Session
from lif_nlp.themes.revision.coders import coders
from lif_nlp.themes.revision.edit_log import made_id

Key = tuple[str, str]
"""A finding id and the id of a theme, or of a code of the file."""

Standing = Mapping[Key, frozenset[str]]
"""Who gave a finding its theme, before the file came."""


def codebook_edits(themes: ThemeSet, path: Path, provenance: Mapping[str, Any]) -> list[Edit]:
    """What a `.qdc` codebook changes: new names of themes, and codes that are new.

    A code that is not in the file is left as it is.  Raises UnreadableError when the
    file is no codebook.
    """
    codes = read_codebook(path)
    known = _themes_of(codes, themes)
    new = [Edit("create", "", code.name) for code in codes if code.code_id not in known]
    return _signed([*_renamed(codes, known, themes), *new], provenance)


def project_edits(
    session: Session, themes: ThemeSet, path: Path, provenance: Mapping[str, Any]
) -> tuple[list[Edit], tuple[str, ...]]:
    """What people coded, renamed and uncoded in a `.qdpx` project, and what cannot be taken.

    A coding belongs to each finding of which it covers more than half, or that covers
    more than half of it.  A coding of ours that is gone from a report in which its coder
    still has others counts as taken back.  The author in `provenance` is used where a coder
    has no name.
    Raises UnreadableError when the file is no project.
    """
    held = read_project(path)
    known = _themes_of(held.codes, themes)
    laid = _laid_over(session, held)
    standing = _standing(session, themes, laid.reports)
    edits = [
        *_renamed(held.codes, known, themes),
        *_given(held, laid, known, standing, provenance["author"]),
        *_taken_back(laid, known, standing),
    ]
    if held.left_out:
        laid.notes.append(f"{held.left_out} codings are not of text and were left out")
    return _signed(edits, provenance), tuple(laid.notes)


@dataclass
class _Laid:
    """Codings laid over our findings: who said which code of each, in the reports we know."""

    said: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))
    reports: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Of each report the coders who have codings in it."""
    notes: list[str] = field(default_factory=list)


def _laid_over(session: Session, held: Project) -> _Laid:
    """The codings of a project, laid over our findings."""
    frame = session.store.frame("documents")
    # the report that counts comes after its second copies, and so has their text
    frame = frame[frame["status"].eq("ok")].sort_values(
        "duplicate_of", ascending=False, kind="stable"
    )
    doc_ids = frame["doc_id"].tolist()
    # programs differ in what they keep of the end of a text
    texts = {session.store.text_of(doc_id).rstrip(): doc_id for doc_id in doc_ids}
    ours = {source_guid(doc_id) for doc_id in doc_ids}
    by_doc: dict[str, list[Finding]] = defaultdict(list)
    for finding in session.store.findings():
        by_doc[finding.doc_id].append(finding)
    codings: dict[str, list[Coding]] = defaultdict(list)
    for coding in held.codings:
        codings[coding.source].append(coding)
    laid = _Laid()
    for source in held.sources:
        mine = codings[source.source_id]
        doc_id = texts.get(source.text.rstrip(), "")
        if doc_id:
            _lay(laid, mine, doc_id, sorted(by_doc[doc_id], key=lambda f: f.start))
        elif mine:
            changed = source.source_id.strip("{}").upper() in ours
            why = "its text was changed" if changed else "no such report is in the workspace"
            laid.notes.append(
                f"source {source.source_id}: {why}, so its {len(mine)} codings were left out"
            )
    return laid


def _lay(laid: _Laid, codings: Sequence[Coding], doc_id: str, findings: Sequence[Finding]) -> None:
    starts, ends = [f.start for f in findings], [f.end for f in findings]
    for coding in codings:
        laid.reports[doc_id].add(coding.author)
        near = findings[bisect_right(ends, coding.start) : bisect_left(starts, coding.end)]
        met = [f.finding_id for f in near if _covers(coding, f)]
        for finding_id in met:
            laid.said[finding_id, coding.code].add(coding.author)
        if not met:
            laid.notes.append(
                f"report {doc_id}, characters {coding.start} to {coding.end}: no finding stands "
                "there (a heading, or wording that is left out), so the coding was left out"
            )


def _covers(coding: Coding, finding: Finding) -> bool:
    shared = min(coding.end, finding.end) - max(coding.start, finding.start)
    shorter = min(coding.end - coding.start, finding.end - finding.start)
    return shared > 0 and 2 * shared > shorter


def _standing(session: Session, themes: ThemeSet, reports: Iterable[str]) -> Standing:
    """Who gave each finding of these reports its themes."""
    people = coders(session.store.edits())
    among = set(reports)
    return {
        key: frozenset(people.get(key, (MACHINE,)))
        for a in themes.assignments
        if (key := (a.finding_id, a.theme_id)) and _doc_id(a.finding_id) in among
    }


def _given(
    held: Project, laid: _Laid, known: Mapping[str, str], standing: Standing, author: str
) -> Iterator[Edit]:
    """What people coded and did not stand yet, one edit per code and coder."""
    names = {code.code_id: code.name for code in held.codes}
    made = dict(known)
    for (code, coder), ids in sorted(_new_codings(held, laid, known, standing, author).items()):
        found = tuple(sorted(ids))
        if code in made:
            yield Edit("add", made[code], "", found, author=coder)
        else:
            first = Edit("create", "", names[code], found, author=coder)
            made[code] = made_id(first)
            yield first


def _new_codings(
    held: Project, laid: _Laid, known: Mapping[str, str], standing: Standing, author: str
) -> dict[tuple[str, str], set[str]]:
    """Findings by code and coder where nothing like it stood; what is left out is noted."""
    signed = any(coding.author == MACHINE for coding in held.codings)
    codes = {code.code_id for code in held.codes}
    given: dict[tuple[str, str], set[str]] = defaultdict(set)
    unsigned = unknown = 0
    for (finding_id, code), who in sorted(laid.said.items()):
        here = standing.get((finding_id, known.get(code, "")), frozenset())
        for coder in sorted(who - here - {MACHINE}):
            if code not in codes:
                unknown += 1
            elif not signed and MACHINE in here:
                unsigned += 1
            else:
                given[code, coder or author].add(finding_id)
    if unknown:
        laid.notes.append(f"{unknown} codings name a code that is not in the file's codebook")
    if unsigned:
        laid.notes.append(
            f"{unsigned} codings are the machine's own, and the file does not say who checked "
            "them; they are left as they are"
        )
    return given


def _taken_back(laid: _Laid, known: Mapping[str, str], standing: Standing) -> Iterator[Edit]:
    """What stood and is gone from a report in which all who said it still have codings."""
    there = {(finding_id, known.get(code, "")) for finding_id, code in laid.said}
    codes = set(known.values())
    gone: dict[str, list[str]] = defaultdict(list)
    for key, who in sorted(standing.items()):
        finding_id, theme_id = key
        seen = who <= laid.reports[_doc_id(finding_id)]
        if seen and theme_id in codes and key not in there:
            gone[theme_id].append(finding_id)
    for theme_id, ids in gone.items():
        yield Edit("reassign", theme_id, "", tuple(ids))


def _themes_of(codes: Sequence[Code], themes: ThemeSet) -> dict[str, str]:
    """The theme that each code is, by its id or else by its name; new codes are not there."""
    by_guid = {theme_guid(t.theme_id): t.theme_id for t in themes.themes}
    by_name = {t.name.casefold(): t.theme_id for t in themes.themes}
    found = {
        c.code_id: by_guid.get(c.code_id.strip("{}").upper()) or by_name.get(c.name.casefold(), "")
        for c in codes
    }
    return {code_id: theme_id for code_id, theme_id in found.items() if theme_id}


def _renamed(codes: Sequence[Code], known: Mapping[str, str], themes: ThemeSet) -> Iterator[Edit]:
    names = {t.theme_id: t.name for t in themes.themes}
    for code in codes:
        theme_id = known.get(code.code_id)
        if theme_id and code.name and code.name != names[theme_id]:
            yield Edit("rename", theme_id, code.name)


def _signed(edits: Iterable[Edit], provenance: Mapping[str, Any]) -> list[Edit]:
    """The edits with when and from which file; with who decided where the file does not say."""
    return [
        replace(edit, **{**provenance, "author": edit.author or provenance["author"]})
        for edit in edits
    ]


def _doc_id(finding_id: str) -> str:
    return finding_id.partition(":")[0]
