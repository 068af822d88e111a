"""Coded reports for NVivo, ATLAS.ti, MAXQDA and QualCoder, and back: REFI-QDA `.qdpx` files.

Such a file is a ZIP: `project.qde` (users, codebook, and which characters of which source
carry which code) beside a folder with the sources as plain text.  Positions count Unicode
characters (code points, not bytes and not UTF-16 halves) from 0, the end excluded; a line
ends with one line feed.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.sax.saxutils import XMLGenerator

from lif_nlp.errors import UnreadableError
from lif_nlp.records import Assignment, Document, Finding, Theme
from lif_nlp.themes.refi import (
    ORIGIN,
    Code,
    codes_in,
    describe,
    document,
    element,
    guid,
    parse,
    theme_guid,
    write_codes,
)

PROJECT = "urn:QDA-XML:project:1.0"
MACHINE = "lif_nlp"
"""User to whom the machine's codings belong."""

Coders = Mapping[tuple[str, str], Sequence[str]]
"""The people who gave a finding (its id) a theme (its id)."""

_FOLDER = "Sources"
_LARGEST = 1 << 30
_CODINGS = "{*}PlainTextSelection"


@dataclass(frozen=True, slots=True)
class Source:
    """A text of a project, with line feeds as line ends."""

    source_id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Coding:
    """Characters `start` to `end` of the source `source` carry a code, said by `author`."""

    source: str
    start: int
    end: int
    code: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """What a project holds; `left_out` counts codings of pictures, sound and whole sources."""

    codes: tuple[Code, ...]
    sources: tuple[Source, ...]
    codings: tuple[Coding, ...]
    left_out: int = 0


def project(
    documents: Iterable[Document],
    findings: Iterable[Finding],
    themes: Sequence[Theme],
    assignments: Iterable[Assignment],
    *,
    created: str,
    coders: Coders | None = None,
    meanings: Mapping[str, str] | None = None,
    name: str = "Learning from reviews",
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
            root = {"xmlns": PROJECT, "name": name, "origin": ORIGIN, "creationDateTime": created}
            with element(xml, "Project", **root):
                _write_users(xml, inside, coders or {})
                with element(xml, "CodeBook"):
                    write_codes(xml, themes, meanings or {})
                if held:
                    _write_sources(xml, held, inside, coders or {}, created)
        for one in held:
            content = one.text.encode("utf-8", "replace")
            archive.writestr(_entry(f"{_FOLDER}/{source_guid(one.doc_id)}.txt"), content)
    return out.getvalue()


def read_project(path: Path) -> Project:
    """The codes, texts and codings of a `.qdpx` project.

    Raises UnreadableError when the file is no REFI-QDA project, is broken or is larger
    than 1 GiB when unpacked.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            root = parse(path, _read(archive, path, _named(archive, "project.qde")))
            users = {u.get("guid"): u.get("name", "") for u in root.iterfind("{*}Users/{*}User")}
            holders = [*root.iterfind("{*}Sources/{*}TextSource"),
                       *root.iterfind("{*}Sources/{*}PDFSource/{*}Representation")]  # fmt: skip
            sources: list[Source] = []
            codings: list[Coding] = []
            # ATLAS.ti counts a line end as one character, whatever the text file holds
            two_for_a_line = "ATLAS" not in root.get("origin", "").upper()
            for holder in holders:
                text = _text(archive, path, holder)
                sources.append(Source(holder.get("guid", ""), holder.get("name", ""), _unix(text)))
                shift = _Shift(text) if two_for_a_line else None
                codings += _codings(path, holder, users, shift)
    except (OSError, zipfile.BadZipFile, KeyError) as error:
        raise UnreadableError(
            path, "no REFI-QDA project", "export it again as .qdpx (REFI-QDA project)"
        ) from error
    references = sum(1 for _ in root.iter("{*}CodeRef"))
    codes = tuple(codes_in(root.find("{*}CodeBook/{*}Codes")))
    return Project(codes, tuple(sources), tuple(codings), references - len(codings))


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
        sure = f", strength {a.strength:.2f}" if coder == MACHINE else ""
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


def _named(archive: zipfile.ZipFile, name: str) -> str:
    """The entry of this name in any folder; programs differ in folders and capitals."""
    for entry in archive.namelist():
        if entry.replace("\\", "/").rpartition("/")[2].casefold() == name.casefold():
            return entry
    raise KeyError(name)


def _read(archive: zipfile.ZipFile, path: Path, name: str) -> bytes:
    if archive.getinfo(name).file_size > _LARGEST:
        raise UnreadableError(path, "a part of more than 1 GiB", "export fewer sources")
    return archive.read(name)


def _text(archive: zipfile.ZipFile, path: Path, holder: ET.Element) -> str:
    """The text of a source as its positions count it; empty where it lies outside the file."""
    inline = holder.findtext("{*}PlainTextContent")
    if inline is not None:
        return inline
    place = holder.get("plainTextPath", "")
    if not place.startswith("internal://"):
        return ""
    content = _read(archive, path, _named(archive, place.rpartition("/")[2]))
    return content.decode("utf-8-sig", "replace")


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n")


class _Shift:
    """From positions in a text whose lines end with two characters to those with one."""

    def __init__(self, text: str) -> None:
        self.ends = [match.start() for match in re.finditer("\r\n", text)]

    def __call__(self, position: int) -> int:
        from bisect import bisect_left

        return position - bisect_left(self.ends, position)


def _codings(
    path: Path, holder: ET.Element, users: Mapping[str | None, str], shift: _Shift | None
) -> Iterator[Coding]:
    for passage in holder.iterfind(_CODINGS):
        try:
            ends = [int(passage.get(key, "")) for key in ("startPosition", "endPosition")]
        except ValueError as error:
            raise UnreadableError(
                path, "a selection without positions", "export it again as .qdpx"
            ) from error
        start, end = [shift(place) for place in ends] if shift else ends
        for coding in passage.iterfind("{*}Coding"):
            reference = coding.find("{*}CodeRef")
            if reference is not None:
                user = coding.get("creatingUser") or passage.get("creatingUser")
                code = reference.get("targetGUID", "")
                yield Coding(holder.get("guid", ""), start, end, code, users.get(user, ""))
