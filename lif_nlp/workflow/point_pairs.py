"""Compares pairs of texts by the test that groups findings into learning points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from lif_nlp.atomic_write import write_atomically
from lif_nlp.config import Settings
from lif_nlp.errors import LifError
from lif_nlp.framework import load_framework
from lif_nlp.point_records import Relation
from lif_nlp.protocols import deep_encode
from lif_nlp.runtime.models import check_models, load_encoder_of, make_annotator
from lif_nlp.workflow.json_lines import dump_json_lines, read_json_lines

_KEYS = ("id", "a", "b")


@dataclass(frozen=True, slots=True)
class TextPair:
    """One line of input: an id and two texts."""

    id: str
    a: str
    b: str


def compare_pairs(source: Path, target: Path, settings: Settings) -> int:
    """Compare the pairs of a file and return their number.

    Parameters
    ----------
    source
        Each line is `{"id": str, "a": str, "b": str}`, the texts from different reports.
    target
        Receives `{"id", "relation", "score"}` for each line, in the same order; it is
        written as a whole or not at all.
    settings
        Profile, encoder and framework.

    Raises
    ------
    LifError
        When `source` cannot be read, or a line is not such an object; names the line.
    """
    pairs = read_pairs(source)
    relations = relations_of([(pair.a, pair.b) for pair in pairs], settings)
    lines = [
        {"id": pair.id, "relation": outcome.relation, "score": round(outcome.score, 4)}
        for pair, outcome in zip(pairs, relations, strict=True)
    ]
    write_atomically(target, dump_json_lines(lines))
    return len(pairs)


def relations_of(pairs: Sequence[tuple[str, str]], settings: Settings) -> list[Relation]:
    """What the two texts of each pair are to each other, in order.

    Parameters
    ----------
    pairs
        Texts from different reports.
    settings
        Profile, encoder and framework.
    """
    from lif_nlp.themes.corpus import Corpus
    from lif_nlp.themes.points.groups import KnownPoints
    from lif_nlp.themes.points.known_statements import points_stated
    from lif_nlp.themes.points.pair_test import pair_test_for

    if not pairs:
        return []
    check_models(settings)
    encoder = load_encoder_of(settings)
    framework = load_framework(settings.framework)
    annotator = make_annotator(framework, deep_encode(encoder), settings)
    # A text of several pairs is labelled and encoded once.
    texts = sorted({text for pair in pairs for text in pair})
    findings = [
        # Ids that sort as the texts do, so that row n of any table is text n.
        replace(finding, finding_id=f"{place:09d}")
        for place, finding in enumerate(annotator.label(texts))
    ]
    test = pair_test_for(encoder.encode)
    corpus = Corpus(tuple(findings), encoder.encode(texts))
    table = test.table(findings, corpus.vectors, framework, encoder.encode)
    stated = points_stated(corpus, KnownPoints(framework), encoder.encode)
    row = {text: place for place, text in enumerate(texts)}
    left, right = (np.array([row[pair[side]] for pair in pairs], np.intp) for side in (0, 1))
    return test.relations(table, left, right, stated)


def read_pairs(source: Path) -> list[TextPair]:
    """The pairs of a JSON Lines file; raises LifError with the number of the first bad line."""
    return [_pair(source, number, item) for number, item in read_json_lines(source)]


def _pair(source: Path, number: int, item: object) -> TextPair:
    if not isinstance(item, dict) or not all(isinstance(item.get(key), str) for key in _KEYS):
        raise LifError(
            f'{source}: line {number} must be an object with "id", "a" and "b" as strings; '
            "nothing was written"
        )
    return TextPair(*(item[key] for key in _KEYS))
