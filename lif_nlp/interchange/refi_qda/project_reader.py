"""Reads the codes, texts and codings of a REFI-QDA `.qdpx` project.

Programs differ in folder names, capitals and line ends.  Positions are as in
`project_writer`, with a CRLF counted as one character.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from lif_nlp.errors import UnreadableError
from lif_nlp.interchange.refi_qda.codebook import Code, codes_in, parse

_BROKEN = (zlib.error, RecursionError, EOFError, RuntimeError, NotImplementedError, ValueError)
"""What damaged or hostile archives raise besides: bad data, codes nested without end, passwords."""

_LARGEST = 1 << 30
"""Largest part of a project that is unpacked, in bytes: a guard against zip bombs."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text of a project, with LF line ends."""

    source_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Coding:
    """A code that `author` gave to the characters `start` to `end` of a source."""

    source: str
    start: int
    end: int
    code: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """The content of a project; `left_out` counts codings of images, audio and whole sources."""

    codes: tuple[Code, ...]
    sources: tuple[Source, ...]
    codings: tuple[Coding, ...]
    left_out: int = 0


def read_project(path: Path) -> Project:
    """The codes, texts and codings of a `.qdpx` project.

    Raises UnreadableError if the file is not a REFI-QDA project, is broken, or has a part
    larger than 1 GiB unpacked.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            root = parse(path, _read_entry(archive, path, _find_entry(archive, "project.qde")))
            users = {u.get("guid"): u.get("name", "") for u in root.iterfind("{*}Users/{*}User")}
            # A PDF is coded as pages or as its text; only the text has offsets.
            holders = [*root.iterfind("{*}Sources/{*}TextSource"),
                       *root.iterfind("{*}Sources/{*}PDFSource/{*}Representation")]  # fmt: skip
            sources: list[Source] = []
            codings: list[Coding] = []
            # ATLAS.ti counts a line end as one character, even where the file has CRLF
            counts_line_end_once = "ATLAS" in root.get("origin", "").upper()
            for source_node in holders:
                text = _text(archive, path, source_node)
                # Each CRLF becomes one character, so what follows it moves one place to the front.
                unix = text.replace("\r\n", "\n")
                sources.append(Source(source_node.get("guid", ""), unix))
                crlf_offsets = (
                    [] if counts_line_end_once else [m.start() for m in re.finditer("\r\n", text)]
                )
                codings += _codings(path, source_node, users, crlf_offsets)
        references = sum(1 for _ in root.iterfind(".//{*}CodeRef"))
        codes = tuple(codes_in(root.find("{*}CodeBook/{*}Codes")))
    except (*_BROKEN, OSError, zipfile.BadZipFile, KeyError) as error:
        raise UnreadableError(
            path, "not a REFI-QDA project", "export it again as .qdpx (REFI-QDA project)"
        ) from error
    return Project(codes, tuple(sources), tuple(codings), references - len(codings))


def _find_entry(archive: zipfile.ZipFile, name: str) -> str:
    """The entry with this name in any folder, ignoring case; raises KeyError if there is none."""
    for entry in archive.namelist():
        if entry.replace("\\", "/").rpartition("/")[2].casefold() == name.casefold():
            return entry
    raise KeyError(name)


def _read_entry(archive: zipfile.ZipFile, path: Path, name: str) -> bytes:
    if archive.getinfo(name).file_size > _LARGEST:
        raise UnreadableError(path, "a part of more than 1 GiB", "export fewer sources")
    return archive.read(name)


def _text(archive: zipfile.ZipFile, path: Path, source_node: ET.Element) -> str:
    """The text of a source; empty if it is outside the project file."""
    inline = source_node.findtext("{*}PlainTextContent")
    if inline is not None:
        return inline
    place = source_node.get("plainTextPath", "")
    if not place.startswith("internal://"):
        return ""
    content = _read_entry(archive, path, _find_entry(archive, place.rpartition("/")[2]))
    return content.decode("utf-8-sig", "replace")


def _codings(
    path: Path,
    source_node: ET.Element,
    users: Mapping[str | None, str],
    crlf_offsets: Sequence[int],
) -> Iterator[Coding]:
    """The codings of a source; `crlf_offsets` are the offsets of its CRLF line ends."""
    for selection in source_node.iterfind("{*}PlainTextSelection"):
        try:
            ends = [int(selection.get(key, "")) for key in ("startPosition", "endPosition")]
        except ValueError as error:
            raise UnreadableError(
                path, "a selection without positions", "export it again as .qdpx"
            ) from error
        start, end = (place - bisect_left(crlf_offsets, place) for place in ends)
        for coding in selection.iterfind("{*}Coding"):
            reference = coding.find("{*}CodeRef")
            if reference is not None:
                user = coding.get("creatingUser") or selection.get("creatingUser")
                code = reference.get("targetGUID", "")
                yield Coding(source_node.get("guid", ""), start, end, code, users.get(user, ""))
