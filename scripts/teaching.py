"""What the models of "accurate" say of texts that nobody has labelled: lessons for "fast"."""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gold_texts import GoldText
from text_features import passage_features, sentence_features

from lif_nlp.annotate.models.features import Matrix
from lif_nlp.annotate.models.linear import load_model
from lif_nlp.model_files import LABEL_FILES, LABELS, NETWORK

TAUGHT = 24_000
"""Sentences of the workspace that "fast" learns from; more take longer.  Chosen by judgement."""

MARKED_SHARE = 0.1631
"""Share of them that are marked as an action, a reason, hindsight or awareness of it, which are
rare: at random they would be a tenth.  Chosen by judgement, by what the real reports hold."""

MIN_WORDS, MAX_WORDS = 5, 60
"""Words of a sentence that "fast" may learn from; shorter ones are headings or cells."""

TAUGHT_WEIGHT = 0.3
"""Weight of a label that another model gave; a reader's counts 1.  Chosen by judgement."""

VARIED = 24_000
"""Most varied sentences of the gold that "fast" learns from beside those of the workspace, which
holds few practice reviews.  On held-out documents role rose from 0.720 to 0.743 (macro F1, all but
one hand's gold, November 2026)."""

SHORTEST_VARIED = 8
"""Words of a sentence that is varied; a part of one has at least two fewer."""

REPLACED, DROPPED = 0.15, 0.08
"""Shares of words that are replaced, and dropped, in a varied sentence; chosen by judgement."""

NOT_TAUGHT = ("why", "reason")
"""Questions whose linear models learn from the gold alone.

With taught sentences why fell from 0.574 to 0.562 on held-out documents (November 2026); kinds of
reason are for sentences with a reason only.
"""


@dataclass(frozen=True)
class Taught:
    """Unlabelled sentences and what the models of "accurate" say of them, by question."""

    texts: Sequence[str]
    probabilities: Mapping[str, Matrix]
    features: Mapping[str, Matrix]
    vectors: Matrix | None = None


def sentences_of(workspace: Path, gold: Collection[str], count: int = TAUGHT) -> list[str]:
    """Distinct sentences of a workspace that are neither repeated nor gold, at most `count`.

    Chosen by a hash of their words, so that the choice does not depend on their order.  Gold is
    left out, since the models that teach were fitted on it, and figures are taken on some of it.
    """
    known = {_folded(text) for text in gold}
    with sqlite3.connect(f"file:{workspace / 'learning.db'}?mode=ro", uri=True) as connection:
        rows = connection.execute(
            "SELECT text, role = 'action' OR why OR aware OR hindsight <> '[]' FROM findings"
            " WHERE repeated = 0"
        )
        is_marked = {
            text: bool(marked)
            for text, marked in rows
            if MIN_WORDS <= len(text.split()) <= MAX_WORDS and _folded(text) not in known
        }
    keys = {text: hashlib.sha256(text.encode("utf-8")).hexdigest() for text in is_marked}
    order = sorted(is_marked, key=lambda text: keys[text])
    marked = [text for text in order if is_marked[text]][: round(MARKED_SHARE * count)]
    others = [text for text in order if not is_marked[text]][: count - len(marked)]
    return sorted([*marked, *others], key=lambda text: keys[text])


def varied(texts: Sequence[GoldText], count: int = VARIED) -> list[tuple[str, str]]:
    """Sentences of invented gold with other words in some places, or parts of them.

    With each stands its document.  What another model says of them tells more than their gold
    (R. Tang and others (2019), "Distilling task-specific knowledge from BERT into simple neural
    networks", https://arxiv.org/abs/1903.12136).
    """
    generator = random.Random(5)
    words = [word for text in texts if not text.is_single for word in text.text.split()]
    made = []
    for text in texts:
        own = text.text.split()
        if text.file.startswith("real_") or len(own) < SHORTEST_VARIED:
            continue
        for is_shortened in (False, True):
            other = [
                generator.choice(words) if generator.random() < REPLACED else word for word in own
            ]
            if is_shortened:
                other = [word for word in other if generator.random() > DROPPED]
            made.append((text.document, " ".join(other)))
        first = generator.randrange(max(1, len(own) - SHORTEST_VARIED + 1))
        last = generator.randrange(first + SHORTEST_VARIED - 2, len(own) + 1)
        made.append((text.document, " ".join(own[first:last])))
    generator.shuffle(made)
    return made[:count]


def files_of(teachers: Path) -> frozenset[str]:
    """Names of the gold files that the network in a folder was trained on."""
    facts = json.loads((teachers / NETWORK / LABEL_FILES[1]).read_text(encoding="utf-8"))
    return frozenset(facts["data"])


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def teach(texts: Sequence[str], teachers: Path) -> Taught:
    """What the models of "accurate" in the folder `teachers` say of texts."""
    from lif_nlp.embed.minilm import load_minilm

    encode = load_minilm(teachers / NETWORK).encode_deep
    vectors = encode(texts)
    features = {**sentence_features(texts), **passage_features(texts)}
    probabilities = {
        question: load_model(teachers / question, encode=encode).probabilities(
            texts, vectors=vectors, extra=features[question]
        )
        for question in LABELS
    }
    return Taught(texts, probabilities, features)
