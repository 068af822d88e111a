"""HTML -> Reading: main content only, one piece for each heading, paragraph, item and row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from lif_nlp.ingest.encoding import decode
from lif_nlp.ingest.list_markers import find_label
from lif_nlp.ingest.pieces import Piece, Reading
from lif_nlp.ingest.sheets.table_rows import Row, row_pieces

_OUTSIDE = (
    "script, style, noscript, template, nav, header, footer, aside, form, iframe, svg, button, "
    "[role=navigation], [role=banner], [role=contentinfo], [role=search], [hidden], "
    "[aria-hidden=true]"
)
_MAIN = "main, [role=main], article, #content, #main-content"
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
PAGE_TURN = "\ufdd0"
"""Character that marks a page turn inside text handed to this walker."""


def read_html(content: bytes, source: str) -> Reading:
    """What a web page says; menus, banners, scripts and hidden parts are left out."""
    tree = LexborHTMLParser(_declared(content))
    title = tree.css_first("title")
    body = tree.body
    if body is None:
        return Reading(pieces=())
    for node in body.css(_OUTSIDE):
        if node.tag not in ("header", "footer") or not _inside_article(node):
            node.decompose()
    return Reading(
        pieces=tuple(pieces_of_html(_main(body))),
        title=title.text(strip=True) if title else "",
    )


def _declared(content: bytes) -> str:
    """Text by the page's own charset where it names one that exists."""
    named = re.search(rb"<meta[^>]{0,80}charset=[\"']?([\w-]{3,20})", content[:2048], re.IGNORECASE)
    if named and named.group(1).lower() not in (b"utf-8", b"utf8"):
        try:
            return content.decode(named.group(1).decode("ascii"), "replace")
        except LookupError:
            pass
    return decode(content)


def _inside_article(node: Any) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in ("article", "main"):
            return True
        parent = parent.parent
    return False


def _main(body: Any) -> Any:
    """The node that holds the main content, if one is marked and holds most words."""
    whole = len(body.text())
    candidates = [node for node in body.css(_MAIN) if len(node.text()) > 0.5 * whole]
    return candidates[-1] if candidates else body


def pieces_of_html(node: Any) -> Iterator[Piece]:
    """Pieces of a parsed node, top to bottom; PAGE_TURN characters become turns."""
    page = 1
    for piece in _walk(node, depth=-1):
        turned, page = _turn(piece, page)
        if turned.text:
            yield turned


def _turn(piece: Piece, page: int) -> tuple[Piece, int]:
    if PAGE_TURN not in piece.text:
        return replace(piece, page=page, text=_fold(piece.text)), page
    parts = [_fold(part) for part in piece.text.split(PAGE_TURN)]
    text, turns, start = "", [], page
    for index, part in enumerate(parts):
        page += 1 if index else 0
        if not text:
            start = page
        elif part and index:
            turns.append((len(text) + 1, page))
        text = f"{text} {part}".strip() if part else text
    return replace(piece, text=text, page=start, turns=tuple(turns)), page


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _walk(node: Any, depth: int) -> Iterator[Piece]:
    """Pieces under a block node: runs of inline text, and the blocks between them."""
    run: list[str] = []
    for child in node.iter(include_text=True):
        if child.tag in _BLOCKS or _holds_block(child):
            yield from _paragraph(run)
            run = []
            yield from _block(child, depth)
        else:
            run.append("\n" if child.tag == "br" else child.text(deep=True))
    yield from _paragraph(run)


def _holds_block(node: Any) -> bool:
    return node.tag not in ("-text", "br") and any(n.tag in _BLOCKS for n in node.traverse())


def _block(node: Any, depth: int) -> Iterator[Piece]:
    if node.tag in _HEADINGS:
        text = node.text(deep=True, separator="")
        label = find_label(_fold(text), bare=True)
        cut = label.length if label and label.kind == "number" else 0
        number = label.number if label and cut else ""
        kept = _fold(text)[cut:]
        yield Piece(kept, kind="heading", level=_HEADINGS[node.tag], number=number)
    elif node.tag == "li":
        yield from _item(node, max(depth, 0))
    elif node.tag == "table":
        yield from _table(node, depth)
    else:
        yield from _walk(node, depth + 1 if node.tag in ("ul", "ol") else depth)


def _item(node: Any, depth: int) -> Iterator[Piece]:
    """A list item: its first paragraph is the bullet, deeper lists follow."""
    identity = node.attributes.get("id") or ""
    kind = "note" if re.match(r"(foot|end)note-", identity) else "bullet"
    for index, piece in enumerate(_walk(node, depth)):
        if piece.kind == "paragraph" and index == 0:
            yield replace(piece, kind=kind, level=0 if kind == "note" else depth)
        else:
            yield piece


def _paragraph(run: list[str]) -> Iterator[Piece]:
    text = "".join(run)
    if not text.strip():
        if PAGE_TURN in text:
            yield Piece(text)
        return
    folded = re.sub(r"\s+", " ", text).strip()
    label = find_label(folded)
    if not label or label.kind == "dash":
        yield Piece(folded)
    else:
        kind = "paragraph" if label.kind == "number" else "bullet"
        yield Piece(folded[label.length :], kind=kind, number=label.number)


def _table(node: Any, depth: int) -> Iterator[Piece]:
    """Rows of a data table; a table of one column only frames what it holds."""
    rows = [row for row in node.css("tr") if _owner(row) == node]
    cells = [[cell for cell in row.iter() if cell.tag in ("td", "th")] for row in rows]
    if max((len(row) for row in cells), default=0) < 2:
        for row in cells:
            for cell in row:
                yield from _walk(cell, depth)
        return
    texts = (tuple(_fold(cell.text(deep=True, separator=" ")) for cell in row) for row in cells)
    yield from row_pieces([Row(row) for row in texts])


def _owner(row: Any) -> Any:
    parent = row.parent
    while parent is not None and parent.tag != "table":
        parent = parent.parent
    return parent
