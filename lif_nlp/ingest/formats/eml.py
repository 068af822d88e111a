"""EML -> the message itself and its attachments, each a source of its own."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

from lif_nlp.errors import UnreadableError
from lif_nlp.ingest.formats.html import read_html
from lif_nlp.ingest.formats.text import read_text
from lif_nlp.ingest.pieces import Reading

_MANY = 200


def read_eml(content: bytes, source: str) -> tuple[Reading | None, list[tuple[str, bytes]]]:
    """The message's own words (None if it has none) and its attachments by name."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    attachments = []
    for index, part in enumerate(message.iter_attachments(), 1):
        if index > _MANY:
            raise UnreadableError(source, f"more than {_MANY} attachments", "split the message")
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload:
            attachments.append((part.get_filename() or f"attachment {index}", payload))
    return _body(message, source), attachments


def _body(message: EmailMessage, source: str) -> Reading | None:
    part = message.get_body(preferencelist=("html", "plain"))
    payload = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(payload, bytes) or not payload.strip():
        return None
    charset = part.get_content_charset() or "utf-8"
    try:
        text = payload.decode(charset, "replace").encode("utf-8")
    except LookupError:
        text = payload
    reading = read_html if part.get_content_subtype() == "html" else read_text
    subject = str(message.get("Subject", "") or "")
    found = reading(text, source)
    return Reading(pieces=found.pieces, pages=found.pages, title=subject or found.title)
