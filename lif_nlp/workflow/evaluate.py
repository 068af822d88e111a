"""Gold files -> a table of scores, with the keyword baseline beside each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from lif_nlp.about import GOLD
from lif_nlp.config import Settings
from lif_nlp.errors import LifError
from lif_nlp.evaluate import read_passages, read_sentences, score_passages, score_sentences
from lif_nlp.evaluate.baseline import keyword_labels
from lif_nlp.framework import load_framework
from lif_nlp.records import Finding
from lif_nlp.schema import column_names
from lif_nlp.workflow.annotate import loose_annotator


def evaluate(
    settings: Settings, sentences: Sequence[Path] = (), passages: Sequence[Path] = ()
) -> pd.DataFrame:
    """Scores of the annotator on gold; without files, on the gold that ships.

    Columns: see `schema`, table "gold_scores".  Raises LifError when there is no gold to be found.
    """
    if not sentences and not passages:
        sentences = sorted(GOLD.glob("sample_sentences*.jsonl"))
        passages = sorted(GOLD.glob("sample_passages*.jsonl"))
    if not sentences and not passages:
        raise LifError(f"{GOLD}: no gold files here; name some with --sentences or --passages")
    framework = load_framework(settings.framework)
    annotator = loose_annotator(settings)
    gold_sentences = [item for path in sentences for item in read_sentences(path)]
    gold_passages = [item for path in passages for item in read_passages(path)]
    texts = [g.text for g in gold_sentences], [g.text for g in gold_passages]
    ours = [annotator.label(part) for part in texts]
    plain = [keyword_labels(part, framework) for part in texts]

    def rows(found: list[list[Finding]]) -> pd.DataFrame:
        scores = [
            *(score_sentences(gold_sentences, found[0]) if gold_sentences else []),
            *(
                score_passages(
                    gold_passages,
                    found[1],
                    priorities=[p.id for p in framework.priorities],
                    themes=[t.code for t in framework.themes],
                )
                if gold_passages
                else []
            ),
        ]
        return pd.DataFrame([asdict(score) for score in scores])

    return rows(ours).assign(baseline=rows(plain)["f1"])[list(column_names("gold_scores"))]
