"""A file -> its documents: sniffed, bounded, read, described; never an exception."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from lif_nlp.config import Settings
from lif_nlp.errors import UnreadableError
from lif_nlp.framework.model import Framework
from lif_nlp.ids import document_id
from lif_nlp.ingest.assemble import assemble
from lif_nlp.ingest.boilerplate import mark_boilerplate
from lif_nlp.ingest.encoding import without_lone_surrogates
from lif_nlp.ingest.file_types import kind_of
from lif_nlp.ingest.limits import MAX_GROWTH, Deadline, bounded_memory
from lif_nlp.ingest.metadata.corrections import Corrections, corrected, load_corrections
from lif_nlp.ingest.metadata.describe import find_facts
from lif_nlp.ingest.metadata.facts import find_details
from lif_nlp.ingest.numbering import take_bare_numbers
from lif_nlp.ingest.pieces import Piece, Reading
from lif_nlp.ingest.redaction import personal_data, redacted
from lif_nlp.ingest.sheets.column_roles import load_mapping
from lif_nlp.records import Document, Fact, Quarantined

SEPARATOR = "!/"
"""Between a container and what was found in it, in the source of a document."""

_MAX_NESTING = 1
_MEGABYTE = 1 << 20
_AUDITS = "audit"


@dataclass(frozen=True, slots=True)
class _Run:
    """What stays the same while one file is read; `depth` counts containers around it."""

    framework: Framework
    settings: Settings
    deadline: Deadline
    mapping: Mapping[str, str] = field(default_factory=dict)
    corrections: Corrections = field(default_factory=dict)
    depth: int = 0


def read(
    path: Path, *, framework: Framework, settings: Settings | None = None
) -> Iterator[Document | Quarantined]:
    """Documents of one file, or why it could not be read.

    A ZIP, a message or a table of reports yields several.  Nothing is raised for
    bad input: whatever goes wrong becomes a Quarantined with its reason.  Raises
    ConfigError for a mapping or corrections file that breaks its rules.
    """
    settings = settings or Settings()
    run = _Run(
        framework=framework,
        settings=settings,
        deadline=Deadline(settings.seconds_per_file, str(path)),
        mapping=load_mapping(settings.audit_mapping),
        corrections=load_corrections(settings.corrections, framework),
    )
    try:
        content = content_of(path, settings.max_file_mb)
    except UnreadableError as error:
        yield Quarantined(str(path), error.reason)
        return
    items = _read_bytes(content, str(path), run)
    while item := _next(items):
        item = without_lone_surrogates(item)
        yield corrected(item, run.corrections) if isinstance(item, Document) else item


def _next(items: Iterator[Document | Quarantined]) -> Document | Quarantined | None:
    """The next item, read under the bound of memory, which ends with the reading."""
    with bounded_memory():
        return next(items, None)


def content_of(path: Path, largest_mb: int) -> bytes:
    """Bytes of the file, all read at once, so that one that grows does no harm.

    Raises UnreadableError for a file of more than `largest_mb`, or that cannot be opened.
    """
    try:
        size = path.stat().st_size
        if size > largest_mb * _MEGABYTE:
            raise UnreadableError(path, *_too_large(size, largest_mb))
        with path.open("rb") as stream:
            return stream.read(largest_mb * _MEGABYTE)
    except OSError as error:
        raise UnreadableError(
            path, f"the file cannot be opened ({error.strerror})", "check that it is still there"
        ) from error


def _too_large(size: int, largest_mb: int) -> tuple[str, str]:
    return (
        f"the file has {size / _MEGABYTE:.0f} MB, more than {largest_mb}",
        "raise max_file_mb in lif.toml, or split the file",
    )


def _read_bytes(content: bytes, source: str, run: _Run) -> Iterator[Document | Quarantined]:
    doc_id = document_id(content)
    try:
        yield from _read_kind(content, source, run)
    except UnreadableError as error:
        yield Quarantined(source, error.reason, doc_id)
    except RecursionError:
        yield Quarantined(source, "too deeply nested; save it as PDF and add that", doc_id)
    except MemoryError:
        need = f"reading needed more than {MAX_GROWTH >> 30} GB of memory; split the file"
        yield Quarantined(source, need, doc_id)
    except Exception as error:  # a parser's own fault must not stop the run
        fault = (
            f"the file could not be parsed ({type(error).__name__}); save it as PDF and add that"
        )
        yield Quarantined(source, fault, doc_id)


def _read_kind(content: bytes, source: str, run: _Run) -> Iterator[Document | Quarantined]:
    kind = kind_of(content, source)
    if kind in ("zip", "eml"):
        yield from _read_container(kind, content, source, run)
    elif kind in ("csv", "xlsx"):
        yield from _read_sheets(kind, content, source, run)
    else:
        yield _document(_reading(kind, content, source, run), content, source, run)


def _reading(kind: str, content: bytes, source: str, run: _Run) -> Reading:
    """The reading of one report; each format's parser is imported when first needed."""
    if kind == "pdf":
        from lif_nlp.ingest.pdf.document import read_pdf

        return read_pdf(content, source, deadline=run.deadline)
    if kind == "docx":
        from lif_nlp.ingest.formats.docx import read_docx

        return read_docx(content, source)
    if kind == "odt":
        from lif_nlp.ingest.formats.odt import read_odt

        return read_odt(content, source)
    if kind == "html":
        from lif_nlp.ingest.formats.html import read_html

        return read_html(content, source)
    from lif_nlp.ingest.formats.text import read_text

    return read_text(content, source, markdown=kind == "md")


def _read_sheets(
    kind: str, content: bytes, source: str, run: _Run
) -> Iterator[Document | Quarantined]:
    from lif_nlp.ingest.sheets.audit import read_audit
    from lif_nlp.ingest.sheets.cells import read_sheets
    from lif_nlp.ingest.sheets.pfd import is_pfd_table, read_pfd

    sheets = read_sheets(content, source, kind)
    if not is_pfd_table(sheets):
        yield _document(read_audit(sheets, run.mapping), content, source, run)
        return
    for where, own, reading in read_pfd(sheets[0]):
        run.deadline.check()
        yield _document(reading, own, f"{source}{SEPARATOR}{where}", run)


def _read_container(
    kind: str, content: bytes, source: str, run: _Run
) -> Iterator[Document | Quarantined]:
    if run.depth >= _MAX_NESTING:
        raise UnreadableError(
            source, "an archive or message inside another", "unpack it and add the folder"
        )
    found = False
    for item in _contained(kind, content, source, run):
        found = True
        yield item
    if not found:
        what = "the archive is empty" if kind == "zip" else "the message holds no words"
        raise UnreadableError(source, what, "check that it is the right file")


def _contained(
    kind: str, content: bytes, source: str, run: _Run
) -> Iterator[Document | Quarantined]:
    """What the members of an archive, or a message and its attachments, give."""
    largest = run.settings.max_file_mb
    if kind == "zip":
        from lif_nlp.ingest.formats.archive import members_of_zip

        members = members_of_zip(content, source, largest=largest * _MEGABYTE)
    else:
        from lif_nlp.ingest.formats.eml import read_eml

        reading, attachments = read_eml(content, source)
        if reading:
            yield _document(reading, content, source, run)
        members = iter(attachments)
    for name, data in members:
        run.deadline.check()
        inner = f"{source}{SEPARATOR}{name}"
        if len(data) > largest * _MEGABYTE:
            yield Quarantined(inner, "; ".join(_too_large(len(data), largest)))
        else:
            yield from _read_bytes(data, inner, replace(run, depth=run.depth + 1))


def _document(reading: Reading, content: bytes, source: str, run: _Run) -> Document | Quarantined:
    doc_id = document_id(content)
    if not any(piece.text for piece in reading.pieces):
        return Quarantined(source, "no words were found in it; check that it is the report", doc_id)
    facts = find_facts(reading, run.framework, source)
    review_type = facts["review_type"].value if "review_type" in facts else ""
    pieces = _without_title(mark_boilerplate(take_bare_numbers(reading.pieces)), facts["title"])
    details = find_details(pieces, review_type, run.framework, title=facts["title"].value)
    pieces, personal = _private(pieces, review_type, run)
    text, blocks = assemble(pieces)
    return Document(
        doc_id=doc_id,
        source=source,
        title=facts["title"].value,
        text=text,
        blocks=blocks,
        pages=max(reading.pages, 1),
        review_type=review_type,
        published=facts["published"].value if "published" in facts else "",
        area=facts["area"].value if "area" in facts else "",
        facts=(*facts.values(), *details, *reading.facts, *personal),
        unused=reading.unused,
    )


def _private(pieces: list[Piece], review_type: str, run: _Run) -> tuple[list[Piece], list[Fact]]:
    """Pieces to store and facts on personal data in audit free text, redacted if asked."""
    if run.settings.redact:
        return redacted(pieces)
    kinds = {kind.id: kind.family for kind in run.framework.review_types}
    from_sheet = any(piece.number.startswith("row ") for piece in pieces)
    is_audit = from_sheet or kinds.get(review_type, "") == _AUDITS
    return pieces, personal_data(pieces) if is_audit else []


def _without_title(pieces: list[Piece], title: Fact) -> list[Piece]:
    """Pieces whose title heads no path: it stands above everything and says nothing more."""
    return [
        replace(piece, level=0)
        if piece.kind == "heading" and (piece.text, piece.page) == (title.evidence, title.page)
        else piece
        for piece in pieces
    ]
