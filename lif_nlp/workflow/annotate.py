"""Loose texts, one JSON object a line -> the same lines with their labels."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from lif_nlp.atomic_write import write_atomically
from lif_nlp.config import Settings
from lif_nlp.errors import LifError
from lif_nlp.framework import load_framework
from lif_nlp.protocols import deep_encode
from lif_nlp.records import Finding
from lif_nlp.runtime.models import check_models, load_encoder_of, make_annotator
from lif_nlp.schema import make_frame

if TYPE_CHECKING:
    from lif_nlp.annotate import Annotator


@dataclass(frozen=True, slots=True)
class Line:
    """One line of input: an id, a text, and the heading path it stood under."""

    id: str
    text: str
    heading: str = ""


def annotate(source: Path, target: Path, settings: Settings) -> int:
    """Label the texts of `source` into `target`, in the same order; returns how many.

    A line of `source` is `{"id": str, "text": str, "heading": str (optional)}`.
    The target appears only when whole.  Raises LifError with the line's number
    when a line is not such an object.
    """
    lines = read_lines(source)
    annotator = loose_annotator(settings)
    findings = annotator.label([line.text for line in lines], [line.heading for line in lines])
    rows = (labels(line.id, finding) for line, finding in zip(lines, findings, strict=True))
    write_atomically(target, _jsonl(rows))
    return len(lines)


def annotate_texts(
    texts: Sequence[str], headings: Sequence[str] | None, settings: Settings
) -> pd.DataFrame:
    """Labels of loose texts as a frame, one row each, in order."""
    findings = loose_annotator(settings).label(texts, headings)
    rows = [labels(str(n), finding) for n, finding in enumerate(findings)]
    frame = pd.DataFrame(rows).assign(text=list(texts))
    return frame if len(frame) else make_frame("text_labels")


def loose_annotator(settings: Settings) -> Annotator:
    """An annotator that works without a workspace; raises ModelError for a damaged model."""
    check_models(settings)
    encoder = load_encoder_of(settings)
    return make_annotator(load_framework(settings.framework), deep_encode(encoder), settings)


def read_lines(source: Path) -> list[Line]:
    """The lines of a JSON-lines file; raises LifError with the number of a bad one."""
    try:
        content = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LifError(
            f"{source}: cannot be read ({type(error).__name__}); give a UTF-8 file of JSON lines"
        ) from error
    numbered = enumerate(content.split("\n"), start=1)
    return [_line(source, number, raw) for number, raw in numbered if raw.strip()]


def labels(line_id: str, finding: Finding) -> dict[str, object]:
    """The labels of one finding as plain values."""
    return {
        "id": line_id,
        "hindsight": list(finding.hindsight),
        "aware": finding.aware,
        "role": finding.role,
        "why": finding.why,
        "priorities": list(finding.priorities),
        "themes": list(finding.themes),
        "agencies": list(finding.agencies),
        "scores": {key: round(float(value), 4) for key, value in finding.scores.items()},
    }


def _line(source: Path, number: int, raw: str) -> Line:
    try:
        found = json.loads(raw)
    except json.JSONDecodeError as error:
        raise LifError(
            f"{source}: line {number} is not JSON ({error.msg}); nothing was written"
        ) from error
    wrong = not isinstance(found, dict) or any(
        not isinstance(found.get(key, default), str)
        for key, default in (("id", None), ("text", None), ("heading", ""))
    )
    if wrong:
        raise LifError(
            f'{source}: line {number} must be an object with "id" and "text" as strings, and '
            '"heading" as a string where given; nothing was written'
        )
    return Line(found["id"], found["text"], found.get("heading", ""))


def _jsonl(rows: Iterable[dict[str, object]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode("utf-8")
