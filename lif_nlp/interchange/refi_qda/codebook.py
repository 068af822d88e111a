"""A codebook for NVivo, ATLAS.ti, MAXQDA and QualCoder, and back: REFI-QDA `.qdc` files.

REFI-QDA is the format that these programs share.  Its other half, texts with their codings,
is written by `refi_project` and read by `refi_read`.
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
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a codebook: its id, its name, the id of the code above it, and what it means."""

    code_id: str
    name: str
    parent: str = ""
    description: str = ""


def codebook(themes: Sequence[Theme], meanings: Mapping[str, str] | None = None) -> bytes:
    """The themes as a `.qdc` codebook, sub-themes under their themes.

    `meanings` gives the description of a theme by its id.  The same input gives the
    same bytes.
    """
    out = BytesIO()
    with document(out) as xml, element(xml, "CodeBook", xmlns=CODEBOOK, origin=ORIGIN):
        write_codes(xml, themes, meanings or {})
    return out.getvalue()


def read_codebook(path: Path) -> tuple[Code, ...]:
    """The codes of a `.qdc` codebook, in its order; UnreadableError if it is none."""
    try:
        root = parse(path, path.read_bytes())
    except OSError as error:
        raise UnreadableError(path, f"cannot be opened ({error.strerror})", "check it") from error
    if root.tag.rpartition("}")[2] != "CodeBook":
        raise UnreadableError(path, "no REFI-QDA codebook", "export the codebook again as .qdc")
    return tuple(codes_in(root.find("{*}Codes")))


def guid(*parts: str) -> str:
    """The id of a thing in the other program: always the same for the same parts."""
    return str(uuid.uuid5(_SPACE, "|".join(parts))).upper()


def theme_guid(theme_id: str) -> str:
    """The id of a theme in the other program."""
    return guid("code", theme_id)


@contextmanager
def document(out: Any) -> Iterator[XMLGenerator]:
    """An XML file that is written as one goes, so that it need not fit into memory."""
    xml = XMLGenerator(out, encoding="utf-8", short_empty_elements=True)
    xml.startDocument()
    yield xml
    xml.endDocument()


@contextmanager
def element(xml: XMLGenerator, tag: str, /, **attributes: str) -> Iterator[None]:
    """An element around what is written inside."""
    xml.startElement(tag, AttributesImpl({k: clean(value) for k, value in attributes.items()}))
    yield
    xml.endElement(tag)
    xml.ignorableWhitespace("\n")


def clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


def describe(xml: XMLGenerator, text: str) -> None:
    """A Description, where there is something to say."""
    if text:
        with element(xml, "Description"):
            xml.characters(clean(text))


def write_codes(xml: XMLGenerator, themes: Sequence[Theme], meanings: Mapping[str, str]) -> None:
    """The element Codes; a theme whose parent is not among them stands at the top."""
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
    """The codes below an element, each before those below it."""
    for node in above.iterfind("{*}Code") if above is not None else ():
        told = (node.findtext("{*}Description") or "").strip()
        code = Code(node.get("guid", ""), node.get("name", "").strip(), parent, told)
        yield code
        yield from codes_in(node, code.code_id)


def parse(path: Path, content: bytes) -> ET.Element:
    """The root of an XML file; UnreadableError when it is broken or declares entities."""
    # An entity can swell without end; no program writes one into these files.
    if b"<!ENTITY" in content or b"<!DOCTYPE" in content:
        raise UnreadableError(path, "XML with declared entities", "export it again as REFI-QDA")
    try:
        return ET.fromstring(content)
    except ET.ParseError as error:
        raise UnreadableError(path, "broken XML", "export it again as REFI-QDA") from error
