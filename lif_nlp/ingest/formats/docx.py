"""Reads Word files through mammoth's HTML: accepted text, text boxes, notes; no comments."""

from __future__ import annotations

import io
import re
import zipfile

from lif_nlp.errors import UnreadableError
from lif_nlp.ingest.formats.html import PAGE_TURN, html_pieces
from lif_nlp.ingest.limits import safe_office_members
from lif_nlp.ingest.pieces import Reading
from lif_nlp.records import Fact

# Nested styles keep the depth of lists; a contents heading must not open a section.
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
_PAGE_BREAK = re.compile(rb"<w:lastRenderedPageBreak\s*/>|<w:br\s+w:type=\"page\"\s*/>")


def read_docx(content: bytes, source: str) -> Reading:
    """The text of a Word file, with insertions accepted, and deletions and comments left out.

    Page numbers are those that Word saved when it last laid out the file; a file written by
    another program may have one page. Raises UnreadableError for a damaged file.
    """
    import mammoth
    from selectolax.lexbor import LexborHTMLParser

    safe_office_members(content, source)
    try:
        with_turns = _insert_page_turns(content)
        result = mammoth.convert_to_html(
            io.BytesIO(with_turns),
            style_map=_STYLES,
            # Photographs would be copied into the HTML, megabytes of letters and digits.
            convert_image=mammoth.images.img_element(lambda _: {"src": ""}),
        )
    except (KeyError, ValueError, zipfile.BadZipFile, AttributeError, IndexError) as error:
        raise UnreadableError(
            source, "the Word file is damaged", "open it in Word and save it again"
        ) from error
    tree = LexborHTMLParser(f"<body>{result.value}</body>")
    # A note's number would stand in the sentence as if it were a word of it.
    for node in tree.css(_NOTE_MARKS):
        node.decompose()
    pieces = tuple(html_pieces(tree.body)) if tree.body else ()
    pages = max(
        (turn for p in pieces for turn in (p.page, *(page for _, page in p.turns))), default=1
    )
    return Reading(pieces=pieces, pages=pages, facts=_facts(content))


def _insert_page_turns(content: bytes) -> bytes:
    """The same file with the character PAGE_TURN at each page break.

    mammoth drops page breaks, but keeps this character of text.
    """
    out = io.BytesIO()
    turn = f"<w:t>{PAGE_TURN}</w:t>".encode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as copy:
        for name in archive.namelist():
            data = archive.read(name)
            if name == "word/document.xml":
                data = _replace_breaks(data, turn)
            copy.writestr(name, data)
    return out.getvalue()


def _replace_breaks(xml: bytes, turn: bytes) -> bytes:
    """Manual breaks count only if Word saved no rendered ones, or pages would count twice."""
    has_rendered = b"<w:lastRenderedPageBreak" in xml
    tag = b"lastRendered" if has_rendered else b"w:br"
    return _PAGE_BREAK.sub(lambda match: turn if tag in match.group() else match.group(), xml)


def _facts(content: bytes) -> tuple[Fact, ...]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
    facts = []
    if "word/comments.xml" in names:
        facts.append(Fact("comments_left_out", "yes"))
    if any(name.endswith("vbaProject.bin") for name in names):
        facts.append(Fact("macros_ignored", "yes"))
    return tuple(facts)
