"""Scores the annotator on gold, next to a keyword baseline."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

import pandas as pd

from lif_nlp.about import GOLD, MODELS
from lif_nlp.config import Settings
from lif_nlp.errors import LifError
from lif_nlp.evaluate import read_passages, read_sentences, score_passages, score_sentences
from lif_nlp.evaluate.baseline import keyword_labels
from lif_nlp.evaluate.gold import GoldPassage, GoldSentence
from lif_nlp.framework import load_framework
from lif_nlp.ids import file_hash
from lif_nlp.records import Finding
from lif_nlp.schema import column_names
from lif_nlp.workflow.annotate import standalone_annotator

Gold = TypeVar("Gold")


def evaluate(
    settings: Settings, sentences: Sequence[Path] = (), passages: Sequence[Path] = ()
) -> pd.DataFrame:
    """Scores of the annotator on gold, one row for each measure and label.

    Columns: see `schema`, table "gold_scores".

    Parameters
    ----------
    settings
        Profile, encoder and framework to score.
    sentences, passages
        Gold files (JSON Lines).  Without any, the gold that ships with lif_nlp is used.

    Raises
    ------
    LifError
        When there is no gold, or a file cannot be read.
    """
    gold_sentences, gold_passages = gold_of(sentences, passages)
    framework = load_framework(settings.framework)
    annotator, _ = standalone_annotator(settings)
    texts = [g.text for g in gold_sentences], [g.text for g in gold_passages]
    results = [annotator.label(part) for part in texts]
    by_keywords = [keyword_labels(part, framework) for part in texts]

    def score(findings: list[list[Finding]]) -> pd.DataFrame:
        scores = [
            *(score_sentences(gold_sentences, findings[0]) if gold_sentences else []),
            *(
                score_passages(
                    gold_passages,
                    findings[1],
                    priorities=[p.id for p in framework.priorities],
                    themes=[t.code for t in framework.themes],
                )
                if gold_passages
                else []
            ),
        ]
        return pd.DataFrame([asdict(one) for one in scores])

    # Both tables have the same rows in the same order, as they are scored on the same gold.
    scores = score(results).assign(baseline=score(by_keywords)["f1"])
    return scores[list(column_names("gold_scores"))]


def gold_of(
    sentences: Sequence[Path], passages: Sequence[Path]
) -> tuple[list[GoldSentence], list[GoldPassage]]:
    """The gold of these files, or, without any, the gold that ships with lif_nlp.

    Raises LifError when there is none, or a file cannot be read.
    """
    sentences, passages = _files(sentences, passages)
    if not sentences and not passages:
        raise LifError(f"{GOLD}: no gold files here; name some with --sentences or --passages")
    return _read_all(sentences, read_sentences), _read_all(passages, read_passages)


def trained_on(sentences: Sequence[Path], passages: Sequence[Path]) -> list[Path]:
    """Those of these gold files, or of those that ship, on which a model of labels was trained.

    Scores on them are better than on other reports.  Known by the hashes that models keep.
    """
    hashes = {
        data_hash
        for card in MODELS.glob("*/model.json")
        for data_hash in json.loads(card.read_text("utf-8"))
        .get("facts", {})
        .get("data", {})
        .values()
    }
    files = [*itertools.chain(*_files(sentences, passages))]
    return [path for path in files if path.is_file() and file_hash(path) in hashes]


def _files(
    sentences: Sequence[Path], passages: Sequence[Path]
) -> tuple[Sequence[Path], Sequence[Path]]:
    """These files, or those that ship where none are named."""
    if sentences or passages:
        return sentences, passages
    return sorted(GOLD.glob("sample_sentences*.jsonl")), sorted(GOLD.glob("sample_passages*.jsonl"))


def _read_all(paths: Sequence[Path], read: Callable[[Path], list[Gold]]) -> list[Gold]:
    """The gold of all files; raises LifError for a file that cannot be read."""
    gold: list[Gold] = []
    for path in paths:
        try:
            gold += read(path)
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8"
            raise LifError(
                f"{path}: the gold cannot be read ({reason}); give a file of JSON Lines"
            ) from error
    return gold
