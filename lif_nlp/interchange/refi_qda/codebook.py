"""Reads and writes codebooks of NVivo, ATLAS.ti, MAXQDA and QualCoder: REFI-QDA `.qdc` files.

REFI-QDA is the exchange format of these programs (https://www.qdasoftware.org).  Projects,
texts with their codings, are written by `project_writer` and read by `project_reader`.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from lif_nlp.errors import UnreadableError
from lif_nlp.records import Theme

CODEBOOK = "urn:QDA-XML:codebook:1.0"
ORIGIN = "lif_nlp"
_SPACE = uuid.UUID("6f0c3d0e-8f0b-4f57-9a52-1f5f0a7f5a10")
"""Namespace of the GUIDs, drawn once at random. With another, a program that has the codes already
would take each of them for a new one."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a codebook: its ID, its name, the ID of its parent, and its description."""

    code_id: str
    name: str
    parent: str = ""
    description: str = ""


def codebook(themes: Sequence[Theme], meanings: Mapping[str, str] | None = None) -> bytes:
    """The themes as a `.qdc` codebook, sub-themes under their themes.

    `meanings` has the descriptions by theme ID.  The same input gives the same bytes.
    """
    out = BytesIO()
    with document(out) as xml, element(xml, "CodeBook", xmlns=CODEBOOK, origin=ORIGIN):
        write_codes(xml, themes, meanings or {})
    return out.getvalue()


def read_codebook(path: Path) -> tuple[Code, ...]:
    """The codes of a `.qdc` codebook in order; raises UnreadableError if it is not one."""
    try:
        root = parse(path, path.read_bytes())
    except OSError as error:
        raise UnreadableError(path, f"cannot be opened ({error.strerror})", "check it") from error
    if root.tag.rpartition("}")[2] != "CodeBook":
        raise UnreadableError(path, "not a REFI-QDA codebook", "export the codebook again as .qdc")
    try:
        return tuple(codes_in(root.find("{*}Codes")))
    except RecursionError as error:
        raise UnreadableError(path, "codes nested without end", "export it again") from error


def guid(*parts: str) -> str:
    """A GUID for the other program; the same parts always give the same one."""
    return str(uuid.uuid5(_SPACE, "|".join(parts))).upper()


def theme_guid(theme_id: str) -> str:
    """The GUID of a theme."""
    return guid("code", theme_id)


@contextmanager
def document(out: Any) -> Iterator[XMLGenerator]:
    """A writer that streams an XML document, so that it need not fit into memory."""
    xml = XMLGenerator(out, encoding="utf-8", short_empty_elements=True)
    xml.startDocument()
    yield xml
    xml.endDocument()


@contextmanager
def element(xml: XMLGenerator, tag: str, /, **attributes: str) -> Iterator[None]:
    """Write an element around what the block writes."""
    xml.startElement(tag, AttributesImpl({k: clean(value) for k, value in attributes.items()}))
    yield
    xml.endElement(tag)
    xml.ignorableWhitespace("\n")


def clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


def describe(xml: XMLGenerator, text: str) -> None:
    """Write a Description element, unless the text is empty."""
    if text:
        with element(xml, "Description"):
            xml.characters(clean(text))


def write_codes(xml: XMLGenerator, themes: Sequence[Theme], meanings: Mapping[str, str]) -> None:
    """Write the element Codes; a theme whose parent is not among them is at the top."""
    ids = {theme.theme_id for theme in themes}
    below: dict[str, list[Theme]] = {}
    for theme in themes:
        below.setdefault(theme.parent if theme.parent in ids else "", []).append(theme)

    def write(theme: Theme) -> None:
        code = {"guid": theme_guid(theme.theme_id), "name": theme.name, "isCodable": "true"}
        with element(xml, "Code", **code):
            describe(xml, meanings.get(theme.theme_id, ""))
            for part in below.get(theme.theme_id, ()):
                write(part)

    with element(xml, "Codes"):
        for theme in below.get("", ()):
            write(theme)


def codes_in(above: ET.Element | None, parent: str = "") -> Iterable[Code]:
    """The codes under an element, parents before children."""
    for node in above.iterfind("{*}Code") if above is not None else ():
        description = (node.findtext("{*}Description") or "").strip()
        code = Code(node.get("guid", ""), node.get("name", "").strip(), parent, description)
        yield code
        yield from codes_in(node, code.code_id)


def parse(path: Path, content: bytes) -> ET.Element:
    """The root of an XML file; raises UnreadableError if it is broken or declares entities."""
    # Entities can expand without limit ("billion laughs"); no program writes any here.
    if b"<!ENTITY" in content or b"<!DOCTYPE" in content:
        raise UnreadableError(path, "XML with declared entities", "export it again as REFI-QDA")
    try:
        return ET.fromstring(content)
    except ET.ParseError as error:
        raise UnreadableError(path, "broken XML", "export it again as REFI-QDA") from error
