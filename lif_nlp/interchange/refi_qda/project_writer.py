"""Writes coded reports for NVivo, ATLAS.ti, MAXQDA and QualCoder: REFI-QDA `.qdpx` files.

A project is a ZIP archive of `project.qde` (users, codebook, codings) and a folder with the
sources as plain text.  Positions count Unicode code points from 0, end exclusive; lines end
with LF.  `project_reader` reads such files.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import XMLGenerator

from lif_nlp.interchange.refi_qda.codebook import (
    ORIGIN,
    describe,
    document,
    element,
    guid,
    theme_guid,
    write_codes,
)
from lif_nlp.records import Assignment, Document, Finding, Theme

PROJECT = "urn:QDA-XML:project:1.0"
MACHINE = "lif_nlp"
"""User who owns the machine's codings."""

Coders = Mapping[tuple[str, str], Sequence[str]]
"""The people who assigned a finding to a theme, by (finding ID, theme ID)."""

_NAME = "Learning from reviews"
_FOLDER = "Sources"


def project(
    documents: Iterable[Document],
    findings: Iterable[Finding],
    themes: Sequence[Theme],
    assignments: Iterable[Assignment],
    *,
    created: str,
    coders: Coders | None = None,
    meanings: Mapping[str, str] | None = None,
) -> bytes:
    """A `.qdpx` project: each document's text with its coded findings.

    Parameters
    ----------
    created
        ISO time of the export, such as "2024-05-01T09:00:00Z".
    coders
        The people behind a coding; all other codings are the machine's.  Each coder is a
        user with separate codings, so that the labels of people and of the machine can be
        told apart in the other program.
    meanings
        Descriptions of themes, by ID.

    Returns
    -------
    bytes
        The same input gives the same bytes.
    """
    coded_by_doc = _by_document(findings, themes, assignments)
    reports = sorted(documents, key=lambda d: d.doc_id)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(_entry("project.qde"), "w") as file, document(file) as xml:
            root = {"xmlns": PROJECT, "name": _NAME, "origin": ORIGIN}
            with element(xml, "Project", **root, creationDateTime=created):
                _write_users(xml, coded_by_doc, coders or {})
                with element(xml, "CodeBook"):
                    write_codes(xml, themes, meanings or {})
                if reports:
                    _write_sources(xml, reports, coded_by_doc, coders or {}, created)
        for report in reports:
            # Half a character, from a careless PDF, becomes "?": one place, so offsets hold.
            content = report.text.encode("utf-8", "replace")
            archive.writestr(_entry(f"{_FOLDER}/{source_guid(report.doc_id)}.txt"), content)
    return out.getvalue()


def source_guid(doc_id: str) -> str:
    """The GUID of a report."""
    return guid("source", doc_id)


def _by_document(
    findings: Iterable[Finding], themes: Sequence[Theme], assignments: Iterable[Assignment]
) -> dict[str, list[tuple[Finding, Assignment]]]:
    theme_ids = {theme.theme_id for theme in themes}
    by_id = {f.finding_id: f for f in findings}
    coded_by_doc: dict[str, list[tuple[Finding, Assignment]]] = {}
    for assignment in assignments:
        if assignment.finding_id in by_id and assignment.theme_id in theme_ids:
            finding = by_id[assignment.finding_id]
            coded_by_doc.setdefault(finding.doc_id, []).append((finding, assignment))
    for codings in coded_by_doc.values():
        codings.sort(key=lambda pair: (pair[0].start, pair[0].end, pair[1].theme_id))
    return coded_by_doc


def _write_users(
    xml: XMLGenerator,
    coded_by_doc: Mapping[str, Sequence[tuple[Finding, Assignment]]],
    coders: Coders,
) -> None:
    codings = (pair for pairs in coded_by_doc.values() for pair in pairs)
    people = {
        coder
        for f, assignment in codings
        for coder in coders.get((f.finding_id, assignment.theme_id), ())
    }
    with element(xml, "Users"):
        for user in sorted(people | {MACHINE}):
            with element(xml, "User", guid=guid("user", user), name=user):
                pass


def _write_sources(
    xml: XMLGenerator,
    documents: Sequence[Document],
    coded_by_doc: Mapping[str, Sequence[tuple[Finding, Assignment]]],
    coders: Coders,
    created: str,
) -> None:
    # programs distinguish sources by name
    names = Counter(d.title or d.source for d in documents)
    with element(xml, "Sources"):
        for report in documents:
            title = report.title or report.source
            attributes = {
                "guid": source_guid(report.doc_id),
                "name": f"{title} ({report.doc_id})" if names[title] > 1 else title,
                "plainTextPath": f"internal://{source_guid(report.doc_id)}.txt",
                "creatingUser": guid("user", MACHINE),
                "creationDateTime": created,
            }
            with element(xml, "TextSource", **attributes):
                for finding, assignment in coded_by_doc.get(report.doc_id, ()):
                    for coder in coders.get((finding.finding_id, assignment.theme_id), (MACHINE,)):
                        _write_coding(xml, finding, assignment, coder, created)


def _write_coding(
    xml: XMLGenerator, finding: Finding, assignment: Assignment, coder: str, created: str
) -> None:
    key = (finding.finding_id, assignment.theme_id, coder)
    attributes = {"creatingUser": guid("user", coder), "creationDateTime": created}
    offsets = {"startPosition": str(finding.start), "endPosition": str(finding.end)}
    with element(xml, "PlainTextSelection", guid=guid("selection", *key), **offsets, **attributes):
        confidence = f", confidence {assignment.confidence:.2f}" if coder == MACHINE else ""
        describe(xml, f"{finding.role}, page {finding.page}{confidence}")
        with (
            element(xml, "Coding", guid=guid("coding", *key), **attributes),
            element(xml, "CodeRef", targetGUID=theme_guid(assignment.theme_id)),
        ):
            pass


def _entry(name: str) -> zipfile.ZipInfo:
    # a fixed date, so that the same project gives the same bytes
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
