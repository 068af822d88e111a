"""A file -> its documents: sniffed, bounded, read, described; never an exception."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lif_nlp.config import Settings
from lif_nlp.errors import UnreadableError
from lif_nlp.framework.model import Framework
from lif_nlp.ids import document_id
from lif_nlp.ingest.assemble import assemble
from lif_nlp.ingest.boilerplate import mark_boilerplate
from lif_nlp.ingest.columns import load_mapping
from lif_nlp.ingest.kinds import kind_of
from lif_nlp.ingest.metadata import find_facts
from lif_nlp.ingest.pieces import Piece, Reading
from lif_nlp.records import Document, Fact, Quarantined

_SEPARATOR = "!/"
_MAX_NESTING = 1
_MEGABYTE = 1 << 20


def read(
    path: Path, *, framework: Framework, settings: Settings | None = None
) -> Iterator[Document | Quarantined]:
    """Documents of one file, or why it could not be read.

    A ZIP, a message or a table of reports yields several.  Nothing is raised for
    bad input: whatever goes wrong becomes a Quarantined with its reason.
    """
    settings = settings or Settings()
    source = str(path)
    try:
        content = _content(path, settings.max_file_mb)
    except UnreadableError as error:
        yield Quarantined(source, error.reason)
        return
    yield from read_bytes(content, source, framework=framework, settings=settings)


def read_bytes(
    content: bytes, source: str, *, framework: Framework, settings: Settings, depth: int = 0
) -> Iterator[Document | Quarantined]:
    """Documents in `content`; `source` says where it came from and is stored with it."""
    doc_id = document_id(content)
    try:
        for item in _read_kind(content, source, framework, settings, depth):
            yield item
    except UnreadableError as error:
        yield Quarantined(source, error.reason, doc_id)
    except (RecursionError, MemoryError) as error:
        yield Quarantined(
            source, f"too deeply nested or too large ({type(error).__name__})", doc_id
        )
    except Exception as error:  # a parser's own fault must not stop the run
        yield Quarantined(source, f"the file could not be parsed ({type(error).__name__})", doc_id)


def _content(path: Path, largest_mb: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > largest_mb * _MEGABYTE:
            raise UnreadableError(
                path,
                f"the file has {size / _MEGABYTE:.0f} MB, more than {largest_mb}",
                "raise max_file_mb in lif.toml, or split the file",
            )
        with path.open("rb") as stream:
            return stream.read(largest_mb * _MEGABYTE + 1)
    except OSError as error:
        raise UnreadableError(
            path, f"the file cannot be opened ({error.strerror})", "check that it is still there"
        ) from error


def _read_kind(
    content: bytes, source: str, framework: Framework, settings: Settings, depth: int
) -> Iterator[Document | Quarantined]:
    kind = kind_of(content, source)
    if kind in ("zip", "eml"):
        yield from _read_container(kind, content, source, framework, settings, depth)
    elif kind in ("csv", "xlsx"):
        yield from _read_sheets(kind, content, source, framework, settings)
    else:
        yield _document(_reading(kind, content, source), content, source, framework)


def _reading(kind: str, content: bytes, source: str) -> Reading:
    if kind == "pdf":
        from lif_nlp.ingest.pdf import read_pdf

        return read_pdf(content, source)
    if kind == "docx":
        from lif_nlp.ingest.docx import read_docx

        return read_docx(content, source)
    if kind == "odt":
        from lif_nlp.ingest.odt import read_odt

        return read_odt(content, source)
    if kind == "html":
        from lif_nlp.ingest.html import read_html

        return read_html(content, source)
    from lif_nlp.ingest.text import read_text

    return read_text(content, source, markdown=kind == "md")


def _read_sheets(
    kind: str, content: bytes, source: str, framework: Framework, settings: Settings
) -> Iterator[Document | Quarantined]:
    from lif_nlp.ingest.audit import read_audit
    from lif_nlp.ingest.pfd import is_pfd_table, read_pfd
    from lif_nlp.ingest.sheets import read_sheets

    sheets = read_sheets(content, source, kind)
    if is_pfd_table(sheets):
        for where, own, reading in read_pfd(sheets[0]):
            yield _document(reading, own, f"{source}{_SEPARATOR}{where}", framework)
    else:
        reading = read_audit(sheets, load_mapping(settings.audit_mapping))
        yield _document(reading, content, source, framework)


def _read_container(
    kind: str, content: bytes, source: str, framework: Framework, settings: Settings, depth: int
) -> Iterator[Document | Quarantined]:
    if depth >= _MAX_NESTING and kind == "zip":
        raise UnreadableError(
            source, "an archive inside an archive", "unpack it and add the folder"
        )
    if depth > _MAX_NESTING:
        raise UnreadableError(
            source, "a message inside a message", "save its attachments and add them"
        )
    if kind == "zip":
        from lif_nlp.ingest.archive import members_of_zip

        members = members_of_zip(content, source, largest=settings.max_file_mb * _MEGABYTE)
    else:
        from lif_nlp.ingest.eml import read_eml

        reading, attachments = read_eml(content, source)
        if reading:
            yield _document(reading, content, source, framework)
        members = iter(attachments)
    for name, data in members:
        inner = f"{source}{_SEPARATOR}{name}"
        yield from read_bytes(data, inner, framework=framework, settings=settings, depth=depth + 1)


def _document(
    reading: Reading, content: bytes, source: str, framework: Framework
) -> Document | Quarantined:
    doc_id = document_id(content)
    if not any(piece.text for piece in reading.pieces):
        return Quarantined(source, "no words were found in it; check that it is the report", doc_id)
    facts = find_facts(reading, framework, source)
    pieces = _without_title(mark_boilerplate(reading.pieces), facts["title"])
    text, blocks = assemble(pieces)

    def value(name: str) -> str:
        return facts[name].value if name in facts else ""

    return Document(
        doc_id=doc_id,
        source=source,
        title=value("title"),
        text=text,
        blocks=blocks,
        pages=max(reading.pages, 1),
        review_type=value("review_type"),
        published=value("published"),
        area=value("area"),
        facts=(*facts.values(), *reading.facts),
        unused=reading.unused,
    )


def _without_title(pieces: list[Piece], title: Fact) -> list[Piece]:
    """Pieces whose title heads no path: it stands above everything and says nothing more."""
    return [
        replace(piece, level=0)
        if piece.kind == "heading" and (piece.text, piece.page) == (title.evidence, title.page)
        else piece
        for piece in pieces
    ]
