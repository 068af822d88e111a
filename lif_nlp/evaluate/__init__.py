"""Scores against gold: precision, recall, F1, each with a bootstrap interval.

A label on which two readers differed is not held against the tool: precision
counts against what either reader gave, recall against what both gave.
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
