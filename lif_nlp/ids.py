"""Content hashes: the same bytes or text always get the same ID."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

_SPACES = re.compile(r"\s+")


def document_id(content: bytes) -> str:
    """ID of a document: "d-" and 16 hexadecimal digits of the SHA-256 of its bytes.

    >>> document_id(b"a report")
    'd-90bd35df60f1e27d'
    """
    return "d-" + hashlib.sha256(content).hexdigest()[:16]


def finding_id(doc_id: str, start: int, end: int) -> str:
    """ID of a finding: its document's ID and its offsets.

    >>> finding_id("d-90bd35df60f1e27d", 10, 42)
    'd-90bd35df60f1e27d:10-42'
    """
    return f"{doc_id}:{start}-{end}"


def person_theme_id(action: str, theme_id: str, value: str, finding_ids: Iterable[str]) -> str:
    """Id of the theme that a person's split or create makes: the same decision, the same id.

    >>> person_theme_id("create", "", "Late buses", ["f2", "f1"])
    'p-9c56060fe3'
    """
    content = "|".join([action, theme_id, value, *sorted(finding_ids)])
    return f"p-{hashlib.sha256(content.encode()).hexdigest()[:10]}"


def text_key(text: str) -> str:
    """Key of a text's stored vector: the hash of the text with white space folded.

    >>> text_key("one  two") == text_key("one two")
    True
    """
    # Readers differ in where lines end; the words are the same.
    plain = _SPACES.sub(" ", text).strip()
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()[:32]


def action_id(plan_id: str, ref: str, text: str) -> str:
    """Id of a step of a plan by the reference and the words with which it first stood there.

    >>> action_id("pl-1", "2.1", "Write the form") == action_id("pl-1", "2 1", "Write  the form")
    True
    """
    key = f"{plan_id}|{bare_ref(ref)}|{text_key(text)}"
    return "x-" + hashlib.sha256(key.encode()).hexdigest()[:12]


def bare_ref(ref: str) -> str:
    """A printed reference without signs and capitals.

    >>> bare_ref("R2.1 (a)")
    'r21a'
    """
    return re.sub(r"\W", "", ref).lower()


def file_hash(path: Path) -> str:
    """SHA-256 of a file as hexadecimal digits, read in chunks of 1 MiB."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def point_id(origin: str, content: str) -> str:
    """Id of a learning point, made from what it is: the same point, the same id.

    Parameters
    ----------
    origin
        "seed" (then `content` is the seed's own id), "frame" (its key), "pair" (the id of its
        centre) or "person" (the decision that made it).

    >>> point_id("seed", "visits_late"), point_id("frame", "problem|visits|late|late")
    ('lp-visits_late', 'lp-21a0ed8e3c')
    """
    # The framework's own id, by which a partnership may name the point.
    if origin == "seed":
        return f"lp-{content}"
    return f"lp-{hashlib.sha256(f'{origin}:{content}'.encode()).hexdigest()[:10]}"
