"""Scores against a gold standard: precision, recall and F1, with a bootstrap interval for F1.

A label on which the two readers disagreed does not count against the tool: precision is
measured against what either reader gave, recall against what both gave.
"""

from lif_nlp.evaluate.gold import GoldPassage, GoldSentence, read_passages, read_sentences
from lif_nlp.evaluate.scores import Score, score_passages, score_sentences

__all__ = [
    "GoldPassage",
    "GoldSentence",
    "Score",
    "read_passages",
    "read_sentences",
    "score_passages",
    "score_sentences",
]
