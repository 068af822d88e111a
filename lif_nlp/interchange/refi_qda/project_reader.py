"""What people did in another program: the codes, texts and codings of a `.qdpx` project.

Programs differ in folders, capitals and line ends; what `refi_project` says of positions
holds here once line ends of two characters are taken as one.
"""

from __future__ import annotations

import re
import zipfile
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from lif_nlp.errors import UnreadableError
from lif_nlp.interchange.refi_qda.codebook import Code, codes_in, parse

_LARGEST = 1 << 30


@dataclass(frozen=True, slots=True)
class Source:
    """A text of a project, with line feeds as line ends."""

    source_id: str
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


def read_project(path: Path) -> Project:
    """The codes, texts and codings of a `.qdpx` project.

    Raises UnreadableError when the file is no REFI-QDA project, is broken or has a part
    that is larger than 1 GiB when unpacked.
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
            one_for_a_line = "ATLAS" in root.get("origin", "").upper()
            for holder in holders:
                text = _text(archive, path, holder)
                unix = text.replace("\r\n", "\n")
                sources.append(Source(holder.get("guid", ""), unix))
                longer = [] if one_for_a_line else [m.start() for m in re.finditer("\r\n", text)]
                codings += _codings(path, holder, users, longer)
    except (OSError, zipfile.BadZipFile, KeyError) as error:
        raise UnreadableError(
            path, "no REFI-QDA project", "export it again as .qdpx (REFI-QDA project)"
        ) from error
    references = sum(1 for _ in root.iterfind(".//{*}CodeRef"))
    codes = tuple(codes_in(root.find("{*}CodeBook/{*}Codes")))
    return Project(codes, tuple(sources), tuple(codings), references - len(codings))


def _named(archive: zipfile.ZipFile, name: str) -> str:
    """The entry of this name in any folder and in any capitals; KeyError where there is none."""
    for entry in archive.namelist():
        if entry.replace("\\", "/").rpartition("/")[2].casefold() == name.casefold():
            return entry
    raise KeyError(name)


def _read(archive: zipfile.ZipFile, path: Path, name: str) -> bytes:
    if archive.getinfo(name).file_size > _LARGEST:
        raise UnreadableError(path, "a part of more than 1 GiB", "export fewer sources")
    return archive.read(name)


def _text(archive: zipfile.ZipFile, path: Path, holder: ET.Element) -> str:
    """The text of a source as it stands; empty where it lies outside the file."""
    inline = holder.findtext("{*}PlainTextContent")
    if inline is not None:
        return inline
    place = holder.get("plainTextPath", "")
    if not place.startswith("internal://"):
        return ""
    content = _read(archive, path, _named(archive, place.rpartition("/")[2]))
    return content.decode("utf-8-sig", "replace")


def _codings(
    path: Path, holder: ET.Element, users: Mapping[str | None, str], longer: Sequence[int]
) -> Iterator[Coding]:
    """The codings of a source; `longer` are the places of its line ends of two characters."""
    for passage in holder.iterfind("{*}PlainTextSelection"):
        try:
            ends = [int(passage.get(key, "")) for key in ("startPosition", "endPosition")]
        except ValueError as error:
            raise UnreadableError(
                path, "a selection without positions", "export it again as .qdpx"
            ) from error
        start, end = (place - bisect_left(longer, place) for place in ends)
        for coding in passage.iterfind("{*}Coding"):
            reference = coding.find("{*}CodeRef")
            if reference is not None:
                user = coding.get("creatingUser") or passage.get("creatingUser")
                code = reference.get("targetGUID", "")
                yield Coding(holder.get("guid", ""), start, end, code, users.get(user, ""))
