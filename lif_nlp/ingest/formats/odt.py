"""Reads OpenDocument text from its XML: headings, lists, tables and notes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lif_nlp.errors import UnreadableError
from lif_nlp.ingest.encoding import fold_spaces
from lif_nlp.ingest.limits import safe_office_members
from lif_nlp.ingest.list_markers import find_marker
from lif_nlp.ingest.pieces import Piece, Reading
from lif_nlp.ingest.sheets.table_rows import Row, row_pieces

_SKIPPED_ELEMENTS = ("tracked-changes", "annotation", "sequence-decls", "table-of-content", "forms")
_PAGE_BREAK = "soft-page-break"


def read_odt(content: bytes, source: str) -> Reading:
    """The text of an OpenDocument file, without deleted text and comments.

    Raises UnreadableError for a damaged or encrypted file.
    """
    from lxml import etree

    safe_office_members(content, source)
    # Nothing is expanded or downloaded (XXE, CWE-611): the file may come from anyone.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            root = etree.fromstring(archive.read("content.xml"), parser)
    except (etree.XMLSyntaxError, KeyError, zipfile.BadZipFile, RuntimeError) as error:
        raise UnreadableError(
            source,
            "the OpenDocument file is damaged or password-protected",
            "open it and save a copy without a password",
        ) from error
    body = next((node for node in root.iter() if _name(node) == "text" and _is_office(node)), None)
    pages = _Pages()
    pieces = (
        tuple(piece for piece in _walk(body, -1, pages) if piece.text) if body is not None else ()
    )
    return Reading(pieces=pieces, pages=pages.page)


class _Pages:
    """The current page, counted by the soft page breaks that the word processor saved."""

    def __init__(self) -> None:
        self.page = 1


def _name(node: Any) -> str:
    # To lxml, the tag of a comment is a function.
    return str(node.tag).rsplit("}", 1)[-1] if isinstance(node.tag, str) else ""


def _is_office(node: Any) -> bool:
    return "office" in str(node.tag)


def _attribute(node: Any, name: str) -> str:
    return next((v for key, v in node.attrib.items() if key.rsplit("}", 1)[-1] == name), "")


def _walk(node: Any, depth: int, pages: _Pages) -> Iterator[Piece]:
    for child in node:
        name = _name(child)
        if name in _SKIPPED_ELEMENTS:
            continue
        if name == _PAGE_BREAK:
            pages.page += 1
        elif name == "h":
            level = int(_attribute(child, "outline-level") or 1)
            yield _split_marker(replace(_text(child, pages), kind="heading", level=level))
        elif name == "p":
            yield from _paragraph(child, depth, pages)
        elif name == "table":
            yield from _table(child, depth, pages)
        else:
            yield from _walk(child, depth + 1 if name == "list" else depth, pages)


def _paragraph(node: Any, depth: int, pages: _Pages) -> Iterator[Piece]:
    piece = _text(node, pages)
    if depth >= 0 and piece.text:
        piece = replace(piece, kind="bullet", level=depth)
    yield _split_marker(piece)
    # After the paragraph, since a note within it would cut a sentence in two.
    for part in node.iter():
        if _name(part) == "note-body":
            yield Piece(_plain(part), pages.page, "note")
        elif _name(part) == "text-box":
            yield from _walk(part, -1, pages)


def _split_marker(piece: Piece) -> Piece:
    """The piece without its printed marker."""
    marker = find_marker(piece.text, bare=piece.kind == "heading")
    if not marker or marker.kind == "dash":
        return piece
    kind = piece.kind if piece.kind != "paragraph" or marker.kind == "number" else "bullet"
    turns = tuple((max(offset - marker.length, 0), page) for offset, page in piece.turns)
    text = piece.text[marker.length :]
    return replace(piece, text=text, kind=kind, number=marker.number, turns=turns)


def _text(node: Any, pages: _Pages) -> Piece:
    """Text of a paragraph without its notes and text boxes, with its page turns."""
    start, turns, text = pages.page, [], ""
    for part in _strings(node):
        if part is None:
            pages.page += 1
            turns.append((len(fold_spaces(text)) + 1, pages.page))
        else:
            text += part
    text = fold_spaces(text)
    return Piece(text, start, turns=tuple(turn for turn in turns if turn[0] < len(text)))


def _strings(node: Any) -> Iterator[str | None]:
    """Strings of a node in order, and None for each page turn."""
    yield node.text or ""
    for child in node:
        name = _name(child)
        if name == _PAGE_BREAK:
            yield None
        elif name in ("s", "tab", "line-break"):
            yield " "
        elif name not in ("note", "annotation", "frame"):
            yield from _strings(child)
        yield child.tail or ""


def _plain(node: Any) -> str:
    return fold_spaces("".join(part for part in _strings(node) if part is not None))


def _table(node: Any, depth: int, pages: _Pages) -> Iterator[Piece]:
    rows = [row for row in node.iter() if _name(row) == "table-row"]
    cells = [[cell for cell in row if _name(cell) == "table-cell"] for row in rows]
    if max((len(row) for row in cells), default=0) < 2:
        for cell in (cell for row in cells for cell in row):
            yield from _walk(cell, depth, pages)
        return
    yield from row_pieces([Row(tuple(_cell(cell) for cell in row), pages.page) for row in cells])


def _cell(node: Any) -> str:
    return " ".join(_plain(part) for part in node.iter() if _name(part) in ("p", "h"))
