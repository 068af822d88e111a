"""DOCX -> Reading, by mammoth's HTML: accepted text, text boxes, notes; never comments."""

from __future__ import annotations

import io
import re
import zipfile

from lif_nlp.errors import UnreadableError
from lif_nlp.ingest.formats.html import PAGE_TURN, pieces_of_html
from lif_nlp.ingest.limits import checked_office_members
from lif_nlp.ingest.pieces import Reading
from lif_nlp.records import Fact

_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='List Bullet'] => ul > li:fresh
p[style-name='List Bullet 2'] => ul > li > ul > li:fresh
p[style-name='List Bullet 3'] => ul > li > ul > li > ul > li:fresh
p[style-name='List Number'] => ol > li:fresh
p[style-name='List Paragraph'] => p:fresh
p[style-name='TOC Heading'] => p:fresh
comment-reference => !
"""
_NOTE_MARKS = ", ".join(
    selector
    for kind in ("footnote", "endnote")
    for selector in (f"sup > a[id^={kind}-ref]", f"a[href^='#{kind}-ref']")
)
_RENDERED_BREAK = re.compile(rb"<w:lastRenderedPageBreak\s*/>|<w:br\s+w:type=\"page\"\s*/>")
_CONTENTS_LINE = re.compile(r"\S\s*\.{0,200}\s*\t?\s*\d{1,3}$")


def read_docx(content: bytes, source: str) -> Reading:
    """What a Word file says: insertions accepted, deletions and comments left out.

    Page numbers are those Word kept when it last drew the file; a file that was
    never drawn has one page.
    """
    import mammoth
    from selectolax.lexbor import LexborHTMLParser

    checked_office_members(content, source)
    try:
        marked = _with_page_turns(content)
        result = mammoth.convert_to_html(
            io.BytesIO(marked),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda _: {"src": ""}),
        )
    except (KeyError, ValueError, zipfile.BadZipFile, AttributeError, IndexError) as error:
        raise UnreadableError(
            source, "the Word file is damaged", "open it in Word and save it again"
        ) from error
    tree = LexborHTMLParser(f"<body>{result.value}</body>")
    for node in tree.css(_NOTE_MARKS):
        node.decompose()
    pieces = tuple(pieces_of_html(tree.body)) if tree.body else ()
    pages = max(
        (turn for p in pieces for turn in (p.page, *(page for _, page in p.turns))), default=1
    )
    return Reading(pieces=pieces, pages=pages, facts=_facts(content))


def _with_page_turns(content: bytes) -> bytes:
    """The same file with a marking character where Word last turned the page."""
    out = io.BytesIO()
    mark = f"<w:t>{PAGE_TURN}</w:t>".encode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as copy:
        for name in archive.namelist():
            data = archive.read(name)
            if name == "word/document.xml":
                data = _once_per_turn(data, mark)
            copy.writestr(name, data)
    return out.getvalue()


def _once_per_turn(xml: bytes, mark: bytes) -> bytes:
    """Hard breaks count only where Word kept no rendered ones, or a page would count twice."""
    rendered = b"<w:lastRenderedPageBreak" in xml
    wanted = b"lastRendered" if rendered else b"w:br"
    return _RENDERED_BREAK.sub(lambda m: mark if wanted in m.group() else m.group(), xml)


def _facts(content: bytes) -> tuple[Fact, ...]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
    facts = []
    if "word/comments.xml" in names:
        facts.append(Fact("comments_left_out", "yes"))
    if any(name.endswith("vbaProject.bin") for name in names):
        facts.append(Fact("macros_ignored", "yes"))
    return tuple(facts)
