"""Labelled texts for training: gold files read into one form, whoever marked them.

A sentence file holds {"id","text","role","why","aware"} and hindsight codes, a passage file
{"id","text","priorities","themes"}.  Fields "..._sure" and "..._any" hold what a reader is sure
of and what another careful reader might give as well; null, and a code that is in the second
only, are in doubt and weigh nothing.  A field that a file lacks is no label.  "doubt" names
fields whose label the reader gave with a question mark.  Lines of boilerplate are left out.  A
text that its writer marked and another read blind is there twice, each reading with half weight.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from lif_nlp.records import ACTORS, HINDSIGHT_CODES, ROLES

INVENTED_WEIGHT = 0.5
"""Weight of a single sentence or passage written for training; a text of a whole document counts 1.

Chosen by judgement: single invented texts are plainer than those of a document.
"""

DOUBT_WEIGHT = 0.5
"""Weight of a label that its reader gave with a question mark; chosen by judgement."""

REASONS = (
    "workload",
    "systems",
    "procedure",
    "training",
    "belief",
    "culture",
    "information",
    "supervision",
    "family",
    "external",
)
"""Kinds of reason that readers told apart, by the names that labels have."""

_RENAMED = {
    "nobody": "none",
    "tools": "systems",
    "rules": "procedure",
    "knowledge": "training",
    "relationship": "culture",
    "communication": "information",
    "management": "supervision",
}
"""Answers of readers that the records call otherwise."""

READING_WEIGHT = 0.5
"""Weight of each of two readings of a text: what both say counts 1, what one says counts half."""

LATE = "review_language_"
"""Beginning of the names of gold files by writers of marked sentences and paragraphs."""

SECOND = "_second"
"""End of the names of second readings of the same texts, which are for agreement only."""

BLIND = "_blind"
"""End of the names of blind readings of texts that their writers marked, by the same ids."""

FOLDS = 5
"""Parts of the documents; part 0 is held out when settings are chosen."""


@dataclass(frozen=True)
class Target:
    """A question, its labels, and whether exactly one of them holds for a text."""

    name: str
    labels: tuple[str, ...]
    one_of: bool = False


SENTENCE_TARGETS = (
    Target("role", tuple(ROLES), one_of=True),
    Target("why", ("why",)),
    Target("reason", REASONS, one_of=True),
    Target("hindsight", (*HINDSIGHT_CODES, "aware")),
    Target("actor", tuple(ACTORS), one_of=True),
)


def passage_targets(priorities: Sequence[str], themes: Sequence[str]) -> tuple[Target, ...]:
    """The questions that passages answer."""
    return (Target("priorities", tuple(priorities)), Target("themes", tuple(themes)))


@dataclass(frozen=True)
class GoldText:
    """A text, where it comes from, and for each label its value and its weight."""

    text: str
    document: str
    file: str
    is_single: bool
    marks: Mapping[str, tuple[frozenset[str], frozenset[str], float]]
    """For each question: labels that are sure, labels in doubt, and the weight of the answer."""


@dataclass(frozen=True)
class Labels:
    """Values and weights of one question, both of shape (texts, labels)."""

    target: Target
    values: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32]


def read_gold(paths: Iterable[Path], targets: Sequence[Target]) -> list[GoldText]:
    """Texts that answer at least one question, in the order of files and lines, `LATE` last."""
    texts = []
    first_readings = [path for path in paths if not path.stem.endswith(SECOND)]
    twice = {row["id"] for path in paths if path.stem.endswith(BLIND) for row in _rows(path)}
    for path in sorted(first_readings, key=lambda p: (p.name.startswith(LATE), p.name)):
        for row in _rows(path):
            if row.get("boilerplate") or not row.get("text"):
                continue
            part = READING_WEIGHT if row.get("id") in twice else 1.0
            marks = {t.name: mark for t in targets if (mark := _mark(row, t, part)) is not None}
            if marks:
                single = "doc" not in row
                document = f"{path.stem}:{row['id']}" if single else str(row["doc"])
                texts.append(GoldText(row["text"], document, path.name, single, marks))
    return texts


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def labels_of(texts: Sequence[GoldText], target: Target) -> Labels:
    """Values and weights of one question for all texts."""
    shape = (len(texts), len(target.labels))
    values, weights = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for row, text in enumerate(texts):
        if target.name not in text.marks:
            continue
        sure, doubtful, weight = text.marks[target.name]
        factor = weight * (INVENTED_WEIGHT if text.is_single else 1.0)
        for column, label in enumerate(target.labels):
            values[row, column] = label in sure
            weights[row, column] = 0.0 if label in doubtful else factor
    return Labels(target, values, weights)


def parts_of(texts: Sequence[GoldText], parts: int = FOLDS, salt: str = "") -> npt.NDArray[np.int_]:
    """Number of the part each text belongs to; all texts of a document are in one.

    By a hash of the document's name, so that new documents leave the others where they are;
    another `salt` gives parts that do not depend on the first.
    """
    names = [f"{salt}{text.document}" for text in texts]
    hashes = [hashlib.sha256(name.encode("utf-8")).digest()[0] for name in names]
    return np.asarray([h % parts for h in hashes])


def _mark(
    row: Mapping[str, Any], target: Target, part: float
) -> tuple[frozenset[str], frozenset[str], float] | None:
    weight = part * (DOUBT_WEIGHT if target.name in row.get("doubt", ()) else 1.0)
    if target.name == "hindsight":
        return _hindsight(row, weight)
    value = row.get(f"{target.name}_sure", row.get(target.name))
    either = row.get(f"{target.name}_any", value)
    if isinstance(value, str):
        value = either = _RENAMED.get(value, value)
    if not value and value is not False and value != []:
        return None
    if target.name == "reason" and value not in target.labels:
        return None
    if target.name == "why" and isinstance(value, str):
        # `lif export labels` writes the words of a decision.
        value = either = value == "yes"
    sure = _labels(target.name, value)
    # A reader may have been asked about some themes only.
    asked = row.get("judged", target.labels) if target.name == "themes" else target.labels
    unjudged = frozenset(target.labels).difference(asked)
    return sure, (_labels(target.name, either) - sure) | unjudged, weight


def _hindsight(
    row: Mapping[str, Any], weight: float
) -> tuple[frozenset[str], frozenset[str], float] | None:
    """Codes and "aware" together: they are judged by the same words."""
    codes = row.get("codes_sure", row.get("hindsight"))
    if codes is None or isinstance(codes, bool):
        return None
    sure = frozenset(codes)
    doubtful = frozenset(row.get("codes_any", codes)) - sure
    aware = row.get("aware")
    if aware is None:
        doubtful |= {"aware"}
    elif aware:
        sure |= {"aware"}
    return sure, doubtful, weight


def _labels(name: str, mark: str | bool | Sequence[str]) -> frozenset[str]:
    """The labels of an answer: one, several, or for a yes-no question the question itself."""
    if isinstance(mark, bool):
        return frozenset([name] if mark else [])
    return frozenset([mark] if isinstance(mark, str) else mark)
