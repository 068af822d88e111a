"""Files that hold other files: ZIP archives and e-mails with attachments."""

from __future__ import annotations

import email
import email.policy
import io
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage

from lif_nlp.errors import UnreadableError
from lif_nlp.ingest.formats.html import read_html
from lif_nlp.ingest.formats.text import read_text
from lif_nlp.ingest.limits import safe_members
from lif_nlp.ingest.pieces import Reading

MAX_ATTACHMENTS = 200
"""Attachments of one message. Chosen by judgement (November 2026), as a limit on abuse."""

_SYSTEM_FILES = (".DS_Store", "Thumbs.db")
_ENCRYPTED = 0x1
"""Flag of an encrypted member (APPNOTE.TXT of the ZIP format, section 4.4.4)."""


def zip_members(content: bytes, source: str, *, max_bytes: int) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each member of an archive, in order of names.

    Parameters
    ----------
    content, source
        The archive, and its path for messages.
    max_bytes
        A larger member is cut one byte above this, for the caller to refuse.

    Raises
    ------
    UnreadableError
        For a damaged archive or a zip bomb, before anything is unpacked, and for a member
        with a password.
    """
    members = safe_members(content, source)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for info in sorted(members, key=lambda item: item.filename):
            # A Mac adds a shadow of each file to its archives.
            if info.filename.startswith("__MACOSX/") or info.filename.endswith(_SYSTEM_FILES):
                continue
            yield info.filename, _unpack(archive, info, source, max_bytes)


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: str, max_bytes: int) -> bytes:
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableError(
            source, "the archive is password-protected", "unpack it and add the folder"
        )
    with archive.open(info) as stream:
        # The index may lie about the size, so no more than the limit is unpacked.
        return stream.read(max_bytes + 1)


def read_email(content: bytes, source: str) -> tuple[Reading | None, list[tuple[str, bytes]]]:
    """The message's own text (None if it has none), and name and bytes of each attachment.

    Raises UnreadableError for more than `MAX_ATTACHMENTS`.
    """
    # Without this policy Python gives the older message, which knows no attachments.
    message = email.message_from_bytes(content, policy=email.policy.default)
    attachments = []
    for number, part in enumerate(message.iter_attachments(), 1):
        if number > MAX_ATTACHMENTS:
            raise UnreadableError(
                source,
                f"the message has more than {MAX_ATTACHMENTS} attachments",
                "save them in a folder and add that",
            )
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload:
            attachments.append((part.get_filename() or f"attachment {number}", payload))
    return _read_body(message, source), attachments


def _read_body(message: EmailMessage, source: str) -> Reading | None:
    # HTML first: it says what is a heading or an item, where plain text has to be guessed at.
    part = message.get_body(preferencelist=("html", "plain"))
    payload = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(payload, bytes) or not payload.strip():
        return None
    charset = part.get_content_charset() or "utf-8"
    try:
        # The mark says that these bytes are UTF-8, whatever charset the page itself declares.
        text = payload.decode(charset, "replace").encode("utf-8-sig")
    except LookupError:  # a charset that Python does not know
        text = payload
    read_part = read_html if part.get_content_subtype() == "html" else read_text
    subject = str(message.get("Subject", "") or "")
    reading = read_part(text, source)
    return Reading(pieces=reading.pieces, pages=reading.pages, title=subject or reading.title)
