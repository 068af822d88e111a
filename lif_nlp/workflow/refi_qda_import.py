"""Edits of themes from what people coded in NVivo and similar programs (REFI-QDA)."""

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
"""The ID of a finding, and that of a theme or of a code in the file."""

CodersBefore = Mapping[Key, frozenset[str]]
"""Who assigned a finding to a theme before the import; `MACHINE` if nobody did."""


def codebook_edits(themes: ThemeSet, path: Path, provenance: Mapping[str, Any]) -> list[Edit]:
    """Edits for the themes that a `.qdc` codebook renames, and for its new codes.

    Themes that are not in the file are unchanged.  Raises UnreadableError if the file is
    not a codebook.
    """
    codes = read_codebook(path)
    theme_of_code = _themes_of(codes, themes)
    new_codes = [
        Edit("create", "", code.name) for code in codes if code.code_id not in theme_of_code
    ]
    return _with_provenance([*_renamed(codes, theme_of_code, themes), *new_codes], provenance)


def project_edits(
    session: Session, themes: ThemeSet, path: Path, provenance: Mapping[str, Any]
) -> tuple[list[Edit], tuple[str, ...]]:
    """Edits for what people coded, renamed and withdrew in a `.qdpx` project, and notes.

    A coding applies to each finding if it covers more than half of the finding, or the
    finding covers more than half of the coding.  A coding of ours that was deleted counts as
    withdrawn if its coder still has others in that report.  The author in `provenance` is
    used for coders without a name.  The notes say what could not be used.  Raises
    UnreadableError if the file is not a project.
    """
    project_file = read_project(path)
    theme_of_code = _themes_of(project_file.codes, themes)
    overlay = _overlay(session, project_file)
    coders_before = _coders_before(session, themes, overlay.reports)
    edits = [
        *_renamed(project_file.codes, theme_of_code, themes),
        *_added(project_file, overlay, theme_of_code, coders_before, provenance["author"]),
        *_taken_back(overlay, theme_of_code, coders_before),
    ]
    if project_file.left_out:
        overlay.notes.append(f"{project_file.left_out} codings are not of text and were left out")
    return _with_provenance(edits, provenance), tuple(overlay.notes)


@dataclass
class _Overlay:
    """Codings matched to our findings: who gave each finding which code."""

    coders_of: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))
    reports: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Coders with codings in each report."""
    notes: list[str] = field(default_factory=list)


def _overlay(session: Session, project_file: Project) -> _Overlay:
    """The codings of a project, matched to our findings."""
    frame = session.store.frame("documents")
    # duplicates have the same text; sorted last, the report that counts takes it
    frame = frame[frame["status"].eq("ok")].sort_values(
        "duplicate_of", ascending=False, kind="stable"
    )
    doc_ids = frame["doc_id"].tolist()
    # some programs strip the end of a text
    texts = {session.store.text_of(doc_id).rstrip(): doc_id for doc_id in doc_ids}
    ours = {source_guid(doc_id) for doc_id in doc_ids}
    by_doc: dict[str, list[Finding]] = defaultdict(list)
    for finding in session.store.findings():
        by_doc[finding.doc_id].append(finding)
    codings: dict[str, list[Coding]] = defaultdict(list)
    for coding in project_file.codings:
        codings[coding.source].append(coding)
    overlay = _Overlay()
    for source in project_file.sources:
        source_codings = codings[source.source_id]
        doc_id = texts.get(source.text.rstrip(), "")
        if doc_id:
            _match_codings(
                overlay, source_codings, doc_id, sorted(by_doc[doc_id], key=lambda f: f.start)
            )
        elif source_codings:
            is_ours = source.source_id.strip("{}").upper() in ours
            why = "its text was changed" if is_ours else "no such report is in the workspace"
            overlay.notes.append(
                f"source {source.source_id}: {why}, so its {len(source_codings)} codings were "
                "left out"
            )
    return overlay


def _match_codings(
    overlay: _Overlay, codings: Sequence[Coding], doc_id: str, findings: Sequence[Finding]
) -> None:
    starts, ends = [f.start for f in findings], [f.end for f in findings]
    for coding in codings:
        overlay.reports[doc_id].add(coding.author)
        # Findings do not overlap, so that their ends are in order too.
        overlapping = findings[bisect_right(ends, coding.start) : bisect_left(starts, coding.end)]
        matched_ids = [f.finding_id for f in overlapping if _covers(coding, f)]
        for finding_id in matched_ids:
            overlay.coders_of[finding_id, coding.code].add(coding.author)
        if not matched_ids:
            overlay.notes.append(
                f"report {doc_id}, characters {coding.start} to {coding.end}: there is no "
                "finding there (a heading, or boilerplate), so the coding was left out"
            )


def _covers(coding: Coding, finding: Finding) -> bool:
    overlap = min(coding.end, finding.end) - max(coding.start, finding.start)
    shorter = min(coding.end - coding.start, finding.end - finding.start)
    return overlap > 0 and 2 * overlap > shorter


def _coders_before(session: Session, themes: ThemeSet, reports: Iterable[str]) -> CodersBefore:
    """Who assigned the findings of these reports to their themes."""
    people = coders(session.store.edits())
    among = set(reports)
    return {
        key: frozenset(people.get(key, (MACHINE,)))
        for a in themes.assignments
        if (key := (a.finding_id, a.theme_id)) and _doc_id(a.finding_id) in among
    }


def _added(
    project_file: Project,
    overlay: _Overlay,
    theme_of_code: Mapping[str, str],
    coders_before: CodersBefore,
    author: str,
) -> Iterator[Edit]:
    """One edit for each code and coder with new codings."""
    names = {code.code_id: code.name for code in project_file.codes}
    theme_of = dict(theme_of_code)
    for (code, coder), ids in sorted(
        _new_codings(project_file, overlay, theme_of_code, coders_before, author).items()
    ):
        matches = tuple(sorted(ids))
        if code in theme_of:
            yield Edit("add", theme_of[code], "", matches, author=coder)
        else:
            # The first coder of a new code makes the theme; all others add to it.
            first = Edit("create", "", names[code], matches, author=coder)
            theme_of[code] = made_id(first)
            yield first


def _new_codings(
    project_file: Project,
    overlay: _Overlay,
    theme_of_code: Mapping[str, str],
    coders_before: CodersBefore,
    author: str,
) -> dict[tuple[str, str], set[str]]:
    """Findings with a new coding, by code and coder; notes say what was left out."""
    # Without a coding in the machine's name the file does not tell its codings from a person's.
    has_machine_user = any(coding.author == MACHINE for coding in project_file.codings)
    codes = {code.code_id for code in project_file.codes}
    new_ids: dict[tuple[str, str], set[str]] = defaultdict(set)
    unsigned_count = unknown_count = 0
    for (finding_id, code), who in sorted(overlay.coders_of.items()):
        coders_here = coders_before.get((finding_id, theme_of_code.get(code, "")), frozenset())
        for coder in sorted(who - coders_here - {MACHINE}):
            if code not in codes:
                unknown_count += 1
            elif not has_machine_user and MACHINE in coders_here:
                unsigned_count += 1
            else:
                new_ids[code, coder or author].add(finding_id)
    if unknown_count:
        overlay.notes.append(
            f"{unknown_count} codings name a code that is not in the file's codebook"
        )
    if unsigned_count:
        overlay.notes.append(
            f"{unsigned_count} codings are the machine's own, and the file does not say who "
            "checked them; they are unchanged"
        )
    return new_ids


def _taken_back(
    overlay: _Overlay, theme_of_code: Mapping[str, str], coders_before: CodersBefore
) -> Iterator[Edit]:
    """Edits for codings that were deleted by coders who still have others in the report."""
    still_coded = {
        (finding_id, theme_of_code.get(code, "")) for finding_id, code in overlay.coders_of
    }
    codes = set(theme_of_code.values())
    withdrawn: dict[str, list[str]] = defaultdict(list)
    for key, who in sorted(coders_before.items()):
        finding_id, theme_id = key
        all_coders_are_back = who <= overlay.reports[_doc_id(finding_id)]
        if all_coders_are_back and theme_id in codes and key not in still_coded:
            withdrawn[theme_id].append(finding_id)
    for theme_id, ids in withdrawn.items():
        yield Edit("reassign", theme_id, "", tuple(ids))


def _themes_of(codes: Sequence[Code], themes: ThemeSet) -> dict[str, str]:
    """The theme of each code, by ID or else by name; new codes are left out."""
    by_guid = {theme_guid(t.theme_id): t.theme_id for t in themes.themes}
    by_name = {t.name.casefold(): t.theme_id for t in themes.themes}
    matches = {
        c.code_id: by_guid.get(c.code_id.strip("{}").upper()) or by_name.get(c.name.casefold(), "")
        for c in codes
    }
    return {code_id: theme_id for code_id, theme_id in matches.items() if theme_id}


def _renamed(
    codes: Sequence[Code], theme_of_code: Mapping[str, str], themes: ThemeSet
) -> Iterator[Edit]:
    names = {t.theme_id: t.name for t in themes.themes}
    for code in codes:
        theme_id = theme_of_code.get(code.code_id)
        if theme_id and code.name and code.name != names[theme_id]:
            yield Edit("rename", theme_id, code.name)


def _with_provenance(edits: Iterable[Edit], provenance: Mapping[str, Any]) -> list[Edit]:
    """The edits with their provenance; the author is used where the file names no coder."""
    return [
        replace(edit, **{**provenance, "author": edit.author or provenance["author"]})
        for edit in edits
    ]


def _doc_id(finding_id: str) -> str:
    return finding_id.partition(":")[0]
