"""Reads a file into documents, or says why it cannot be read; raises nothing for bad input.

`READERS` and `COLLECTION_READERS` list the built-in formats. Readers of other packages are
found by the entry point group `lif_nlp.readers` (see "Add a reader" in lif_nlp/README.md).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from lif_nlp.circulation import KnownWords, known_words, split_words, title_to_show
from lif_nlp.config import Settings
from lif_nlp.errors import ConfigError, UnreadableError, traceback_of
from lif_nlp.framework.model import Framework
from lif_nlp.ids import document_id
from lif_nlp.ingest.boilerplate import mark_boilerplate
from lif_nlp.ingest.control_characters import clean_reading
from lif_nlp.ingest.encoding import replace_lone_surrogates
from lif_nlp.ingest.file_types import BUILT_IN_SUFFIXES, check_not_empty, detect_file_type
from lif_nlp.ingest.label_lines import split_labelled_lists
from lif_nlp.ingest.limits import MAX_MEMORY_GROWTH, Deadline, limit_memory
from lif_nlp.ingest.list_markers import extract_bare_numbers, mark_verbless_lines
from lif_nlp.ingest.metadata.corrections import Corrections, apply_corrections, load_corrections
from lif_nlp.ingest.metadata.describe import find_core_facts
from lif_nlp.ingest.metadata.facts import find_further_facts
from lif_nlp.ingest.personal_data import count_personal_data
from lif_nlp.ingest.pieces import Piece, Reading, assemble
from lif_nlp.ingest.redaction import (
    redact_facts,
    redact_pieces,
    redact_reading_facts,
    redact_skipped,
)
from lif_nlp.ingest.sheets.column_roles import load_mapping
from lif_nlp.ingest.sources import special_file
from lif_nlp.plugins import load_plugins
from lif_nlp.records import Document, Fact, Quarantined

SOURCE_SEPARATOR = "!/"
"""Separates a container and its member in the source of a document ("a.zip!/b.pdf")."""

PLUGIN_GROUP = "lif_nlp.readers"
"""Entry point group of readers that other packages offer; the name is the file's ending."""

_MAX_NESTING = 1
"""Containers within one another that are opened: an attachment yes, a ZIP in a ZIP no."""

_MEGABYTE = 1 << 20  # bytes
_AUDIT_FAMILY = "audit"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Context:
    """What stays the same while one file is read; `depth` counts the containers around it."""

    framework: Framework
    settings: Settings
    deadline: Deadline
    mapping: Mapping[str, str] = field(default_factory=dict)
    corrections: Corrections = field(default_factory=dict)
    depth: int = 0


def read(
    path: Path, *, framework: Framework, settings: Settings | None = None
) -> Iterator[Document | Quarantined]:
    """Documents of one file, or why it cannot be read.

    A ZIP, an e-mail or a table of reports yields several. Bad input never raises: it is
    yielded as a Quarantined with its reason.

    Parameters
    ----------
    path
        The file.
    framework
        Review types and agencies to recognise.
    settings
        Limits, redaction, mapping and corrections; the defaults if None.

    Raises
    ------
    ConfigError
        For a mapping or corrections file that breaks its rules, or a reader plugin that
        cannot be used.
    """
    settings = settings or Settings()
    context = _Context(
        framework=framework,
        settings=settings,
        deadline=Deadline(settings.seconds_per_file, str(path)),
        mapping=load_mapping(settings.audit_mapping),
        corrections=load_corrections(settings.corrections, framework),
    )
    try:
        content = read_content(path, settings.max_file_mb)
    except UnreadableError as error:
        yield Quarantined(str(path), error.reason)
        return
    items = _read_bytes(content, str(path), context)
    while item := _next_item(items):
        # Here once for all formats and plug-ins.
        item = replace_lone_surrogates(item)
        yield apply_corrections(item, context.corrections) if isinstance(item, Document) else item


def _next_item(items: Iterator[Document | Quarantined]) -> Document | Quarantined | None:
    """The next item. The memory limit holds only while it is read, not between items."""
    with limit_memory():
        return next(items, None)


def read_content(path: Path, max_mb: int) -> bytes:
    """Bytes of a file, read in one go, so that a file that is still growing does no harm.

    Raises UnreadableError for a file of more than `max_mb`, one that cannot be opened, and a
    pipe, device or socket, which may have no end.
    """
    try:
        status = path.stat()
        if reason := special_file(status.st_mode):
            raise UnreadableError(path, *reason)
        size = status.st_size
        if size > max_mb * _MEGABYTE:
            raise UnreadableError(path, *_too_large(size, max_mb))
        with path.open("rb") as stream:
            # The file may have grown since its size was asked for.
            return stream.read(max_mb * _MEGABYTE)
    except OSError as error:
        raise UnreadableError(
            path,
            f"the file cannot be opened ({error.strerror})",
            "check that it still exists and that you may read it",
        ) from error


def _too_large(size: int, max_mb: int) -> tuple[str, str]:
    return (
        f"the file is {size / _MEGABYTE:.0f} MB, larger than the limit of {max_mb} MB",
        "raise max_file_mb in lif.toml, or split the file",
    )


def _read_bytes(content: bytes, source: str, context: _Context) -> Iterator[Document | Quarantined]:
    doc_id = document_id(content)
    try:
        yield from _read_by_type(content, source, context)
    except UnreadableError as error:
        _log.warning("%s: not read\n%s", doc_id, traceback_of(error))
        yield Quarantined(source, error.reason, doc_id)
    except RecursionError as error:
        _log.warning("%s: not read\n%s", doc_id, traceback_of(error))
        reason = "it is too deeply nested; save it as PDF and add that"
        yield Quarantined(source, reason, doc_id)
    except MemoryError as error:
        _log.warning("%s: not read\n%s", doc_id, traceback_of(error))
        limit = MAX_MEMORY_GROWTH >> 30
        reason = f"reading it would need more than {limit} GB of memory; split the file"
        yield Quarantined(source, reason, doc_id)
    # A setting that is wrong is wrong for every file: the run ends with it.
    except ConfigError:
        raise
    except Exception as error:  # a fault of a parser must not stop the run
        _log.warning("%s: the parser failed\n%s", doc_id, traceback_of(error))
        reason = (
            f"the file could not be parsed ({type(error).__name__}); save it as PDF and add that"
        )
        yield Quarantined(source, reason, doc_id)


def _read_by_type(
    content: bytes, source: str, context: _Context
) -> Iterator[Document | Quarantined]:
    if plugin := _plugin_for(source):
        check_not_empty(content, source)
        yield _build_document(_read_with_plugin(plugin, content, source), content, source, context)
        return
    file_type = detect_file_type(content, source)
    if file_type in COLLECTION_READERS:
        yield from COLLECTION_READERS[file_type](content, source, context)
    else:
        reading = READERS[file_type](content, source, context.deadline)
        yield _build_document(reading, content, source, context)


def _plugin_for(source: str) -> Callable[[bytes, str], object] | None:
    """The reader that an installed package offers for the file's ending, or None.

    Plugins are looked up only for endings that are not built in, so that ordinary runs do
    not search the installed packages.
    """
    suffix = PurePath(source).suffix.lower()
    # No plugin may change what lif_nlp itself reads: results would differ by machine.
    if not suffix or suffix in BUILT_IN_SUFFIXES:
        return None
    plugins = load_plugins(PLUGIN_GROUP)
    for name, plugin in plugins.items():
        if f".{name}" in BUILT_IN_SUFFIXES or not callable(plugin):
            raise ConfigError(
                f"the reader plugin '{name}' cannot be used: a plugin is a function, and its name "
                "a file ending that is not built in; correct or uninstall its package"
            )
    plugin = plugins.get(suffix.removeprefix("."))
    return plugin if callable(plugin) else None


def _read_with_plugin(
    plugin: Callable[[bytes, str], object], content: bytes, source: str
) -> Reading:
    reading = plugin(content, source)
    if not isinstance(reading, Reading):
        raise ConfigError(
            f"the reader plugin for {PurePath(source).suffix} returned "
            f"{type(reading).__name__}, not a Reading; correct or uninstall its package"
        )
    return reading


# Parsers are imported when first needed: some take a second, and most runs need one or two.


def _read_pdf(content: bytes, source: str, deadline: Deadline) -> Reading:
    from lif_nlp.ingest.pdf.document import read_pdf

    return read_pdf(content, source, deadline=deadline)


def _read_docx(content: bytes, source: str, deadline: Deadline) -> Reading:
    from lif_nlp.ingest.formats.docx import read_docx

    return read_docx(content, source)


def _read_odt(content: bytes, source: str, deadline: Deadline) -> Reading:
    from lif_nlp.ingest.formats.odt import read_odt

    return read_odt(content, source)


def _read_html(content: bytes, source: str, deadline: Deadline) -> Reading:
    from lif_nlp.ingest.formats.html import read_html

    return read_html(content, source)


def _read_text(content: bytes, source: str, deadline: Deadline) -> Reading:
    from lif_nlp.ingest.formats.text import read_text

    return read_text(content, source)


def _read_markdown(content: bytes, source: str, deadline: Deadline) -> Reading:
    from lif_nlp.ingest.formats.text import read_text

    return read_text(content, source, markdown=True)


READERS: Mapping[str, Callable[[bytes, str, Deadline], Reading]] = {
    "pdf": _read_pdf,
    "docx": _read_docx,
    "odt": _read_odt,
    "html": _read_html,
    "txt": _read_text,
    "md": _read_markdown,
}
"""Readers of formats that hold one report, by the type that `detect_file_type` gives."""


def _read_workbook(
    content: bytes, source: str, context: _Context
) -> Iterator[Document | Quarantined]:
    yield from _read_table(content, source, context, "xlsx")


def _read_csv(content: bytes, source: str, context: _Context) -> Iterator[Document | Quarantined]:
    yield from _read_table(content, source, context, "csv")


def _read_table(
    content: bytes, source: str, context: _Context, file_type: str
) -> Iterator[Document | Quarantined]:
    """An audit sheet as one document, or a table of coroners' reports as one for each row."""
    from lif_nlp.ingest.sheets.audit import read_audit
    from lif_nlp.ingest.sheets.cells import read_sheets
    from lif_nlp.ingest.sheets.pfd import is_pfd_table, read_pfd

    sheets = read_sheets(content, source, file_type)
    if not is_pfd_table(sheets):
        yield _build_document(read_audit(sheets, context.mapping), content, source, context)
        return
    for row, row_content, reading in read_pfd(sheets[0]):
        context.deadline.check()
        yield _build_document(reading, row_content, f"{source}{SOURCE_SEPARATOR}{row}", context)


def _read_zip(content: bytes, source: str, context: _Context) -> Iterator[Document | Quarantined]:
    from lif_nlp.ingest.formats import containers

    _check_nesting(source, context)
    max_bytes = context.settings.max_file_mb * _MEGABYTE
    # An archive is not unpacked as a whole, so its emptiness shows only at the end.
    is_empty = True
    for name, data in containers.zip_members(content, source, max_bytes=max_bytes):
        is_empty = False
        yield from _read_member(data, source, name, context)
    if is_empty:
        raise UnreadableError(source, "the archive is empty", "check that it is the right file")


def _read_email(content: bytes, source: str, context: _Context) -> Iterator[Document | Quarantined]:
    from lif_nlp.ingest.formats.containers import read_email

    _check_nesting(source, context)
    reading, attachments = read_email(content, source)
    if reading:
        yield _build_document(reading, content, source, context)
    for name, data in attachments:
        yield from _read_member(data, source, name, context)
    if not reading and not attachments:
        raise UnreadableError(source, "the message has no text", "check that it is the right file")


def _check_nesting(source: str, context: _Context) -> None:
    if context.depth >= _MAX_NESTING:
        raise UnreadableError(
            source, "an archive or message inside another", "unpack it and add the folder"
        )


def _read_member(
    data: bytes, source: str, name: str, context: _Context
) -> Iterator[Document | Quarantined]:
    context.deadline.check()
    member = f"{source}{SOURCE_SEPARATOR}{name}"
    max_mb = context.settings.max_file_mb
    if len(data) > max_mb * _MEGABYTE:
        yield Quarantined(member, "; ".join(_too_large(len(data), max_mb)))
    else:
        yield from _read_bytes(data, member, replace(context, depth=context.depth + 1))


COLLECTION_READERS: Mapping[
    str, Callable[[bytes, str, _Context], Iterator[Document | Quarantined]]
] = {
    "csv": _read_csv,
    "xlsx": _read_workbook,
    "zip": _read_zip,
    "eml": _read_email,
}
"""Readers of formats that may hold several reports, by the type that `detect_file_type` gives."""


def _build_document(
    reading: Reading, content: bytes, source: str, context: _Context
) -> Document | Quarantined:
    """The document of one reading: boilerplate, metadata and redaction, the same for any format."""
    doc_id = document_id(content)
    # Before anything else: offsets count characters of the cleaned text.
    reading, control_characters = clean_reading(reading)
    if not any(piece.text for piece in reading.pieces):
        return Quarantined(source, "it contains no text; check that it is the report", doc_id)
    facts = find_core_facts(reading, context.framework, source)
    review_type = facts["review_type"].value if "review_type" in facts else ""
    title = facts["title"]
    with_numbers = extract_bare_numbers(reading.pieces)
    with_marks = mark_verbless_lines(mark_boilerplate(split_labelled_lists(with_numbers)))
    pieces = _demote_title(with_marks, title)
    further_facts = find_further_facts(pieces, review_type, context.framework, title=title.value)
    # Before offsets are counted, since redaction changes the length of the text.
    stored_facts = [*facts.values(), *further_facts]
    reader_facts, skipped = [*reading.facts], reading.skipped
    area = facts["area"].value if "area" in facts else ""
    if context.settings.redact:
        known = _harmless_words(area, context)
        kinds = {kind.id: kind.name for kind in context.framework.review_types}
        shown = title_to_show(title.value, kinds.get(review_type, "Report"), area, known)
        pieces, personal_data = redact_pieces(pieces, known)
        stored_facts = redact_facts(stored_facts, shown, known)
        reader_facts = redact_reading_facts(reading.facts, known)
        skipped = redact_skipped(reading.skipped, known)
        title = replace(title, value=shown)
    else:
        personal_data = _personal_data(pieces, review_type, context)
    text, blocks = assemble(pieces)
    return Document(
        doc_id=doc_id,
        source=source,
        title=title.value,
        text=text,
        blocks=blocks,
        pages=max(reading.pages, 1),
        review_type=review_type,
        published=facts["published"].value if "published" in facts else "",
        area=area,
        facts=(
            *stored_facts,
            *reader_facts,
            *personal_data,
            *(
                [Fact("control_characters_removed", str(control_characters))]
                if control_characters
                else []
            ),
        ),
        unused=skipped,
    )


def _harmless_words(area: str, context: _Context) -> KnownWords:
    """Capitalised words that name nobody in a report: those of the framework and its own area."""
    known = known_words(context.framework, context.settings.own_names)
    return known | set(split_words(area))


def _personal_data(pieces: list[Piece], review_type: str, context: _Context) -> list[Fact]:
    """Facts on personal data in an audit.

    Published reports are anonymised already, and the search takes time.
    """
    families = {kind.id: kind.family for kind in context.framework.review_types}
    from_sheet = any(piece.number.startswith("row ") for piece in pieces)
    is_audit = from_sheet or families.get(review_type, "") == _AUDIT_FAMILY
    return count_personal_data(pieces) if is_audit else []


def _demote_title(pieces: list[Piece], title: Fact) -> list[Piece]:
    """Pieces whose title heads no path: above every block it would say nothing about any."""
    return [
        replace(piece, level=0)
        if piece.kind == "heading" and (piece.text, piece.page) == (title.evidence, title.page)
        else piece
        for piece in pieces
    ]
