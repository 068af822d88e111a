"""Coded reports for NVivo, ATLAS.ti, MAXQDA and QualCoder: REFI-QDA `.qdpx` files.

Such a file is a ZIP: `project.qde` (users, codebook, and which characters of which source
carry which code) beside a folder with the sources as plain text.  Positions count Unicode
characters (code points, not bytes and not UTF-16 halves) from 0, the end excluded; a line
ends with one line feed.  `refi_read` reads such a file again.
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
"""User to whom the machine's codings belong."""

Coders = Mapping[tuple[str, str], Sequence[str]]
"""The people who gave a finding (its id) a theme (its id)."""

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

    `coders` names the people behind a coding; all others are the machine's.  Each coder is
    a user of their own with codings of their own, so that labels of people and of the
    machine stay apart in the other program too.  `created` is an ISO time,
    "2024-05-01T09:00:00Z".  The same input gives the same bytes.
    """
    inside = _by_document(findings, themes, assignments)
    held = sorted(documents, key=lambda d: d.doc_id)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(_entry("project.qde"), "w") as file, document(file) as xml:
            root = {"xmlns": PROJECT, "name": _NAME, "origin": ORIGIN}
            with element(xml, "Project", **root, creationDateTime=created):
                _write_users(xml, inside, coders or {})
                with element(xml, "CodeBook"):
                    write_codes(xml, themes, meanings or {})
                if held:
                    _write_sources(xml, held, inside, coders or {}, created)
        for one in held:
            content = one.text.encode("utf-8", "replace")
            archive.writestr(_entry(f"{_FOLDER}/{source_guid(one.doc_id)}.txt"), content)
    return out.getvalue()


def source_guid(doc_id: str) -> str:
    """The id of a report in the other program."""
    return guid("source", doc_id)


def _by_document(
    findings: Iterable[Finding], themes: Sequence[Theme], assignments: Iterable[Assignment]
) -> dict[str, list[tuple[Finding, Assignment]]]:
    known = {theme.theme_id for theme in themes}
    by_id = {f.finding_id: f for f in findings}
    found: dict[str, list[tuple[Finding, Assignment]]] = {}
    for a in assignments:
        if a.finding_id in by_id and a.theme_id in known:
            finding = by_id[a.finding_id]
            found.setdefault(finding.doc_id, []).append((finding, a))
    for coded in found.values():
        coded.sort(key=lambda pair: (pair[0].start, pair[0].end, pair[1].theme_id))
    return found


def _write_users(
    xml: XMLGenerator,
    inside: Mapping[str, Sequence[tuple[Finding, Assignment]]],
    coders: Coders,
) -> None:
    coded = (pair for pairs in inside.values() for pair in pairs)
    people = {coder for f, a in coded for coder in coders.get((f.finding_id, a.theme_id), ())}
    with element(xml, "Users"):
        for user in sorted(people | {MACHINE}):
            with element(xml, "User", guid=guid("user", user), name=user):
                pass


def _write_sources(
    xml: XMLGenerator,
    documents: Sequence[Document],
    inside: Mapping[str, Sequence[tuple[Finding, Assignment]]],
    coders: Coders,
    created: str,
) -> None:
    # programs tell sources apart by their names
    names = Counter(d.title or d.source for d in documents)
    with element(xml, "Sources"):
        for one in documents:
            title = one.title or one.source
            made = {
                "guid": source_guid(one.doc_id),
                "name": f"{title} ({one.doc_id})" if names[title] > 1 else title,
                "plainTextPath": f"internal://{source_guid(one.doc_id)}.txt",
                "creatingUser": guid("user", MACHINE),
                "creationDateTime": created,
            }
            with element(xml, "TextSource", **made):
                for finding, a in inside.get(one.doc_id, ()):
                    for coder in coders.get((finding.finding_id, a.theme_id), (MACHINE,)):
                        _write_coding(xml, finding, a, coder, created)


def _write_coding(
    xml: XMLGenerator, finding: Finding, a: Assignment, coder: str, created: str
) -> None:
    key = (finding.finding_id, a.theme_id, coder)
    made = {"creatingUser": guid("user", coder), "creationDateTime": created}
    place = {"startPosition": str(finding.start), "endPosition": str(finding.end)}
    with element(xml, "PlainTextSelection", guid=guid("selection", *key), **place, **made):
        sure = f", confidence {a.confidence:.2f}" if coder == MACHINE else ""
        describe(xml, f"{finding.role}, page {finding.page}{sure}")
        with (
            element(xml, "Coding", guid=guid("coding", *key), **made),
            element(xml, "CodeRef", targetGUID=theme_guid(a.theme_id)),
        ):
            pass


def _entry(name: str) -> zipfile.ZipInfo:
    # A fixed date: the same project gives the same file.
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
