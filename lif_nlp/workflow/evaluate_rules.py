"""Statistics of each rule and cue on gold: what earns its place, and what does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lif_nlp.annotate import RuleFinder, RuleHit
from lif_nlp.config import Settings
from lif_nlp.evaluate.gold import GoldSentence
from lif_nlp.framework import load_framework
from lif_nlp.schema import column_names, make_frame
from lif_nlp.workflow.evaluate import gold_of


@dataclass
class _Tally:
    """Counts of one rule."""

    hits: int = 0
    held: int = 0
    known: int = 0
    right: int = 0
    alone: int = 0
    conflicts: int = 0


def evaluate_rules(
    settings: Settings, sentences: Sequence[Path] = (), passages: Sequence[Path] = ()
) -> pd.DataFrame:
    """How often each rule and cue matches gold, and how often it is right.

    Columns: see `schema`, table "rule_scores".  A rule with many hits and a low precision
    misleads; one that is never right alone adds nothing to the others.

    Parameters
    ----------
    settings
        Framework whose cues are counted.
    sentences, passages
        Gold files, as for `evaluate`.

    Raises
    ------
    LifError
        When there is no gold, or a file cannot be read.
    """
    gold_sentences, gold_passages = gold_of(sentences, passages)
    finder = RuleFinder(load_framework(settings.framework))
    tallies: dict[tuple[str, str, str], _Tally] = defaultdict(_Tally)
    for sentence in gold_sentences:
        hits = finder.sentence_hits(sentence.text)
        _count(tallies, hits, {hit: _is_right(hit, sentence) for hit in hits})
    for passage in gold_passages:
        hits = finder.passage_hits(passage.text)
        _count(tallies, hits, {hit: hit.code in passage.themes_any for hit in hits})
    rows = [
        (
            *key,
            t.hits,
            t.held,
            t.right,
            t.right / t.known if t.known else None,
            t.alone,
            t.conflicts,
        )
        for key, t in tallies.items()
    ]
    if not rows:
        return make_frame("rule_scores")
    frame = pd.DataFrame(rows, columns=list(column_names("rule_scores")))
    result = frame.sort_values(["layer", "hits", "rule"], ascending=[True, False, True])
    return result.round({"precision": 3}).reset_index(drop=True)


def _count(
    tallies: dict[tuple[str, str, str], _Tally],
    hits: Iterable[RuleHit],
    verdicts: dict[RuleHit, bool | None],
) -> None:
    real_hits = [hit for hit in hits if not hit.held]
    for hit in hits:
        tally = tallies[hit.layer, hit.rule, hit.code]
        # A guard held it back, so it gave no label and is neither right nor wrong.
        if hit.held:
            tally.held += 1
            continue
        verdict = verdicts[hit]
        same = [other for other in real_hits if other.layer == hit.layer and other != hit]
        tally.hits += 1
        tally.known += verdict is not None
        tally.right += bool(verdict)
        tally.alone += bool(verdict) and all(other.code != hit.code for other in same)
        tally.conflicts += any(other.code != hit.code for other in same)


def _is_right(hit: RuleHit, gold: GoldSentence) -> bool | None:
    """Whether readers gave the label; None where they disagreed."""
    if hit.layer == "hindsight":
        if hit.code in gold.codes_any:
            return True
        return None if gold.hindsight is None else False
    if hit.layer == "role":
        return None if gold.role is None else gold.role == hit.code
    return gold.aware if hit.layer == "aware" else gold.why
