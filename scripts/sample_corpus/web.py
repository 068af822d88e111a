"""Reports as HTML pages and, through WeasyPrint, as tagged or untagged PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from sample_corpus.source import FICTION, Meta, Piece, Report, Run, cover_lines, plain

HERE = Path(__file__).parent


def inline(runs: Sequence[Run], note: Callable[[int], str]) -> str:
    """Runs as HTML; `note` renders a footnote mark."""
    parts = []
    for run in runs:
        words = escape(run.text, quote=False)
        words = f"<em>{words}</em>" if run.italic else words
        words = f"<strong>{words}</strong>" if run.bold else words
        parts.append(words + (note(run.note) if run.note else ""))
    return "".join(parts)


def body_html(report: Report, note: Callable[[int], str]) -> str:
    """All pieces of a report as HTML."""
    headings = [p for p in report.pieces if p.kind == "heading"]
    return "\n".join(piece_html(piece, headings, note) for piece in report.pieces)


def piece_html(piece: Piece, headings: list[Piece], note: Callable[[int], str]) -> str:
    """One piece as HTML."""
    words = inline(piece.runs, note)
    rows = [inline(row[0], note) for row in piece.rows]
    if piece.kind == "heading":
        place = next(i for i, p in enumerate(headings) if p is piece)
        return f'<h{piece.level + 1} id="h{place}">{words}</h{piece.level + 1}>'
    if piece.kind == "table":
        return table_html(piece, note)
    if piece.kind == "contents":
        return contents_html(headings)
    number = f'<span class="number">{piece.number}</span> '
    return {
        "paragraph": f'<p class="numbered">{number}{words}</p>'
        if piece.number
        else f"<p>{words}</p>",
        "bullets": "<ul>" + "".join(f"<li>{row}</li>" for row in rows) + "</ul>",
        "numbers": "<ol>" + "".join(f"<li>{row}</li>" for row in rows) + "</ol>",
        "box": '<div class="box">' + "".join(f"<p>{row}</p>" for row in rows) + "</div>",
        "pagebreak": '<div class="break"></div>',
    }[piece.kind]


def contents_html(headings: list[Piece]) -> str:
    """The table of contents: headings of levels 1 and 2, linked to their place."""
    entries = "".join(
        f'<li class="l{p.level}"><a href="#h{i}">{escape(plain(p.runs))}</a></li>'
        for i, p in enumerate(headings)
        if p.level < 3
    )
    return f'<nav class="contents"><p class="contents-title">Contents</p><ul>{entries}</ul></nav>'


def table_html(piece: Piece, note: Callable[[int], str]) -> str:
    """A table as HTML, its first row the header."""

    def row(cells: Sequence[Sequence[Run]], tag: str) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        return "".join(f"<{tag}{scope}>{inline(cell, note)}</{tag}>" for cell in cells)

    head, *rest = piece.rows
    body = "".join(f"<tr>{row(cells, 'td')}</tr>" for cells in rest)
    return f"<table><thead><tr>{row(head, 'th')}</tr></thead><tbody>{body}</tbody></table>"


def cover_html(meta: Meta) -> str:
    """The first page: publisher, title, and the statement that it is fiction."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in cover_lines(meta))
    return (
        f'<header class="cover {meta.get("look", "report")}">'
        f'<p class="publisher">{escape(meta["publisher"])}</p>'
        f"<h1>{escape(meta['title'])}</h1>{lines}"
        f'<p class="fiction">FICTION. {FICTION}.</p></header>'
    )


LOOKS = {"pdf": ("Liberation Sans", "#1d4f73"), "pdf_untagged": ("DejaVu Serif", "#222222")}


def build_pdf(report: Report) -> bytes:
    """The report as PDF: tagged (PDF/UA-1), or untagged where the front matter says so."""
    from weasyprint import HTML

    meta = report.meta
    font, ink = LOOKS[meta["format"]]
    css = Template((HERE / "report.css").read_text(encoding="utf-8")).substitute(
        header=meta.get("header", ""), fiction=FICTION, font=font, ink=ink
    )

    def note(number: int) -> str:
        words = inline(report.notes[number], lambda _: "")
        return f'<span class="note">{words}</span>'

    page = (
        f'<html lang="{meta.get("language", "en-GB")}"><head><meta charset="utf-8">'
        f"<title>{escape(meta['title'])}</title><style>{css}</style>"
        f'<meta name="author" content="{escape(meta["publisher"])}">'
        f'<meta name="dcterms.created" content="{meta["published"]}"></head>'
        f"<body>{cover_html(meta)}{body_html(report, note)}</body></html>"
    )
    tagged: dict[str, Any] = {"pdf_variant": "pdf/ua-1"} if meta["format"] == "pdf" else {}
    identifier = hashlib.sha256(page.encode()).digest()[:16]
    return bytes(HTML(string=page).write_pdf(pdf_identifier=identifier, **tagged))


def build_html(report: Report) -> bytes:
    """The report as a page of a partnership's web site, with the furniture of one."""
    meta = report.meta
    body = body_html(report, lambda n: f'<sup><a href="#n{n}">{n}</a></sup>')
    items = "".join(
        f'<li id="n{n}">{inline(runs, lambda _: "")}</li>' for n, runs in report.notes.items()
    )
    notes = f"<section><h2>Notes</h2><ol>{items}</ol></section>" if items else ""
    page = Template((HERE / "site.html").read_text(encoding="utf-8")).substitute(
        language=meta.get("language", "en-GB"),
        title=escape(meta["title"]),
        publisher=escape(meta["publisher"]),
        published=meta["published"],
        fiction=FICTION,
        cover=cover_html(meta),
        body=body,
        notes=notes,
    )
    return page.encode()
