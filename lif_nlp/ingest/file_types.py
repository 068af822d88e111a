"""Detects what a file is by its first bytes; its name matters only for plain text."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from lif_nlp.errors import UnreadableError

BUILT_IN_SUFFIXES = frozenset(
    (
        ".pdf", ".docx", ".docm", ".odt", ".xlsx", ".xlsm", ".xls", ".ods", ".csv",
        ".tsv", ".html", ".htm", ".xhtml", ".mht", ".eml", ".zip", ".md", ".markdown", ".txt",
    )
)  # fmt: skip
"""Endings of the formats that are built in; a reader plugin cannot claim one of them."""

_HEAD_BYTES = 4096
"""Bytes at the start of a file in which its signature is searched."""

_PDF_HEADER_BYTES = 1024
"""Adobe's readers accept "%PDF-" anywhere in these first bytes (PDF Reference 1.7, appendix H)."""

_BINARY_SAMPLE_BYTES = 65536
"""Bytes searched for a zero byte, which plain text never contains."""

_MIN_MAIL_HEADERS = 3
"""Header lines ("From:") that turn a file without the ending .eml into an e-mail. Chosen by
judgement (November 2026); with fewer, notes that begin "Date:" would be read as e-mails."""

_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_WORD_BODY = re.compile(r"word/document\d*\.xml")
_OFFICE_INDEX = "[Content_Types].xml"
"""Part of every file of new Office programs (ECMA-376, part 2)."""

_OFFICE_SUFFIXES = (".docx", ".docm", ".xlsx", ".xlsm", ".odt", ".ods")
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "xlsx",
}
_PICTURE_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"BM")
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)", re.I | re.S
)
_MAIL_HEADER = re.compile(
    rb"^(?:received|return-path|from|to|subject|date|message-id|mime-version|delivered-to|x-[\w-]+):",
    re.IGNORECASE | re.MULTILINE,
)
_TABLE_SUFFIXES = (".csv", ".tsv")
_BINARY_SUFFIXES = (".pdf", ".docx", ".docm", ".odt", ".xlsx", ".xlsm", ".ods", ".zip")
_PAGE_SUFFIXES = (".html", ".htm", ".xhtml", ".mht", "")


def detect_file_type(content: bytes, source: str) -> str:
    """Type of a file: "pdf", "docx", "odt", "xlsx", "html", "eml", "zip", "csv", "md" or "txt".

    Parameters
    ----------
    content
        The whole file.
    source
        Its path, for its ending and for messages.

    Raises
    ------
    UnreadableError
        For any other file, with what the user can do.

    >>> detect_file_type(b"%PDF-1.7 ...", "letter.txt")
    'pdf'
    """
    suffix = PurePath(source).suffix.lower()
    head = content[:_HEAD_BYTES]
    check_not_empty(content, source)
    if b"%PDF-" in head[:_PDF_HEADER_BYTES]:
        return "pdf"
    if head.startswith(_ZIP_MAGIC):
        return _zip_type(content, source)
    if head.startswith(_OLE_MAGIC):
        return _ole_type(content, source)
    _refuse_other_formats(head, source)
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return _html_type(source, suffix)
    return _text_type(content, source, suffix)


def check_not_empty(content: bytes, source: str) -> None:
    """Raise UnreadableError for a file of nothing but blanks."""
    if not content.strip(b"\x00 \r\n\t"):
        raise UnreadableError(source, "the file is empty", "download or save it again")


def _html_type(source: str, suffix: str) -> str:
    if suffix in _PAGE_SUFFIXES:
        return "html"
    raise UnreadableError(
        source,
        f"a web page saved as {suffix} (often a website's error or log-in page)",
        "download the report itself again, or rename the file to .html if the page is the report",
    )


def _zip_type(content: bytes, source: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            mime = archive.read("mimetype")[:100].strip() if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise UnreadableError(
            source,
            "the file is incomplete or damaged (its zip index is missing)",
            "download it again",
        ) from error
    # By its parts, not its name: reports are renamed, and "document2.xml" occurs.
    if any(_WORD_BODY.fullmatch(name) for name in names):
        return "docx"
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "xlsx"
    if any(name.startswith("ppt/") for name in names):
        raise UnreadableError(source, "slides cannot be read", "save them as PDF and add that")
    if mime in _OPEN_DOCUMENT:
        return _OPEN_DOCUMENT[mime]
    if _OFFICE_INDEX in names or PurePath(source).suffix.lower() in _OFFICE_SUFFIXES:
        raise UnreadableError(
            source, "an Office file without its text", "open it and save it again, or as PDF"
        )
    return "zip"


def _ole_type(content: bytes, source: str) -> str:
    """Type of a file in the container of Office 97; encrypted new Office files use it too."""

    def has_stream(name: str) -> bool:
        # The directory of such a file holds the names of its streams in UTF-16.
        return name.encode("utf-16-le") in content

    if has_stream("EncryptedPackage"):
        raise UnreadableError(
            source, "the file is password-protected", "save a copy without the password"
        )
    if has_stream("Workbook") or has_stream("Book"):
        return "xlsx"
    if has_stream("WordDocument"):
        raise UnreadableError(
            source, "an old Word file (.doc)", "open it and save it as .docx or PDF"
        )
    raise UnreadableError(source, "an old Office or Outlook file", "save it as PDF, .docx or .eml")


def _refuse_other_formats(head: bytes, source: str) -> None:
    if head.startswith(b"{\\rtf"):
        raise UnreadableError(source, "a Rich Text file", "open it and save it as .docx or PDF")
    if head.startswith(_PICTURE_MAGIC):
        raise UnreadableError(source, "a picture, not a report", "add the report as PDF or .docx")


def _text_type(content: bytes, source: str, suffix: str) -> str:
    is_utf16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not is_utf16 and b"\x00" in content[:_BINARY_SAMPLE_BYTES]:
        raise UnreadableError(
            source,
            "the file is in a format that cannot be read",
            "save it as PDF, .docx, .odt, .html, .txt, .xlsx or .csv",
        )
    if suffix in _BINARY_SUFFIXES:
        raise UnreadableError(
            source,
            f"plain text saved as {suffix} (often a website's error message)",
            "download the report itself again, or rename the file to .txt "
            "if the text is the report",
        )
    headers = len(_MAIL_HEADER.findall(content[:_HEAD_BYTES]))
    min_headers = 1 if suffix == ".eml" else _MIN_MAIL_HEADERS
    if headers >= min_headers and suffix in (".eml", ".txt", ".mht", ""):
        return "eml"
    if suffix in _TABLE_SUFFIXES:
        return "csv"
    return "md" if suffix in (".md", ".markdown") else "txt"
