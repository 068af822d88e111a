"""Records what was sent to whom, with a code under which returns come in."""

from __future__ import annotations

import hashlib

from lif_nlp.errors import LifError
from lif_nlp.ledger_records import Sent
from lif_nlp.runtime.session import Session
from lif_nlp.text.months import is_iso_date

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits of a code, without those that are taken for one another."""

CODE_LENGTH = 5
"""Characters of a code: 33 million codes, short enough to be read out."""


def record_sent(
    session: Session,
    subject: str,
    *,
    audience: str,
    date: str,
    channel: str = "",
    by_role: str = "",
) -> Sent:
    """Record one dispatch; the same one again changes nothing.

    Raises LifError for a date that is no ISO date, or an empty audience.
    """
    if not is_iso_date(date):
        raise LifError(f"--on {date}: that is not a date; write it as 2026-03-31")
    if not audience.strip():
        raise LifError("--to is empty; name the list or group it was sent to")
    # The id is made of what was sent to whom and when, so that recording it again replaces the row.
    key = hashlib.sha256(f"{subject}|{audience}|{date}".encode())
    row = Sent(
        "s-" + key.hexdigest()[:12], subject, audience, date, channel, by_role, code_of(subject), ""
    )
    session.store.ledger.save([row])
    return row


def code_of(subject: str) -> str:
    """The short code of a brief, the same whenever it is asked for.

    >>> code_of("briefs/recording.docx") == code_of("briefs/recording.docx")
    True
    """
    value = int.from_bytes(hashlib.sha256(subject.encode()).digest()[:8], "big")
    letters = ""
    for _ in range(CODE_LENGTH):
        value, rest = divmod(value, len(CODE_LETTERS))
        letters += CODE_LETTERS[rest]
    return letters
