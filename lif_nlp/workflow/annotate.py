"""Labels single texts, given as JSON lines or as a list, without a workspace."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from lif_nlp.atomic_write import write_atomically
from lif_nlp.circulation import known_words, may_circulate
from lif_nlp.config import Settings
from lif_nlp.errors import LifError
from lif_nlp.framework import load_framework
from lif_nlp.protocols import Encoder, deep_encode
from lif_nlp.records import Finding, audit_notes
from lif_nlp.runtime.models import check_models, load_encoder_of, make_annotator
from lif_nlp.schema import make_frame
from lif_nlp.workflow.json_lines import dump_json_lines, read_json_lines

if TYPE_CHECKING:
    from spacy.language import Language

    from lif_nlp.annotate import Annotator

_last_annotator: dict[tuple[Settings, str], tuple[Annotator, Encoder]] = {}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of input: an id, a text, and the path of headings above it."""

    id: str
    text: str
    heading: str = ""


def annotate(source: Path, target: Path, settings: Settings) -> int:
    """Label the texts of a file and return their number.

    Parameters
    ----------
    source
        Each line is `{"id": str, "text": str, "heading": str (optional)}`.
    target
        Receives one line of labels for each line, in the same order; it is written as a
        whole or not at all.
    settings
        Profile, encoder and framework.

    Raises
    ------
    LifError
        When `source` cannot be read, or a line is not such an object; names the line.
    """
    lines = read_lines(source)
    rows = _rows(
        [line.id for line in lines],
        [line.text for line in lines],
        [line.heading for line in lines],
        settings,
    )
    write_atomically(target, dump_json_lines(rows))
    return len(lines)


def annotate_texts(
    texts: Sequence[str], headings: Sequence[str] | None, settings: Settings
) -> pd.DataFrame:
    """Labels of texts as a frame, one row each, in order.

    Parameters
    ----------
    texts
        Sentences or paragraphs.
    headings
        Path of headings above each text, or None.
    settings
        Profile, encoder and framework.
    """
    rows = _rows([str(number) for number in range(len(texts))], texts, headings, settings)
    frame = pd.DataFrame(rows).assign(text=list(texts))
    return frame if len(frame) else make_frame("text_labels")


def _rows(
    ids: Sequence[str], texts: Sequence[str], headings: Sequence[str] | None, settings: Settings
) -> list[dict[str, object]]:
    """The labels of each text under its id."""
    annotator, _ = standalone_annotator(settings)
    findings = annotator.label(texts, headings)
    own_words = known_words(load_framework(settings.framework), settings.own_names)
    return [
        labels(line_id, finding, text, own_words)
        for line_id, finding, text in zip(ids, findings, texts, strict=True)
    ]


def standalone_annotator(
    settings: Settings, encoder: Encoder | None = None, pipeline: Language | None = None
) -> tuple[Annotator, Encoder]:
    """An annotator that needs no workspace, and its encoder.

    The last one is kept, for the same settings and framework: loading it takes half a second
    with "fast" and several with "accurate", and a notebook labels a few texts at a time.

    Parameters
    ----------
    settings
        Profile, encoder and framework.
    encoder
        Takes the place of the encoder that the settings name.  Nothing is known of it that
        could be checked, and its annotator is not kept.
    pipeline
        A spaCy pipeline that splits sentences, in place of the one that the settings name.

    Raises
    ------
    ModelError
        For a damaged model.
    """
    framework = load_framework(settings.framework)
    if encoder is not None:
        # The encoder is the caller's own, so only the models that label have to be there.
        check_models(settings.model_copy(update={"encoder": "hashed"}))
        return make_annotator(framework, deep_encode(encoder), settings, pipeline), encoder
    check_models(settings)
    if pipeline is not None:
        named = load_encoder_of(settings)
        return make_annotator(framework, deep_encode(named), settings, pipeline), named
    # The file may have been edited under the same name, so its content is part of the key.
    key = (settings, repr(framework) if settings.framework else "")
    if key not in _last_annotator:
        # One annotator and its encoder take up to a gigabyte, so two are not kept.
        _last_annotator.clear()
        own_encoder = load_encoder_of(settings)
        annotator = make_annotator(framework, deep_encode(own_encoder), settings)
        _last_annotator[key] = annotator, own_encoder
    return _last_annotator[key]


def read_lines(source: Path) -> list[Line]:
    """The lines of a JSON Lines file; raises LifError with the number of the first bad one."""
    return [_line(source, number, item) for number, item in read_json_lines(source)]


def labels(line_id: str, finding: Finding, text: str, known: Collection[str]) -> dict[str, object]:
    """The labels of one finding as plain values.

    Whether its `text` may circulate is asked of the guard, with `known` words of the
    framework.
    """
    return {
        "id": line_id,
        "hindsight": list(finding.hindsight),
        "aware": finding.aware,
        "role": finding.role,
        "why": finding.why,
        "priorities": list(finding.priorities),
        "themes": list(finding.themes),
        "actor": finding.actor,
        "note": audit_notes(finding.marks),
        "agencies": list(finding.agencies),
        "may_circulate": may_circulate(text, known),
        "scores": {key: round(float(value), 4) for key, value in finding.scores.items()},
    }


def _line(source: Path, number: int, item: object) -> Line:
    keys = (("id", None), ("text", None), ("heading", ""))
    if not isinstance(item, dict) or not all(
        isinstance(item.get(key, default), str) for key, default in keys
    ):
        raise LifError(
            f'{source}: line {number} must be an object with "id" and "text" as strings, and '
            '"heading", if present, as a string; nothing was written'
        )
    return Line(item["id"], item["text"], item.get("heading", ""))
