"""What a file is, by its first bytes; the name is only asked about plain text."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from lif_nlp.errors import UnreadableError

_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "xlsx",
}
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"BM")
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)", re.I | re.S
)
_MAIL = re.compile(
    rb"^(?:received|return-path|from|to|subject|date|message-id|mime-version|delivered-to|x-[\w-]+):",
    re.IGNORECASE | re.MULTILINE,
)
_TABLES = (".csv", ".tsv")
_NEVER_TEXT = (".pdf", ".docx", ".docm", ".odt", ".xlsx", ".xlsm", ".ods", ".zip")
_PAGES = (".html", ".htm", ".xhtml", ".mht", "")


def kind_of(content: bytes, source: str) -> str:
    """Kind of a file: pdf, docx, odt, xlsx, html, eml, zip, csv, md or txt.

    Raises UnreadableError, with what to do, for everything else.

    >>> kind_of(b"%PDF-1.7 ...", "letter.txt")
    'pdf'
    """
    suffix = PurePath(source).suffix.lower()
    head = content[:4096]
    if not content.strip(b"\x00 \r\n\t"):
        raise UnreadableError(source, "the file is empty", "fetch or save it again")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _kind_of_zip(content, source)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _kind_of_ole(content, source)
    _refuse_known(head, source)
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return _html(source, suffix)
    return _kind_of_text(content, source, suffix)


def _html(source: str, suffix: str) -> str:
    if suffix in _PAGES:
        return "html"
    raise UnreadableError(
        source,
        f"HTML page saved as {suffix} (often a web site's error or log-in page)",
        "download the report itself again, or rename the file to .html if the page is the report",
    )


def _kind_of_zip(content: bytes, source: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            mime = archive.read("mimetype")[:100].strip() if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise UnreadableError(
            source, "the file is cut short or damaged (its zip index is missing)", "fetch it again"
        ) from error
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "xlsx"
    if any(name.startswith("ppt/") for name in names):
        raise UnreadableError(source, "slides are not read", "save them as PDF and add that")
    return _OPEN_DOCUMENT.get(mime, "zip")


def _kind_of_ole(content: bytes, source: str) -> str:
    def names(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if names("EncryptedPackage"):
        raise UnreadableError(
            source, "the file asks for a password", "save a copy without the password"
        )
    if names("Workbook") or names("Book"):
        return "xlsx"
    if names("WordDocument"):
        raise UnreadableError(
            source, "an old Word file (.doc)", "open it and save it as .docx or PDF"
        )
    raise UnreadableError(source, "an old Office or Outlook file", "save it as PDF, .docx or .eml")


def _refuse_known(head: bytes, source: str) -> None:
    if head.startswith(b"{\\rtf"):
        raise UnreadableError(source, "a Rich Text file", "open it and save it as .docx or PDF")
    if head.startswith(_PICTURES):
        raise UnreadableError(source, "a picture, not a report", "add the report as PDF or .docx")


def _kind_of_text(content: bytes, source: str, suffix: str) -> str:
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not wide and content[:65536].count(b"\x00") > 0:
        raise UnreadableError(
            source,
            "not a report in any format that is read",
            "save it as PDF, .docx, .odt, .html, .txt, .xlsx or .csv",
        )
    if suffix in _NEVER_TEXT:
        raise UnreadableError(
            source,
            f"plain text saved as {suffix} (often an error message of a web site)",
            "download the report itself again, or rename the file to .txt "
            "if the text is the report",
        )
    mail_lines = len(_MAIL.findall(content[:4096]))
    if mail_lines >= (1 if suffix == ".eml" else 3) and suffix in (".eml", ".txt", ".mht", ""):
        return "eml"
    if suffix in _TABLES:
        return "csv"
    return "md" if suffix in (".md", ".markdown") else "txt"
