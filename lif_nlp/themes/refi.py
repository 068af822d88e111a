"""Codebook and coded passages for NVivo, ATLAS.ti, MAXQDA and QualCoder, and back.

REFI-QDA is their common format: a `.qdc` file holds a codebook, a `.qdpx` file (a ZIP)
holds sources as plain text, the codebook and which characters carry which code.
"""

from __future__ import annotations

import uuid
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from lif_nlp.errors import UnreadableError
from lif_nlp.records import Assignment, Document, Finding, Theme

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
_SPACE = uuid.UUID("6f0c3d0e-8f0b-4f57-9a52-1f5f0a7f5a10")
_MACHINE = "lif_nlp"
_PERSON = "people"


@dataclass(frozen=True, slots=True)
class Coding:
    """Characters `start` to `end` of a source carry a code, said by `author`."""

    source: str
    start: int
    end: int
    code: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a codebook: its id, its name, and the id of the code above it."""

    code_id: str
    name: str
    parent: str = ""


def write_codebook(path: Path, themes: Sequence[Theme]) -> None:
    """Write the themes as a `.qdc` codebook, sub-themes under their themes."""
    ET.register_namespace("", CODEBOOK)
    root = ET.Element(f"{{{CODEBOOK}}}CodeBook", origin=_MACHINE)
    _add_codes(ET.SubElement(root, f"{{{CODEBOOK}}}Codes"), themes, CODEBOOK)
    path.write_bytes(_as_bytes(root))


def read_codebook(path: Path) -> tuple[Code, ...]:
    """The codes of a `.qdc` codebook, in its order; UnreadableError if it is none."""
    root = _parse(path, path.read_bytes())
    return tuple(_codes(root.find("{*}Codes"), ""))


def write_project(
    path: Path,
    documents: Sequence[Document],
    findings: Sequence[Finding],
    themes: Sequence[Theme],
    assignments: Iterable[Assignment],
    *,
    name: str = "Learning from reviews",
) -> None:
    """Write a `.qdpx` project: each document's text with its coded findings.

    The same input gives the same bytes.  Codings by machine and by people have
    different users, so that they stay apart in the other program too.
    """
    ET.register_namespace("", PROJECT)
    root = ET.Element(f"{{{PROJECT}}}Project", name=name, origin=_MACHINE)
    users = ET.SubElement(root, f"{{{PROJECT}}}Users")
    for user in (_MACHINE, _PERSON):
        ET.SubElement(users, f"{{{PROJECT}}}User", guid=_guid("user", user), name=user)
    book = ET.SubElement(root, f"{{{PROJECT}}}CodeBook")
    _add_codes(ET.SubElement(book, f"{{{PROJECT}}}Codes"), themes, PROJECT)
    sources = ET.SubElement(root, f"{{{PROJECT}}}Sources")
    inside = _by_document(findings, themes, assignments)
    for document in documents:
        _add_source(sources, document, inside.get(document.doc_id, []))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _store(archive, "project.qde", _as_bytes(root))
        for document in documents:
            file = f"sources/{_guid('source', document.doc_id)}.txt"
            _store(archive, file, document.text.encode("utf-8"))


def read_project(path: Path) -> tuple[tuple[Code, ...], tuple[Coding, ...]]:
    """The codes of a `.qdpx` project and what carries them in its text sources.

    Codings of pictures, sound and whole sources are left out.  Raises
    UnreadableError when the file is no REFI-QDA project.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            root = _parse(path, archive.read("project.qde"))
    except (zipfile.BadZipFile, KeyError) as error:
        raise UnreadableError(
            path, "no REFI-QDA project", "export it again as .qdpx (REFI-QDA project)"
        ) from error
    users = {u.get("guid", ""): u.get("name", "") for u in root.iterfind("{*}Users/{*}User")}
    codes = tuple(_codes(root.find("{*}CodeBook/{*}Codes"), ""))
    codings = [
        coding
        for source in root.iterfind("{*}Sources/{*}TextSource")
        for coding in _codings(source, users)
    ]
    return codes, tuple(codings)


def _guid(*parts: str) -> str:
    return str(uuid.uuid5(_SPACE, "|".join(parts))).upper()


def _add_codes(above: ET.Element, themes: Sequence[Theme], space: str) -> None:
    nodes: dict[str, ET.Element] = {}
    for theme in sorted(themes, key=lambda t: bool(t.parent)):
        nodes[theme.theme_id] = ET.SubElement(
            nodes.get(theme.parent, above),
            f"{{{space}}}Code",
            guid=_guid("code", theme.theme_id),
            name=theme.name,
            isCodable="true",
        )


def _by_document(
    findings: Sequence[Finding], themes: Sequence[Theme], assignments: Iterable[Assignment]
) -> dict[str, list[tuple[Finding, Assignment]]]:
    known = {theme.theme_id for theme in themes}
    by_id = {f.finding_id: f for f in findings}
    found: dict[str, list[tuple[Finding, Assignment]]] = {}
    for a in assignments:
        if a.finding_id in by_id and a.theme_id in known:
            finding = by_id[a.finding_id]
            found.setdefault(finding.doc_id, []).append((finding, a))
    return found


def _add_source(
    above: ET.Element, document: Document, coded: Sequence[tuple[Finding, Assignment]]
) -> None:
    guid = _guid("source", document.doc_id)
    source = ET.SubElement(
        above,
        f"{{{PROJECT}}}TextSource",
        guid=guid,
        name=document.title or document.source,
        plainTextPath=f"internal://{guid}.txt",
    )
    for finding, a in coded:
        user = _guid("user", _PERSON if a.by == "person" else _MACHINE)
        key = (finding.finding_id, a.theme_id)
        passage = ET.SubElement(
            source,
            f"{{{PROJECT}}}PlainTextSelection",
            guid=_guid("selection", *key),
            startPosition=str(finding.start),
            endPosition=str(finding.end),
            creatingUser=user,
        )
        coding = ET.SubElement(
            passage, f"{{{PROJECT}}}Coding", guid=_guid("coding", *key), creatingUser=user
        )
        target = _guid("code", a.theme_id)
        ET.SubElement(coding, f"{{{PROJECT}}}CodeRef", targetGUID=target)


def _codes(above: ET.Element | None, parent: str) -> Iterable[Code]:
    for node in above.iterfind("{*}Code") if above is not None else ():
        code = Code(node.get("guid", ""), node.get("name", ""), parent)
        yield code
        yield from _codes(node, code.code_id)


def _codings(source: ET.Element, users: Mapping[str, str]) -> Iterable[Coding]:
    for passage in source.iterfind("{*}PlainTextSelection"):
        for coding in passage.iterfind("{*}Coding"):
            reference = coding.find("{*}CodeRef")
            if reference is not None:
                yield Coding(
                    source.get("name", ""),
                    int(passage.get("startPosition", "0")),
                    int(passage.get("endPosition", "0")),
                    reference.get("targetGUID", ""),
                    users.get(coding.get("creatingUser", ""), ""),
                )


def _as_bytes(root: ET.Element) -> bytes:
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _store(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    # A fixed date: the same project gives the same file.
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)


def _parse(path: Path, content: bytes) -> ET.Element:
    # An entity can swell without end; no program writes one into these files.
    if b"<!ENTITY" in content or b"<!DOCTYPE" in content:
        raise UnreadableError(path, "XML with declared entities", "export it again as REFI-QDA")
    try:
        return ET.fromstring(content)
    except ET.ParseError as error:
        raise UnreadableError(path, "broken XML", "export it again as REFI-QDA") from error
