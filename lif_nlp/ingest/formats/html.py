"""Reads the main content of web pages: a piece for each heading, paragraph, item and row."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from lif_nlp.ingest.encoding import decode, fold_spaces
from lif_nlp.ingest.list_markers import find_marker
from lif_nlp.ingest.pieces import WITHIN_SECTION, Piece, Reading
from lif_nlp.ingest.sheets.table_rows import Row, row_pieces

_NOT_CONTENT = (
    "script, style, noscript, template, nav, header, footer, aside, form, iframe, svg, button, "
    "[role=navigation], [role=banner], [role=contentinfo], [role=search], [hidden], "
    "[aria-hidden=true]"
)
_MAIN = "main, [role=main], article, #content, #main-content"
_BLOCKS = frozenset(
    (
        "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div",
        "dl", "dt", "fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "html", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
        "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = ("strong", "b")
_CLAUSE_END = re.compile(r"[.;,?!][’”\"')]*$")
_NAMED_QUESTION = re.compile(
    r"^(?:\d+\W+)?(?:what|why|who|how|was|were|could)\b(?:\W+[\w’']+){1,6}\?$", re.IGNORECASE
)
"""A short question that heads its answer: "What went wrong?"."""

BOLD_HEADING_LEVEL = 7
"""Level of a paragraph in bold that heads the text below it: under every heading of a style."""

MAX_BOLD_HEADING_WORDS = 14
"""Words of such a heading. Chosen by judgement (November 2026): more takes sentences that are bold
for emphasis out of the findings, fewer leaves headings among them."""

PAGE_TURN = "\ufdd0"
"""Marks a page break in text that other readers pass to `html_pieces`; Unicode reserves this
character for internal use, so no report contains it."""

MIN_MAIN_SHARE = 0.5
"""Share (0..1) of a page's text that a marked main element must hold to count as such. Chosen by
judgement (November 2026): some sites mark only a teaser; lower may lose the report."""


def read_html(content: bytes, source: str) -> Reading:
    """The text of a web page without menus, banners, scripts and hidden parts."""
    tree = LexborHTMLParser(_decode_page(content))
    title = tree.css_first("title")
    body = tree.body
    if body is None:
        return Reading(pieces=())
    for node in body.css(_NOT_CONTENT):
        # The header of an article is its title and date, not the site's banner.
        if node.tag not in ("header", "footer") or not _inside_article(node):
            node.decompose()
    return Reading(
        pieces=tuple(html_pieces(_main(body))),
        title=title.text(strip=True) if title else "",
    )


_CHARSET = re.compile(rb"<meta[^>]{0,80}charset=[\"']?([\w-]{3,20})", re.IGNORECASE)


def _decode_page(content: bytes) -> str:
    """Text by the charset that the page declares, if Python knows it."""
    # The HTML standard requires the declaration within 1,024 bytes; some pages are late.
    # A byte order mark comes before any declaration, as the standard has it.
    charset = None if content.startswith(BOM_UTF8) else _CHARSET.search(content[:2048])
    if charset and charset.group(1).lower() not in (b"utf-8", b"utf8"):
        try:
            return content.decode(charset.group(1).decode("ascii"), "replace")
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
    """The innermost node that is marked as main content and has most of the text, or the body."""
    length = len(body.text())
    candidates = [node for node in body.css(_MAIN) if len(node.text()) > MIN_MAIN_SHARE * length]
    # In the order of the page, so that an inner element comes after those around it.
    return candidates[-1] if candidates else body


def html_pieces(node: Any) -> Iterator[Piece]:
    """Pieces of a parsed node, top to bottom; PAGE_TURN characters become page turns."""
    page = 1
    for raw_piece in _walk(node, depth=-1):
        piece, page = _resolve_turns(raw_piece, page)
        if piece.text:
            yield piece


def _resolve_turns(piece: Piece, page: int) -> tuple[Piece, int]:
    """The piece with its pages, and the page on which it ends."""
    if PAGE_TURN not in piece.text:
        return replace(piece, page=page, text=fold_spaces(piece.text)), page
    parts = [fold_spaces(part) for part in piece.text.split(PAGE_TURN)]
    text, turns, start = "", [], page
    for index, part in enumerate(parts):
        page += 1 if index else 0
        if not text:
            start = page
        elif part and index:
            turns.append((len(text) + 1, page))
        text = f"{text} {part}".strip() if part else text
    return replace(piece, text=text, page=start, turns=tuple(turns)), page


def _walk(node: Any, depth: int) -> Iterator[Piece]:
    """Pieces under a block: paragraphs of its inline text, and the blocks between them."""
    inline: list[tuple[str, bool]] = []
    for child in node.iter(include_text=True):
        if child.tag in _BLOCKS or _contains_block(child):
            yield from _paragraph(inline)
            inline = []
            yield from _block(child, depth)
        else:
            text = "\n" if child.tag == "br" else child.text(deep=True)
            inline.append((text, child.tag in _BOLD))
    yield from _paragraph(inline)


def _contains_block(node: Any) -> bool:
    # Pages wrap whole cards in one link: an inline element around headings and text.
    return node.tag not in ("-text", "br") and any(n.tag in _BLOCKS for n in node.traverse())


def _block(node: Any, depth: int) -> Iterator[Piece]:
    if node.tag in _HEADINGS:
        yield _heading(fold_spaces(node.text(deep=True, separator="")), _HEADINGS[node.tag])
    elif node.tag == "li":
        yield from _item(node, max(depth, 0))
    elif node.tag == "table":
        yield from _table(node, depth)
    else:
        yield from _walk(node, depth + 1 if node.tag in ("ul", "ol") else depth)


def _heading(text: str, level: int) -> Piece:
    marker = find_marker(text, bare=True)
    cut = marker.length if marker and marker.kind == "number" else 0
    number = marker.number if marker and cut else ""
    return Piece(text[cut:], kind="heading", level=level, number=number)


def _is_bold_heading(text: str) -> bool:
    is_name = bool(_NAMED_QUESTION.match(text)) or not _CLAUSE_END.search(text)
    return len(text.split()) <= MAX_BOLD_HEADING_WORDS and is_name


def _item(node: Any, depth: int) -> Iterator[Piece]:
    """A list item: its first paragraph is the bullet; nested lists follow.

    mammoth writes footnotes of Word files as list items with such an id.
    """
    identity = node.attributes.get("id") or ""
    kind = "note" if re.match(r"(foot|end)note-", identity) else "bullet"
    for index, piece in enumerate(_walk(node, depth)):
        is_bold = piece.kind == "heading" and piece.level == BOLD_HEADING_LEVEL
        if index == 0 and (piece.kind == "paragraph" or is_bold):
            yield replace(piece, kind=kind, level=0 if kind == "note" else depth)
        else:
            yield piece


def _paragraph(inline: list[tuple[str, bool]]) -> Iterator[Piece]:
    """The paragraph of some inline text; `inline` says of each part whether it is bold."""
    raw_text = "".join(text for text, _ in inline)
    if not raw_text.strip():
        # A page may break between paragraphs; without it, later pages would be one short.
        if PAGE_TURN in raw_text:
            yield Piece(raw_text)
        return
    text = fold_spaces(raw_text)
    if all(bold for part, bold in inline if part.strip()) and _is_bold_heading(text):
        yield _heading(text, BOLD_HEADING_LEVEL)
        return
    marker = find_marker(text)
    # A dash may open quoted speech as well as an item, so it stays in the text.
    if not marker or marker.kind == "dash":
        yield Piece(text)
    else:
        kind = "paragraph" if marker.kind == "number" else "bullet"
        yield Piece(text[marker.length :], kind=kind, number=marker.number)


def _table(node: Any, depth: int) -> Iterator[Piece]:
    """Rows of a data table; a table of one column, or of boxes, is read as its contents."""
    rows = [row for row in node.css("tr") if _table_of(row) == node]
    cells = [[cell for cell in row.iter() if cell.tag in ("td", "th")] for row in rows]
    if max((len(row) for row in cells), default=0) < 2:
        for row in cells:
            for cell in row:
                yield from _box(list(_walk(cell, depth)))
        return
    boxes = [list(_walk(cell, depth)) for row in cells for cell in row]
    # Cells that each have a title lay the page out; they are no rows of data.
    if all(_has_title(box) for box in boxes if box):
        for box in boxes:
            yield from _box(box)
        return
    yield from row_pieces(_spread(cells))


def _spread(cells: list[list[Any]]) -> list[Row]:
    """Rows with the cells that reach into them from a row above, each in its column."""
    waiting: dict[int, tuple[str, int]] = {}  # words and rows left, by column
    rows: list[Row] = []
    for nodes in cells:
        texts: list[str] = []
        spans: set[int] = set()
        next_waiting: dict[int, tuple[str, int]] = {}
        for node in [*nodes, None]:
            while len(texts) in waiting:
                words, left = waiting.pop(len(texts))
                if left > 1:
                    next_waiting[len(texts)] = words, left - 1
                spans.add(len(texts))
                texts.append(words)
            if node is None:
                break
            text = fold_spaces(node.text(deep=True, separator=" "))
            attribute = node.attributes.get("rowspan") or ""
            if attribute.isdigit() and int(attribute) > 1:
                own = fold_spaces(text.replace(PAGE_TURN, " "))
                next_waiting[len(texts)] = own, int(attribute) - 1
            texts.append(text)
        waiting = next_waiting
        rows.append(Row(tuple(texts), spans=frozenset(spans)))
    return rows


def _has_title(box: list[Piece]) -> bool:
    """Whether a short line without a sentence stands above text."""
    first, *others = box
    is_line = first.kind == "heading" or (
        first.kind == "paragraph" and _is_bold_heading(first.text.replace(PAGE_TURN, ""))
    )
    return is_line and bool(others) and all(piece.kind != "heading" for piece in others)


def _box(pieces: list[Piece]) -> Iterator[Piece]:
    """The contents of a box under its title, which holds for nothing after the box."""
    if not pieces or not _has_title(pieces):
        yield from pieces
        return
    title = replace(pieces[0], kind="heading", level=WITHIN_SECTION)
    yield title
    for piece in pieces[1:]:
        yield replace(piece, under=fold_spaces(title.text.replace(PAGE_TURN, " ")))


def _table_of(row: Any) -> Any:
    parent = row.parent
    while parent is not None and parent.tag != "table":
        parent = parent.parent
    return parent
